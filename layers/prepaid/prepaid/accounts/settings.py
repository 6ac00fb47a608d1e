"""Settings: what an account's owner and admins choose, as a change of the account."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from prepaid.alerts.channels import DEFAULT, Contacts
from prepaid.domain.account import Account, Overage, RunwayThreshold, Setting, Threshold
from prepaid.domain.auditing import AdminAct, AuditRow
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.errors import Forbidden, PreconditionFailed
from prepaid.domain.keys import Fingerprint
from prepaid.domain.limits import LimitOwner, LimitTerms, Scope, set_limits
from prepaid.domain.records import Record

MAX_THRESHOLDS = 5
MAX_RUNWAY_DAYS = 365
type Used = Callable[[Scope], Credits]
"""Says what usage has cost in the window that runs, before there was a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is chosen. `None` is the default, or leaves the overage and an admin's limits alone."""

    thresholds: tuple[Credits, ...] | None = None
    runway_thresholds: tuple[int, ...] | None = None
    time_zone: str = "UTC"
    overage: Overage | None = None
    limits: tuple[LimitTerms, ...] = ()
    admin_limits: tuple[LimitTerms, ...] | None = None
    contacts: Contacts = DEFAULT

    def content(self) -> Mapping[str, object]:
        """Return what tells these settings from others, ready for JSON.

        What settings gained since they were first fingerprinted is there only where it is given.
        """
        thresholds, runway = self.thresholds, self.runway_thresholds
        return {
            "thresholds": thresholds and sorted(each.hundredths for each in thresholds),
            "no_thresholds": thresholds == (),
            "time_zone": self.time_zone,
            "overage": self.overage,
            "limits": _rows(self.limits),
            "admin_limits": _rows(self.admin_limits or ()),
            "leaves_admin_limits": self.admin_limits is None,
            **self.contacts.to_plain(),
            **({} if runway is None else {"runway_thresholds": sorted(runway)}),
        }


def _rows(limits: Sequence[LimitTerms]) -> list[list[object]]:
    return [[each.operation, str(each.window), each.amount.hundredths] for each in limits]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """One request to save: what, by whom, and which versions it may take the place of.

    `seen` is `None` where any may be replaced. `by_admin` says that an admin means the account of
    somebody else, or their own as an admin.
    """

    account_id: AccountId
    settings: Settings
    fingerprint: Fingerprint
    seen: Collection[int] | None
    actor: str
    request_id: str
    by_admin: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSettings(Record):
    """Who saved the settings that have `version`, when, and the fingerprint of what was sent.

    With it are those settings that no spend decides by: the account does not carry them.
    """

    kind: ClassVar[str] = "settings"

    account_id: AccountId
    version: int
    fingerprint: Fingerprint
    saved_at: Instant
    saved_by: str
    contacts: Contacts = DEFAULT

    def answers(self, saving: Saving) -> bool:
        """Say whether it is this request that was saved, and its answer that was lost."""
        return (self.fingerprint, self.saved_by) == (saving.fingerprint, saving.actor) and (
            saving.seen is None or self.version - 1 in saving.seen
        )


def refuse_unseen(account: Account, seen: Collection[int] | None) -> None:
    """Raise `PreconditionFailed` where *account* has settings that the caller did not see."""
    if seen is not None and account.settings_version not in seen:
        raise PreconditionFailed("The settings have been saved since: read them again.")


def choose(decision: Decision, saving: Saving, used: Used) -> Decision:
    """Return *decision* with the settings in its account.

    Thresholds keep when they were announced last: to set one above the balance crosses nothing,
    and one of runway is judged when the account's next day begins. A
    new time zone shows from the account's next day on. Raises `Forbidden` for a user who would
    no longer owe what an overrun costs.
    """
    before, wanted = decision.account, saving.settings
    account = before
    if not saving.by_admin:
        _refuse_less_debt(account, wanted.overage)
    terms = [(LimitOwner.USER, each) for each in wanted.limits]
    terms += [(LimitOwner.ADMIN, each) for each in _admins(account, wanted)]
    limits = set_limits(account.limits, terms, used_in=used, now=decision.now)
    defaults = [each for each in account.limits if each.by is LimitOwner.DEFAULT]
    account = replace(
        account,
        thresholds=_thresholds(account, wanted.thresholds),
        runway_thresholds=_runway_thresholds(account, wanted.runway_thresholds),
        next_time_zone=None if wanted.time_zone == account.time_zone else wanted.time_zone,
        overage=wanted.overage or account.overage,
        limits=limits,
        chosen=_chosen(account, wanted),
        settings_version=account.settings_version + 1,
    ).with_default_limits(defaults)
    saved = SavedSettings(
        account_id=account.account_id,
        version=account.settings_version,
        fingerprint=saving.fingerprint,
        saved_at=decision.now,
        saved_by=saving.actor,
        contacts=wanted.contacts,
    )
    decision = replace(decision, account=account).with_records(saved)
    if not saving.by_admin:
        return decision
    return decision.with_record(_audit(before, account, saving, decision.now))


def _chosen(account: Account, wanted: Settings) -> frozenset[Setting]:
    given = {
        Setting.THRESHOLDS: wanted.thresholds is not None,
        Setting.RUNWAY_THRESHOLDS: wanted.runway_thresholds is not None,
        Setting.OVERAGE: wanted.overage is not None or Setting.OVERAGE in account.chosen,
    }
    return frozenset(each for each, chosen in given.items() if chosen)


def _audit(before: Account, after: Account, saving: Saving, now: Instant) -> AuditRow:
    act = AdminAct(actor=saving.actor, request_id=saving.request_id, now=now, reason=saving.reason)
    return act.audit(
        "settings",
        after.account_id,
        before=_shown(before),
        after=_shown(after),
        account_id=after.account_id,
    )


def _shown(account: Account) -> Mapping[str, object]:
    return {
        "version": account.settings_version,
        "thresholds": [str(each.at) for each in account.thresholds],
        "runway_thresholds": [each.days for each in account.runway_thresholds],
        "time_zone": account.next_time_zone or account.time_zone,
        "overage": str(account.overage),
        "limits": _rows(limits_by(account, LimitOwner.USER)),
        "admin_limits": _rows(limits_by(account, LimitOwner.ADMIN)),
    }


def _refuse_less_debt(account: Account, wanted: Overage | None) -> None:
    if wanted is Overage.ABSORB and account.overage is Overage.DEBT:
        raise Forbidden("Only an admin may decide that an overrun is not owed any more.")


def _admins(account: Account, wanted: Settings) -> Sequence[LimitTerms]:
    if wanted.admin_limits is not None:
        return wanted.admin_limits
    return limits_by(account, LimitOwner.ADMIN)


def _thresholds(account: Account, chosen: Sequence[Credits] | None) -> tuple[Threshold, ...]:
    known = {each.at: each for each in account.thresholds}
    wanted = account.defaults.thresholds if chosen is None else sorted(chosen)
    return tuple(known.get(at, Threshold(at=at)) for at in wanted)


def _runway_thresholds(
    account: Account, chosen: Sequence[int] | None
) -> tuple[RunwayThreshold, ...]:
    known = {each.days: each for each in account.runway_thresholds}
    wanted = account.defaults.runway_thresholds if chosen is None else sorted(chosen)
    return tuple(known.get(days, RunwayThreshold(days=days)) for days in wanted)


def limits_by(account: Account, owner: LimitOwner) -> Sequence[LimitTerms]:
    """Return what *owner* has limited."""
    return [
        LimitTerms(operation=each.operation, window=each.window, amount=each.amount)
        for each in account.limits
        if each.by is owner
    ]

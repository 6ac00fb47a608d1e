"""Saving settings: once, over what the caller saw, and with what limits have to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prepaid.accounts.ports import ClosedDays, SettingsRows
from prepaid.accounts.settings import Saving, choose, refuse_unseen
from prepaid.alerts.addresses import AddressState, Consents
from prepaid.alerts.channels import DEFAULT, Contacts
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.errors import NotFound
from prepaid.domain.limits import Scope, Window
from prepaid.domain.projecting import projected
from prepaid.domain.usage import ClosedDay, spent_on
from prepaid.ledger.changes import change
from prepaid.ledger.posting import Ledger


@dataclass(frozen=True, slots=True)
class Shown:
    """An account as settled now, with its settings, and when and by whom they were saved.

    `addresses` says of each recipient's address whether its owner agreed.
    """

    account: Account
    now: Instant
    saved_at: Instant | None
    saved_by: str | None
    contacts: Contacts
    addresses: Mapping[str, AddressState]


class AccountSettings:
    """Shows and saves the settings of accounts."""

    def __init__(
        self, ledger: Ledger, days: ClosedDays, rows: SettingsRows, consents: Consents
    ) -> None:
        self._ledger = ledger
        self._days = days
        self._rows = rows
        self._consents = consents

    def show(self, account_id: AccountId, now: Instant, *, written: bool = False) -> Shown:
        """Return the settings; `NotFound` for an account that had to be *written* and is not.

        Raises `Unavailable`.
        """
        account = self._ledger.account(account_id)
        if written:
            _refuse_unwritten(account)
        return self.shown(account, now)

    def shown(self, account: Account, now: Instant) -> Shown:
        """Return the settings of an account that was just read. Raises `Unavailable`."""
        projection = projected(account, now)
        row = self._rows.saved(account.account_id) if account.settings_version else None
        contacts = row.contacts if row else DEFAULT
        return Shown(
            account=projection.account,
            now=projection.now,
            saved_at=row.saved_at if row else None,
            saved_by=row.saved_by if row else None,
            contacts=contacts,
            addresses={
                each.email: self._consents.consent(account.account_id, each.email).state
                for each in contacts.recipients
            },
        )

    def save(self, saving: Saving, now: Instant) -> Shown:
        """Save settings in place of those that were seen.

        The repeat of a request whose answer was lost gets it, and changes nothing. Raises
        `PreconditionFailed`, `Forbidden`, `NotFound` for an admin's account that nobody wrote, and
        `Unavailable`.
        """

        def rule(decision: Decision) -> Decision | None:
            account = decision.account
            if saving.by_admin:
                _refuse_unwritten(account)
            if self._was_saved(account, saving):
                return None
            refuse_unseen(account, saving.seen)
            return choose(decision, saving, lambda scope: self._used(decision, scope))

        budget = self._ledger.budget()
        account_id, request_id = saving.account_id, saving.request_id
        account = change(self._ledger, account_id, rule, now, budget, request_id=request_id)
        return self.shown(account, now)

    def _was_saved(self, account: Account, saving: Saving) -> bool:
        """Look whether it was this request that saved last, where its answer may have been lost."""
        if account.settings_version == 0:
            return False
        if saving.seen is not None and account.settings_version - 1 not in saving.seen:
            return False
        row = self._rows.saved(saving.account_id)
        current = row is not None and row.version == account.settings_version
        return current and row is not None and row.answers(saving)

    def _used(self, decision: Decision, scope: Scope) -> Credits:
        """Return what usage has cost in the window that runs, as far as it is counted by days.

        Read after the account: whoever closes a day meanwhile moves it, and all is done again. An
        hour counts from now on.
        """
        account, (operation, window) = decision.account, scope
        match window:
            case Window.HOUR:
                return ZERO
            case Window.DAY:
                return account.used_today(operation)
            case Window.MONTH:
                return self._used_this_month(decision, operation)

    def _used_this_month(self, decision: Decision, operation: str | None) -> Credits:
        account = decision.account
        today = account.usage_day
        first = date(today.year, today.month, 1)
        read = self._days.closed_days(account.account_id, since=first, until=today)
        closing = [each for each in decision.also if isinstance(each, ClosedDay)]
        by_day = {each.day: each for each in (*read, *closing) if first <= each.day < today}
        spent = [spent_on(each.counters, operation) for each in by_day.values()]
        return sum(spent, start=account.used_today(operation))


def _refuse_unwritten(account: Account) -> None:
    if account.version == 0:
        raise NotFound("There is no such account: nobody has written to it.")

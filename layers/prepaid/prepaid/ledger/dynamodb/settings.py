"""Settings inside an account's item: what somebody chose, and what is known of the others."""

from collections.abc import Sequence
from dataclasses import replace

from prepaid.domain.account import (
    Account,
    AccountDefaults,
    Overage,
    RunwayThreshold,
    Setting,
    Threshold,
)
from prepaid.domain.limits import Limit, LimitOwner
from prepaid.dynamodb.values import Plain
from prepaid.ledger.dynamodb import rows, warning_rows

FIRST_DEFAULT = 20_00
"""Earlier releases wrote this threshold down with the first alert, though nobody had chosen it."""


def chosen_to_rows(account: Account) -> Plain:
    """Write what was chosen, and when default thresholds were last announced.

    What differs from its default was chosen.
    """
    ats = tuple(each.at for each in account.thresholds)
    chosen = Setting.THRESHOLDS in account.chosen or ats != account.defaults.thresholds
    announced = [each for each in account.thresholds if each.alerted_at and not chosen]
    overage = Setting.OVERAGE in account.chosen or account.overage is not account.defaults.overage
    return {
        "thresholds": rows.thresholds_to_rows(account.thresholds) if chosen else None,
        "announced": rows.thresholds_to_rows(announced) or None,
        "overage": str(account.overage) if overage else None,
        **_runway_to_rows(account),
    }


def _runway_to_rows(account: Account) -> Plain:
    days = tuple(each.days for each in account.runway_thresholds)
    chosen = Setting.RUNWAY_THRESHOLDS in account.chosen
    if chosen or days != account.defaults.runway_thresholds:
        return {"runway_thresholds": warning_rows.runway_to_rows(account.runway_thresholds)}
    announced = [each for each in account.runway_thresholds if each.alerted_at]
    return {"runway_announced": warning_rows.runway_to_rows(announced) or None}


def _runway_from_rows(plain: Plain, defaults: AccountDefaults) -> tuple[RunwayThreshold, ...]:
    if "runway_thresholds" in plain:
        return warning_rows.runway_from_rows(plain["runway_thresholds"])
    announced = warning_rows.runway_from_rows(plain.get("runway_announced", []))
    known = {each.days: each for each in announced}
    return tuple(known.get(n, RunwayThreshold(days=n)) for n in defaults.runway_thresholds)


def with_settings(
    account: Account, plain: Plain, limits: Sequence[Limit], defaults: AccountDefaults
) -> Account:
    """Return *account* with the settings that its item has, and *defaults* for the others."""
    chosen = set()
    written = rows.thresholds_from_rows(plain.get("thresholds", []))
    thresholds = written
    if _is_choice(plain, written):
        chosen.add(Setting.THRESHOLDS)
    else:
        announced = (*written, *rows.thresholds_from_rows(plain.get("announced", [])))
        known = {each.at: each for each in announced}
        thresholds = tuple(known.get(at, Threshold(at=at)) for at in defaults.thresholds)
    if "runway_thresholds" in plain:
        chosen.add(Setting.RUNWAY_THRESHOLDS)
    if "overage" in plain:
        chosen.add(Setting.OVERAGE)
    account = replace(
        account,
        thresholds=thresholds,
        runway_thresholds=_runway_from_rows(plain, defaults),
        overage=Overage(plain.get("overage", defaults.overage)),
        limits=tuple(each for each in limits if each.by is not LimitOwner.DEFAULT),
        chosen=frozenset(chosen),
        defaults=defaults,
    )
    return account.with_default_limits([each for each in limits if each.by is LimitOwner.DEFAULT])


def _is_choice(plain: Plain, written: Sequence[Threshold]) -> bool:
    if "thresholds" not in plain:
        return False
    saved = plain.get("settings_version", 0) > 0
    return saved or [each.at.hundredths for each in written] != [FIRST_DEFAULT]

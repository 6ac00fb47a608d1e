"""Items: accounts, entries, closed days and alerts as DynamoDB keeps them.

Whatever has its default is left out, and times are epoch seconds.
"""

from datetime import date
from typing import Any

from prepaid.domain.account import NO_CHOICE, Account, AccountDefaults, Status, Version
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryDetails, EntryKind
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.usage import ClosedDay
from prepaid.dynamodb import names
from prepaid.dynamodb.shards import shard_of
from prepaid.dynamodb.values import Item, Plain, deserialize, moment, serialize
from prepaid.ledger.dynamodb import counters, rows, settings, short_names, warning_rows


def account_to_item(account: Account, *, version: Version) -> dict[str, Any]:
    """Write an account with the version that a commit gives it."""
    due = account.due()
    held = [each.operation for each in account.holds]
    held += [each.operation for each in account.limits if each.operation is not None]
    operations = counters.operations_to_rows(account.carry, account.usage, account.usage_day, held)
    places = [name for name, *_ in operations]
    plain = {
        names.ACCOUNT_ID: account.account_id,
        names.VERSION: version,
        names.SEQ: account.seq,
        "as_of": account.as_of,
        "balance": account.balance.hundredths,
        "grants": [rows.grant_to_row(each) for each in account.grants] or None,
        "holds": [rows.hold_to_row(each, places) for each in account.holds] or None,
        "usage_day": counters.day_number(account.usage_day),
        "operations": operations or None,
        "limits": rows.limits_to_rows(account.limits, places) or None,
        "week": [each.hundredths for each in account.week] or None,
        "hour": warning_rows.hour_to_row(account.hour),
        **settings.chosen_to_rows(account),
        "emptied_at": account.emptied_at or None,
        "time_zone": None if account.time_zone == _NEW.time_zone else account.time_zone,
        "next_time_zone": account.next_time_zone,
        "plan": None if account.plan == _NEW.plan else account.plan,
        "status": None if account.status is _NEW.status else str(account.status),
        "unlimited": account.unlimited or None,
        "settings_version": account.settings_version or None,
        "listed": account.listed or None,
        names.DUE_SHARD: None if due is None else str(shard_of(account.account_id)),
        names.DUE_AT: due,
    }
    given = {name: value for name, value in plain.items() if value is not None}
    return serialize(short_names.short(given))


def account_from_item(item: Item, defaults: AccountDefaults = NO_CHOICE) -> Account:
    """Read an account, of this release or an earlier one; *defaults* hold for what nobody chose."""
    plain = short_names.long(deserialize(item))
    operations = plain.get("operations", [])
    day = counters.day_of(plain["usage_day"])
    places: list[str] = []
    if isinstance(operations, dict):
        carry, usage = counters.first_operations(operations)
    else:
        carry, usage = counters.operations_from_rows(operations, day)
        places = [name for name, *_ in operations]
    account = Account(
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        version=Version(int(plain[names.VERSION])),
        seq=int(plain[names.SEQ]),
        as_of=Instant(int(plain["as_of"])),
        balance=Credits(int(plain["balance"])),
        grants=tuple(rows.grant_from_row(each) for each in plain.get("grants", ())),
        holds=tuple(rows.hold_from_row(each, places) for each in plain.get("holds", ())),
        carry=carry,
        usage_day=day,
        usage=usage,
        week=tuple(Credits(int(each)) for each in plain.get("week", ())),
        hour=warning_rows.hour_from_row(plain.get("hour")),
        emptied_at=Instant(int(plain.get("emptied_at", 0))),
        time_zone=plain.get("time_zone", _NEW.time_zone),
        next_time_zone=plain.get("next_time_zone"),
        plan=plain.get("plan", _NEW.plan),
        status=Status(plain.get("status", _NEW.status)),
        unlimited=plain.get("unlimited", False),
        settings_version=int(plain.get("settings_version", 0)),
        listed=plain.get("listed", False),
    )
    limits = rows.limits_from_rows(plain.get("limits", []), places)
    return settings.with_settings(account, plain, limits, defaults)


_NEW = Account(account_id=AccountId(""))


def _credits(hundredths: Any) -> Credits | None:  # an int or None from an item
    return None if hundredths is None else Credits(int(hundredths))


def entry_to_item(entry: Entry) -> dict[str, Any]:
    """Write an entry."""
    plain = {
        names.ACCOUNT_ID: entry.account_id,
        names.KEY: entry.key,
        names.AT: names.at(entry.posted_at, entry.seq),
        names.SEQ: entry.seq,
        names.KIND: str(entry.kind),
        "amount": entry.amount.hundredths,
        "held_change": entry.held_change.hundredths or None,
        "balance_after": entry.balance_after.hundredths,
        "available_after": entry.available_after.hundredths,
        "actor": entry.actor,
        "request_id": entry.request_id,
        "fingerprint": entry.fingerprint,
        "posted_at": entry.posted_at,
        "occurred_at": None if entry.occurred_at == entry.posted_at else entry.occurred_at,
        "reason": entry.reason,
        names.REFERENCE: entry.reference,
        "metadata": dict(entry.metadata),
        "note": entry.note,
        "rounded": entry.rounded or None,
        **_details_to_plain(entry),
    }
    return serialize({name: value for name, value in plain.items() if value not in (None, [], {})})


def _details_to_plain(entry: Entry) -> Plain:
    """Write those fields that some kinds of entries have."""
    calculation = entry.calculation
    return {
        names.OPERATION: entry.operation,
        "calculation": rows.calculation_to_row(calculation) if calculation else None,
        "usage_day": counters.day_number(entry.usage_day) if entry.usage_day else None,
        "burned": rows.burned_to_rows(entry.burned),
        "returned": rows.burned_to_rows(entry.returned),
        "merged": list(entry.merged),
        "cost_basis": entry.cost_basis or None,
        "currency": None if entry.currency == DEFAULT_CURRENCY else entry.currency,
        names.HOLD_ID: entry.hold_id,
        "hold_expires_at": entry.hold_expires_at,
        "grant_id": entry.grant_id,
        "grant_expires_at": entry.grant_expires_at,
        "waived": entry.waived.hundredths or None,
        "shortfall": entry.shortfall.hundredths or None,
        "debt_paid": entry.debt_paid.hundredths or None,
        "changed": dict(entry.changed),
        "before": dict(entry.before),
        "grant_kind": entry.grant_kind and str(entry.grant_kind),
        "final": None if entry.final else False,
        "provider_cost": entry.provider_cost,
    }


def entry_from_item(item: Item) -> Entry:
    """Read an entry."""
    plain = deserialize(item)
    posted_at = Instant(int(plain["posted_at"]))
    return Entry(
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        key=Key(plain[names.KEY]),
        seq=int(plain[names.SEQ]),
        kind=EntryKind(plain[names.KIND]),
        amount=Credits(int(plain["amount"])),
        held_change=_credits(plain.get("held_change")) or ZERO,
        balance_after=Credits(int(plain["balance_after"])),
        available_after=Credits(int(plain["available_after"])),
        actor=plain["actor"],
        request_id=plain["request_id"],
        fingerprint=Fingerprint(plain["fingerprint"]),
        posted_at=posted_at,
        occurred_at=Instant(int(plain.get("occurred_at", posted_at))),
        reason=plain.get("reason"),
        reference=plain.get(names.REFERENCE),
        metadata=plain.get("metadata", {}),
        note=plain.get("note"),
        rounded=plain.get("rounded", False),
        **_details_from_plain(plain),
    )


def _details_from_plain(plain: Plain) -> EntryDetails:
    """Read those fields that some kinds of entries have."""
    calculation = plain.get("calculation")
    return EntryDetails(
        operation=plain.get(names.OPERATION),
        calculation=rows.calculation_from_row(calculation) if calculation else None,
        usage_day=counters.day_of(plain["usage_day"]) if "usage_day" in plain else None,
        burned=rows.burned_from_rows(plain.get("burned", [])),
        returned=rows.burned_from_rows(plain.get("returned", [])),
        merged=tuple(int(each) for each in plain.get("merged", [])),
        cost_basis=int(plain.get("cost_basis", 0)),
        currency=plain.get("currency", DEFAULT_CURRENCY),
        hold_id=_whole(plain.get(names.HOLD_ID)),
        hold_expires_at=moment(plain.get("hold_expires_at")),
        grant_id=_whole(plain.get("grant_id")),
        grant_expires_at=moment(plain.get("grant_expires_at")),
        waived=_credits(plain.get("waived")) or ZERO,
        shortfall=_credits(plain.get("shortfall")) or ZERO,
        debt_paid=_credits(plain.get("debt_paid")) or ZERO,
        changed=plain.get("changed", {}),
        before=plain.get("before", {}),
        grant_kind=GrantKind(plain["grant_kind"]) if "grant_kind" in plain else None,
        final=plain.get("final", True),
        provider_cost=_whole(plain.get("provider_cost")),
    )


def _whole(number: Any) -> int | None:  # an int or None from an item
    return None if number is None else int(number)


def closed_day_to_item(closed: ClosedDay) -> dict[str, Any]:
    """Write a closed day."""
    return serialize(
        {
            names.ACCOUNT_ID: closed.account_id,
            names.DAY: closed.day.isoformat(),
            "time_zone": closed.time_zone,
            "operations": counters.portions_to_rows(closed.portions, closed.day),
        }
    )


def closed_day_from_item(item: Item) -> ClosedDay:
    """Read a closed day, of this release or the first."""
    plain = deserialize(item)
    day = date.fromisoformat(plain[names.DAY])
    if "usage" in plain:
        portions = counters.first_portions(plain["usage"])
    else:
        portions = counters.portions_from_rows(plain["operations"], day)
    return ClosedDay(
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        day=day,
        time_zone=plain["time_zone"],
        portions=portions,
    )

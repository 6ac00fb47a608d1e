"""Rows of analytics: flows, money and standing as plain values; what is nothing is left out."""

from collections.abc import Mapping
from typing import Any

from prepaid.analytics.flows import Costed, Flows
from prepaid.analytics.money import MoneySum, MoneySums
from prepaid.analytics.standing import Ranked, Standing
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import Counter
from prepaid.dynamodb.values import Plain, Row

MAX_TOP_BYTES = 300_000
"""What one list of accounts takes at most, in a row of at most 400 KB."""


def flows_to_row(flows: Flows) -> Plain:
    """Write flows; credits are in hundredths, and a counter is a list of numbers and its units."""
    plain: Plain = {
        "credits": _to_hundredths(flows.credits),
        "usage": {name: _counter_to_row(each) for name, each in flows.usage.items()},
        "earned": dict(flows.earned),
        "breakage": dict(flows.breakage),
        "costed": {
            name: [each.provider_cost, each.credits.hundredths, dict(each.basis)]
            for name, each in flows.costed.items()
        },
        "active": flows.active,
        "opened": flows.opened,
    }
    return {name: value for name, value in plain.items() if value}


def flows_from_row(row: Mapping[str, Any]) -> Flows:
    """Read flows."""
    return Flows(
        credits=_from_hundredths(row.get("credits", {})),
        usage={name: _counter_from_row(each) for name, each in row.get("usage", {}).items()},
        earned=row.get("earned", {}),
        breakage=row.get("breakage", {}),
        costed={
            name: Costed(provider_cost=cost, credits=Credits(taken), basis=basis)
            for name, (cost, taken, basis) in row.get("costed", {}).items()
        },
        active=row.get("active", 0),
        opened=row.get("opened", 0),
    )


def money_to_row(money: MoneySums) -> Plain:
    """Write money as ``{currency: [paid, back]}``."""
    return {currency: [each.paid, each.back] for currency, each in money.items()}


def money_from_row(row: Mapping[str, Row]) -> MoneySums:
    """Read money."""
    return {currency: MoneySum(paid, back) for currency, (paid, back) in row.items()}


def standing_to_row(standing: Standing) -> Plain:
    """Write the sums over accounts."""
    return {
        "accounts": standing.accounts,
        "by_status": dict(standing.by_status),
        "unlimited": standing.unlimited,
        "low": standing.low,
        "in_debt": standing.in_debt,
        "balance": standing.balance.hundredths,
        "debt": standing.debt.hundredths,
        "held": standing.held.hundredths,
        "unspent": _to_hundredths(standing.unspent),
        "liability": dict(standing.liability),
    }


def standing_from_row(row: Mapping[str, Any]) -> Standing:
    """Read the sums over accounts."""
    return Standing(
        accounts=row["accounts"],
        by_status=row["by_status"],
        unlimited=row["unlimited"],
        low=row["low"],
        in_debt=row["in_debt"],
        balance=Credits(row["balance"]),
        debt=Credits(row["debt"]),
        held=Credits(row["held"]),
        unspent=_from_hundredths(row["unspent"]),
        liability=row["liability"],
    )


def ranked_to_rows(ranked: Ranked) -> list[Row]:
    """Write a list as ``[[account, hundredths], …]``, the first of it that a row can hold."""
    rows: list[Row] = []
    size = 0
    for account_id, amount in ranked:
        size += len(account_id.encode()) + 20
        if size > MAX_TOP_BYTES:
            break
        rows.append([account_id, amount.hundredths])
    return rows


def ranked_from_rows(rows: list[Row]) -> Ranked:
    """Read a list."""
    return tuple((AccountId(account_id), Credits(amount)) for account_id, amount in rows)


def _counter_to_row(counter: Counter) -> Row:
    amounts = [counter.credits, counter.waived, counter.reversed]
    return [counter.count, *(each.hundredths for each in amounts), dict(counter.units)]


def _counter_from_row(row: Row) -> Counter:
    count, taken, waived, back, units = row
    return Counter(
        count=count,
        credits=Credits(taken),
        waived=Credits(waived),
        reversed=Credits(back),
        units={unit: Quantity(used) for unit, used in units.items()},
    )


def _to_hundredths(amounts: Mapping[str, Credits]) -> dict[str, int]:
    return {str(name): amount.hundredths for name, amount in amounts.items()}


def _from_hundredths(row: Mapping[str, int]) -> dict[str, Credits]:
    return {name: Credits(amount) for name, amount in row.items()}

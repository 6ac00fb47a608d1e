"""Checkpoints of the verification, kept in DynamoDB's table of records."""

from datetime import date

from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import Counter, Counters
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import Plain
from prepaid.ledger.day_verification import DaySums
from prepaid.ledger.grant_verification import GrantSums
from prepaid.ledger.hold_verification import HoldSums
from prepaid.ledger.running_sums import RunningSums

FORM = 1
"""The form of the sums; sums of another form are passed over, and a new pass begins."""
_SUMS = "verified"
_STOPPED = "verification"


class DynamoCheckpoints:
    """`Checkpoints` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def sums(self, account_id: AccountId) -> RunningSums | None:
        """Read the sums of an account."""
        row = self._table.read(_SUMS, account_id)
        return _sums_from_row(row) if row and row["form"] == FORM else None

    def keep(self, account_id: AccountId, sums: RunningSums) -> None:
        """Replace the sums of an account."""
        row = {names.KIND_ID: _SUMS, names.SORT: account_id, "form": FORM, **_sums_to_row(sums)}
        self._table.replace(row)

    def stopped_at(self, *, segment: int, segments: int) -> AccountId | None:
        """Read where the last run over a part ended."""
        row = self._table.read(_STOPPED, f"{segment}/{segments}")
        return AccountId(row[names.ACCOUNT_ID]) if row else None

    def stop_at(self, account_id: AccountId, *, segment: int, segments: int) -> None:
        """Replace where the last run over a part ended."""
        place = {names.KIND_ID: _STOPPED, names.SORT: f"{segment}/{segments}"}
        self._table.replace({**place, names.ACCOUNT_ID: account_id})


def _sums_to_row(sums: RunningSums) -> Plain:
    return {
        "began_at": sums.began_at,
        "place": sums.place and list(sums.place),
        "entries": sums.entries,
        "whole": sums.whole,
        "balance": sums.balance.hundredths,
        "balance_told": sums.stated_balance.hundredths,
        "left": _pairs(sums.grants.left),
        "unspent": _pairs(sums.grants.unspent),
        "not_told": _pairs(sums.grants.unstated),
        "passed_over": sums.grants.passed_over,
        "held": _pairs(sums.holds.held),
        "parts": _pairs(sums.holds.parts),
        "used": [[hold, dict(units)] for hold, units in sums.holds.used.items()],
        "compared": sums.days.compared.isoformat(),
        "days": [
            [day.isoformat(), {name: _counter_to_row(each) for name, each in counters.items()}]
            for day, counters in sums.days.counted.items()
        ],
        "found": [list(each) for each in sums.found],
    }


def _sums_from_row(row: Plain) -> RunningSums:
    place = row["place"]
    return RunningSums(
        began_at=Instant(row["began_at"]),
        place=(Instant(place[0]), place[1]) if place else None,
        entries=row["entries"],
        whole=row["whole"],
        balance=Credits(row["balance"]),
        stated_balance=Credits(row["balance_told"]),
        grants=GrantSums(
            left=dict(row["left"]),
            unspent=dict(row["unspent"]),
            unstated=dict(row["not_told"]),
            passed_over=row["passed_over"],
        ),
        holds=HoldSums(held=dict(row["held"]), parts=dict(row["parts"]), used=dict(row["used"])),
        days=DaySums(
            counted={date.fromisoformat(day): _counters(each) for day, each in row["days"]},
            compared=date.fromisoformat(row["compared"]),
        ),
        found=[(invariant, detail) for invariant, detail in row["found"]],
    )


def _pairs(sums: dict[int, int]) -> list[list[int]]:
    return [[number, amount] for number, amount in sums.items()]


def _counter_to_row(counter: Counter) -> list[object]:
    amounts = [counter.credits.hundredths, counter.waived.hundredths]
    cost = [counter.provider_cost] if counter.provider_cost else []
    return [counter.count, *amounts, dict(counter.units), *cost]


def _counters(rows: Plain) -> Counters:
    return {
        name: Counter(
            count=count,
            credits=Credits(taken),
            waived=Credits(waived),
            units={unit: Quantity(quantity) for unit, quantity in units.items()},
            provider_cost=cost[0] if cost else 0,
        )
        for name, (count, taken, waived, units, *cost) in rows.items()
    }

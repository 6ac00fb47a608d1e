"""System analytics on the wire: days, totals, what accounts have now, and days as a table."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, model_validator

from prepaid.analytics.flows import MOVEMENTS, Costed, Flows
from prepaid.analytics.money import MoneySums
from prepaid.analytics.standing import Ranked, Standing
from prepaid.analytics.system import DayReport, SystemReport
from prepaid.analytics.web.usage import UsageSumOut, refuse_too_large
from prepaid.domain.grants import GrantKind
from prepaid.domain.pricing import decimal_text
from prepaid.web.csv import table
from prepaid.web.fields import DayIn
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.parsing import refuse
from prepaid.web.request import Answer
from prepaid.web.tables import Format

MICROS_IN_A_CENT = 10_000
COST_CURRENCY = "usd"
"""What providers' costs are in."""


class SystemAnalyticsQuery(WireIn):
    """Which UTC days to report."""

    from_: DayIn | None = Field(default=None, alias="from")
    to: DayIn | None = None
    format: Format | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            refuse("range", "`to` comes before `from`.", pointer="/to")
        return self


class MovementsOut(WireOut):
    """Credits by what happened to them; none is below 0 but `refunded`, when more came back."""

    sold: CreditsOut = Field(description="Bought, without bonus.")
    bonus: CreditsOut = Field(description="Given with purchases.")
    granted: CreditsOut = Field(description="Given for nothing.")
    added: CreditsOut = Field(description="Given by adjustments.")
    reversed: CreditsOut = Field(description="Given back for usage.")
    removed: CreditsOut = Field(description="Taken by adjustments.")
    spent: CreditsOut = Field(description="Spent on usage.")
    expired: CreditsOut = Field(description="Ended unused.")
    refunded: CreditsOut = Field(
        description="Taken back by refunds and disputes, less what disputes that were won returned."
    )
    net: CreditsOut = Field(description="How the balances changed in all.")

    @classmethod
    def of(cls, flows: Flows) -> Self:
        """Show what moved."""
        moved = {name: str(flows.of(name)) for name in MOVEMENTS}
        return cls(**moved, net=str(flows.net))


class MoneySumOut(WireOut):
    """Money in one currency's smallest unit."""

    revenue: int = Field(description="What was paid.")
    refunds: int = Field(description="What refunds and disputes took of it.")


class MarginOut(WireOut):
    """Usage of one operation of which the provider's cost is known."""

    credits: CreditsOut = Field(description="Credits spent on it.")
    revenue: Mapping[str, int] = Field(
        description="What was paid for these credits, by currency, in its smallest unit."
    )
    provider_cost: str = Field(description="What the providers took, in US dollars.")
    margin: str | None = Field(
        description="Revenue less cost, in US dollars; null where some was paid in other money."
    )

    @classmethod
    def of(cls, costed: Costed) -> Self:
        """Show usage with its cost."""
        cents = costed.basis.get(COST_CURRENCY, 0)
        margin = cents * MICROS_IN_A_CENT - costed.provider_cost
        comparable = set(costed.basis) <= {COST_CURRENCY}
        return cls(
            credits=str(costed.credits),
            revenue=costed.basis,
            provider_cost=decimal_text(costed.provider_cost, 6),
            margin=_signed(margin) if comparable else None,
        )


class FlowsOut(WireOut):
    """What moved in all accounts."""

    movements: MovementsOut = Field(description="Credits by what happened to them.")
    usage: Mapping[str, UsageSumOut] = Field(description="By operation.")
    money: Mapping[str, MoneySumOut] = Field(description="By currency.")
    earned: Mapping[str, int] = Field(
        description="What was paid for the credits that were spent, by currency."
    )
    breakage: Mapping[str, int] = Field(
        description="What was paid for the credits that expired, by currency."
    )
    margins: Mapping[str, MarginOut] = Field(
        description="By operation, of the usage of which the provider's cost is known."
    )
    opened: int = Field(description="Accounts that were new.")

    @classmethod
    def of_flows(cls, flows: Flows, money: MoneySums) -> Self:
        """Show what moved."""
        return cls(**_facts(flows, money))


class SystemDayOut(FlowsOut):
    """One UTC day."""

    day: str
    closed: bool = Field(description="The day is over and all of it is added up.")
    active: int = Field(description="Accounts that used something.")

    @classmethod
    def of(cls, shown: DayReport) -> Self:
        """Show a day."""
        return cls(
            **_facts(shown.flows, shown.money),
            day=shown.day.isoformat(),
            closed=shown.closed,
            active=shown.flows.active,
        )


class StandingOut(WireOut):
    """What all accounts have at `as_of`."""

    accounts: int
    by_status: Mapping[str, int]
    unlimited: int
    low: int = Field(description="Accounts below the lowest of their thresholds.")
    in_debt: int = Field(description="Accounts below 0.")
    active: int = Field(description="Accounts that used something in the thirty days up to then.")
    balance: CreditsOut = Field(description="All balances together, debt taken off.")
    debt: CreditsOut = Field(description="What accounts below 0 owe.")
    held: CreditsOut = Field(description="Set aside by open holds.")
    unspent: Mapping[str, CreditsOut] = Field(description="Credits left, by how they were given.")
    liability: Mapping[str, int] = Field(
        description="What was paid for credits that are left, by currency, in its smallest unit."
    )

    @classmethod
    def of(cls, standing: Standing, *, active: int) -> Self:
        """Show the sums over accounts."""
        return cls(
            accounts=standing.accounts,
            by_status=standing.by_status,
            unlimited=standing.unlimited,
            low=standing.low,
            in_debt=standing.in_debt,
            active=active,
            balance=str(standing.balance),
            debt=str(standing.debt),
            held=str(standing.held),
            unspent={str(kind): str(standing.unspent.get(kind, "0.00")) for kind in GrantKind},
            liability=standing.liability,
        )


class TopAccountOut(WireOut):
    """An account and how much it has of what it is ranked by."""

    account_id: str
    credits: CreditsOut


class TopOut(WireOut):
    """The ten accounts with most."""

    balance: list[TopAccountOut]
    spend: list[TopAccountOut] = Field(description="In the thirty days up to `as_of`.")
    debt: list[TopAccountOut]


class SystemAnalyticsOut(WireOut):
    """What all accounts bought, spent and still own, by the latest snapshot."""

    from_: str = Field(serialization_alias="from")
    to: str
    as_of: TimestampOut | None = Field(
        description="When the snapshot was taken; null while there is none."
    )
    days: list[SystemDayOut]
    totals: FlowsOut = Field(description="Of these days.")
    standing: StandingOut
    top: TopOut

    @classmethod
    def of(cls, report: SystemReport) -> Self:
        """Show a report. Raises `InvalidFields` where it is larger than Lambda sends."""
        shown = cls(
            from_=report.period.first.isoformat(),
            to=report.period.last.isoformat(),
            as_of=None if report.as_of is None else timestamp(report.as_of),
            days=[SystemDayOut.of(each) for each in report.days],
            totals=FlowsOut.of_flows(report.flows, report.money),
            standing=StandingOut.of(report.standing, active=report.active),
            top=TopOut(**{name: _ranked(ranked) for name, ranked in report.top.items()}),
        )
        refuse_too_large(shown.model_dump_json(by_alias=True))
        return shown


def csv(report: SystemReport) -> Answer:
    """Answer the days of a report as a table, with a column for what each currency took.

    Raises `InvalidFields` where it is larger than Lambda sends.
    """
    currencies = sorted(report.money)
    columns = ["day", "closed", *MOVEMENTS, "net", "active", "opened"]
    columns += [f"{name}_{each}" for each in currencies for name in ("revenue", "refunds")]
    text = table(columns, [_row(SystemDayOut.of(each), currencies) for each in report.days])
    refuse_too_large(text)
    return Answer.csv(text, filename="analytics.csv")


def _row(day: SystemDayOut, currencies: list[str]) -> list[str]:
    money = [day.money.get(each, MoneySumOut(revenue=0, refunds=0)) for each in currencies]
    amounts = [str(number) for each in money for number in (each.revenue, each.refunds)]
    moved = day.movements.model_dump()
    return [
        day.day,
        "true" if day.closed else "false",
        *(moved[name] for name in (*MOVEMENTS, "net")),
        str(day.active),
        str(day.opened),
        *amounts,
    ]


def _facts(flows: Flows, money: MoneySums) -> dict[str, Any]:
    return {
        "movements": MovementsOut.of(flows),
        "usage": {name: UsageSumOut.of(each) for name, each in sorted(flows.usage.items())},
        "money": {
            currency: MoneySumOut(revenue=each.paid, refunds=each.back)
            for currency, each in sorted(money.items())
        },
        "earned": flows.earned,
        "breakage": flows.breakage,
        "margins": {name: MarginOut.of(each) for name, each in sorted(flows.costed.items())},
        "opened": flows.opened,
    }


def _ranked(ranked: Ranked) -> list[TopAccountOut]:
    return [TopAccountOut(account_id=name, credits=str(amount)) for name, amount in ranked]


def _signed(micros: int) -> str:
    return f"{'-' if micros < 0 else ''}{decimal_text(abs(micros), 6)}"

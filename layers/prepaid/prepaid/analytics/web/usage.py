"""Usage analytics on the wire: buckets, totals, the largest entries, and the same as a table."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from prepaid.analytics.buckets import Bucket, sum_of
from prepaid.analytics.periods import Grouping
from prepaid.analytics.usage import UsageOfPeriod, UsageQuestion, UsageReport
from prepaid.analytics.usage_entries import UsageEntries
from prepaid.domain.credits import AccountId
from prepaid.domain.pricing import format_millionths
from prepaid.domain.runway import DAYS, Runway
from prepaid.domain.usage import Counter, Counters
from prepaid.ledger.web.entries import EntryOut
from prepaid.web.csv import sent_bytes, table
from prepaid.web.errors import InvalidFields
from prepaid.web.fields import DayIn
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut, TimestampOut, timestamp
from prepaid.web.parsing import refuse
from prepaid.web.request import Answer
from prepaid.web.tables import MAX_SENT_BYTES, Format

COLUMNS = (
    "period",
    "row",
    "key",
    "from",
    "to",
    "count",
    "credits",
    "waived",
    "reversed",
    "units",
    "partial",
)


class UsageAnalyticsQuery(WireIn):
    """Which days to add up, and by what."""

    from_: DayIn | None = Field(default=None, alias="from")
    to: DayIn | None = None
    group_by: Annotated[Grouping, Field(strict=False)] = Grouping.DAY
    compare: Literal["previous"] | None = None
    include: Literal["largest"] | None = None
    format: Format | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            refuse("range", "`to` comes before `from`.", pointer="/to")
        return self

    def question(self, account_id: AccountId) -> UsageQuestion:
        """Return what is asked about an account."""
        return UsageQuestion(
            account_id=account_id,
            first=self.from_,
            last=self.to,
            grouping=self.group_by,
            compare=self.compare is not None,
            largest=self.include is not None,
        )


class UsageSumOut(WireOut):
    """What was used: how often, how much, and for how many credits."""

    units: Mapping[str, QuantityOut] = Field(description="Quantities by unit.")
    credits: CreditsOut = Field(description="Credits spent on it.")
    waived: CreditsOut = Field(description="Full price of what nobody was asked to pay.")
    reversed: CreditsOut = Field(description="Credits given back for usage, on these days.")
    count: int = Field(description="How often; the captures of one hold are one use.")

    @classmethod
    def of(cls, counter: Counter) -> Self:
        """Show a counter."""
        return cls(**_facts(counter))


class UsageBucketOut(UsageSumOut):
    """Usage under one key, and by operation."""

    key: str | None = Field(
        description="A day, an ISO week, a month, an operation, a variant or a reference; null "
        "for usage without a reference."
    )
    from_: str = Field(serialization_alias="from", description="Its first day that was asked for.")
    to: str = Field(description="Its last day that was asked for.")
    partial: bool = Field(
        description="It holds less than its key says: days are still to come or under way, were "
        "not asked for, or entries were too many to be read."
    )
    operations: Mapping[str, UsageSumOut]

    @classmethod
    def of_bucket(cls, bucket: Bucket) -> Self:
        """Show a bucket."""
        return cls(
            key=bucket.key,
            from_=bucket.period.first.isoformat(),
            to=bucket.period.last.isoformat(),
            partial=bucket.partial,
            operations=_by_operation(bucket.used),
            **_facts(bucket.total),
        )


class UsagePeriodOut(WireOut):
    """Buckets and totals of some days, both ends included."""

    from_: str = Field(serialization_alias="from")
    to: str
    buckets: list[UsageBucketOut]
    other: UsageBucketOut | None = Field(
        description="By reference: what was used under those that are not among the 100 most "
        "expensive."
    )
    totals: UsageSumOut = Field(description="All usage of these days, whatever the buckets hold.")
    complete: bool = Field(
        description="The buckets hold all usage; false by reference beyond 10,000 entries or 3 "
        "seconds: then they hold the newest."
    )

    @classmethod
    def fields_of(cls, shown: UsageOfPeriod) -> dict[str, Any]:
        """Return the fields that show a period."""
        return {
            "from_": shown.period.first.isoformat(),
            "to": shown.period.last.isoformat(),
            "buckets": [UsageBucketOut.of_bucket(each) for each in shown.buckets],
            "other": UsageBucketOut.of_bucket(shown.other) if shown.other else None,
            "totals": UsageSumOut.of(sum_of(shown.totals.values())),
            "complete": shown.complete,
        }


class LargestOut(WireOut):
    """The ten entries that cost most."""

    items: list[EntryOut]
    complete: bool = Field(
        description="False where there were more than 10,000 entries, or 3 seconds were over: "
        "then these are the largest of the newest."
    )

    @classmethod
    def of(cls, entries: UsageEntries) -> Self:
        """Show the largest entries."""
        return cls(items=[EntryOut.of(each) for each in entries.largest], complete=entries.complete)


class BurnRateOut(WireOut):
    """What was spent on the seven days before today."""

    days: int
    spent: CreditsOut = Field(description="On all of these days, less what was given back.")
    per_day: CreditsOut = Field(description="The mean of a day, rounded down.")
    days_left: int = Field(description="Whole days that what is available lasts at this rate.")

    @classmethod
    def of(cls, shown: Runway) -> Self:
        """Show a runway."""
        return cls(
            days=DAYS,
            spent=str(shown.spent),
            per_day=str(shown.per_day),
            days_left=shown.days_left,
        )


class UsageAnalyticsOut(UsagePeriodOut):
    """What an account used, added up by its own days."""

    time_zone: str = Field(description="The account's: its days begin and end by it.")
    group_by: Grouping
    operations: Mapping[str, UsageSumOut] = Field(description="The totals by operation.")
    previous: UsagePeriodOut | None = Field(description="As many days before, if asked for.")
    largest: LargestOut | None = Field(description="If asked for.")
    burn_rate: BurnRateOut | None = Field(
        description="Null where credits were spent on fewer than three of the last seven days."
    )
    as_of: TimestampOut

    @classmethod
    def of(cls, report: UsageReport) -> Self:
        """Show a report. Raises `InvalidFields` where it is larger than Lambda sends."""
        previous = report.previous
        shown = cls.model_construct(
            **UsagePeriodOut.fields_of(report.current),
            time_zone=report.account.time_zone,
            group_by=report.grouping,
            operations=_by_operation(report.current.totals),
            previous=UsagePeriodOut.model_construct(**UsagePeriodOut.fields_of(previous))
            if previous
            else None,
            largest=LargestOut.of(report.entries) if report.entries else None,
            burn_rate=BurnRateOut.of(report.runway) if report.runway else None,
            as_of=timestamp(report.now),
        )
        refuse_too_large(shown.model_dump_json(by_alias=True))
        return shown


def csv(report: UsageReport) -> Answer:
    """Answer the buckets and totals of a report as a table.

    Raises `InvalidFields` where it is larger than Lambda sends.
    """
    rows = [*_rows("current", report.current)]
    if report.previous:
        rows += _rows("previous", report.previous)
    text = table(COLUMNS, rows)
    refuse_too_large(text)
    return Answer.csv(text, filename="usage.csv")


def _rows(name: str, shown: UsageOfPeriod) -> Iterator[list[str]]:
    for bucket in shown.buckets:
        yield [name, "bucket", *_cells(bucket)]
    if shown.other:
        yield [name, "other", *_cells(shown.other)]
    partial = any(each.partial for each in shown.buckets)
    total = Bucket(key=None, period=shown.period, used=shown.totals, partial=partial)
    yield [name, "total", *_cells(total)]


def _cells(bucket: Bucket) -> list[str]:
    sums = _facts(bucket.total)
    units = "; ".join(f"{quantity} {unit}" for unit, quantity in sums["units"].items())
    return [
        bucket.key or "",
        *(day.isoformat() for day in (bucket.period.first, bucket.period.last)),
        *(str(sums[name]) for name in ("count", "credits", "waived", "reversed")),
        units,
        "true" if bucket.partial else "false",
    ]


def _facts(counter: Counter) -> dict[str, Any]:
    return {
        "units": {unit: format_millionths(used) for unit, used in sorted(counter.units.items())},
        "credits": str(counter.credits),
        "waived": str(counter.waived),
        "reversed": str(counter.reversed),
        "count": counter.count,
    }


def _by_operation(used: Counters) -> dict[str, UsageSumOut]:
    return {operation: UsageSumOut.of(used[operation]) for operation in sorted(used)}


def refuse_too_large(text: str) -> None:
    """Raise `InvalidFields` for an answer that Lambda would not send."""
    if sent_bytes(text) > MAX_SENT_BYTES:
        detail = "The answer would be too large: ask for fewer days, or group by fewer keys."
        raise InvalidFields([{"pointer": "/to", "code": "range", "detail": detail, "in": "query"}])

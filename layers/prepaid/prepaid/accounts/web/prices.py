"""Prices as admins see and edit them: every version, and drafts."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from prepaid.catalogue.price_drafts import NewDraft
from prepaid.catalogue.price_editing import NewVersion, ShownVersion
from prepaid.catalogue.versions import OperationPrices, PriceDraft, VersionState
from prepaid.catalogue.web import PriceOut, UnitPriceOut
from prepaid.domain.account import DEFAULT_PLAN
from prepaid.domain.credits import Instant
from prepaid.domain.pricing import Price, Quantity, Rate, UnitPrice, parse_millionths
from prepaid.web import opaque
from prepaid.web.fields import OperationName, Reason, Text, TimestampIn, WholeNumber
from prepaid.web.models import Flag, WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.parsing import refuse

MAX_UNITS = 20
_SIX_PLACES = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_NOT_ZERO = r"(?!0*(?:\.0*)?$)"
PlanId = Annotated[str, Text(32, "[a-z0-9-]+")]
DraftId = Annotated[str, Text(64, "[A-Za-z0-9_-]+")]
_Rate = Annotated[str, Text(13, _SIX_PLACES)]
_Step = Annotated[str, Text(13, _NOT_ZERO + _SIX_PLACES)]
_Version = Annotated[int, WholeNumber(0, 1_000_000_000)]


class UnitPriceIn(WireIn):
    """What one unit shall cost."""

    unit: OperationName
    rate: _Rate = Field(description="Credits for one unit, with at most six places; 0 is free.")
    increment: _Step | None = Field(default=None, description="Billed in whole steps of this.")
    minimum: _Step | None = Field(default=None, description="At least this much is billed.")
    description: Annotated[str, Text(200)] | None = None
    counted: Flag = False

    def price(self) -> UnitPrice:
        """Return what is meant."""
        return UnitPrice(
            unit=self.unit,
            rate=Rate(parse_millionths(self.rate)),
            increment=Quantity(parse_millionths(self.increment or "0")),
            minimum=Quantity(parse_millionths(self.minimum or "0")),
            description=self.description or "",
            counted=self.counted,
        )


class UnitsIn(WireIn):
    """What the units of an operation shall cost, and why it changes."""

    units: Annotated[list[UnitPriceIn], Field(min_length=1, max_length=MAX_UNITS)]
    reason: Reason | None = None

    @model_validator(mode="after")
    def _names_each_unit_once(self) -> Self:
        named: set[str] = set()
        for number, each in enumerate(self.units):
            if each.unit in named:
                refuse("choice", "This unit has a price above.", pointer=f"/units/{number}/unit")
            named.add(each.unit)
        return self

    def unit_prices(self) -> tuple[UnitPrice, ...]:
        """Return what is meant."""
        return tuple(each.price() for each in self.units)


class NewPriceIn(UnitsIn):
    """A new version of an operation's price."""

    operation: OperationName
    plan: PlanId | None = None
    effective_from: TimestampIn | None = Field(
        default=None, description="At least 120 seconds ahead; the earliest where it is absent."
    )
    version: _Version

    def wanted(self) -> NewVersion:
        """Return what is meant."""
        return NewVersion(
            plan=self.plan or DEFAULT_PLAN,
            operation=self.operation,
            units=self.unit_prices(),
            effective_from=self.effective_from,
            seen=self.version,
        )


class NewPriceDraftIn(UnitsIn):
    """A price to write down without announcing it."""

    draft_id: DraftId
    operation: OperationName
    plan: PlanId | None = None

    def wanted(self) -> NewDraft:
        """Return what is meant."""
        return NewDraft(
            draft_id=self.draft_id,
            plan=self.plan or DEFAULT_PLAN,
            operation=self.operation,
            units=self.unit_prices(),
        )


class PriceDraftChangeIn(UnitsIn):
    """All units of a draft, as they shall be from now on."""

    version: _Version


class PublishIn(WireIn):
    """When a draft begins to be the price."""

    version: _Version
    effective_from: TimestampIn | None = Field(
        default=None, description="At least 120 seconds ahead; the earliest where it is absent."
    )
    reason: Reason | None = None


class PricesQuery(WireIn):
    """Of which plan."""

    plan: PlanId | None = Field(default=None, description="The default plan where it is absent.")

    @property
    def plan_id(self) -> str:
        """The plan that is meant."""
        return self.plan or DEFAULT_PLAN


class PriceVersionOut(PriceOut):
    """One version of an operation's price."""

    price_id: str
    state: VersionState

    @classmethod
    def shown(cls, price: Price, prices: OperationPrices, now: Instant) -> Self:
        """Show *price*, one of *prices*."""
        return cls(
            **PriceOut.of(price, now=now).model_dump(exclude={"units"}),
            units=[UnitPriceOut.of(each) for each in price.units],
            price_id=opaque.written(price.version),
            state=prices.state(price, now),
        )


class OperationPricesOut(WireOut):
    """Every version of an operation's price, oldest first."""

    operation: str
    plan: str
    version: int
    versions: list[PriceVersionOut]

    @classmethod
    def of(cls, prices: OperationPrices, now: Instant) -> Self:
        """Show *prices*."""
        return cls(
            operation=prices.operation,
            plan=prices.plan,
            version=prices.version,
            versions=[PriceVersionOut.shown(each, prices, now) for each in prices.versions],
        )


class ChangedPricesOut(OperationPricesOut):
    """The prices of an operation after a change, and the version that it was about."""

    price_id: str

    @classmethod
    def after(cls, shown: ShownVersion, now: Instant) -> Self:
        """Show what a change left."""
        prices = shown.prices
        return cls(
            operation=prices.operation,
            plan=prices.plan,
            version=prices.version,
            versions=[PriceVersionOut.shown(each, prices, now) for each in prices.versions],
            price_id=opaque.written(shown.price.version),
        )


class PriceDraftOut(WireOut):
    """A price that is not announced yet."""

    draft_id: str
    operation: str
    plan: str
    units: list[UnitPriceOut]
    prices_version: int
    version: int
    updated_at: TimestampOut
    updated_by: str

    @classmethod
    def of(cls, draft: PriceDraft) -> Self:
        """Show *draft*."""
        return cls(
            draft_id=draft.draft_id,
            operation=draft.operation,
            plan=draft.plan,
            units=[UnitPriceOut.of(each) for each in draft.units],
            prices_version=draft.prices_version,
            version=draft.version,
            updated_at=timestamp(draft.updated_at),
            updated_by=draft.updated_by,
        )


class AdminPricesOut(WireOut):
    """The prices of a plan by operation, and all drafts."""

    items: list[OperationPricesOut]
    drafts: list[PriceDraftOut]

    @classmethod
    def of(
        cls, prices: Iterable[OperationPrices], drafts: Iterable[PriceDraft], now: Instant
    ) -> Self:
        """Show *prices* and *drafts*."""
        return cls(
            items=[OperationPricesOut.of(each, now) for each in prices],
            drafts=[PriceDraftOut.of(each) for each in drafts],
        )


def version_in(price_id: str) -> str:
    """Return the name of the version that an id stands for; empty for what is none."""
    return opaque.read(price_id) or ""

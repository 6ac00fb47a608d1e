"""Packages and prices as everyone may read them."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field

from prepaid.catalogue.packages import Package
from prepaid.domain.credits import Instant
from prepaid.domain.pricing import Price, UnitPrice, format_millionths, in_force, rate_text
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut, TimestampOut, timestamp


class MoneyOut(WireOut):
    """Money."""

    amount: int = Field(description="In the currency's smallest unit.")
    currency: str = Field(description="ISO 4217, in lower case.")


class PackageOut(WireOut):
    """Credits for sale."""

    package_id: str
    name: str
    description: str
    credits: CreditsOut
    bonus: CreditsOut
    total_credits: CreditsOut
    price: MoneyOut
    popular: bool
    validity_days: int | None = Field(
        description="After so many days the credits expire; null for never."
    )
    bonus_validity_days: int | None = Field(
        description="After so many days the bonus expires; null for never."
    )

    @classmethod
    def of(cls, package: Package) -> Self:
        """Show *package*."""
        return cls(
            package_id=package.package_id,
            name=package.name,
            description=package.description,
            credits=str(package.credits),
            bonus=str(package.bonus),
            total_credits=str(package.credits + package.bonus),
            price=MoneyOut(amount=package.price, currency=package.currency),
            popular=package.popular,
            validity_days=package.validity_days,
            bonus_validity_days=package.bonus_validity_days,
        )


class PackagesOut(WireOut):
    """The packages for sale."""

    items: list[PackageOut]


class UnitPriceOut(WireOut):
    """The price of one unit."""

    unit: str
    rate: str = Field(description="Credits for one unit.", examples=["0.50"])
    increment: QuantityOut | None = Field(description="Billed in whole steps of this.")
    minimum: QuantityOut | None = Field(description="At least this much is billed.")
    description: str
    counted: bool = Field(description="There are no parts of one, as of a message.")

    @classmethod
    def of(cls, price: UnitPrice) -> Self:
        """Show *price*."""
        return cls(
            unit=price.unit,
            rate=rate_text(price.rate),
            increment=format_millionths(price.increment) if price.increment else None,
            minimum=format_millionths(price.minimum) if price.minimum else None,
            description=price.description,
            counted=price.counted,
        )


class PriceOut(WireOut):
    """One version of an operation's price."""

    operation: str
    plan: str
    effective_from: TimestampOut
    upcoming: bool = Field(description="Announced, but not in force yet.")
    ended: bool = Field(description="From then on the operation has no price in this plan.")
    units: list[UnitPriceOut]

    @classmethod
    def of(cls, price: Price, *, now: Instant) -> Self:
        """Show *price*."""
        return cls(
            operation=price.operation,
            plan=price.plan,
            effective_from=timestamp(price.effective_from),
            upcoming=price.effective_from > now,
            ended=price.ended,
            units=[UnitPriceOut.of(each) for each in price.units],
        )


class PricesOut(WireOut):
    """The prices in force, and those to come."""

    items: list[PriceOut]

    @classmethod
    def of(cls, versions: Sequence[Price], *, now: Instant) -> Self:
        """Show, for each operation, the version in force and later ones."""
        shown = []
        for operation in dict.fromkeys(price.operation for price in versions):
            of_it = [price for price in versions if price.operation == operation]
            current = in_force(of_it, now)
            shown += [each for each in of_it if each is current or each.effective_from > now]
        shown.sort(key=lambda price: (price.operation, price.effective_from))
        return cls(items=[PriceOut.of(price, now=now) for price in shown])

"""The catalogue that the product comes with: five packages, four operations."""

from dataclasses import dataclass

from prepaid.catalogue.packages import Package
from prepaid.catalogue.ports import CatalogueWriter
from prepaid.domain.account import DEFAULT_PLAN
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Price, Rate, UnitPrice, parse_millionths

CURRENCY = "usd"
ALWAYS = Instant(0)
COUNTED = frozenset({"call", "message", "execution"})
"""Units of which there are no parts."""


def _package(
    position: int, name: str, *, given: str, bonus: str, cents: int, popular: bool = False
) -> Package:
    return Package(
        package_id=name.lower(),
        name=name,
        credits=Credits.parse(given),
        bonus=Credits.parse(bonus),
        price=cents,
        currency=CURRENCY,
        position=position,
        popular=popular,
    )


def _price(operation: str, *units: tuple[str, str, str]) -> Price:
    return Price(
        plan=DEFAULT_PLAN,
        operation=operation,
        effective_from=ALWAYS,
        units=tuple(
            UnitPrice(
                unit=unit,
                rate=Rate(parse_millionths(rate)),
                description=description,
                counted=unit in COUNTED,
            )
            for unit, rate, description in units
        ),
    )


PACKAGES = (
    _package(1, "Starter", given="100", bonus="0", cents=1_000),
    _package(2, "Professional", given="500", bonus="50", cents=4_500, popular=True),
    _package(3, "Business", given="1000", bonus="150", cents=8_000),
    _package(4, "Enterprise", given="2500", bonus="500", cents=18_000),
    _package(5, "Premium", given="5000", bonus="1000", cents=32_000),
)
PRICES = (
    _price(
        "vapi_call",
        ("call", "1.00", "Call initiation fee"),
        ("minute", "0.50", "Call duration"),
    ),
    _price("message", ("message", "0.10", "Text message processing")),
    _price("file_upload", ("mb", "0.25", "File processing")),
    _price("workflow_execution", ("execution", "2.00", "Workflow automation")),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many packages and prices were not there before."""

    packages: int
    prices: int


def seed(catalogue: CatalogueWriter) -> Seeded:
    """Write what is missing; what an admin has changed stays as it is. Raises `Unavailable`."""
    return Seeded(
        packages=sum(catalogue.add_package(package) for package in PACKAGES),
        prices=sum(catalogue.add_price(price) for price in PRICES),
    )

"""What every catalogue promises: prices by version, packages in order, answers not too old."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from botocore.model import OperationModel
from hypothesis import HealthCheck, given, settings
from moto import mock_aws
from prepaid.catalogue.dynamodb.cache import MAX_CACHED
from prepaid.catalogue.dynamodb.catalogue import DynamoCatalogue
from prepaid.catalogue.packages import Package
from prepaid.catalogue.ports import LIFETIME_SECONDS, Catalogue
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Price, Rate, UnitPrice

from tests.support import strategies
from tests.support.dynamodb import (
    CATALOGUE_TABLES,
    catalogue,
    create_tables,
    new_client,
    new_prefix,
)
from tests.support.memory_catalogue import MemoryCatalogue

ROUND_TRIPS = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
type Stock = Callable[[Sequence[Price], Sequence[Package]], Catalogue]
_numbers = count(1)


@dataclass
class Shelf:
    """A DynamoDB catalogue, the clock of its cache, and what its client was asked."""

    catalogue: DynamoCatalogue
    calls: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def clock(self) -> float:
        """Return the cache's time."""
        return self.seconds


@pytest.fixture
def stock(backend: str, request: pytest.FixtureRequest) -> Iterator[Stock]:
    """Return what fills a catalogue."""
    if backend == "memory":
        yield MemoryCatalogue
        return
    with _cloud(backend):
        empty = _for_sale(backend, request).catalogue

        def filled(prices: Sequence[Price], packages: Sequence[Package]) -> Catalogue:
            assert all(empty.add_price(each) for each in prices)
            assert all(empty.add_package(each) for each in packages)
            return empty

        yield filled


@pytest.fixture(params=["moto", "ministack"])
def for_sale(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    """Return an empty DynamoDB catalogue."""
    with _cloud(request.param):
        yield _for_sale(request.param, request)


def test_versions_of_a_price_are_read_oldest_first(stock: Stock) -> None:
    versions = [_price(effective_from=each) for each in (300, 100, 200)]

    stored = stock(versions, [])

    assert [each.effective_from for each in stored.prices("default", "message")] == [100, 200, 300]


def test_plans_and_operations_have_prices_of_their_own(stock: Stock) -> None:
    stored = stock([_price(), _price(plan="large"), _price(operation="vapi_call")], [])

    assert list(stored.prices("default", "message")) == [_price()]
    assert [each.plan for each in stored.prices("large", "message")] == ["large"]
    assert list(stored.prices("large", "vapi_call")) == []
    assert {each.operation for each in stored.price_list("default")} == {"message", "vapi_call"}


def test_packages_stand_in_order_and_archived_ones_are_not_for_sale(stock: Stock) -> None:
    packages = [
        _package("large", position=3),
        _package("small", position=1),
        replace(_package("old", position=2), archived=True),
    ]

    stored = stock([], packages)

    assert [each.package_id for each in stored.packages()] == ["small", "large"]


@given(price=strategies.prices)
@ROUND_TRIPS
def test_every_field_of_a_price_survives(for_sale: Shelf, price: Price) -> None:
    price = replace(price, operation=f"{price.operation}|{next(_numbers)}")

    for_sale.catalogue.add_price(price)

    assert for_sale.catalogue.prices(price.plan, price.operation) == (price,)


@given(package=strategies.packages)
@ROUND_TRIPS
def test_every_field_of_a_package_survives(for_sale: Shelf, package: Package) -> None:
    package = replace(package, package_id=f"{package.package_id}|{next(_numbers)}")
    for_sale.seconds += LIFETIME_SECONDS

    for_sale.catalogue.add_package(package)

    assert package in for_sale.catalogue.packages()


def test_what_is_there_already_is_not_written_again(for_sale: Shelf) -> None:
    for_sale.catalogue.add_price(_price(rate=1))
    for_sale.catalogue.add_package(_package("small", name="first"))

    price_added = for_sale.catalogue.add_price(_price(rate=2))
    package_added = for_sale.catalogue.add_package(_package("small", name="second"))

    assert (price_added, package_added) == (False, False)
    assert for_sale.catalogue.prices("default", "message") == (_price(rate=1),)
    assert [each.name for each in for_sale.catalogue.packages()] == ["first"]


def test_an_answer_is_kept_for_a_lifetime_and_no_longer(for_sale: Shelf) -> None:
    for_sale.catalogue.add_price(_price(effective_from=100))
    before = for_sale.catalogue.prices("default", "message")
    for_sale.catalogue.add_price(_price(effective_from=200))

    for_sale.seconds = LIFETIME_SECONDS - 0.01
    within = for_sale.catalogue.prices("default", "message")
    for_sale.seconds = LIFETIME_SECONDS
    after = for_sale.catalogue.prices("default", "message")

    assert within is before
    assert [each.effective_from for each in after] == [100, 200]


def test_each_kind_of_answer_is_read_once_in_a_lifetime(for_sale: Shelf) -> None:
    for_sale.catalogue.add_package(_package("small"))
    for_sale.calls.clear()

    for _ in range(3):
        for_sale.catalogue.prices("default", "message")
        for_sale.catalogue.price_list("default")
        for_sale.catalogue.packages()

    assert for_sale.calls == ["Query", "Query", "Query"]


def test_made_up_operations_do_not_fill_the_memory(for_sale: Shelf) -> None:
    for_sale.catalogue.add_price(_price())
    for number in range(MAX_CACHED + 1):
        for_sale.catalogue.prices("default", f"made-up-{number}")

    stored = for_sale.catalogue._prices._cached

    assert len(stored) <= MAX_CACHED


def _cloud(backend: str) -> AbstractContextManager[object]:
    return mock_aws() if backend == "moto" else nullcontext()


def _for_sale(backend: str, request: pytest.FixtureRequest) -> Shelf:
    client = new_client(None if backend == "moto" else request.getfixturevalue("emulator"))
    prefix = new_prefix()
    create_tables(client, prefix, CATALOGUE_TABLES)
    made = Shelf(catalogue(client, prefix))
    made.catalogue = catalogue(client, prefix, clock=made.clock)

    def note(model: OperationModel, **_: object) -> None:
        made.calls.append(model.name)

    client.meta.events.register("before-call.dynamodb", note)
    return made


def _price(
    plan: str = "default", operation: str = "message", effective_from: int = 0, rate: int = 1
) -> Price:
    return Price(
        plan=plan,
        operation=operation,
        effective_from=Instant(effective_from),
        units=(UnitPrice(unit="message", rate=Rate(rate)),),
    )


def _package(package_id: str, *, position: int = 1, name: str = "A package") -> Package:
    return Package(
        package_id=package_id,
        name=name,
        credits=Credits(10_000),
        bonus=Credits(0),
        price=1000,
        currency="usd",
        position=position,
    )


@pytest.mark.fault("G46.11", "A name holds the separator of a composite key", "It is escaped")
@pytest.mark.parametrize("name", ["\U0001f4de" * 128, "a#b", "a%23b", "Sprach-Anruf (Min.)"])
def test_an_operation_may_be_called_what_the_world_calls_it(stock: Stock, name: str) -> None:
    counted = UnitPrice(unit=name, rate=Rate(1), counted=True)
    named = replace(_price(effective_from=100), operation=name, units=(counted,))
    other = replace(_price(effective_from=100), operation="a")

    stored = stock([named, other], [])

    assert list(stored.prices(named.plan, name)) == [named]
    assert list(stored.prices(f"{named.plan}#a", "b")) == []

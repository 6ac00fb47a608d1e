from dataclasses import replace

import pytest
from prepaid.catalogue.seed import PACKAGES, PRICES, Seeded, seed
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Carry, Quantity, rate

from tests.support.memory_catalogue import MemoryCatalogue


@pytest.fixture
def harness() -> MemoryCatalogue:
    return MemoryCatalogue()


def test_a_new_shop_gets_every_package_and_price(harness: MemoryCatalogue) -> None:
    assert seed(harness) == Seeded(packages=5, prices=4)
    assert [package.package_id for package in harness.packages()] == [
        "starter",
        "professional",
        "business",
        "enterprise",
        "premium",
    ]


def test_packages_are_sold_in_their_order_each_with_its_terms(harness: MemoryCatalogue) -> None:
    seed(harness)

    terms = [
        (each.position, each.name, str(each.credits), str(each.bonus), each.price, each.popular)
        for each in harness.packages()
    ]
    assert terms == [
        (1, "Starter", "100.00", "0.00", 1_000, False),
        (2, "Professional", "500.00", "50.00", 4_500, True),
        (3, "Business", "1000.00", "150.00", 8_000, False),
        (4, "Enterprise", "2500.00", "500.00", 18_000, False),
        (5, "Premium", "5000.00", "1000.00", 32_000, False),
    ]
    assert {each.currency for each in harness.packages()} == {"usd"}


def test_seeding_again_writes_nothing(harness: MemoryCatalogue) -> None:
    seed(harness)

    assert seed(harness) == Seeded(packages=0, prices=0)


def test_what_an_admin_changed_stays(harness: MemoryCatalogue) -> None:
    changed = replace(PACKAGES[0], price=900, archived=True)
    harness.add_package(changed)

    added = seed(harness)

    assert added == Seeded(packages=4, prices=4)
    assert changed in harness.all_packages


def test_a_newer_price_stays_in_force(harness: MemoryCatalogue) -> None:
    newer = replace(PRICES[0], effective_from=Instant(1))
    harness.add_price(newer)

    seed(harness)

    assert harness.prices("default", "vapi_call") == [PRICES[0], newer]


def test_one_call_of_three_point_two_minutes_costs_two_sixty() -> None:
    calls = next(price for price in PRICES if price.operation == "vapi_call")

    found = rate(calls, {"call": Quantity(1_000_000), "minute": Quantity(3_200_000)}, Carry(0))

    assert found.cost == Credits(260)

"""Items of the catalogue: prices and packages as DynamoDB keeps them."""

from typing import Any

from prepaid.catalogue.packages import Package
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Price
from prepaid.dynamodb import names
from prepaid.ledger.dynamodb import items, rows


def of_price(price: Price) -> dict[str, Any]:
    """Write a version of a price."""
    return items.sealed(
        {
            names.PLAN_OPERATION: names.plan_operation(price.plan, price.operation),
            names.EFFECTIVE_FROM: price.effective_from,
            names.PLAN: price.plan,
            names.OPERATION: price.operation,
            "units": [rows.of_unit_price(each) for each in price.units],
        }
    )


def price(item: items.Item) -> Price:
    """Read a version of a price."""
    plain = items.opened(item)
    return Price(
        plan=plain[names.PLAN],
        operation=plain[names.OPERATION],
        effective_from=Instant(int(plain[names.EFFECTIVE_FROM])),
        units=tuple(rows.unit_price(each) for each in plain["units"]),
    )


def of_package(package: Package) -> dict[str, Any]:
    """Write a package; an archived one leaves the shelf's index."""
    plain = {
        names.PACKAGE_ID: package.package_id,
        names.SHELF: None if package.archived else names.ON_SHELF,
        names.POSITION: package.position,
        "name": package.name,
        "credits": package.credits.hundredths,
        "bonus": package.bonus.hundredths,
        "price": package.price,
        "currency": package.currency,
        "popular": package.popular,
        "archived": package.archived,
        "description": package.description,
    }
    return items.sealed({name: value for name, value in plain.items() if value is not None})


def package(item: items.Item) -> Package:
    """Read a package."""
    plain = items.opened(item)
    return Package(
        package_id=plain[names.PACKAGE_ID],
        name=plain["name"],
        credits=Credits(int(plain["credits"])),
        bonus=Credits(int(plain["bonus"])),
        price=int(plain["price"]),
        currency=plain["currency"],
        position=int(plain[names.POSITION]),
        popular=plain["popular"],
        archived=plain["archived"],
        description=plain["description"],
    )

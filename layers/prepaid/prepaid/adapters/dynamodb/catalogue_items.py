"""Items of the catalogue: prices and packages as DynamoDB keeps them."""

from typing import Any

from prepaid.adapters.dynamodb import items, keys, rows
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.packages import Package
from prepaid.domain.pricing import Price


def of_price(price: Price) -> dict[str, Any]:
    """Write a version of a price."""
    return items.sealed(
        {
            keys.PLAN_OPERATION: keys.plan_operation(price.plan, price.operation),
            keys.EFFECTIVE_FROM: price.effective_from,
            keys.PLAN: price.plan,
            keys.OPERATION: price.operation,
            "units": [rows.of_unit_price(each) for each in price.units],
        }
    )


def price(item: items.Item) -> Price:
    """Read a version of a price."""
    plain = items.opened(item)
    return Price(
        plan=plain[keys.PLAN],
        operation=plain[keys.OPERATION],
        effective_from=Instant(int(plain[keys.EFFECTIVE_FROM])),
        units=tuple(rows.unit_price(each) for each in plain["units"]),
    )


def of_package(package: Package) -> dict[str, Any]:
    """Write a package; an archived one leaves the shelf's index."""
    plain = {
        keys.PACKAGE_ID: package.package_id,
        keys.SHELF: None if package.archived else keys.ON_SHELF,
        keys.POSITION: package.position,
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
        package_id=plain[keys.PACKAGE_ID],
        name=plain["name"],
        credits=Credits(int(plain["credits"])),
        bonus=Credits(int(plain["bonus"])),
        price=int(plain["price"]),
        currency=plain["currency"],
        position=int(plain[keys.POSITION]),
        popular=plain["popular"],
        archived=plain["archived"],
        description=plain["description"],
    )

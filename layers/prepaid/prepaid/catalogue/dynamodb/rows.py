"""Items of packages and prices, as the catalogue's tables store them."""

from typing import Any

from prepaid.catalogue.packages import Package
from prepaid.catalogue.versions import PriceDraft
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import Price, Quantity, Rate, UnitPrice
from prepaid.dynamodb import names
from prepaid.dynamodb.values import Item, Row, deserialize, serialize


def unit_price_to_row(price: UnitPrice) -> Row:
    """Write ``[unit, rate, increment, minimum, description, counted?]``."""
    row = [price.unit, price.rate, price.increment, price.minimum, price.description]
    return [*row, True] if price.counted else row


def unit_price_from_row(row: Row) -> UnitPrice:
    """Read the price of a unit."""
    unit, rate, increment, minimum, description, *counted = row
    return UnitPrice(
        unit=unit,
        rate=Rate(int(rate)),
        increment=Quantity(int(increment)),
        minimum=Quantity(int(minimum)),
        description=description,
        counted=counted == [True],
    )


def price_to_item(price: Price) -> dict[str, Any]:
    """Write a version of a price."""
    plain: dict[str, object] = {
        names.PLAN_OPERATION: names.plan_operation(price.plan, price.operation),
        names.EFFECTIVE_FROM: price.effective_from,
        names.PLAN: price.plan,
        names.OPERATION: price.operation,
        "units": [unit_price_to_row(each) for each in price.units],
    }
    return serialize(plain | {"ended": True} if price.ended else plain)


def price_from_item(item: Item) -> Price:
    """Read a version of a price."""
    plain = deserialize(item)
    return Price(
        plan=plain[names.PLAN],
        operation=plain[names.OPERATION],
        effective_from=Instant(int(plain[names.EFFECTIVE_FROM])),
        units=tuple(unit_price_from_row(each) for each in plain["units"]),
        ended=plain.get("ended", False),
    )


def draft_to_row(draft: PriceDraft) -> dict[str, object]:
    """Write a draft of a price."""
    return {
        names.KIND_ID: names.PRICE_DRAFTS,
        names.SORT: draft.draft_id,
        names.PLAN: draft.plan,
        names.OPERATION: draft.operation,
        "units": [unit_price_to_row(each) for each in draft.units],
        "prices_version": draft.prices_version,
        "updated_at": draft.updated_at,
        "updated_by": draft.updated_by,
        names.VERSION: draft.version,
    }


def draft_from_item(item: Item) -> PriceDraft:
    """Read a draft of a price."""
    plain = deserialize(item)
    return PriceDraft(
        draft_id=plain[names.SORT],
        plan=plain[names.PLAN],
        operation=plain[names.OPERATION],
        units=tuple(unit_price_from_row(each) for each in plain["units"]),
        prices_version=plain["prices_version"],
        updated_at=Instant(plain["updated_at"]),
        updated_by=plain["updated_by"],
        version=plain[names.VERSION],
    )


def package_to_item(package: Package) -> dict[str, Any]:
    """Write a package; the index tells what is for sale from what is not."""
    plain = {
        names.PACKAGE_ID: package.package_id,
        names.SALE_STATE: _state(package),
        names.POSITION: package.position,
        "name": package.name,
        "credits": package.credits.hundredths,
        "bonus": package.bonus.hundredths,
        "price": package.price,
        "currency": package.currency,
        "popular": package.popular,
        "archived": package.archived,
        "description": package.description,
        "unlisted": package.unlisted or None,
        "audience": list(package.audience) or None,
        "validity_days": package.validity_days,
        "bonus_validity_days": package.bonus_validity_days,
        names.VERSION: package.version or None,
    }
    return serialize({name: value for name, value in plain.items() if value is not None})


def package_from_item(item: Item) -> Package:
    """Read a package."""
    plain = deserialize(item)
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
        unlisted=plain.get("unlisted", False),
        audience=tuple(AccountId(each) for each in plain.get("audience", ())),
        validity_days=plain.get("validity_days"),
        bonus_validity_days=plain.get("bonus_validity_days"),
        version=plain.get(names.VERSION, 0),
    )


def _state(package: Package) -> str:
    if package.archived:
        return names.ARCHIVED
    return names.UNLISTED if package.unlisted else names.FOR_SALE

"""Values: plain ones of Python and typed ones of DynamoDB; every number is whole."""

from collections.abc import Mapping
from typing import Any

from prepaid.domain.credits import Instant


def typed(value: object) -> dict[str, Any]:
    """Turn a plain value into DynamoDB's. Raises `TypeError` for what is never stored."""
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case None:
            return {"NULL": True}
        case Mapping():
            return {"M": {name: typed(each) for name, each in value.items()}}
        case list() | tuple():
            return {"L": [typed(each) for each in value]}
    raise TypeError(f"a {type(value).__name__} is never stored")


def untyped(value: Mapping[str, Any]) -> Any:
    """Turn DynamoDB's value into a plain one: str, bool, int, None, dict or list."""
    [(kind, content)] = value.items()
    match kind:
        case "N":
            return int(content)
        case "NULL":
            return None
        case "M":
            return {name: untyped(each) for name, each in content.items()}
        case "L":
            return [untyped(each) for each in content]
    return content


def moment(seconds: int | None) -> Instant | None:
    """Read a time that may not be there."""
    return None if seconds is None else Instant(int(seconds))


type Row = list[Any]  # int, str, None, list and dict, as `values` reads them


type Item = Mapping[str, Any]  # the low-level client's items: attribute → typed value


type Plain = dict[str, Any]  # the same as plain values


def serialize(values: Mapping[str, object]) -> dict[str, Any]:
    """Turn plain values into DynamoDB's typed ones."""
    return {name: typed(value) for name, value in values.items()}


def deserialize(item: Item) -> Plain:
    """Turn DynamoDB's typed values into plain ones."""
    return {name: untyped(value) for name, value in item.items()}

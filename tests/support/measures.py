"""What DynamoDB bills for: the size of an item, and the units that calls consume."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from botocore.model import OperationModel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def item_size(item: Mapping[str, Any]) -> int:
    """Return an item's bytes: names and values in UTF-8.

    By AWS's "DynamoDB item sizes and formats": a number takes a byte for each two significant
    digits, one more, and one for a minus; a list or a map three and one for each element.
    """
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(typed: Mapping[str, Any]) -> int:
    [(kind, value)] = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return _number_size(value)
        case "L":
            return 3 + sum(1 + _value_size(each) for each in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_size(v) for name, v in value.items())
        case "BOOL" | "NULL":
            return 1
    raise ValueError(f"no size is known for {kind}")


def _number_size(text: str) -> int:
    sign, digits, _ = Decimal(text).normalize().as_tuple()
    return (len(digits) + 1) // 2 + 1 + sign


@dataclass
class Units:
    """Units that a client's calls have consumed."""

    read: float = 0.0
    write: float = 0.0
    calls: int = 0

    def clear(self) -> None:
        """Begin again at nothing."""
        self.read = self.write = 0.0
        self.calls = 0


def metered(client: "DynamoDBClient") -> Units:
    """Make every call of *client* report what it consumes; return where that is added up."""
    units = Units()

    def ask(params: dict[str, Any], model: OperationModel, **_: object) -> None:
        shape = model.input_shape
        if shape is not None and "ReturnConsumedCapacity" in shape.members:
            params["ReturnConsumedCapacity"] = "INDEXES"

    def add(parsed: dict[str, Any], model: OperationModel, **_: object) -> None:
        units.calls += 1
        consumed = parsed.get("ConsumedCapacity", [])
        for each in consumed if isinstance(consumed, list) else [consumed]:
            if "Get" in model.name or model.name in {"Query", "Scan"}:
                units.read += each["CapacityUnits"]
            else:
                units.write += each["CapacityUnits"]

    client.meta.events.register("provide-client-params.dynamodb", ask)
    client.meta.events.register("after-call.dynamodb", add)
    return units

"""What callers say about an amount of usage, shared by usage, checks and holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator

from prepaid.domain.pricing import MAX_QUANTITY, ONE, Quantity, RequestedQuantities
from prepaid.web.fields import OperationName
from prepaid.web.json_body import Number
from prepaid.web.models import WireIn
from prepaid.web.numbers import Exact, exact
from prepaid.web.parsing import refuse

MAX_UNITS = 20
PLACES = 6
_POWER = 9
assert MAX_QUANTITY == 10**_POWER * ONE
_PATTERN = r"0{0,3}(?:[0-9]{1,9}(?:\.[0-9]{1,30})?|1000000000(?:\.0{1,30})?)"


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity as it is billed, and whether it had more places than are kept."""

    quantity: Quantity
    rounded: bool


def _read(value: object) -> Exact:
    what = "Must be a decimal number from 0 to 1,000,000,000."
    if not isinstance(value, Number | str):
        refuse("type", what)
    if isinstance(value, str) and re.fullmatch(_PATTERN, value) is None:
        refuse("pattern", what)
    try:
        return exact(value if isinstance(value, str) else value.literal)
    except ValueError:
        refuse("pattern", what)


def _quantity(value: object) -> Reading:
    number = _read(value)
    if number.negative:
        refuse("range", "Must be at least 0.")
    if number.above(_POWER):
        refuse("range", "Must be at most 1,000,000,000.")
    millionths, rounded = number.scaled(PLACES)
    return Reading(Quantity(millionths), rounded)


QuantityIn = Annotated[
    Reading,
    PlainValidator(_quantity),
    WithJsonSchema(
        {
            "description": "From 0 to 1,000,000,000. What has more than six places is rounded, "
            "half to even, and the entry says so.",
            "anyOf": [
                {"type": "string", "pattern": f"^{_PATTERN}$"},
                {"type": "number", "minimum": 0, "maximum": 10**_POWER},
            ],
            "examples": ["3.2"],
        }
    ),
]
"""A quantity, in millionths."""
Quantities = Annotated[
    Mapping[OperationName, QuantityIn],
    Field(
        min_length=1,
        max_length=MAX_UNITS,
        description="Quantities by unit.",
        examples=[{"call": 1, "minute": 3.2}],
    ),
]
_ONE_OF = "Give exactly one of: {}."


class Measure(WireIn):
    """What was measured, if anything was."""

    quantities: Quantities | None = None
    quantity: QuantityIn | None = Field(
        default=None, description="Of an operation that has a single unit."
    )

    @property
    def asked(self) -> RequestedQuantities:
        """What was measured: nothing where an amount of credits stands for it."""
        if self.quantities is not None:
            return {unit: each.quantity for unit, each in self.quantities.items()}
        return {} if self.quantity is None else self.quantity.quantity

    @property
    def rounded(self) -> bool:
        """Whether any quantity had more places than are kept."""
        given = [self.quantity, *(self.quantities or {}).values()]
        return any(each is not None and each.rounded for each in given)


def given(name: str) -> dict[str, Any]:
    """Return the schema of an object that gives the field *name*."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def exactly_one_of(*names: str, needs: Mapping[str, str] = MappingProxyType({})) -> ConfigDict:
    """Return the configuration of a model of which exactly one of *names* is to be given.

    A field that *needs* another one is given with it only. The conditions are published as `if`
    and `else`, which generators of clients pass over.
    """
    schema: dict[str, Any] = {"if": {"oneOf": [given(name) for name in names]}, "else": False}
    if needs:
        schema["allOf"] = [{"if": given(one), "then": given(other)} for one, other in needs.items()]
    return ConfigDict(json_schema_extra=schema)


class Measured(Measure):
    """A quantity of an operation's only unit, or quantities by unit; exactly one of them."""

    model_config = exactly_one_of("quantities", "quantity")

    @model_validator(mode="after")
    def _is_measured_once(self) -> Self:
        refuse_unless_one(self, "quantities", "quantity")
        return self


def refuse_unless_one(model: WireIn, *names: str) -> None:
    """Refuse a model that gives none of the fields *names*, or several."""
    given = [name for name in names if getattr(model, name) is not None]
    if len(given) != 1:
        wrong = given[-1] if given else names[0]
        refuse("one_of", _ONE_OF.format(", ".join(names)), pointer=f"/{wrong}")

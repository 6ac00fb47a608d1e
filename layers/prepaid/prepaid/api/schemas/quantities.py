"""What callers say about an amount of usage, shared by usage, checks and holds."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from prepaid.api.schemas.parsing import refuse
from prepaid.api.schemas.scalars import OperationName, QuantityIn
from prepaid.api.schemas.wire import WireIn
from prepaid.domain.pricing import Asked, Quantity

MAX_UNITS = 20


def _above_zero(quantity: Quantity) -> Quantity:
    if quantity <= 0:
        refuse("range", "Must be more than 0.")
    return quantity


UsedQuantity = Annotated[
    QuantityIn,
    AfterValidator(_above_zero),
    WithJsonSchema(
        {
            "description": "More than 0, at most 1,000,000,000, with at most six places.",
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,6})?$"},
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000_000},
            ],
            "examples": ["3.2"],
        }
    ),
]
Quantities = Annotated[
    Mapping[OperationName, UsedQuantity],
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
    quantity: UsedQuantity | None = Field(
        default=None, description="Of an operation that has a single unit."
    )

    @property
    def asked(self) -> Asked | None:
        """What was measured, or `None` where an amount of credits stands for it."""
        return self.quantity if self.quantities is None else self.quantities


class Measured(Measure):
    """A quantity of an operation's only unit, or quantities by unit; exactly one of them."""

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

"""What all wire models have in common."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema, model_validator


class WireIn(BaseModel):
    """A body or a query: unknown fields are refused, nothing is coerced.

    An optional field that is null is as if it were absent.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        """Leave out what is null and optional; what is no object is refused by its type."""
        if not isinstance(data, Mapping):
            return data
        optional = {
            each.alias or name for name, each in cls.model_fields.items() if not each.is_required()
        }
        return {
            name: value for name, value in data.items() if value is not None or name not in optional
        }


Flag = Annotated[
    bool, WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "null"}], "default": False})
]
"""Yes or no, and no where it is null."""
OptOut = Annotated[
    bool, WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "null"}], "default": True})
]
"""Yes or no, and yes where it is null."""


class WireOut(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(
        frozen=True, json_schema_serialization_defaults_required=True, defer_build=True
    )

"""What all wire models have in common."""

from pydantic import BaseModel, ConfigDict


class WireIn(BaseModel):
    """A body or a query: unknown fields are refused, nothing is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class WireOut(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(
        frozen=True, json_schema_serialization_defaults_required=True, defer_build=True
    )

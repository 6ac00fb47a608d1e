"""The scalars of answers: text, as the wire carries it."""

from typing import Annotated

from pydantic import WithJsonSchema

from prepaid.domain.credits import Instant, rfc_3339

CreditsOut = Annotated[
    str,
    WithJsonSchema(
        {"type": "string", "pattern": r"^-?[0-9]{1,13}\.[0-9]{2}$", "examples": ["12.50"]}
    ),
]
"""Credits as ``str(credits)`` writes them: always two places."""
QuantityOut = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,6})?$", "examples": ["3.2"]}),
]
"""A quantity as `format_millionths` writes it: the shortest exact decimal."""
TimestampOut = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A time as `timestamp` writes it."""


def timestamp(instant: Instant) -> str:
    """Write an instant as RFC 3339 in UTC: ``2026-11-22T22:24:16Z``."""
    return rfc_3339(instant)

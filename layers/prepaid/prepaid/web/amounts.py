"""Amounts of credits in requests: exact, with at most two places, never rounded."""

from typing import Annotated

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from prepaid.domain.credits import Credits
from prepaid.web.json_body import Number
from prepaid.web.numbers import Exact, exact
from prepaid.web.parsing import refuse

_DIGITS = 13
_WHAT = "a decimal number with at most two places, below 10,000,000,000,000"
_PLAIN = r"[0-9]{1,13}(?:\.[0-9]{1,2})?$"
_NOT_ZERO = r"(?!0*(?:\.0*)?$)"
_NUMBER = {
    "type": "number",
    "multipleOf": 0.01,
    "minimum": -9_999_999_999_999.99,
    "maximum": 9_999_999_999_999.99,
}


def _credits(value: object) -> Credits:
    if not isinstance(value, str | Number):
        refuse("type", f"Must be {_WHAT}.")
    try:
        return Credits.parse(value) if isinstance(value, str) else _of_number(exact(value.literal))
    except ValueError:
        refuse("pattern", f"Must be {_WHAT}.")


def _of_number(number: Exact) -> Credits:
    if number.point > _DIGITS:
        raise ValueError(_WHAT)
    hundredths, rounded = number.scaled(2)
    if rounded:
        raise ValueError(_WHAT)
    return Credits(-hundredths if number.negative else hundredths)


def _above_zero(credits_: Credits) -> Credits:
    if credits_.hundredths <= 0:
        refuse("range", "Must be more than 0.")
    return credits_


def _at_least_zero(credits_: Credits) -> Credits:
    if credits_.hundredths < 0:
        refuse("range", "Must be at least 0.")
    return credits_


def _not_zero(credits_: Credits) -> Credits:
    if not credits_:
        refuse("range", "Must not be 0.")
    return credits_


def _schema(pattern: str, bounds: dict[str, object]) -> WithJsonSchema:
    return WithJsonSchema(
        {
            "description": "Credits: a decimal string, or a number, with at most two places.",
            "anyOf": [{"type": "string", "pattern": pattern}, {**_NUMBER, **bounds}],
            "examples": ["12.50"],
        }
    )


SignedCreditsIn = Annotated[
    Credits,
    PlainValidator(_credits),
    AfterValidator(_not_zero),
    _schema(f"^-?{_NOT_ZERO}{_PLAIN}", {"not": {"const": 0}}),
]
"""Credits of either sign, not 0."""
CreditsIn = Annotated[
    Credits,
    PlainValidator(_credits),
    AfterValidator(_above_zero),
    _schema(f"^{_NOT_ZERO}{_PLAIN}", {"exclusiveMinimum": 0}),
]
"""More than 0 credits."""
CreditsOrZeroIn = Annotated[
    Credits,
    PlainValidator(_credits),
    AfterValidator(_at_least_zero),
    _schema(f"^(?:{_PLAIN[:-1]}|-0{{1,13}}(?:\\.0{{1,2}})?)$", {"minimum": 0}),
]
"""At least 0 credits."""

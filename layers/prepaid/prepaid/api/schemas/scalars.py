"""The scalars of wire models: bounded text, exact numbers, times; no `float` comes to exist.

Each is an annotated type for a field. Numbers arrive from bodies as `guard.Number` and from
queries as text; both are matched against one pattern and then bounded.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from prepaid.api.guard import Number
from prepaid.api.identity import MAX_ACCOUNT_ID, account_id_of, is_text
from prepaid.api.schemas.parsing import refuse
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import MAX_QUANTITY, Quantity, parse_millionths

MAX_LITERAL = 40
MAX_METADATA_KEYS = 16
MAX_METADATA_KEY = 40
MAX_METADATA_BYTES = 1024
MAX_LIMIT = 100
MAX_CURSOR = 2048
_LIMIT = re.compile(r"[1-9]\d{0,39}", re.ASCII)
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EPOCH_YEAR, _LAST_YEAR = 1970, 9998


def _literal(value: object, what: str) -> str:
    """Return the text of a number or of a string; refuse everything else, booleans included."""
    text = value.literal if isinstance(value, Number) else value
    if not isinstance(text, str):
        refuse("type", f"Must be {what}.")
    if len(text) > MAX_LITERAL:
        refuse("pattern", f"Must be {what}.")
    return text


def _credits(value: object) -> Credits:
    what = "a decimal number with at most two places, below 10,000,000,000,000"
    text = _literal(value, what)
    try:
        return Credits.parse(text)
    except ValueError:
        refuse("pattern", f"Must be {what}.")


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


def _quantity(value: object) -> Quantity:
    what = "a decimal number of at least 0 with at most six places"
    try:
        millionths = parse_millionths(_literal(value, what))
    except ValueError:
        refuse("pattern", f"Must be {what}.")
    if millionths > MAX_QUANTITY:
        refuse("range", "Must be at most 1,000,000,000.")
    return Quantity(millionths)


def _account_id(value: object) -> AccountId:
    if not isinstance(value, str):
        refuse("type", "Must be a string.")
    try:
        return account_id_of(value)
    except ValueError as exc:
        refuse("account_id", f"Must be valid: {exc}.")


@dataclass(frozen=True, slots=True)
class Text:
    """Bounds of a text without control characters: ``Annotated[str, Text(200)]``.

    *pattern*, if there is one, matches the whole text and works in Python as in JSON Schema.
    """

    longest: int
    pattern: str = ""

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, *_: object) -> dict[str, object]:
        bounds = {"type": "string", "minLength": 1, "maxLength": self.longest}
        return {**bounds, "pattern": f"^{self.pattern}$"} if self.pattern else bounds

    def _read(self, value: object) -> str:
        if not isinstance(value, str):
            refuse("type", "Must be a string.")
        if not 1 <= len(value) <= self.longest or not is_text(value):
            refuse("text", f"Must have 1 to {self.longest} characters, none of them for control.")
        if self.pattern and re.fullmatch(self.pattern, value) is None:
            refuse("pattern", f"Must match {self.pattern}.")
        return value


def _metadata(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        refuse("type", "Must be an object.")
    if len(value) > MAX_METADATA_KEYS:
        refuse("too_long", f"May have at most {MAX_METADATA_KEYS} keys.")
    kept: dict[str, object] = {}
    for key, each in value.items():
        plain = each.literal if isinstance(each, Number) else each
        if not 1 <= len(key) <= MAX_METADATA_KEY or not is_text(key):
            refuse("text", f"Keys have 1 to {MAX_METADATA_KEY} characters, none for control.")
        if not isinstance(plain, str | bool):
            refuse("type", "Values are strings, numbers or booleans.")
        kept[key] = plain
    if len(json.dumps(kept, ensure_ascii=False).encode()) > MAX_METADATA_BYTES:
        refuse("too_long", f"May have at most {MAX_METADATA_BYTES} bytes as JSON.")
    return kept


def _limit(value: object) -> int:
    text = _literal(value, "a whole number of at least 1")
    if _LIMIT.fullmatch(text) is None:
        refuse("pattern", "Must be a whole number of at least 1.")
    return min(int(text), MAX_LIMIT)


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value) is not None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            refuse("day", "There is no such day.")
    else:
        refuse("day", "Must be a day as YYYY-MM-DD.")
    if not _EPOCH_YEAR <= day.year <= _LAST_YEAR:
        refuse("day", "Must be a day from 1970 on.")
    return day


def _moment(value: object) -> Instant:
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        refuse("timestamp", "Must be an RFC 3339 time with an offset, as 2026-11-22T22:24:16Z.")
    *parts, _, offset = match.groups()
    try:
        zone = "+00:00" if offset in "Zz" else offset
        moment = datetime.fromisoformat("{}-{}-{}T{}:{}:{}".format(*parts) + zone)
    except ValueError:
        refuse("timestamp", "There is no such time.")
    if not _EPOCH_YEAR < moment.year <= _LAST_YEAR:
        refuse("timestamp", "Must lie after 1970.")
    return Instant(int(moment.timestamp()))


def _edge_of(days_later: int) -> Callable[[object], Instant]:
    """Read a time, or a day as the midnight that it begins with, *days_later* days on, in UTC."""

    def read(value: object) -> Instant:
        if isinstance(value, str) and _DAY.fullmatch(value) is None:
            return _moment(value)
        day = _day(value) + timedelta(days=days_later)
        return Instant(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))

    return read


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """Bounds of a JSON integer: ``Annotated[int, WholeNumber(1, 86_400)]``."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, *_: object) -> dict[str, object]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def _read(self, value: object) -> int:
        what = f"a whole number from {self.least} to {self.most}"
        text = _literal(value, what) if isinstance(value, Number) else ""
        if _WHOLE.fullmatch(text) is None or not self.least <= int(text) <= self.most:
            refuse("range", f"Must be {what}.")
        return int(text)


_CREDITS_PATTERN = r"^-?[0-9]{1,13}(\.[0-9]{1,2})?$"
_CREDITS_SCHEMA = {
    "description": "Credits: a decimal string, or a number, with at most two places.",
    "anyOf": [{"type": "string", "pattern": _CREDITS_PATTERN}, {"type": "number"}],
    "examples": ["12.50"],
}
SignedCreditsIn = Annotated[
    Credits, PlainValidator(_credits), AfterValidator(_not_zero), WithJsonSchema(_CREDITS_SCHEMA)
]
"""Credits of either sign, not 0."""
CreditsIn = Annotated[
    Credits, PlainValidator(_credits), AfterValidator(_above_zero), WithJsonSchema(_CREDITS_SCHEMA)
]
"""More than 0 credits."""
CreditsOrZeroIn = Annotated[
    Credits,
    PlainValidator(_credits),
    AfterValidator(_at_least_zero),
    WithJsonSchema(_CREDITS_SCHEMA),
]
"""At least 0 credits."""
QuantityIn = Annotated[
    Quantity,
    PlainValidator(_quantity),
    WithJsonSchema(
        {
            "description": "A quantity of at least 0, with at most six places.",
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,6})?$"},
                {"type": "number", "minimum": 0, "maximum": 1_000_000_000},
            ],
            "examples": ["3.2"],
        }
    ),
]
"""A quantity, in millionths."""
AccountIdIn = Annotated[
    AccountId,
    PlainValidator(_account_id),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_ACCOUNT_ID}),
]
OperationName = Annotated[str, Text(64, r"[a-z][a-z0-9_]{0,63}")]
"""The name of an operation or of a unit."""
Metadata = Annotated[
    Mapping[str, object],
    PlainValidator(_metadata),
    WithJsonSchema(
        {
            "type": "object",
            "maxProperties": MAX_METADATA_KEYS,
            "propertyNames": {"minLength": 1, "maxLength": MAX_METADATA_KEY},
            "additionalProperties": {"type": ["string", "number", "boolean"]},
            "description": "At most 1 KB. Numbers are kept as they were written, as text.",
        }
    ),
]
Reference = Annotated[str, Text(200)]
"""The client's own name for what happened."""
Reason = Annotated[str, Text(500)]
"""Why a person did something, in their words."""
LimitIn = Annotated[
    int,
    PlainValidator(_limit),
    WithJsonSchema(
        {"type": "integer", "minimum": 1, "description": "More than 100 is taken as 100."}
    ),
]
"""How many items a page holds at most, from a query."""
CursorIn = Annotated[str, WithJsonSchema({"type": "string", "maxLength": MAX_CURSOR})]
"""A `next_cursor`; what cannot be one is left to be refused as a cursor."""
DayIn = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
TimestampIn = Annotated[
    Instant, PlainValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""An RFC 3339 time; fractions of a second are dropped."""
_RANGE_SCHEMA = {"anyOf": [{"type": "string", "format": each} for each in ("date", "date-time")]}
FromIn = Annotated[Instant, PlainValidator(_edge_of(0)), WithJsonSchema(_RANGE_SCHEMA)]
"""The first instant of a range: a time, or the start of a UTC day."""
ToIn = Annotated[Instant, PlainValidator(_edge_of(1)), WithJsonSchema(_RANGE_SCHEMA)]
"""The first instant after a range: a time, or the end of a UTC day."""

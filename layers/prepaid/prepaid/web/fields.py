"""The scalars of wire models: bounded text, exact numbers, times; no `float` comes to exist.

Each is an annotated type for a field. Numbers arrive from bodies as `guard.Number`, a value however
it is written, and from queries as text; both are bounded before they become an `int`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from prepaid.domain.credits import AccountId, Instant
from prepaid.web.identity import MAX_ACCOUNT_ID, account_id_of, is_text
from prepaid.web.json_body import Number
from prepaid.web.numbers import exact
from prepaid.web.parsing import refuse

MAX_LITERAL = 40
MAX_METADATA_KEYS = 16
MAX_METADATA_KEY = 40
MAX_METADATA_BYTES = 1024
MAX_NAME = 128
MAX_LIMIT = 100
MAX_CURSOR = 2048
_WHOLE_DIGITS = 15
PRINTABLE = r"[^\u0000-\u001F\u007F-\u009F]+"
"""What `is_text` accepts, for JSON Schema; halves of surrogate pairs cannot arrive."""
_LIMIT = re.compile(r"[1-9]\d{0,39}", re.ASCII)
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


def _account_id(value: object) -> AccountId:
    if not isinstance(value, str):
        refuse("type", "Must be a string.")
    try:
        return account_id_of(value)
    except ValueError as exc:
        refuse("account_id", f"Must be valid: {exc}.")


def text_schema(longest: int, pattern: str = PRINTABLE) -> dict[str, object]:
    """Return the JSON Schema of a text whose whole matches *pattern*."""
    return {"type": "string", "minLength": 1, "maxLength": longest, "pattern": f"^{pattern}$"}


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
        return text_schema(self.longest, self.pattern or PRINTABLE)

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
    plain_values: dict[str, object] = {}
    for key, each in value.items():
        plain = each.literal if isinstance(each, Number) else each
        if not 1 <= len(key) <= MAX_METADATA_KEY or not is_text(key):
            refuse("text", f"Keys have 1 to {MAX_METADATA_KEY} characters, none for control.")
        if not isinstance(plain, str | bool):
            refuse("type", "Values are strings, numbers or booleans.")
        plain_values[key] = plain
    if len(json.dumps(plain_values, ensure_ascii=False).encode()) > MAX_METADATA_BYTES:
        refuse("too_long", f"May have at most {MAX_METADATA_BYTES} bytes as JSON.")
    return plain_values


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
    """Bounds of a JSON integer of at least 0: ``Annotated[int, WholeNumber(1, 86_400)]``."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, *_: object) -> dict[str, object]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def _read(self, value: object) -> int:
        what = f"a whole number from {self.least} to {self.most}"
        if not isinstance(value, Number):
            refuse("range", f"Must be {what}.")
        try:
            number = exact(value.literal)
        except ValueError:
            refuse("range", f"Must be {what}.")
        if number.negative or number.point > _WHOLE_DIGITS:
            refuse("range", f"Must be {what}.")
        whole, rounded = number.scaled(0)
        if rounded or not self.least <= whole <= self.most:
            refuse("range", f"Must be {what}.")
        return whole


AccountIdIn = Annotated[
    AccountId,
    PlainValidator(_account_id),
    WithJsonSchema(text_schema(MAX_ACCOUNT_ID)),
]
OperationName = Annotated[str, Text(MAX_NAME)]
"""The name of an operation or of a unit: what the world calls it, at most 512 bytes in UTF-8."""
Metadata = Annotated[
    Mapping[str, object],
    PlainValidator(_metadata),
    WithJsonSchema(
        {
            "type": "object",
            "maxProperties": MAX_METADATA_KEYS,
            "propertyNames": text_schema(MAX_METADATA_KEY),
            "additionalProperties": {"type": ["string", "number", "boolean"]},
            "description": "At most 1 KB. Numbers are kept as they were written, as text.",
        }
    ),
]
Reference = Annotated[str, Text(200)]
"""The client's own name for what happened."""
Reason = Annotated[str, Text(500)]
"""Why a person did something, in their words."""
Note = Annotated[str, Text(500)]
"""What admins tell one another; the account's owner never sees it."""
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
_YEAR = "(197[1-9]|19[89][0-9]|[2-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
TimestampIn = Annotated[
    Instant,
    PlainValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": f"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}[Tt]{_CLOCK}:[0-5][0-9]"
            rf"(\.[0-9]{{1,9}})?([Zz]|[+-]{_CLOCK})$",
        }
    ),
]
"""An RFC 3339 time; fractions of a second are dropped."""
_RANGE_SCHEMA = {"anyOf": [{"type": "string", "format": each} for each in ("date", "date-time")]}
FromIn = Annotated[Instant, PlainValidator(_edge_of(0)), WithJsonSchema(_RANGE_SCHEMA)]
"""The first instant of a range: a time, or the start of a UTC day."""
ToIn = Annotated[Instant, PlainValidator(_edge_of(1)), WithJsonSchema(_RANGE_SCHEMA)]
"""The first instant after a range: a time, or the end of a UTC day."""

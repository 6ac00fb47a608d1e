"""Fields of Vapi's messages: what is missing, null or odd is absent, never a guess.

Vapi adds fields and forms at any time, so nothing here refuses: https://docs.vapi.ai/server-url
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from prepaid.calls.pricing import half_even
from prepaid.web.identity import is_text
from prepaid.web.json_body import Json, Number
from prepaid.web.numbers import exact

LONGEST_ID = 128
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d{0,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_DECIMAL = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_DIGITS = 12
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)

type Object = Mapping[str, Json]

EMPTY: Object = {}


def object_in(parent: Object, name: str) -> Object:
    """Return the object under *name*; an absent or odd one is empty."""
    found = parent.get(name)
    return found if isinstance(found, dict) else EMPTY


def text_in(parent: Object, name: str, longest: int = LONGEST_ID) -> str | None:
    """Return the text under *name*, or `None` for one that is odd, empty or too long."""
    found = parent.get(name)
    if not isinstance(found, str) or not 1 <= len(found) <= longest or not is_text(found):
        return None
    return found


def microseconds_in(parent: Object, name: str) -> int | None:
    """Return the ISO 8601 time under *name* in microseconds since 1970, or `None`."""
    found = parent.get(name)
    match = _MOMENT.fullmatch(found) if isinstance(found, str) else None
    if match is None:
        return None
    day, time, fraction, zone = match.groups(default="")
    offset = "+00:00" if zone in "Zz" else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{time}.{fraction.ljust(6, '0')}{offset}")
        since = moment - _EPOCH
    except (ValueError, OverflowError):
        return None
    return since // _MICROSECOND if since >= timedelta(0) else None


def millionths_in(parent: Object, name: str) -> int | None:
    """Return the number of at least 0 under *name* in millionths, also one written as text."""
    found = parent.get(name)
    literal = found.literal if isinstance(found, Number) else found
    if not isinstance(literal, str):
        return None
    if isinstance(found, str) and _DECIMAL.fullmatch(found) is None:
        return None
    try:
        number = exact(literal)
    except ValueError:
        return None
    if number.negative or number.point > _DIGITS:
        return None
    return number.scaled(6)[0]


def milliseconds(microseconds: int) -> int:
    """Round microseconds half to even to milliseconds."""
    return half_even(microseconds, 1000)

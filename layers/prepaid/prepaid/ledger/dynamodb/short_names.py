"""The short names under which attributes are stored where every byte counts: in the account.

What is part of a key, an index or a condition keeps its name, and so has each attribute of the
items of the first release, which are read for ever.
"""

from collections.abc import Mapping
from typing import Any

OF_ACCOUNT = {
    "as_of": "t",
    "balance": "b",
    "grants": "g",
    "holds": "h",
    "usage_day": "d",
    "operations": "o",
    "limits": "l",
    "thresholds": "w",
    "time_zone": "z",
    "plan": "p",
    "status": "s",
    "unlimited": "u",
    "overage": "ov",
    "settings_version": "sv",
    "listed": "li",
    "next_time_zone": "nz",
    "announced": "a",
    "emptied_at": "e",
    "week": "k",
    "hour": "hr",
    "runway_thresholds": "r",
    "runway_announced": "ra",
}
_LONG = {short: name for name, short in OF_ACCOUNT.items()}


def short(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return an account's attributes under the names that they are stored under."""
    return {OF_ACCOUNT.get(name, name): value for name, value in plain.items()}


def long(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return an account's attributes under their names, however they were stored."""
    return {_LONG.get(name, name): value for name, value in plain.items()}

"""Event patterns: which records a mapping's filter lets through.

The rules are those of Lambda's page "Control which events Lambda sends to your function" and of
EventBridge's content filtering: a leaf is a list of alternatives, every named field must match.
"""

from collections.abc import Mapping
from typing import Any

_ABSENT = object()


def passes(patterns: tuple[Mapping[str, Any], ...], event: Mapping[str, Any]) -> bool:
    """Say whether any of *patterns* matches *event*; without patterns everything passes."""
    return not patterns or any(_matches(pattern, event) for pattern in patterns)


def _matches(pattern: Mapping[str, Any], event: object) -> bool:
    for name, wanted in pattern.items():
        value = event.get(name, _ABSENT) if isinstance(event, Mapping) else _ABSENT
        if isinstance(wanted, Mapping):
            if not _matches(wanted, value):
                return False
        elif not any(_alternative(each, value) for each in wanted):
            return False
    return True


def _alternative(wanted: object, value: object) -> bool:
    if not isinstance(wanted, Mapping):
        return value is not _ABSENT and type(value) is type(wanted) and value == wanted
    [(rule, argument)] = wanted.items()
    match rule:
        case "exists":
            return (value is not _ABSENT) is argument
        case "prefix":
            return isinstance(value, str) and value.startswith(argument)
        case "anything-but":
            refused = argument if isinstance(argument, list) else [argument]
            return value is not _ABSENT and value not in refused
    raise ValueError(f"{rule} is no rule that is played here")

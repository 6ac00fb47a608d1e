"""Puts together profiles."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.accounts.dynamodb.profiles import DynamoProfiles
from prepaid.accounts.profiles import ProfileKeeping, Profiles
from prepaid.runtime.wiring import base, inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    profiles: Callable[[], Profiles]


parts = Parts(profiles=cache(lambda: DynamoProfiles(inbox.records_table())))


def profiles() -> Profiles:
    """Return who accounts belong to."""
    return parts.profiles()


def profile_keeping() -> ProfileKeeping:
    """Return what writes profiles."""
    return ProfileKeeping(profiles=parts.profiles(), budget=base.budget)

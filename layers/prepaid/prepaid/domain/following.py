"""Commands that nobody asks for by key: they follow from time, or from another command."""

from dataclasses import dataclass
from typing import override

from prepaid.domain import keys
from prepaid.domain.commands import Command
from prepaid.domain.keys import Fingerprint, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Following(Command):
    """What follows from time or another command, and nobody asks for by key."""

    actor: str = "system"

    @property
    @override
    def fingerprint(self) -> Fingerprint:
        """The one of all that follows."""
        return keys.FOLLOWS


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDue(Following):
    """Write what has ended by itself, for an account that nobody touches."""

    key: Key = Key("settle")

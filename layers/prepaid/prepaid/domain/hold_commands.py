"""Commands about holds: what can be asked for credits that are set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import override

from prepaid.domain import keys
from prepaid.domain.commands import Command, measured
from prepaid.domain.credits import Credits
from prepaid.domain.entries import Entry
from prepaid.domain.errors import HoldEnded, Refusal
from prepaid.domain.keys import Key, Writer
from prepaid.domain.pricing import Price, RequestedQuantities

OVER_HOLD = "The hold has ended: it was captured, voided, or has expired."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHold(Command):
    """Set credits aside: an amount, the price of quantities, or what is available of a range.

    Of a range as much is held as is available: `at_most` at most, `at_least` (or 0.01) at least.
    """

    operation: str
    expires_in: int
    maker: Writer
    price: Price | None = None
    quantities: RequestedQuantities = field(default_factory=dict)
    amount: Credits | None = None
    at_most: Credits | None = None
    at_least: Credits | None = None
    unlimited: bool = False

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is set aside, for what, and for how long."""
        return {
            **Command.content(self),
            **measured(self.quantities),
            "operation": self.operation,
            "expires_in": self.expires_in,
            "amount": _text(self.amount),
            "at_most": _text(self.at_most),
            "at_least": _text(self.at_least),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHold(Command):
    """What is asked of one open hold, by somebody who may."""

    hold_id: int
    writer: Writer

    @override
    def content(self) -> Mapping[str, object]:
        """Return which hold is meant."""
        return {**Command.content(self), "hold_id": self.hold_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendHold(OnHold):
    """Let a hold end no sooner than in `expires_in` seconds, and set `amount` more aside.

    Without `expires_in` its end stays.
    """

    expires_in: int | None = None
    amount: Credits | None = None
    unlimited: bool = False

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is added to which hold."""
        return {**OnHold.content(self), "expires_in": self.expires_in, "amount": _text(self.amount)}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHold(OnHold):
    """What capture and void share: one hold, ended once; `provider_cost` is as in `Entry`.

    `client_key` is the Idempotency-Key of the request: the hold itself is the key of an end.
    """

    client_key: str
    provider_cost: int | None = None
    key: Key = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self._own_key())

    def _own_key(self) -> Key:
        return keys.hold_end(self.hold_id)

    @override
    def content(self) -> Mapping[str, object]:
        """Return which hold ends, and in which request."""
        return {**OnHold.content(self), "key": f"{self.writer}:{self.client_key}"}

    @override
    def clash(self, entry: Entry) -> Refusal:
        """Return `hold_ended`: the key of an end is the hold itself."""
        return HoldEnded(OVER_HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(EndHold):
    """Pay for the usage that a hold was opened for, and release the rest of it.

    A capture that is not `final` pays for a part of the usage, under a key of its own, and leaves
    the rest of the hold open.
    """

    price: Price | None = None
    quantities: RequestedQuantities = field(default_factory=dict)
    amount: Credits | None = None
    final: bool = True
    unlimited: bool = False

    @override
    def _own_key(self) -> Key:
        if self.final:
            return keys.hold_end(self.hold_id)
        return keys.capture(self.writer, self.client_key)

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is captured out of which hold, and whether that ends it."""
        return {
            **EndHold.content(self),
            **measured(self.quantities),
            "end": "capture" if self.final else "part",
            "amount": _text(self.amount),
        }

    @override
    def clash(self, entry: Entry) -> Refusal:
        """Return `hold_ended` for an end, `idempotency_key_reused` for a part."""
        return EndHold.clash(self, entry) if self.final else Command.clash(self, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Void(EndHold):
    """Release a hold without using it."""

    @override
    def content(self) -> Mapping[str, object]:
        """Return which hold is released."""
        return {**EndHold.content(self), "end": "void"}


def _text(amount: Credits | None) -> str | None:
    return None if amount is None else str(amount)

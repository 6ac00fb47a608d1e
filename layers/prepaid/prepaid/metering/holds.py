"""Holds: credits reserved before the work, and what becomes of them, as commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prepaid.domain import keys
from prepaid.domain.commands import Actor, Capture, ExtendHold, OpenHold, Void
from prepaid.domain.credits import SMALLEST, ZERO, AccountId, Credits
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.pricing import Price, RequestedQuantities


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRequest:
    """Credits to set aside for an operation: `amount`, the price of what is `asked`, or a range.

    Of a range as much is held as is available: `at_most` at most, `at_least` (or 0.01) at least.
    """

    account_id: AccountId
    key: str
    operation: str
    expires_in: int
    asked: RequestedQuantities | None = None
    rounded: bool = False
    amount: Credits | None = None
    at_most: Credits | None = None
    at_least: Credits | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)

    def command(self, actor: Actor, price: Price | None) -> OpenHold:
        """Return the command that opens the hold."""
        content = {
            "operation": self.operation,
            "expires_in": self.expires_in,
            "amount": _text(self.amount),
            "at_most": _text(self.at_most),
            "at_least": _text(self.at_least),
            **content_of(self.asked, self.reference, self.metadata),
        }
        return OpenHold(
            key=keys.hold(actor.writer, self.key),
            fingerprint=keys.fingerprint(content),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata,
            rounded=self.rounded,
            operation=self.operation,
            quantities=self.asked if self.asked is not None else {},
            amount=self.amount,
            at_most=self.at_most,
            at_least=self.at_least or SMALLEST,
            expires_in=self.expires_in,
            maker=actor.writer,
            price=price,
            unlimited=actor.unlimited,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldExtension:
    """More for an open hold: an end `expires_in` seconds from now, an `amount`, or both."""

    account_id: AccountId
    hold_id: int
    key: str
    expires_in: int | None = None
    amount: Credits | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)

    def command(self, actor: Actor) -> ExtendHold:
        """Return the command that extends the hold."""
        content = {
            "hold_id": self.hold_id,
            "expires_in": self.expires_in,
            "amount": _text(self.amount),
            **content_of(None, self.reference, self.metadata),
        }
        return ExtendHold(
            key=keys.extension(actor.writer, self.key),
            fingerprint=keys.fingerprint(content),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata,
            hold_id=self.hold_id,
            writer=actor.writer,
            expires_in=self.expires_in,
            amount=self.amount or ZERO,
            unlimited=actor.unlimited,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnd:
    """What becomes of a hold: `amount` or `asked` is captured, or it is voided if both are `None`.

    A capture that is not `final` pays for a part of the usage and leaves the rest of the hold open.
    """

    account_id: AccountId
    hold_id: int
    key: str
    asked: RequestedQuantities | None = None
    rounded: bool = False
    amount: Credits | None = None
    final: bool = True
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)

    def capture(self, actor: Actor, price: Price | None) -> Capture:
        """Return the command that captures, under the hold's own key where it ends the hold."""
        final = self.final
        return Capture(
            key=keys.hold_end(self.hold_id) if final else keys.capture(actor.writer, self.key),
            fingerprint=self._fingerprint("capture" if final else "part", actor),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata,
            rounded=self.rounded,
            hold_id=self.hold_id,
            writer=actor.writer,
            quantities=self.asked if self.asked is not None else {},
            amount=self.amount,
            final=final,
            price=price,
            unlimited=actor.unlimited,
        )

    def void(self, actor: Actor) -> Void:
        """Return the command that releases the hold unused."""
        return Void(
            key=keys.hold_end(self.hold_id),
            fingerprint=self._fingerprint("void", actor),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata,
            hold_id=self.hold_id,
            writer=actor.writer,
        )

    def _fingerprint(self, how: str, actor: Actor) -> Fingerprint:
        return keys.fingerprint(
            {
                "end": how,
                "hold_id": self.hold_id,
                "key": Key(f"{actor.writer}:{self.key}"),
                "amount": _text(self.amount),
                **content_of(self.asked, self.reference, self.metadata),
            }
        )


def content_of(
    asked: RequestedQuantities | None, reference: str | None, metadata: Mapping[str, object]
) -> dict[str, object]:
    """Return what is compared of any request when its key comes again."""
    return {
        "quantities" if isinstance(asked, Mapping) else "quantity": asked,
        "reference": reference,
        "metadata": dict(metadata),
    }


def _text(amount: Credits | None) -> str | None:
    return None if amount is None else str(amount)

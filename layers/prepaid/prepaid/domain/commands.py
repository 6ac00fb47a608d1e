"""Commands: what can be asked of an account, each with the key that makes it happen once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import override

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.credits import SMALLEST, ZERO, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import HoldEnded, KeyReused, Refusal
from prepaid.domain.grants import DEFAULT_PRIORITY, GrantKind
from prepaid.domain.keys import Fingerprint, Key, Writer
from prepaid.domain.pricing import Price, RequestedQuantities

OVER_HOLD = "The hold has ended: it was captured, voided, or has expired."


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries.

    `fingerprint` tells a repeat (equal) from a reuse of the key (different). `actor` is who asked,
    as role and subject. `request_id` tells a retry inside one request from a repeat. `rounded` says
    that a quantity had more than six places; it is no part of the content.
    """

    key: Key
    fingerprint: Fingerprint
    actor: str
    request_id: str
    reason: str | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    rounded: bool = False

    def clash(self, entry: Entry) -> Refusal:
        """Return the refusal for a key that *entry* took with another content."""
        return KeyReused(f"This Idempotency-Key was used for another request ({entry.kind}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Give(Command):
    """Give credits that were paid for or promised."""

    entry_kind: EntryKind
    grant_kind: GrantKind
    amount: Credits
    expires_at: Instant | None = None
    priority: int = DEFAULT_PRIORITY
    cost_basis: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Command):
    """An admin's correction, up or down.

    `create` allows an account that nobody has written yet; `force` allows a correction that
    leaves less than nothing available.
    """

    amount: Credits
    create: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(Command):
    """Pay for usage. `price` is the version in force, or `None` where there is none.

    What has `happened` already is never refused: what is available pays for it, and the account's
    overage policy says whether the rest is absorbed or becomes debt.
    """

    operation: str
    quantities: RequestedQuantities
    price: Price | None
    occurred_at: Instant | None = None
    unlimited: bool = False
    happened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHold(Command):
    """Set credits aside: an amount, the price of quantities, or what is available of a range.

    Of a range as much is held as is available, `at_most` at most and `at_least` at least.
    """

    operation: str
    price: Price | None
    expires_in: int
    maker: Writer
    quantities: RequestedQuantities = field(default_factory=dict)
    amount: Credits | None = None
    at_most: Credits | None = None
    at_least: Credits = SMALLEST
    unlimited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHold(Command):
    """What is asked of one open hold, by somebody who may."""

    hold_id: int
    writer: Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendHold(OnHold):
    """Let a hold end no sooner than in `expires_in` seconds, and set `amount` more aside.

    Without `expires_in` its end stays.
    """

    expires_in: int | None = None
    amount: Credits = ZERO
    unlimited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHold(OnHold):
    """What capture and void share: one hold, ended once."""

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

    price: Price | None
    quantities: RequestedQuantities = field(default_factory=dict)
    amount: Credits | None = None
    final: bool = True
    unlimited: bool = False

    @override
    def clash(self, entry: Entry) -> Refusal:
        """Return `hold_ended` for an end, `idempotency_key_reused` for a part."""
        return EndHold.clash(self, entry) if self.final else Command.clash(self, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Void(EndHold):
    """Release a hold without using it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus(Command):
    """Freeze, close or reopen an account, or make it unlimited. `None` leaves as it is."""

    status: Status | None = None
    unlimited: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDue(Command):
    """Write what has ended by itself, for an account that nobody touches."""

    key: Key = Key("settle")
    fingerprint: Fingerprint = keys.FOLLOWS
    actor: str = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: in which namespace they write keys, how entries name them, in which request.

    `unlimited` waives what they use on their own account.
    """

    writer: Writer
    name: str
    request_id: str
    unlimited: bool = False

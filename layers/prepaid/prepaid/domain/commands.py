"""Commands: what can be asked of an account, each with the key that makes it happen once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import override

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import KeyReused, Refusal
from prepaid.domain.grants import DEFAULT_PRIORITY, GrantKind
from prepaid.domain.keys import Fingerprint, Key, Writer
from prepaid.domain.pricing import Price, RequestedQuantities


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries.

    `actor` is who asked, as role and subject. `request_id` tells a retry inside one request from a
    repeat. `rounded` says that a quantity had more than six places; it is no part of the content.
    `request` is what was asked for, where the fields follow from more than that (a price, say).
    `note` is for admins only. `audit` names what an admin does, if one does; it is no content.
    """

    key: Key
    actor: str
    request_id: str
    reason: str | None = None
    note: str | None = None
    audit: str | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    rounded: bool = False
    request: Mapping[str, object] | None = None

    @property
    def fingerprint(self) -> Fingerprint:
        """What tells a repeat (equal) from a reuse of the key (different).

        It stands in the ledger for ever: the same content has the same one in every release.
        """
        return keys.fingerprint(self.content() if self.request is None else self.request)

    def content(self) -> Mapping[str, object]:
        """Return what is compared when the key comes again; what is `None` or empty is left out."""
        return {
            "reason": self.reason,
            "note": self.note,
            "reference": self.reference,
            "metadata": dict(self.metadata),
        }

    def clash(self, entry: Entry) -> Refusal:
        """Return the refusal for a key that *entry* took with another content."""
        return KeyReused(f"This Idempotency-Key was used for another request ({entry.kind}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Give(Command):
    """Give credits that were paid for or promised, at most `at_most`."""

    entry_kind: EntryKind
    grant_kind: GrantKind
    amount: Credits
    expires_at: Instant | None = None
    priority: int = DEFAULT_PRIORITY
    cost_basis: int = 0
    at_most: Credits | None = None

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is given, on which terms, and why."""
        return {
            **Command.content(self),
            "entry_kind": self.entry_kind,
            "grant_kind": self.grant_kind,
            "amount": str(self.amount),
            "expires_at": self.expires_at,
            "priority": None if self.priority == DEFAULT_PRIORITY else self.priority,
            "cost_basis": self.cost_basis or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust(Command):
    """An admin's correction, up or down.

    `create` allows an account that nobody has written yet; `force` allows a correction that
    leaves less than nothing available; `at_most` is the largest that whoever asks may make.
    """

    amount: Credits
    at_most: Credits | None = None
    create: bool = False
    force: bool = False

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is corrected, how, and why."""
        return {
            **Command.content(self),
            "amount": str(self.amount),
            "create": self.create or None,
            "force": self.force or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(Command):
    """Pay for usage. `price` is the version in force, if any; `provider_cost` is as in `Entry`.

    What has `happened` is never refused: what is available pays, and the overage policy judges.
    """

    operation: str
    quantities: RequestedQuantities
    price: Price | None = None
    occurred_at: Instant | None = None
    unlimited: bool = False
    happened: bool = False
    provider_cost: int | None = None

    @override
    def content(self) -> Mapping[str, object]:
        """Return what was used, and when, if that was said."""
        return {
            **Command.content(self),
            **measured(self.quantities),
            "operation": self.operation,
            "occurred_at": self.occurred_at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus(Command):
    """Freeze, close or reopen an account, or make it unlimited. `None` leaves as it is."""

    status: Status | None = None
    unlimited: bool | None = None

    @override
    def content(self) -> Mapping[str, object]:
        """Return what is set, and why."""
        return {**Command.content(self), "status": self.status, "unlimited": self.unlimited}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: in which namespace, under which name, in which request; `unlimited` is waived."""

    writer: Writer
    name: str
    request_id: str
    unlimited: bool = False


def measured(quantities: RequestedQuantities) -> Mapping[str, object]:
    """Return quantities by unit, or the one of the only unit, under the name that says which."""
    return {"quantities" if isinstance(quantities, Mapping) else "quantity": quantities}

"""The keys of entries: who writes under which namespace, the client's own text always last.

A key is the idempotency key of a command inside one account. The namespace names the writer, so
that a user's text can never be taken for a service's or for an entry that follows from another.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NewType

Key = NewType("Key", str)
Fingerprint = NewType("Fingerprint", str)
FOLLOWS = Fingerprint("follows")
"""The fingerprint of entries that follow from another and that nobody asks for by key."""
FIRST_MESSAGE_ID = "prepaid_first_message_id"
"""The attribute of a message that is sent again: the id that it had first, and is known by."""


class Writer(StrEnum):
    """Whose hand a key is written in."""

    USER = "u"
    SERVICE = "s"
    ADMIN = "a"


def usage(writer: Writer, text: str) -> Key:
    """Return the key of a spend."""
    return Key(f"{writer}:usage:{text}")


def hold(writer: Writer, text: str) -> Key:
    """Return the key of an opened hold."""
    return Key(f"{writer}:hold:{text}")


def admission(writer: Writer, text: str) -> Key:
    """Return the key of the hold that admits an outbound call."""
    return Key(f"{writer}:call:{text}")


def inbound_call(call_id: str) -> Key:
    """Return the key of the hold that admits an inbound call."""
    return Key(f"call-hold:{call_id}")


def call_usage(call_id: str) -> Key:
    """Return the key under which a call without an open hold is paid, once in an account."""
    return Key(f"call:{call_id}")


def capture(writer: Writer, text: str) -> Key:
    """Return the key of a capture that leaves its hold open."""
    return Key(f"{writer}:capture:{text}")


def extension(writer: Writer, text: str) -> Key:
    """Return the key of an extension of a hold."""
    return Key(f"{writer}:extend:{text}")


def attempts(writer: Writer, text: str) -> Key:
    """Return what the keys of all holds begin with that were opened for one piece of work."""
    return Key(f"{writer}:work:{part(text)}#")


def attempt(writer: Writer, text: str, number: int) -> Key:
    """Return the key of the hold of one attempt at a piece of work; keys sort by *number*."""
    return Key(f"{attempts(writer, text)}{number:04d}")


def adjustment(text: str) -> Key:
    """Return the key of an admin's adjustment."""
    return Key(f"{Writer.ADMIN}:adjust:{text}")


def grant(text: str) -> Key:
    """Return the key of an admin's grant."""
    return Key(f"{Writer.ADMIN}:grant:{text}")


def about_grants(providers: Iterable[str]) -> list[Key]:
    """Return what the keys of all entries begin with that give grants or end them."""
    stems = [adjustment(""), grant(""), *(purchase(each, "") for each in providers)]
    return [*stems, Key("expiry:"), Key("void-grant:")]


def status(text: str) -> Key:
    """Return the key of an admin's change of status."""
    return Key(f"{Writer.ADMIN}:status:{text}")


def hold_end(hold_id: int) -> Key:
    """Return the one key under which a hold ends, however it ends."""
    return Key(f"hold-end:{hold_id}")


def expiries(root: int) -> Key:
    """Return what the keys of all entries begin with that expire credits first given in a grant."""
    return Key(f"expiry:{root}:")


def expiry(root: int, seq: int) -> Key:
    """Return the key of the entry numbered *seq* that expires credits first given in a grant."""
    return Key(f"{expiries(root)}{seq}")


def purchase(provider: str, intent_id: str) -> Key:
    """Return the key of what a paid intent of a provider's grants."""
    return Key(f"{provider}:{intent_id}")


def bonus(purchase_key: Key) -> Key:
    """Return the key of the bonus that comes with a purchase."""
    return Key(f"{purchase_key}:bonus")


def money_back(kind: str, intent_id: str) -> Key:
    """Return the stem of the keys of what a refund or a dispute of an intent moves."""
    return Key(f"{kind}:{intent_id}")


def intent_of_purchase(key: Key) -> str:
    """Return the intent in the key of a purchase or of its bonus."""
    return key.partition(":")[2].removesuffix(":bonus")


def intent_of_money_back(key: Key) -> str:
    """Return the intent in the key of an entry that a refund or a dispute made."""
    return key.partition(":")[2].rpartition(":")[0]


def root_of(key: Key) -> int:
    """Return the first grant in the key of an expiry."""
    return int(key.split(":")[1])


def void_of_grant(grant_id: int) -> Key:
    """Return the one key under which what is left of a grant is taken back, once."""
    return Key(f"void-grant:{grant_id}")


def part(text: str) -> str:
    """Escape a part of a composite key whose separator is ``#``; ``%`` escapes."""
    return text.replace("%", "%25").replace("#", "%23")


def unescaped(text: str) -> str:
    """Return what `part` escaped."""
    return text.replace("%23", "#").replace("%25", "%")


def fingerprint(content: Mapping[str, object]) -> Fingerprint:
    """Return ``v1:`` and the SHA-256 of *content* without what is `None` or empty.

    Two commands with one key are the same command exactly when their fingerprints are equal.
    """
    given = {name: value for name, value in content.items() if value not in (None, "", {}, [])}
    text = json.dumps(given, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return Fingerprint("v1:" + hashlib.sha256(text.encode()).hexdigest())

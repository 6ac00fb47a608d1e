"""Opaque ids on the wire: each is the unpadded base64url of what it stands for."""

import re
from dataclasses import dataclass

from prepaid.domain.credits import AccountId
from prepaid.domain.errors import NotFound
from prepaid.domain.keys import Key
from prepaid.web import opaque
from prepaid.web.identity import account_id_of, is_text

NO_HOLD = 0
"""A number that no hold has: holds are numbered by their entries, from 1."""
_HOLD = re.compile(r"([1-9]\d{0,11}):(.+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class HoldId:
    """Which hold of which account."""

    account_id: AccountId
    number: int


def entry_id(key: Key) -> str:
    """Return the id of the entry under *key*."""
    return opaque.written(key)


def key_in(entry_id: str) -> Key:
    """Return the key of an entry; raise `NotFound` for text that is no id of ours."""
    text = opaque.read(entry_id)
    if not text or not is_text(text):
        raise NotFound("There is no such entry.")
    return Key(text)


def hold_id(account_id: AccountId, number: int) -> str:
    """Return the id of a hold: it names the account, so that a service need not."""
    return opaque.written(f"{number}:{account_id}")


def hold_in(hold_id: str, *, own: AccountId, any_account: bool) -> HoldId:
    """Return the hold that an id names to a caller.

    Another's hold, unless *any_account* may be meant, is looked for in the caller's own account
    under a number that no hold has. So it is answered, after the same work, exactly as a hold that
    does not exist. Raises `NotFound` for text that is no id of ours.
    """
    match = _HOLD.fullmatch(opaque.read(hold_id) or "")
    if match is None:
        raise NotFound("There is no such hold.")
    try:
        found = HoldId(account_id_of(match[2]), int(match[1]))
    except ValueError as exc:
        raise NotFound("There is no such hold.") from exc
    return found if any_account or found.account_id == own else HoldId(own, NO_HOLD)


def grant_id(number: int) -> str:
    """Return the id of a grant, unique in its account."""
    return f"g{number}"

"""Who is calling, and whose account they may mean."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Forbidden

MAX_ACCOUNT_ID = 128


class Role(StrEnum):
    """What a caller is allowed to be; a token without a role is a `USER`."""

    USER = "user"
    SERVICE = "service"
    ADMIN = "admin"
    SUPER_ADMIN = "super_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever a token speaks for: *subject* acts, *account_id* is their own account."""

    account_id: AccountId
    role: Role
    subject: str


@dataclass(frozen=True, slots=True)
class Access:
    """Which roles may call an endpoint, and which of those may mean another's account.

    No roles at all is a public endpoint: it has no caller and no account.
    """

    roles: frozenset[Role]
    others: frozenset[Role] = frozenset()

    @property
    def public(self) -> bool:
        """Whether anyone may call, without a token."""
        return not self.roles


_EVERYONE = frozenset(Role)
_ADMINS = frozenset({Role.ADMIN, Role.SUPER_ADMIN})

PUBLIC = Access(frozenset())
OWN = Access(_EVERYONE)
"""Everyone, for their own account only."""
METERING = Access(_EVERYONE, frozenset({Role.SERVICE}))
"""Everyone for their own account; a service for any."""
READING = Access(_EVERYONE, _ADMINS | {Role.SERVICE})
"""Everyone for their own account; services and admins for any."""
SERVICES = Access(frozenset({Role.SERVICE}), frozenset({Role.SERVICE}))
"""Services, for any account."""
OVERSEEING = Access(_ADMINS)
"""Admins and super admins, for what belongs to no account."""
ADMINISTERING = Access(_ADMINS, _ADMINS)
"""Admins and super admins, for any account."""
HOSTING = Access(_ADMINS | {Role.SERVICE})
"""The host's services and admins, for what belongs to the host."""
HOSTING_ACCOUNTS = Access(_ADMINS | {Role.SERVICE}, _ADMINS | {Role.SERVICE})
"""The host's services and admins, for any account."""
SUPER = Access(frozenset({Role.SUPER_ADMIN}), frozenset({Role.SUPER_ADMIN}))
"""Super admins, for any account."""


def is_text(text: str) -> bool:
    """Tell whether *text* can be stored and shown: no control character, no lone surrogate."""
    if text.isascii():
        return text.isprintable()
    return not any(unicodedata.category(each) in {"Cc", "Cs"} for each in text)


def account_id_of(text: str) -> AccountId:
    """Take an opaque id of 1 to 128 characters as it is; raise `ValueError` otherwise.

    Nothing is normalised: two ids that merely look alike are two accounts.
    """
    if not 1 <= len(text) <= MAX_ACCOUNT_ID or not is_text(text):
        raise ValueError("an account id has 1 to 128 characters and no control characters")
    return AccountId(text)


def refuse_role(caller: Caller, access: Access) -> None:
    """Raise `Forbidden` for a role that may not call."""
    if caller.role not in access.roles:
        raise Forbidden(f"The role {caller.role} may not do this.")


def target_account(caller: Caller, named: AccountId | None, access: Access) -> AccountId:
    """Return the account that a request is about: the caller's own unless it names another.

    Raises `Forbidden` for a role that may not mean another's account.
    """
    if named is None or named == caller.account_id:
        return caller.account_id
    if caller.role not in access.others:
        raise Forbidden(f"The role {caller.role} may only act on its own account.")
    return named

"""Profiles: who an account's owner is, as the host says it; the ledger does without."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from prepaid.domain.auditing import AdminAct, AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.ledger.ports import RetryBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A name and an e-mail address, in lower case; `version` counts their changes, from 1."""

    account_id: AccountId
    name: str | None = None
    email: str | None = None
    version: int = 0
    updated_at: Instant | None = None
    updated_by: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody said who it is, or all of that was removed."""
        return self.name is None and self.email is None


class Profiles(Protocol):
    """Keeps profiles, and finds accounts by their addresses."""

    def profile(self, account_id: AccountId) -> Profile:
        """Return an account's profile, consistently; an empty one where nobody wrote it.

        Raises `Unavailable`.
        """

    def profiles(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Profile]:
        """Return those of at most 100 accounts that somebody wrote, consistently.

        Raises `Unavailable`.
        """

    def change(self, before: Profile, after: Profile, audit: AuditRow) -> bool:
        """Write a profile, what finds its account by id and address, and the audit, or nothing.

        The old address finds it no more. Say whether *before* stood still. Raises `Unavailable`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileKeeping:
    """Writes profiles; of two at once, the later one stands whole."""

    profiles: Profiles
    budget: Callable[[], RetryBudget]

    def put(self, profile: Profile, by: AdminAct) -> Profile:
        """Write the name and the address of *profile*; nothing where they stand already.

        The audit names what changed, not what it was: what is removed is gone.
        Raises `Unavailable`.
        """
        budget = self.budget()
        while True:
            before = self.profiles.profile(profile.account_id)
            after = replace(
                before,
                name=profile.name,
                email=profile.email,
                version=before.version + 1,
                updated_at=by.now,
                updated_by=by.actor,
            )
            if (before.name, before.email) == (after.name, after.email):
                return before
            if self.profiles.change(before, after, _audit(before, after, by)):
                return after
            budget.pause()


def _audit(before: Profile, after: Profile, by: AdminAct) -> AuditRow:
    return by.audit(
        "put_profile",
        after.account_id,
        before={"version": before.version},
        after={
            "version": after.version,
            "name_changed": before.name != after.name,
            "email_changed": before.email != after.email,
        },
        account_id=after.account_id,
    )

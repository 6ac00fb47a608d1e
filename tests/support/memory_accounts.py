"""Lists of accounts and the log of admins in memory, as the memory ledger commits them."""

from collections.abc import Callable, Collection, Mapping, Sequence

from prepaid.accounts.ports import Place
from prepaid.accounts.profiles import Profile
from prepaid.domain.account import Account
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.listing import AccountList
from prepaid.dynamodb import names
from prepaid.dynamodb.shards import shard_of
from prepaid.inbox.ports import AuditPlace

from tests.support.memory import MemoryLedgerStore


class MemoryProfiles:
    """`Profiles` in memory, with the audit of a ledger in memory."""

    def __init__(self, store: MemoryLedgerStore, reach: Callable[[], None] = lambda: None) -> None:
        self._audit = store.audit
        self._directory = store.directory
        self._reach = reach
        self.stored: dict[AccountId, Profile] = {}

    def profile(self, account_id: AccountId) -> Profile:
        """Return an account's profile."""
        self._reach()
        return self.stored.get(account_id, Profile(account_id=account_id))

    def profiles(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Profile]:
        """Return those profiles that were written."""
        self._reach()
        return {each: self.stored[each] for each in account_ids if each in self.stored}

    def change(self, before: Profile, after: Profile, audit: AuditRow) -> bool:
        """Write a profile unless another came first."""
        if self.profile(before.account_id).version != before.version:
            return False
        self.stored[after.account_id] = after
        if not after.empty:
            self._directory.add(after.account_id)
        self._audit.append(audit)
        return True


class MemoryAccountLists:
    """`AccountLists` over a ledger in memory; *reach* raises while nothing can be reached."""

    def __init__(
        self,
        store: MemoryLedgerStore,
        reach: Callable[[], None] = lambda: None,
        *,
        profiles: MemoryProfiles | None = None,
    ) -> None:
        self._store = store
        self._reach = reach
        self._profiles = profiles or MemoryProfiles(store)

    def listed(
        self, name: AccountList, *, limit: int, after: Place | None = None
    ) -> Sequence[Place]:
        """Return accounts of a list."""
        found = [Place(shard_of(each), each) for each in self._store.lists.get(name, set())]
        return self._page(found, limit, after)

    def all(self, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return all accounts."""
        known = self._store.directory
        found = [Place(names.directory_shard(each), each) for each in known]
        return self._page(found, limit, after)

    def beginning(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return accounts whose ids begin so."""
        known = [each for each in self._store.directory if each.startswith(prefix)]
        return self._page(
            [Place(names.directory_shard(each), each) for each in known], limit, after
        )

    def with_email(self, prefix: str, *, limit: int, after: Place | None = None) -> Sequence[Place]:
        """Return accounts whose addresses begin so."""
        self._reach()
        found = sorted(
            Place(names.directory_shard(prefix), each.account_id, f"{each.email} {each.account_id}")
            for each in self._profiles.stored.values()
            if each.email is not None and each.email.startswith(prefix)
        )
        ordered = sorted(found, key=lambda each: each.text.encode())
        later = [
            each for each in ordered if after is None or each.text.encode() > after.text.encode()
        ]
        return later[:limit]

    def accounts(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Account]:
        """Return those accounts that are there."""
        loaded = {each: self._store.load(each) for each in account_ids}
        return {each: account for each, account in loaded.items() if account.version}

    def _page(self, found: list[Place], limit: int, after: Place | None) -> Sequence[Place]:
        self._reach()
        ordered = sorted(found, key=_place)
        return [each for each in ordered if after is None or _place(each) > _place(after)][:limit]


def _place(place: Place) -> tuple[int, bytes]:
    return place.shard, place.account_id.encode()


class MemoryAuditLog:
    """`AuditLog` over a ledger in memory."""

    def __init__(self, store: MemoryLedgerStore, reach: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._reach = reach

    def latest(
        self, *, now: Instant, limit: int, after: AuditPlace | None = None
    ) -> Sequence[tuple[AuditPlace, AuditRow]]:
        """Return rows, newest first."""
        self._reach()
        rows = [(AuditPlace(row.at, _sort(row)), row) for row in self._store.audit if row.at <= now]
        ordered = sorted(rows, key=lambda each: each[0].sort, reverse=True)
        return [each for each in ordered if after is None or each[0].sort < after.sort][:limit]


def _sort(row: AuditRow) -> str:
    return f"{row.at:010d}#{row.request_id}#{row.number}"

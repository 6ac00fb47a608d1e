"""The ledger: load the account, decide, commit once, replay what was already done.

Money moves here and nowhere else. The order of answers to a commit that did not happen is fixed:
a key that is taken by the same command is a replay, by another one a refusal; an account that
moved on is decided again from what the store returned; a busy store is tried again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import batched

from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import Entry
from prepaid.domain.errors import Refusal, Unavailable
from prepaid.domain.keys import FOLLOWS, Key
from prepaid.domain.listing import MAX_ROWS, with_lists
from prepaid.ledger.changes import announce_refusals
from prepaid.ledger.ports import LedgerStore, Moved, RecordMoved, Repeated, RetryBudget

MAX_ITEMS = 100 - MAX_ROWS
"""DynamoDB's most items in a transaction, less what lists of accounts may add; so many entries of
the largest size stay below its 4 MB."""

type Prepare = Callable[[Account], Command]
"""Makes the command from the account as it is: its plan chooses the price."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A command's entry; *replayed* when an earlier request committed it."""

    entry: Entry
    replayed: bool


type Answer = Posting | Refusal


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one commit: the account to go on from, and keys that were *taken* already."""

    account: Account
    landed: bool = False
    taken: Mapping[Key, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class _Folded:
    """One pass over the pending commands: what would be committed, and what was refused."""

    decision: Decision | None = None
    accepted: dict[int, Command] = field(default_factory=dict)
    refused: dict[int, tuple[Command, Refusal]] = field(default_factory=dict)


class Ledger:
    """Posts commands to accounts, exactly once each."""

    def __init__(self, store: LedgerStore, budget: Callable[[], RetryBudget]) -> None:
        self._store = store
        self._budget = budget

    def budget(self) -> RetryBudget:
        """Return the retry budget of one request that begins now."""
        return self._budget()

    def account(self, account_id: AccountId, budget: RetryBudget | None = None) -> Account:
        """Return the account as it was last committed. Raises `Unavailable`."""
        return self._load(account_id, budget or self._budget())

    def entry(
        self, account_id: AccountId, key: Key, budget: RetryBudget | None = None
    ) -> Entry | None:
        """Return the entry under *key*, or `None`. Raises `Unavailable`."""
        budget = budget or self._budget()
        found = _retry_read(partial(self._store.entries, account_id, [key]), budget)
        return found.get(key)

    def entries_under(
        self, account_id: AccountId, prefix: Key, *, limit: int, budget: RetryBudget | None = None
    ) -> Sequence[Entry]:
        """Return the first *limit* entries whose keys begin with *prefix*. Raises `Unavailable`."""
        read = partial(self._store.entries_under, account_id, prefix, limit=limit)
        return _retry_read(read, budget or self._budget())

    def post(
        self,
        account_id: AccountId,
        prepare: Prepare,
        clock: Instant,
        budget: RetryBudget | None = None,
    ) -> Posting:
        """Post one command. Raises its `Refusal`, or `Unavailable`; repeating is safe."""
        answer = self.post_many(account_id, [prepare], clock, budget)[0]
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def post_many(
        self,
        account_id: AccountId,
        prepares: Sequence[Prepare],
        clock: Instant,
        budget: RetryBudget | None = None,
    ) -> list[Answer]:
        """Post many commands in as few commits as they fit in; one answer for each, in order.

        Of a key that comes twice the second replays the first. Raises `Unavailable`, with some
        of the commands perhaps posted; repeating all of them is safe. *budget* is what a
        request with more to do has for this.
        """
        budget = budget or self._budget()
        work = _Work(dict(enumerate(prepares)))
        budget.check()
        account = self._load(account_id, budget)
        while work.pending:
            budget.check()
            folded = work.fold(account, clock)
            if folded.decision:
                account = self._committed(folded, account, work, budget)
            else:
                work.defer(folded)
        self._look_up(account_id, work, budget)
        answers = [work.answers[index] for index in range(len(prepares))]
        announce_refusals(self, account_id, answers, clock, budget)
        return answers

    def expire_due(
        self, account_id: AccountId, command: Command, clock: Instant
    ) -> tuple[Entry, ...]:
        """Write what is due, so that it is not due again; return its entries.

        Some has none: a notice, or what has expired and open holds protect. Raises `Unavailable`.
        """
        budget = self._budget()
        account = self._load(account_id, budget)
        while True:
            due = account.due()
            if due is None or due > account.now(clock):
                return ()
            decision = begin(account, clock, command)
            attempt = self.attempt(decision, account, budget)
            if attempt.landed:
                return decision.entries
            account = attempt.account

    def attempt(self, decision: Decision, account: Account, budget: RetryBudget) -> Attempt:
        """Commit *decision*, made of *account*, once: the only place that writes an account.

        What did not land may be decided again of the account that is returned. A command's own key
        that is taken is a replay, so there is nothing to wait for. A request's first rival brings
        the account along, or has written a record alone and left it; going on at once is cheapest.
        After that the attempt waits, and reads the account again: what it knew before the pause is
        old by then. Raises `Unavailable` when the time is up.
        """
        decision = with_lists(decision, account)
        taken: Mapping[Key, Entry] = {}
        failure: Exception
        try:
            self._store.commit(decision, seen=account.version)
        except Moved as moved:
            if budget.first_rival():
                return Attempt(moved.account)
            failure = moved
        except Repeated as repeated:
            taken = repeated.entries
            if any(entry.fingerprint != FOLLOWS for entry in taken.values()):
                return Attempt(repeated.account or account, taken=taken)
            if repeated.account and budget.first_rival():
                return Attempt(repeated.account, taken=taken)
            failure = repeated
        except RecordMoved as moved:
            if budget.first_rival():
                return Attempt(account)
            failure = moved
        except Unavailable as unavailable:
            failure = unavailable
        else:
            return Attempt(decision.committed(seen=account.version), landed=True)
        budget.pause(failure)
        return Attempt(self._load(account.account_id, budget), taken=taken)

    def _load(self, account_id: AccountId, budget: RetryBudget) -> Account:
        return _retry_read(partial(self._store.load, account_id), budget)

    def _committed(
        self, folded: _Folded, account: Account, work: "_Work", budget: RetryBudget
    ) -> Account:
        """Commit a pass; return the account to go on from."""
        decision = folded.decision
        assert decision is not None
        attempt = self.attempt(decision, account, budget)
        if attempt.landed:
            work.record_commit(folded, {entry.key: entry for entry in decision.entries})
            work.defer(folded)
        elif attempt.taken:
            work.committed |= attempt.taken
            work.committed |= self._taken(folded, account.account_id, budget)
        return attempt.account

    def _taken(
        self, folded: _Folded, account_id: AccountId, budget: RetryBudget
    ) -> Mapping[Key, Entry]:
        """Return the entries of those keys that a pass refused and that are taken."""
        found: dict[Key, Entry] = {}
        keys = [command.key for command, _ in folded.refused.values()]
        for some in batched(keys, MAX_ITEMS, strict=False):
            found |= _retry_read(partial(self._store.entries, account_id, some), budget)
        return found

    def _look_up(self, account_id: AccountId, work: "_Work", budget: RetryBudget) -> None:
        """Answer what was refused: a key that is taken after all is a replay."""
        for some in batched(work.refused.items(), MAX_ITEMS, strict=False):
            keys = {command.key for _, (command, _) in some}
            taken = _retry_read(partial(self._store.entries, account_id, keys), budget)
            for index, (command, refusal) in some:
                entry = taken.get(command.key)
                work.answers[index] = _repeat(command, entry) if entry else refusal


class _Work:
    """The commands of one request that have no answer yet, and the answers of the others.

    `known` are entries that are in the ledger for certain.
    """

    def __init__(self, pending: dict[int, Prepare]) -> None:
        self.pending = pending
        self.answers: dict[int, Answer] = {}
        self.refused: dict[int, tuple[Command, Refusal]] = {}
        self.committed: dict[Key, Entry] = {}
        self._answered: set[Key] = set()

    def fold(self, account: Account, clock: Instant) -> _Folded:
        """Decide as many pending commands as fit into one commit, each key once.

        Where more has ended than one commit settles, what it settles is committed alone: a hold
        that was opened before the rest would keep expired credits alive.
        """
        folded = _Folded()
        seen: set[Key] = set()
        for index, prepare in list(self.pending.items()):
            command = prepare(account)
            if entry := self.committed.get(command.key):
                self._answer(index, command, entry)
                continue
            if command.key in seen:
                continue
            decision = folded.decision or begin(account, clock, command)
            if folded.decision is None and decision.unsettled:
                folded.decision = decision
                break
            try:
                decided = decide(decision, command)
            except Refusal as refusal:
                folded.refused[index] = (command, refusal)
            else:
                if decided.items > MAX_ITEMS:
                    break
                folded.decision = decided
                folded.accepted[index] = command
            seen.add(command.key)
        return folded

    def record_commit(self, folded: _Folded, entries: Mapping[Key, Entry]) -> None:
        """Answer every command of a pass that was committed as *entries*."""
        self.committed |= entries
        for index, command in folded.accepted.items():
            self._answer(index, command, entries[command.key])

    def defer(self, folded: _Folded) -> None:
        """Keep what a pass refused until its keys have been looked up."""
        for index, refused in folded.refused.items():
            self.refused[index] = refused
            del self.pending[index]

    def _answer(self, index: int, command: Command, entry: Entry) -> None:
        self.answers[index] = _repeat(command, entry, again=command.key in self._answered)
        self._answered.add(command.key)
        del self.pending[index]


def _repeat(command: Command, entry: Entry, *, again: bool = False) -> Answer:
    if entry.fingerprint != command.fingerprint:
        return command.clash(entry)
    return Posting(entry, replayed=again or entry.request_id != command.request_id)


def _retry_read[T](read: Callable[[], T], budget: RetryBudget) -> T:
    while True:
        try:
            return read()
        except Unavailable as unavailable:
            budget.pause(unavailable)

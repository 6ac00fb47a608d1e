"""A store that plays what a test wrote down for it, then does as it is told."""

from collections.abc import Callable

from prepaid.domain.account import Account, Version
from prepaid.domain.credits import AccountId
from prepaid.domain.decisions import Decision

from tests.support.memory import MemoryLedgerStore

type Trouble = Callable[[Callable[[], None]], None]
"""What happens instead of a call; it is given the call."""


def fails_with(error: Exception) -> Trouble:
    """Return trouble that comes before the call."""

    def trouble(_: Callable[[], None]) -> None:
        raise error

    return trouble


def loses_the_reply_with(error: Exception) -> Trouble:
    """Return trouble that comes after the call."""

    def trouble(call: Callable[[], None]) -> None:
        call()
        raise error

    return trouble


def after(rival: Callable[[], object]) -> Trouble:
    """Return trouble that lets *rival* go first."""

    def trouble(call: Callable[[], None]) -> None:
        rival()
        call()

    return trouble


class TroubledStore(MemoryLedgerStore):
    """A memory store with trouble ahead: each commit, and each load, takes the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.at_commit: list[Trouble] = []
        self.at_load: list[Trouble] = []

    def load(self, account_id: AccountId) -> Account:
        if self.at_load:
            self.at_load.pop(0)(lambda: None)
        return super().load(account_id)

    def commit(self, decision: Decision, *, seen: Version) -> None:
        def call() -> None:
            MemoryLedgerStore.commit(self, decision, seen=seen)

        if self.at_commit:
            self.at_commit.pop(0)(call)
        else:
            call()

    def trips(self) -> int:
        """Return how many round trips were made since this was asked last."""
        made = self.calls.total()
        self.calls.clear()
        return made

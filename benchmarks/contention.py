"""How often writers on one hot account get in each other's way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from prepaid.adapters.patience import Deadline

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.shop import Shop, new_account_id
from tests.support.wire import Wire

WRITERS = 16
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Spends that were accepted, and the commits that it took."""

    writers: int
    accepted: int
    commits: int

    def told(self) -> str:
        """Say it in a sentence."""
        lost = (self.commits - self.accepted) / self.accepted
        return (
            f"\nHot account: {self.writers} writers, {self.accepted} spends, "
            f"{lost:.2f} commits lost to another writer for each accepted spend."
        )


def measured(url: str, *, spends: int) -> Rivalry:
    """Let writers share *spends* on one account."""
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    account_id = new_account_id()
    Shop(ledger_store(client, prefix)).give(account_id, f"{spends}.00")
    clients = [new_client(url) for _ in range(WRITERS)]
    wires = [Wire(each) for each in clients]
    patience = partial(Deadline, seconds=PATIENCE_SECONDS)
    shops = [Shop(ledger_store(each, prefix), patience=patience) for each in clients]

    def spend_share(writer: int) -> int:
        numbers = range(writer, spends, WRITERS)
        posted = [shops[writer].spend(account_id, f"k{number}") for number in numbers]
        return len(posted)

    with ThreadPoolExecutor(WRITERS) as pool:
        accepted = sum(pool.map(spend_share, range(WRITERS)))
    commits = sum(wire.sent.count("TransactWriteItems") for wire in wires)
    return Rivalry(WRITERS, accepted, commits)

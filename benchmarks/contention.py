"""What the clients of one hot account see, in virtual time: counts, never this machine's speed."""

from dataclasses import dataclass

from tests.support.conflict_model.calls import CallsAtOnce
from tests.support.conflict_model.rivals import HotAccount, Outcome

CLIENTS = 50
OFFERED_PER_SECOND = 40
SEED = 1


@dataclass(frozen=True, slots=True)
class Load:
    """One load on one account, and what came of it."""

    name: str
    clients: int
    outcome: Outcome


def measured(*, seconds: float) -> list[Load]:
    """Let clients that never stop, and requests that arrive by chance, spend for *seconds*."""
    closed = HotAccount(seed=SEED).closed_loop(clients=CLIENTS, seconds=seconds)
    offered = HotAccount(seed=SEED).offered(per_second=OFFERED_PER_SECOND, seconds=seconds)
    return [
        Load(f"{CLIENTS} clients that never stop", CLIENTS, closed),
        Load(
            f"{OFFERED_PER_SECOND} requests a second",
            offered.accepted + offered.unavailable,
            offered,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Calls:
    """So many calls that came in at once for one account with credits for all of them."""

    calls: int
    admitted: int
    refused: int
    longest_seconds: float


def calls_at_once(calls: int) -> Calls:
    """Let calls come in at once; none may wait longer than six seconds for its answer."""
    model = CallsAtOnce(seed=SEED, credits="100000.00")
    model.answer(calls)
    admitted = model.reported["admitted"]
    return Calls(calls, admitted, model.reported.total() - admitted, max(model.waits))

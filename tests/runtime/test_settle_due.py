"""The settlement goes through its shards at the same time, and within its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from threading import Barrier
from types import SimpleNamespace

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import MAX_SETTLED
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import CONFIG
from prepaid.dynamodb.shards import SHARDS, shard_of
from prepaid.ledger.settlement import Settled, Settlement
from prepaid.runtime import jobs
from prepaid.runtime.jobs import AT_ONCE, RESERVE_MILLISECONDS, Unfinished

from functions.settle_due import app as settle_due
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness
from tests.support.memory import MemoryLedgerStore
from tests.support.stage import Stage


def one_of_each_shard() -> dict[int, AccountId]:
    """Return an account of every shard."""
    found: dict[int, AccountId] = {}
    for number in count():
        account_id = AccountId(f"due-{number}")
        found.setdefault(shard_of(account_id), account_id)
        if len(found) == SHARDS:
            return dict(sorted(found.items()))
    raise AssertionError


def with_ended_holds(stage: Stage) -> dict[int, AccountId]:
    """Let a hold end in an account of every shard."""
    accounts = one_of_each_shard()
    for account_id in accounts.values():
        stage.fund("1.00", account_id)
        stage.hold(account_id=account_id, amount="1.00")
    stage.now += 60
    return accounts


def test_shards_are_settled_at_the_same_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = with_ended_holds(stage)
    all_there, due = Barrier(AT_ONCE, timeout=30), stage.store.due

    def together(*, now: Instant, shard: int) -> Iterator[AccountId]:
        all_there.wait()
        return due(now=now, shard=shard)

    monkeypatch.setattr(stage.store, "due", together)

    answer = settle_due.handler({})

    assert (answer["accounts"], answer["unfound"]) == (len(accounts), 0)


def test_there_are_no_more_threads_than_connections() -> None:
    assert CONFIG.max_pool_connections >= AT_ONCE  # type: ignore[attr-defined]  # botocore sets it


@pytest.mark.fault(
    "C60",
    "What is due in one shard cannot be found",
    "The other shards are settled, it is logged and counted, and the job fails, which rings",
)
@pytest.mark.parametrize("failure", [Unavailable("down"), KeyError("customer@example.com")])
def test_a_shard_that_cannot_be_read_stops_no_other(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    accounts, due = with_ended_holds(stage), stage.store.due

    def but_one(*, now: Instant, shard: int) -> Iterator[AccountId]:
        if shard == 3:
            raise failure
        return due(now=now, shard=shard)

    monkeypatch.setattr(stage.store, "due", but_one)

    with pytest.raises(Unfinished):
        settle_due.handler({})

    assert {shard: len(stage.entries(each)) for shard, each in accounts.items()} == {
        shard: 2 if shard == 3 else 3 for shard in accounts
    }
    lost, settled = (vars(each) for each in caplog.records[-2:])
    assert (lost["message"], lost["shard"]) == ("what is due could not be found", 3)
    assert "customer@example.com" not in str(lost)
    assert (settled["unfound"], settled["accounts"]) == (1, SHARDS - 1)


def test_segments_share_the_shards(stage: Stage) -> None:
    accounts = with_ended_holds(stage)

    answers = [settle_due.handler({"segment": each, "segments": 4}) for each in range(4)]

    assert [each["accounts"] for each in answers] == [SHARDS // 4] * 4
    assert all(len(stage.entries(each)) == 3 for each in accounts.values())


@pytest.mark.fault(
    "C61",
    "The time is up in the midst of an account",
    "What is written stays, the run says that it did not finish, and the next one goes on",
)
def test_an_account_with_much_to_settle_is_left_when_the_time_is_up(funded: Stage) -> None:
    for number in range(45):
        funded.hold(f"h{number}", "0.01")
    funded.now += 60
    left = iter([RESERVE_MILLISECONDS + 1])
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: next(left, 1))

    answers = [settle_due.handler({}, context), settle_due.handler({})]

    assert [each["entries"] for each in answers] == [MAX_SETTLED, 45 - MAX_SETTLED]
    assert [each["finished"] for each in answers] == [False, True]


def test_pieces_are_done_by_threads_and_returned_in_order() -> None:
    all_there = Barrier(AT_ONCE, timeout=30)

    def do(piece: int) -> int:
        all_there.wait()
        return -piece

    assert list(jobs.in_parallel(do, range(AT_ONCE))) == [-piece for piece in range(AT_ONCE)]


def test_without_threads_the_shards_of_a_segment_are_settled_one_after_the_other() -> None:
    harness, asked = LedgerHarness(MemoryLedgerStore()), count(1)
    accounts = one_of_each_shard()
    for account_id in accounts.values():
        harness.give(account_id, "1.00")
        harness.hold(account_id, "h", "1.00")

    def failed(_: object, exc: Exception) -> None:
        raise exc

    settlement = Settlement(
        expiring=harness.store,
        ledger=harness.ledger,
        time_is_up=lambda: next(asked) > SHARDS // 2,
        failed=failed,
        unfound=failed,
        segment=1,
        segments=2,
    )

    settled = settlement.run(now=Instant(NOW + DAY_SECONDS), request_id="r")

    assert settled == Settled(accounts=SHARDS // 2, entries=SHARDS // 2)
    assert next(asked) == SHARDS // 2 + 1


@dataclass
class Due:
    """An index that says of accounts that they are due, which may be over by now."""

    found: list[AccountId]
    shards: range = range(1)

    def due(self, *, now: Instant, shard: int) -> Iterator[AccountId]:
        del now, shard
        yield from self.found


def test_an_account_with_nothing_to_settle_is_not_counted() -> None:
    harness = LedgerHarness(MemoryLedgerStore())
    for account_id in ("a", "b"):
        harness.give(AccountId(account_id), "10")
    harness.hold(AccountId("b"), "h", "5", expires_in=60)
    failures: list[Exception] = []
    settlement = Settlement(
        expiring=Due([AccountId("a"), AccountId("b")]),
        ledger=harness.ledger,
        time_is_up=lambda: False,
        failed=lambda _, exc: failures.append(exc),
        unfound=lambda _, exc: failures.append(exc),
    )

    settled = settlement.run(now=Instant(NOW + DAY_SECONDS), request_id="r")

    assert settled == Settled(accounts=1, entries=1)
    assert failures == []

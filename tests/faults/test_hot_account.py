"""Many clients of one account: in virtual time nobody starves and nothing is wasted."""

import pytest

from tests.support.conflict_model.rivals import HotAccount
from tests.support.conflict_model.virtual_time import VirtualTime


def test_fifty_clients_of_one_account_are_all_served() -> None:
    hot = HotAccount(seed=1)

    outcome = hot.closed_loop(clients=50, seconds=4)

    assert len(outcome.accepted_by) == 50
    assert outcome.unavailable == 0
    assert outcome.per_second >= 60
    assert outcome.units_each <= 20
    assert hot.account().balance.hundredths == 100_000_000 - 100 * outcome.accepted


def test_forty_spends_a_second_on_one_account_are_all_answered() -> None:
    outcome = HotAccount(seed=1).offered(per_second=40, seconds=4)

    assert outcome.unavailable == 0
    assert outcome.percentile(99) < 1


def test_the_same_seed_gives_the_same_outcome() -> None:
    first, second = (HotAccount(seed=7).offered(per_second=40, seconds=1) for _ in range(2))

    assert first == second


def test_who_waits_least_goes_on_first() -> None:
    time = VirtualTime()
    log: list[tuple[str, float]] = []

    def process(name: str, pause: float) -> None:
        for _ in range(2):
            time.sleep(pause)
            log.append((name, time.clock()))

    time.run([(0.0, lambda: process("slow", 3)), (1.0, lambda: process("fast", 1))])

    assert log == [("fast", 2), ("slow", 3), ("fast", 3), ("slow", 6)]


def test_only_a_process_can_let_time_pass() -> None:
    with pytest.raises(RuntimeError):
        VirtualTime().sleep(1)


def test_what_a_process_raises_is_raised_when_the_others_have_ended() -> None:
    time = VirtualTime()
    ended: list[float] = []

    def fail() -> None:
        raise LookupError

    def wait() -> None:
        time.sleep(5)
        ended.append(time.clock())

    with pytest.raises(LookupError):
        time.run([(0.0, fail), (0.0, wait)])

    assert ended == [5]

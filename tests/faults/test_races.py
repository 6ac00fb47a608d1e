"""Many writers at once, on a store that decides for real which of them comes first."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from threading import Barrier

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import PrepaidError
from prepaid.domain.limits import REACHED, Limit, LimitOwner, Window
from prepaid.ledger.changes import change
from prepaid.ledger.posting import Posting
from prepaid.runtime.retries import Deadline

from tests.faults.conftest import EmulatorTables
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.verifying import verify

WRITERS = 16
PATIENCE_SECONDS = 60
ROUNDS = 8


@pytest.fixture(scope="module")
def shops(tables: EmulatorTables) -> list[LedgerHarness]:
    """Return writers with clients of their own, patient enough for any race here."""
    budget = partial(Deadline, seconds=PATIENCE_SECONDS)
    return [tables.harness(budget=budget)[0] for _ in range(WRITERS)]


@pytest.mark.fault(
    "E36",
    "Two hundred spends of 1 on 100 credits",
    "One hundred succeed, one hundred are refused, nothing is left",
)
def test_two_hundred_spends_on_one_hundred_credits_post_exactly_one_hundred(
    shops: list[LedgerHarness],
) -> None:
    account_id = _opened(shops[0], "100.00")

    answers = _share(shops, [_spending(account_id, n) for n in range(200)])

    assert Counter(_outcome(each) for each in answers) == {
        "posted": 100,
        "insufficient_credits": 100,
    }
    assert shops[0].store.load(account_id).balance == Credits(0)
    assert len(shops[0].entries(account_id)) == 101
    assert verify(shops[0].store, account_id) == []


@pytest.mark.fault(
    "A7",
    "One key in two requests at once",
    "One of them executes, the other gets its answer",
)
def test_one_key_from_sixteen_writers_is_one_entry_and_fifteen_replays(
    shops: list[LedgerHarness],
) -> None:
    account_id = _opened(shops[0], "100.00")

    answers = _together(shops, [lambda harness: harness.spend(account_id, "same")] * WRITERS)

    assert Counter(_outcome(each) for each in answers) == {"posted": 1, "replayed": 15}
    assert len({each.entry.seq for each in answers if isinstance(each, Posting)}) == 1
    assert len(shops[0].entries(account_id)) == 2
    assert verify(shops[0].store, account_id) == []


@pytest.mark.fault("E86")
def test_a_limit_of_five_a_day_holds_under_fifty_spends_and_holds(
    shops: list[LedgerHarness],
) -> None:
    account_id = _opened(shops[0], "100.00")
    _limit(shops[0], account_id, "5.00")
    requests = [_spending(account_id, n) for n in range(25)]
    requests += [partial(_held, account_id=account_id, key=f"hold-{n}") for n in range(25)]

    answers = _share(shops, requests)

    account = shops[0].store.load(account_id)
    [limit] = account.limits
    assert Counter(_outcome(each) for each in answers) == {
        "posted": 5,
        "spending_limit_exceeded": 45,
    }
    assert limit.used + limit.held(account.holds) == limit.amount
    assert limit.used == Credits(10_000) - account.balance
    assert limit.level == REACHED
    assert verify(shops[0].store, account_id) == []


def _limit(harness: LedgerHarness, account_id: AccountId, amount: str) -> None:
    limit = Limit(window=Window.DAY, amount=Credits.parse(amount), by=LimitOwner.USER)

    def rule(decision: Decision) -> Decision:
        return replace(decision, account=replace(decision.account, limits=(limit,)))

    change(harness.ledger, account_id, rule, NOW, harness.budget(), request_id="limit")


def _held(harness: LedgerHarness, *, account_id: AccountId, key: str) -> Posting:
    return harness.hold(account_id, key, "1.00", expires_in=3600)


def test_nothing_is_spent_after_a_freeze(shops: list[LedgerHarness]) -> None:
    account_id = _opened(shops[0], "100.00")
    requests = [_spending(account_id, n) for n in range(WRITERS - 1)]
    requests.insert(5, lambda harness: harness.set_status(account_id, "freeze", status="frozen"))

    answers = _together(shops, requests)

    outcomes = Counter(_outcome(each) for each in answers)
    kinds = [each.kind for each in shops[0].entries(account_id)]
    frozen_at = kinds.index(EntryKind.STATUS)
    assert outcomes["posted"] + outcomes["account_frozen"] == WRITERS
    assert kinds[1:frozen_at] == [EntryKind.USAGE] * (outcomes["posted"] - 1)
    assert kinds[frozen_at + 1 :] == []
    assert verify(shops[0].store, account_id) == []


@pytest.mark.fault(
    "D33",
    "A capture races an expiry",
    "Exactly one of them ends the hold, the other is too late",
)
@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_capture_void_and_expiry_exactly_one_ends_a_hold(
    shops: list[LedgerHarness], _: int
) -> None:
    account_id = _opened(shops[0], "10.00")
    hold_id = shops[0].hold(account_id, "h", "2.00", expires_in=60).entry.hold_id
    assert hold_id is not None

    answers = _together(
        shops,
        [
            lambda harness: harness.capture(account_id, hold_id, "capture", 2),
            lambda harness: harness.void(account_id, hold_id, "void"),
            lambda harness: harness.spend(account_id, "later", now=Instant(NOW + 60)),
            lambda harness: harness.capture(account_id, hold_id, "other", 1),
        ],
    )

    outcomes = [_outcome(each) for each in answers]
    ends = [each for each in shops[0].entries(account_id) if each.key == f"hold-end:{hold_id}"]
    ended_by_expiry = ends[0].reason == "expired"
    assert len(ends) == 1
    assert outcomes[2] == "posted"
    assert Counter(outcomes[:2] + outcomes[3:]) == (
        {"hold_ended": 3} if ended_by_expiry else {"posted": 1, "hold_ended": 2}
    )
    assert shops[0].store.load(account_id).holds == ()
    assert verify(shops[0].store, account_id) == []


@pytest.mark.fault("D34.3")
@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_part_and_the_end_under_one_key_are_never_both_paid(
    shops: list[LedgerHarness], _: int
) -> None:
    account_id = _opened(shops[0], "10.00")
    hold_id = shops[0].hold(account_id, "h", "2.00").entry.hold_id
    assert hold_id is not None

    answers = _together(
        shops,
        [
            lambda harness: harness.capture(account_id, hold_id, "same", 1),
            lambda harness: harness.capture(account_id, hold_id, "same", 1, final=False),
            lambda harness: harness.extend(account_id, hold_id, "more", "1.00"),
            lambda harness: harness.hold_range(account_id, "rest", "1.00", "50.00"),
        ],
    )

    outcomes = [_outcome(each) for each in answers]
    account = shops[0].store.load(account_id)
    assert sorted(outcomes[:2]) in (["hold_ended", "posted"], ["idempotency_key_reused", "posted"])
    assert outcomes[2] in {"posted", "hold_ended", "insufficient_credits"}
    assert outcomes[3] == "posted"
    assert account.balance == Credits(900)
    assert account.available(NOW) >= Credits(0)
    assert verify(shops[0].store, account_id) == []


def test_batches_that_share_keys_post_each_key_once(shops: list[LedgerHarness]) -> None:
    account_id = _opened(shops[0], "100.00")
    texts = [f"k{number}" for number in range(60)]
    batches = [texts[:40], texts[20:], texts[::-1][:40], texts[::2]]

    answers = _together(shops, [_spending_many(account_id, batch) for batch in batches])

    outcomes = Counter(_outcome(answer) for batch in answers for answer in batch)  # type: ignore[union-attr]  # no batch fails
    assert outcomes == {"posted": 60, "replayed": sum(map(len, batches)) - 60}
    assert shops[0].store.load(account_id).balance == Credits(4_000)
    assert verify(shops[0].store, account_id) == []


@pytest.mark.fault(
    "C32",
    "Clocks disagree by minutes",
    "The account's time never goes back; entries are ordered by number",
)
def test_the_time_of_an_account_never_goes_back_between_clocks_that_disagree(
    shops: list[LedgerHarness],
) -> None:
    account_id = _opened(shops[0], "100.00")
    skews = [-300, 300, 0, 86_400, -86_400]

    _share(shops, [_spending(account_id, n, skews[n % len(skews)]) for n in range(60)])

    entries = shops[0].entries(account_id)
    assert [each.seq for each in entries] == list(range(1, 62))
    assert all(one.posted_at <= next_.posted_at for one, next_ in pairwise(entries))
    assert shops[0].store.load(account_id).as_of == entries[-1].posted_at
    assert verify(shops[0].store, account_id) == []


def _opened(harness: LedgerHarness, amount: str) -> AccountId:
    account_id = new_account_id()
    harness.give(account_id, amount)
    return account_id


def _spending(account_id: AccountId, n: int, skew: int = 0) -> Callable[[LedgerHarness], Posting]:
    return lambda harness: harness.spend(account_id, f"k{n}", now=Instant(NOW + skew))


def _spending_many(
    account_id: AccountId, texts: list[str]
) -> Callable[[LedgerHarness], list[Posting | PrepaidError]]:
    return lambda harness: harness.spend_many(account_id, texts)


def _together[T](
    shops: list[LedgerHarness], requests: list[Callable[[LedgerHarness], T]]
) -> list[T | PrepaidError]:
    """Make each request from a writer of its own, all from the same moment."""
    start = Barrier(len(requests))

    def run(harness: LedgerHarness, request: Callable[[LedgerHarness], T]) -> T | PrepaidError:
        start.wait()
        return _answer(harness, request)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(run, shops, requests))


def _share[T](
    shops: list[LedgerHarness], requests: list[Callable[[LedgerHarness], T]]
) -> list[T | PrepaidError]:
    """Make all requests, as many at a time as there are writers."""
    free = list(shops)

    def run(request: Callable[[LedgerHarness], T]) -> T | PrepaidError:
        harness = free.pop()
        try:
            return _answer(harness, request)
        finally:
            free.append(harness)

    with ThreadPoolExecutor(len(shops)) as pool:
        return list(pool.map(run, requests))


def _answer[T](harness: LedgerHarness, request: Callable[[LedgerHarness], T]) -> T | PrepaidError:
    try:
        return request(harness)
    except PrepaidError as error:
        return error


def _outcome(answer: object) -> str:
    if isinstance(answer, Posting):
        return "replayed" if answer.replayed else "posted"
    assert isinstance(answer, PrepaidError)
    return answer.code

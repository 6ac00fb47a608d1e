"""Many commands at once: one answer each, few round trips, and safe to repeat in any part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.errors import (
    Contended,
    InsufficientCredits,
    KeyReused,
    PrepaidError,
    Unavailable,
)
from prepaid.ledger.posting import MAX_ITEMS, Posting

from tests.domain.laws import tried
from tests.support.ledger_harness import NOW, LedgerHarness, executed, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.stores import TroubledStore, after, fails_with, loses_the_reply_with
from tests.support.verifying import verify

FIFTY = [f"k{number}" for number in range(50)]
FIVE_HUNDRED = [f"k{number}" for number in range(500)]


def outcomes(answers: list[Posting | PrepaidError]) -> list[str]:
    """Return each answer in a word."""
    return [
        ("replayed" if each.replayed else "posted") if isinstance(each, Posting) else each.code
        for each in answers
    ]


def test_fifty_are_accepted_replayed_or_refused_in_two_round_trips(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "50")
    store.trips()

    accepted = harness.spend_many(account_id, FIFTY)
    trips_to_accept = store.trips()
    refused = harness.spend_many(account_id, [f"new-{text}" for text in FIFTY])
    trips_to_refuse = store.trips()
    replayed_poor = harness.spend_many(account_id, FIFTY)
    trips_to_replay_poor = store.trips()
    harness.give(account_id, "50", key="more")
    store.trips()
    replayed = harness.spend_many(account_id, FIFTY)
    trips_to_replay = store.trips()

    assert (outcomes(accepted), trips_to_accept) == (["posted"] * 50, 2)
    assert (outcomes(refused), trips_to_refuse) == (["insufficient_credits"] * 50, 2)
    assert (outcomes(replayed_poor), trips_to_replay_poor) == (["replayed"] * 50, 2)
    assert (outcomes(replayed), trips_to_replay) == (["replayed"] * 50, 2)
    assert store.load(account_id).balance == Credits(5000)


def test_one_is_accepted_replayed_or_refused_in_two_round_trips(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "1")
    store.trips()

    harness.spend(account_id, "k")
    trips = [store.trips()]
    harness.spend(account_id, "k")
    trips.append(store.trips())
    with pytest.raises(InsufficientCredits):
        harness.spend(account_id, "new")
    trips.append(store.trips())

    assert trips == [2, 2, 2]


def test_five_hundred_fit_into_six_commits(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "500")
    store.trips()

    answers = harness.spend_many(account_id, FIVE_HUNDRED)

    assert outcomes(answers) == ["posted"] * 500
    assert store.calls == {"load": 1, "commit": 6}
    assert [each.entry.seq for each in answers if isinstance(each, Posting)] == list(range(2, 502))
    assert verify(store, account_id) == []


@pytest.mark.parametrize(("balance", "most_trips"), [("1000", 7), ("500", 7), ("503", 12)])
def test_five_hundred_repeated_change_nothing_and_stay_few_trips(
    harness: LedgerHarness,
    store: TroubledStore,
    account_id: AccountId,
    balance: str,
    most_trips: int,
) -> None:
    harness.give(account_id, balance)
    first = harness.spend_many(account_id, FIVE_HUNDRED)
    before = store.load(account_id)
    store.trips()

    again = harness.spend_many(account_id, FIVE_HUNDRED)

    assert store.trips() <= most_trips
    assert outcomes(again) == ["replayed"] * 500
    assert [each.entry for each in again if isinstance(each, Posting)] == [
        each.entry for each in first if isinstance(each, Posting)
    ]
    assert store.load(account_id) == before


@pytest.mark.parametrize("lost", range(6))
def test_five_hundred_repeated_after_a_reply_was_lost_change_nothing_twice(
    store: TroubledStore, account_id: AccountId, lost: int
) -> None:
    harness = LedgerHarness(store, budget=lambda: MemoryRetryBudget(pauses=0))
    harness.give(account_id, "520")  # so that no alert takes a place in a commit
    store.at_commit = [lambda call: call()] * lost + [loses_the_reply_with(Unavailable("lost"))]
    answers = harness.spend_many(account_id, FIVE_HUNDRED)

    again = harness.spend_many(account_id, FIVE_HUNDRED)

    assert outcomes(answers) == ["unavailable"] * 500
    landed = min((lost + 1) * (MAX_ITEMS - 1), 500)
    assert outcomes(again) == ["replayed"] * landed + ["posted"] * (500 - landed)
    assert store.load(account_id).balance == Credits(2_000)
    assert verify(store, account_id) == []


def test_a_lost_reply_inside_one_request_is_no_replay(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "500")
    store.at_commit = [
        loses_the_reply_with(Unavailable("lost")),
        fails_with(Contended()),
        loses_the_reply_with(Contended()),
    ]

    answers = harness.spend_many(account_id, FIVE_HUNDRED)

    assert outcomes(answers) == ["posted"] * 500
    assert store.load(account_id).balance == Credits(0)


@given(
    sent=st.lists(st.lists(st.integers(0, 12), max_size=15), min_size=1, max_size=5),
    balance=st.integers(0, 14),
)
@tried(150)
def test_whatever_is_repeated_each_key_is_paid_at_most_once(
    sent: list[list[int]], balance: int
) -> None:
    store, account_id = TroubledStore(), new_account_id()
    harness = LedgerHarness(store)
    harness.give(account_id, str(balance))
    paid: set[str] = set()

    for batch in sent:
        texts = [f"k{number}" for number in batch]
        answers = harness.spend_many(account_id, texts)
        for text, answer in zip(texts, outcomes(answers), strict=True):
            if text in paid:
                assert answer == "replayed"
            elif len(paid) < balance:
                assert answer == "posted"
                paid.add(text)
            else:
                assert answer == "insufficient_credits"

    assert store.load(account_id).balance == Credits(100 * (balance - len(paid)))
    assert verify(store, account_id) == []


def test_a_key_that_comes_twice_in_a_batch_is_paid_once_and_replayed(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    store.trips()

    answers = harness.spend_many(account_id, ["a", "a", "b", "a"])

    assert store.trips() == 2, "one commit"
    assert outcomes(answers) == ["posted", "replayed", "posted", "replayed"]
    assert store.load(account_id).balance == Credits(800)
    first, second, _, third = answers
    assert isinstance(first, Posting)
    assert isinstance(second, Posting)
    assert isinstance(third, Posting)
    assert first.entry == second.entry == third.entry


def test_a_key_that_comes_twice_with_other_contents_is_reused(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    usages = [(account_id, executed("a", 1)), (account_id, executed("a", 2))]

    answers = harness.metering.record_many(usages, NOW)

    assert outcomes(answers) == ["posted", "idempotency_key_reused"]
    assert isinstance(answers[1], KeyReused)


def test_a_refusal_does_not_stop_the_others(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.give(account_id, "10")
    usages = [
        (account_id, executed("a", 6)),
        (account_id, executed("b", 6)),
        (account_id, executed("c", 4)),
        (account_id, executed("d", 1)),
    ]

    answers = harness.metering.record_many(usages, NOW)

    assert outcomes(answers) == ["posted", "insufficient_credits", "posted", "insufficient_credits"]


def test_two_batches_that_share_keys_pay_each_once(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    rivals: list[list[str]] = []
    store.at_commit = [
        after(lambda: rivals.append(outcomes(harness.spend_many(account_id, ["b", "c", "d"])))),
    ]

    answers = harness.spend_many(account_id, ["a", "b", "c"])

    assert rivals == [["posted"] * 3]
    assert outcomes(answers) == ["posted", "replayed", "replayed"]
    assert store.load(account_id).balance == Credits(600)
    assert verify(store, account_id) == []


def test_a_batch_for_several_accounts_answers_in_order(harness: LedgerHarness) -> None:
    rich, poor = new_account_id("rich"), new_account_id("poor")
    harness.give(rich, "10")
    usages = [(each, executed(f"k{n}")) for n, each in enumerate([poor, rich, poor, rich])]

    answers = harness.metering.record_many(usages, NOW)

    assert outcomes(answers) == ["insufficient_credits", "posted"] * 2
    assert harness.store.load(rich).balance == Credits(800)


def test_one_account_that_cannot_be_reached_does_not_stop_the_others(
    store: TroubledStore,
) -> None:
    harness = LedgerHarness(store, budget=lambda: MemoryRetryBudget(pauses=0))
    mine, other = new_account_id("mine"), new_account_id("other")
    harness.give(mine, "10")
    harness.give(other, "10")
    store.at_load = [fails_with(Unavailable("down"))]
    usages = [(mine, executed("a")), (other, executed("b"))]

    answers = harness.metering.record_many(usages, NOW)

    assert outcomes(answers) == ["unavailable", "posted"]


def test_an_empty_batch_has_no_answers(harness: LedgerHarness, store: TroubledStore) -> None:
    assert harness.metering.record_many([], NOW) == []
    assert store.trips() == 0

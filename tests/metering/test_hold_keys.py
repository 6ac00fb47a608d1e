"""Keys of parts and extensions: what is a replay, what is a reuse, and what comes too late."""

from collections.abc import Callable

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import HoldEnded, KeyReused, NotFound
from prepaid.ledger.posting import Posting

from tests.support.ledger_harness import NOW, LedgerHarness
from tests.support.stores import TroubledStore, after
from tests.support.verifying import verify

type Ask = Callable[[LedgerHarness, AccountId], Posting]


@pytest.fixture
def held(harness: LedgerHarness, account_id: AccountId) -> AccountId:
    """Return an account with 10.00 credits, 5.00 of them held for a minute by entry 2."""
    harness.give(account_id, "10")
    harness.hold(account_id, "h", "5")
    return account_id


def part(key: str = "p", executions: int = 1, hold_id: int = 2) -> Ask:
    return lambda harness, account_id: harness.capture(
        account_id, hold_id, key, executions, final=False
    )


def end(key: str = "e", executions: int = 1) -> Ask:
    return lambda harness, account_id: harness.capture(account_id, 2, key, executions)


def void(key: str = "e") -> Ask:
    return lambda harness, account_id: harness.void(account_id, 2, key)


def extension(key: str = "x", amount: str | None = "1", hold_id: int = 2) -> Ask:
    return lambda harness, account_id: harness.extend(account_id, hold_id, key, amount, 120)


def test_a_part_and_an_extension_have_keys_of_their_own(
    harness: LedgerHarness, held: AccountId
) -> None:
    keys = [ask(harness, held).entry.key for ask in (part("k"), extension("k"), end("e"))]

    assert keys == ["s:capture:k", "s:extend:k", "hold-end:2"]
    assert verify(harness.store, held) == []


@pytest.mark.fault(
    "D34.4",
    "A part or an extension comes after the end, or again",
    "Its repeat is a replay, anything new is 409",
)
@pytest.mark.parametrize("ask", [part(), extension()])
def test_a_repeat_is_a_replay_also_after_the_hold_has_ended(
    harness: LedgerHarness, held: AccountId, ask: Ask
) -> None:
    first = ask(harness, held)

    again = ask(harness, held)
    end()(harness, held)
    later = ask(harness, held)

    assert (again, later) == (Posting(first.entry, replayed=True),) * 2
    assert len(harness.entries(held)) == 4


@pytest.mark.fault(
    "D34.3",
    "One key for a part of a hold and for its end",
    "The second is refused with 422: nothing is paid twice",
)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (part("k", 1), part("k", 2)),
        (part("k"), part("k", hold_id=3)),
        (part("k"), end("k")),
        (part("k"), void("k")),
        (extension("k", "1"), extension("k", "2")),
        (extension("k"), extension("k", hold_id=3)),
    ],
)
def test_one_key_for_two_requests_is_refused_and_nothing_is_paid_twice(
    harness: LedgerHarness, held: AccountId, first: Ask, second: Ask
) -> None:
    harness.hold(held, "other", "1")
    first(harness, held)
    before = harness.entries(held)

    with pytest.raises(KeyReused):
        second(harness, held)

    assert harness.entries(held) == before


def test_a_part_under_the_key_of_the_end_that_came_before_is_too_late(
    harness: LedgerHarness, held: AccountId
) -> None:
    end("k")(harness, held)
    before = harness.entries(held)

    with pytest.raises(HoldEnded):
        part("k")(harness, held)

    assert harness.entries(held) == before


def test_an_end_under_another_writers_key_is_no_reuse(
    harness: LedgerHarness, held: AccountId
) -> None:
    part("k")(harness, held)

    assert end("other")(harness, held).entry.amount == Credits(-100)


@pytest.mark.fault("D34.4")
@pytest.mark.parametrize("ask", [part(), extension()])
@pytest.mark.parametrize("how", ["captured", "voided", "expired", "released"])
def test_what_is_asked_of_a_hold_that_has_ended_is_told_so(
    harness: LedgerHarness, held: AccountId, ask: Ask, how: str
) -> None:
    if how in {"captured", "voided"}:
        (end() if how == "captured" else void())(harness, held)
    elif how == "released":
        harness.settle(held, Instant(NOW + 60))
    else:
        harness.spend(held, "later", now=Instant(NOW + 60))

    with pytest.raises(HoldEnded):
        ask(harness, held)


@pytest.mark.parametrize("ask", [part(hold_id=77), extension(hold_id=77), part(hold_id=1)])
def test_what_was_never_a_hold_is_not_found(
    harness: LedgerHarness, held: AccountId, ask: Ask
) -> None:
    with pytest.raises(NotFound):
        ask(harness, held)


@pytest.mark.fault("D34.3")
def test_a_part_that_comes_between_look_and_commit_makes_the_end_look_again(
    harness: LedgerHarness, held: AccountId, store: TroubledStore
) -> None:
    rival = LedgerHarness(store)
    part("first")(harness, held)
    store.at_commit = [after(lambda: part("k")(rival, held))]

    with pytest.raises(KeyReused):
        end("k")(harness, held)

    assert harness.store.load(held).holds[0].parts == 2
    assert verify(harness.store, held) == []


@pytest.mark.fault(
    "D36",
    "What is available is spent while a hold of a range is made",
    "The range is decided again of what is there at the commit",
)
def test_a_range_is_decided_from_what_is_available_at_the_commit(
    harness: LedgerHarness, held: AccountId, store: TroubledStore
) -> None:
    rival = LedgerHarness(store)
    store.at_commit = [after(lambda: rival.spend(held, "rival", 2))]

    entry = harness.hold_range(held, "r", "1", "50").entry

    assert (entry.held_change, entry.available_after) == (Credits(300), Credits(0))
    assert verify(harness.store, held) == []

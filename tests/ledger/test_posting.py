"""The ledger: each command happens once, whatever happens to the commits."""

from collections.abc import Callable

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Adjust, Command, Give
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    Contended,
    HoldEnded,
    InsufficientCredits,
    KeyReused,
    NotFound,
    Unavailable,
)
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key, Writer
from prepaid.ledger.posting import Posting

from tests.support.ledger_harness import NOW, LedgerHarness, executed
from tests.support.memory import MemoryRetryBudget
from tests.support.stores import TroubledStore, after, fails_with, loses_the_reply_with
from tests.support.verifying import verify

LATER = Instant(NOW + 60)


def test_a_repeat_gets_the_first_answer_and_changes_nothing(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    first = harness.spend(account_id, "k")
    before = harness.store.load(account_id)

    again = harness.spend(account_id, "k", now=LATER)

    assert again == Posting(first.entry, replayed=True)
    assert not first.replayed
    assert harness.store.load(account_id) == before


@pytest.mark.fault("A2")
def test_a_repeat_after_the_balance_is_gone_gets_its_first_answer(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    first = harness.spend(account_id, "k", 4)
    harness.spend(account_id, "the rest", 6)

    again = harness.spend(account_id, "k", 4)

    assert again == Posting(first.entry, replayed=True)
    assert harness.store.load(account_id).balance == Credits(0)


def test_a_repeat_after_the_account_was_frozen_gets_its_first_answer(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    first = harness.spend(account_id, "k")
    harness.set_status(account_id, "freeze", status=Status.FROZEN)

    assert harness.spend(account_id, "k").entry == first.entry
    with pytest.raises(AccountFrozen):
        harness.spend(account_id, "new")


def test_a_repeat_after_its_operation_lost_its_price_gets_its_first_answer(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    first = harness.spend(account_id, "k")
    without = LedgerHarness(harness.store, catalogue=type(harness.catalogue)())

    assert without.spend(account_id, "k").entry == first.entry


def test_a_repeat_after_its_hold_expired_gets_its_first_answer(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    hold = harness.hold(account_id, "h", "4")
    assert hold.entry.hold_id is not None
    captured = harness.capture(account_id, hold.entry.hold_id, "e", 2)
    much_later = Instant(NOW + 86_400)

    assert harness.hold(account_id, "h", "4", now=much_later).entry == hold.entry
    again = harness.capture(account_id, hold.entry.hold_id, "e", 2, now=much_later)
    assert again == Posting(captured.entry, replayed=True)


@pytest.mark.fault("A8")
def test_a_key_with_another_content_is_reused_and_changes_nothing(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    harness.spend(account_id, "k", 1)
    before = harness.store.load(account_id)

    with pytest.raises(KeyReused, match="usage"):
        harness.spend(account_id, "k", 2)
    with pytest.raises(KeyReused):
        harness.spend(account_id, "k", 200)

    assert harness.store.load(account_id) == before


def test_a_refused_key_is_free_and_can_be_used_later(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "1")
    with pytest.raises(InsufficientCredits):
        harness.spend(account_id, "k", 2)
    harness.give(account_id, "5", key="more")

    posted = harness.spend(account_id, "k", 3)

    assert (posted.replayed, posted.entry.amount) == (False, Credits(-300))


def test_accounts_do_not_share_keys(harness: LedgerHarness) -> None:
    mine, other = AccountId("mine"), AccountId("other")
    harness.give(mine, "10")
    harness.give(other, "10")
    harness.spend(mine, "k", 1)

    posted = harness.spend(other, "k", 2)

    assert (posted.replayed, posted.entry.account_id) == (False, other)


@pytest.mark.fault("A3")
@pytest.mark.parametrize("error", [Contended(), Unavailable("lost")])
def test_a_reply_that_is_lost_is_no_replay_to_the_request_that_lost_it(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId, error: Exception
) -> None:
    harness.give(account_id, "10")
    store.at_commit = [loses_the_reply_with(error)]

    posted = harness.spend(account_id, "k", 4)

    assert (posted.replayed, posted.entry.amount) == (False, Credits(-400))
    assert store.load(account_id).balance == Credits(600)
    assert harness.spend(account_id, "k", 4).replayed


@pytest.mark.fault("A3")
def test_a_lost_reply_is_settled_even_when_a_rival_spent_the_rest(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    lost = loses_the_reply_with(Unavailable("lost"))

    def land_and_be_followed(call: Callable[[], None]) -> None:
        try:
            lost(call)
        finally:
            harness.spend(account_id, "rival", 6)

    store.at_commit = [land_and_be_followed]

    posted = harness.spend(account_id, "k", 4)

    assert not posted.replayed
    assert store.load(account_id).balance == Credits(0)
    assert verify(store, account_id) == []


@pytest.mark.parametrize("error", [Contended(), Unavailable("lost")])
def test_a_busy_store_is_tried_again(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId, error: Exception
) -> None:
    harness.give(account_id, "10")
    store.at_load = [fails_with(error)] * 3
    store.at_commit = [fails_with(error)] * 3

    posted = harness.spend(account_id, "k")

    assert not posted.replayed
    assert store.load(account_id).balance == Credits(900)


@pytest.mark.parametrize("part", ["at_load", "at_commit"])
@pytest.mark.parametrize("error", [Contended(), Unavailable("lost")])
def test_patience_ends_and_repeating_settles_it(
    store: TroubledStore, account_id: AccountId, part: str, error: Exception
) -> None:
    harness = LedgerHarness(store, budget=lambda: MemoryRetryBudget(pauses=3))
    harness.give(account_id, "10")
    setattr(store, part, [fails_with(error)] * 4)

    with pytest.raises(Unavailable):
        harness.spend(account_id, "k")

    assert store.load(account_id).balance == Credits(1000)
    assert not harness.spend(account_id, "k").replayed


def test_an_account_that_moved_is_decided_again_without_a_second_read(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    rival = LedgerHarness(store)
    harness.give(account_id, "10")
    store.at_commit = [after(lambda: rival.spend(account_id, "rival", 7))]
    store.trips()

    posted = harness.spend(account_id, "k", 3)

    assert posted.entry.balance_after == Credits(0)
    assert store.calls == {"load": 2, "commit": 3}, "one read each, one commit in vain"


def test_an_account_that_moved_may_turn_a_yes_into_a_no(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    store.at_commit = [after(lambda: harness.spend(account_id, "rival", 7))]

    with pytest.raises(InsufficientCredits) as raised:
        harness.spend(account_id, "k", 4)

    assert raised.value.available == Credits(300)
    assert harness.ledger.entry(account_id, keys.usage(Writer.SERVICE, "k")) is None


def test_a_freeze_that_comes_first_stops_the_spend(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    freeze = after(lambda: harness.set_status(account_id, "freeze", status=Status.FROZEN))
    store.at_commit = [freeze]

    with pytest.raises(AccountFrozen):
        harness.spend(account_id, "k")

    assert store.load(account_id).balance == Credits(1000)


@pytest.mark.fault("A7")
def test_one_key_in_two_requests_at_once_happens_once(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    outcomes: list[Posting] = []
    store.at_commit = [after(lambda: outcomes.append(harness.spend(account_id, "k", 4)))]

    posted = harness.spend(account_id, "k", 4)

    assert posted == Posting(outcomes[0].entry, replayed=True)
    assert store.load(account_id).balance == Credits(600)


def test_one_key_in_two_requests_at_once_with_other_contents_is_reused(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    store.at_commit = [after(lambda: harness.spend(account_id, "k", 4))]

    with pytest.raises(KeyReused):
        harness.spend(account_id, "k", 3)

    assert store.load(account_id).balance == Credits(600)


def test_a_rival_that_expired_the_same_grant_is_no_replay(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    harness.hold(account_id, "h", "4", expires_in=60)
    store.at_commit = [after(lambda: harness.spend(account_id, "rival", 1, now=LATER))]

    posted = harness.spend(account_id, "k", 9, now=LATER)

    assert (posted.replayed, posted.entry.balance_after) == (False, Credits(0))
    assert [each.kind for each in harness.entries(account_id)].count(EntryKind.RELEASE) == 1
    assert verify(store, account_id) == []


@pytest.mark.fault("D33")
def test_a_capture_beats_the_expiry_that_a_fast_clock_decided(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    hold_id = harness.hold(account_id, "h", "4", expires_in=60).entry.seq
    capture = after(lambda: harness.capture(account_id, hold_id, "e", 3, now=Instant(NOW + 59)))
    store.at_commit = [capture]

    posted = harness.spend(account_id, "k", 1, now=LATER)

    assert posted.entry.balance_after == Credits(600)
    assert verify(store, account_id) == []


@pytest.mark.fault("D33")
def test_an_expiry_beats_the_capture_that_a_slow_clock_decided(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    hold_id = harness.hold(account_id, "h", "4", expires_in=60).entry.seq
    store.at_commit = [after(lambda: harness.settle(account_id, LATER))]

    with pytest.raises(HoldEnded):
        harness.capture(account_id, hold_id, "e", 3, now=Instant(NOW + 59))

    assert store.load(account_id).balance == Credits(1000)
    assert verify(store, account_id) == []


@pytest.mark.fault("D33")
@pytest.mark.fault("D34")
def test_a_void_beats_the_capture_and_the_capture_is_told(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    hold_id = harness.hold(account_id, "h", "4").entry.seq
    store.at_commit = [after(lambda: harness.void(account_id, hold_id, "v"))]

    with pytest.raises(HoldEnded):
        harness.capture(account_id, hold_id, "e", 3)

    assert store.load(account_id).balance == Credits(1000)


def test_the_ledger_reads_accounts_and_entries(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    assert harness.ledger.account(account_id).version == 0
    assert harness.ledger.entry(account_id, keys.adjustment("opening")) is None

    posted = harness.give(account_id, "10")

    assert harness.ledger.account(account_id).balance == Credits(1000)
    assert harness.ledger.entry(account_id, keys.adjustment("opening")) == posted.entry


def test_an_unknown_account_is_not_created_by_a_refused_adjustment(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    command = Adjust(
        key=keys.adjustment("k"),
        actor="admin:admin-1",
        request_id="r",
        amount=Credits(1),
    )

    with pytest.raises(NotFound):
        harness.ledger.post(account_id, lambda _: command, NOW)

    assert harness.store.load(account_id).version == 0


def test_a_command_is_prepared_again_from_the_account_as_it_has_become(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "10")
    seen: list[Credits] = []
    store.at_commit = [after(lambda: harness.spend(account_id, "rival", 7))]

    def prepare(account: object) -> Command:
        seen.append(getattr(account, "balance"))  # noqa: B009 - any account will do
        return Adjust(
            key=keys.adjustment("k"),
            actor="admin:admin-1",
            request_id="r",
            amount=Credits(1),
        )

    harness.ledger.post(account_id, prepare, NOW)

    assert seen == [Credits(1000), Credits(300)]


def settled_account(harness: LedgerHarness, account_id: AccountId) -> None:
    harness.give(account_id, "10")
    for number in range(3):
        harness.hold(account_id, f"h{number}", "1", expires_in=60)


def test_settling_writes_what_has_ended_once(harness: LedgerHarness, account_id: AccountId) -> None:
    settled_account(harness, account_id)

    made = harness.settle(account_id, LATER)

    assert [each.kind for each in made] == [EntryKind.RELEASE] * 3
    assert harness.settle(account_id, LATER) == ()
    assert verify(harness.store, account_id) == []


@pytest.mark.parametrize("error", [Contended(), Unavailable("lost")])
def test_settling_is_tried_again_and_never_done_twice(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId, error: Exception
) -> None:
    settled_account(harness, account_id)
    store.at_commit = [fails_with(error), loses_the_reply_with(error)]

    harness.settle(account_id, LATER)

    assert len(harness.entries(account_id)) == 7
    assert verify(store, account_id) == []


@pytest.mark.fault("C30.2")
def test_two_that_settle_at_once_settle_once(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    settled_account(harness, account_id)
    store.at_commit = [after(lambda: harness.settle(account_id, LATER))]

    made = harness.settle(account_id, LATER)

    assert made == ()
    assert len(harness.entries(account_id)) == 7


def test_settling_goes_on_from_where_a_rival_left_the_account(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    settled_account(harness, account_id)
    store.at_commit = [after(lambda: harness.spend(account_id, "rival", 1, now=NOW))]

    made = harness.settle(account_id, LATER)

    assert len(made) == 3
    assert verify(store, account_id) == []


def test_a_hold_keeps_no_credits_alive_that_expired_before_it(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "1")
    for number in range(45):
        command = Give(
            key=Key(f"a:grant:{number}"),
            actor="stripe",
            request_id="r",
            entry_kind=EntryKind.GRANT,
            grant_kind=GrantKind.PURCHASED,
            amount=Credits(100),
            expires_at=LATER,
        )
        harness.ledger.post(account_id, lambda _, command=command: command, NOW)  # type: ignore[misc]  # bound now
    store.trips()

    held = harness.hold(account_id, "h", "1", now=LATER)

    assert held.entry.available_after == Credits(0)
    assert store.calls == {"load": 1, "commit": 3}, "20 and 20 settled alone, 5 with the hold"
    with pytest.raises(InsufficientCredits):
        harness.spend(account_id, "k", now=LATER)
    assert verify(store, account_id) == []


@pytest.mark.parametrize("writers", [2, 9])
def test_rivals_that_interleave_spend_exactly_what_there_is(
    store: TroubledStore, account_id: AccountId, writers: int
) -> None:
    LedgerHarness(store).give(account_id, "5")

    def go(number: int) -> int:
        if number == writers:
            return 0
        accepted = 0

        def next_writer() -> None:
            nonlocal accepted
            accepted += go(number + 1)

        store.at_commit = [after(next_writer)]
        try:
            LedgerHarness(store).metering.record(account_id, executed(f"k{number}"), NOW)
        except InsufficientCredits:
            return accepted
        return accepted + 1

    assert go(0) == min(writers, 5)
    assert store.load(account_id).balance == Credits(max(500 - 100 * writers, 0))

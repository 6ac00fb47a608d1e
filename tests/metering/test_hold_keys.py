"""Keys of parts and extensions: what is a replay, what is a reuse, and what comes too late."""

from collections.abc import Callable

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import HoldEnded, KeyReused, NotFound
from prepaid.ledger.posting import Posted

from tests.support.shop import NOW, Shop
from tests.support.stores import TroubledStore, after
from tests.support.verifying import verify

type Ask = Callable[[Shop, AccountId], Posted]


@pytest.fixture
def held(shop: Shop, account_id: AccountId) -> AccountId:
    """Return an account with 10.00 credits, 5.00 of them held for a minute by entry 2."""
    shop.give(account_id, "10")
    shop.hold(account_id, "h", "5")
    return account_id


def part(key: str = "p", executions: int = 1, hold_id: int = 2) -> Ask:
    return lambda shop, account_id: shop.capture(account_id, hold_id, key, executions, final=False)


def end(key: str = "e", executions: int = 1) -> Ask:
    return lambda shop, account_id: shop.capture(account_id, 2, key, executions)


def void(key: str = "e") -> Ask:
    return lambda shop, account_id: shop.void(account_id, 2, key)


def extension(key: str = "x", amount: str | None = "1", hold_id: int = 2) -> Ask:
    return lambda shop, account_id: shop.extend(account_id, hold_id, key, amount, 120)


def test_a_part_and_an_extension_have_keys_of_their_own(shop: Shop, held: AccountId) -> None:
    keys = [ask(shop, held).entry.key for ask in (part("k"), extension("k"), end("e"))]

    assert keys == ["s:capture:k", "s:extend:k", "hold-end:2"]
    assert verify(shop.store, held) == []


@pytest.mark.parametrize("ask", [part(), extension()])
def test_a_repeat_is_a_replay_also_after_the_hold_has_ended(
    shop: Shop, held: AccountId, ask: Ask
) -> None:
    first = ask(shop, held)

    again = ask(shop, held)
    end()(shop, held)
    later = ask(shop, held)

    assert (again, later) == (Posted(first.entry, replayed=True),) * 2
    assert len(shop.entries(held)) == 4


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
    shop: Shop, held: AccountId, first: Ask, second: Ask
) -> None:
    shop.hold(held, "other", "1")
    first(shop, held)
    before = shop.entries(held)

    with pytest.raises(KeyReused):
        second(shop, held)

    assert shop.entries(held) == before


def test_a_part_under_the_key_of_the_end_that_came_before_is_too_late(
    shop: Shop, held: AccountId
) -> None:
    end("k")(shop, held)
    before = shop.entries(held)

    with pytest.raises(HoldEnded):
        part("k")(shop, held)

    assert shop.entries(held) == before


def test_an_end_under_another_writers_key_is_no_reuse(shop: Shop, held: AccountId) -> None:
    part("k")(shop, held)

    assert end("other")(shop, held).entry.amount == Credits(-100)


@pytest.mark.parametrize("ask", [part(), extension()])
@pytest.mark.parametrize("how", ["captured", "voided", "expired", "released"])
def test_what_is_asked_of_a_hold_that_has_ended_is_told_so(
    shop: Shop, held: AccountId, ask: Ask, how: str
) -> None:
    if how in {"captured", "voided"}:
        (end() if how == "captured" else void())(shop, held)
    elif how == "released":
        shop.settle(held, Instant(NOW + 60))
    else:
        shop.spend(held, "later", now=Instant(NOW + 60))

    with pytest.raises(HoldEnded):
        ask(shop, held)


@pytest.mark.parametrize("ask", [part(hold_id=77), extension(hold_id=77), part(hold_id=1)])
def test_what_was_never_a_hold_is_not_found(shop: Shop, held: AccountId, ask: Ask) -> None:
    with pytest.raises(NotFound):
        ask(shop, held)


def test_a_part_that_comes_between_look_and_commit_makes_the_end_look_again(
    shop: Shop, held: AccountId, store: TroubledStore
) -> None:
    rival = Shop(store)
    part("first")(shop, held)
    store.at_commit = [after(lambda: part("k")(rival, held))]

    with pytest.raises(KeyReused):
        end("k")(shop, held)

    assert shop.store.load(held).holds[0].parts == 2
    assert verify(shop.store, held) == []


def test_a_range_is_decided_from_what_is_available_at_the_commit(
    shop: Shop, held: AccountId, store: TroubledStore
) -> None:
    rival = Shop(store)
    store.at_commit = [after(lambda: rival.spend(held, "rival", 2))]

    entry = shop.hold_range(held, "r", "1", "50").entry

    assert (entry.held_change, entry.available_after) == (Credits(300), Credits(0))
    assert verify(shop.store, held) == []

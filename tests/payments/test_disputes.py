"""What is gone in a dispute, and that the same facts say the same in every order."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import Instant
from prepaid.payments.disputes import Disputed, DisputeStatus, Movement, MovementKind

from tests.domain.laws import tried

AT = 1_795_000_000
STATUSES = tuple(DisputeStatus)


def moved(
    amount: int, kind: MovementKind = MovementKind.WITHDRAWAL, currency: str = "usd"
) -> Movement:
    return Movement(kind=kind, amount=amount, currency=currency, created=Instant(AT))


def back(amount: int) -> Movement:
    return moved(amount, MovementKind.REVERSAL)


def reported(
    *movements: Movement, status: DisputeStatus = DisputeStatus.LOST, at: int = AT, **more: bool
) -> Disputed:
    return Disputed(
        dispute_id="du_1",
        amount=4500,
        status=status,
        at=Instant(at),
        currency="usd",
        movements={f"txn_{place}": each for place, each in enumerate(movements)},
        **more,
    )


@pytest.mark.fault(
    "B18.2",
    "A lost dispute returns a part",
    "The rest is gone, to the smallest unit, in every order",
)
@pytest.mark.parametrize(
    ("dispute", "gone"),
    [
        (reported(moved(-4500), back(1500)), 3000),
        (reported(moved(-4500), back(2250)), 2250),
        (reported(moved(-4500), back(500)), 4000),
        (reported(moved(-4500), back(1)), 4499),
        (reported(moved(-4500), back(4500)), 0),
        (reported(moved(-4500), back(9000)), 0),
        (reported(moved(-4500), moved(7)), 4500),
        (reported(moved(-4500), back(4400), status=DisputeStatus.WON), 0),
        (reported(moved(-4500), status=DisputeStatus.WON), 0),
        (reported(moved(-4500), back(4400), status=DisputeStatus.UNDER_REVIEW), 100),
        (reported(moved(-4000, currency="eur"), moved(1, MovementKind.REVERSAL, "eur")), 4499),
        (reported(moved(-4000, currency="eur"), back(4000)), 4500),
        (reported(moved(-4500), moved(-1500, MovementKind.REVERSAL)), 4500),
        (reported(back(4500), status=DisputeStatus.NEEDS_RESPONSE, withdrawn=True), 0),
        (reported(moved(-4500), status=DisputeStatus.INQUIRY_CLOSED), 4500),
        (reported(), 4500),
        (reported(reinstated=True), 4500),
        (reported(status=DisputeStatus.WON, withdrawn=True), 0),
        (reported(status=DisputeStatus.INQUIRY, withdrawn=True), 0),
        (reported(status=DisputeStatus.PREVENTED, withdrawn=True), 0),
        (reported(status=DisputeStatus.NEEDS_RESPONSE), 0),
        (reported(status=DisputeStatus.NEEDS_RESPONSE, withdrawn=True), 4500),
        (reported(status=DisputeStatus.UNDER_REVIEW, withdrawn=True, reinstated=True), 0),
    ],
)
def test_what_is_gone_is_an_amount(dispute: Disputed, gone: int) -> None:
    assert dispute.gone == gone


@pytest.mark.parametrize(
    ("dispute", "kinds"),
    [
        (reported(moved(-1), moved(1, MovementKind.REVERSAL, "eur")), ["dispute_currencies"]),
        (reported(reinstated=True), ["dispute_without_amounts"]),
        (reported(moved(-4500), reinstated=True), []),
        (reported(status=DisputeStatus.WON, reinstated=True), []),
    ],
)
def test_what_cannot_be_counted_is_shown_to_an_admin(dispute: Disputed, kinds: list[str]) -> None:
    assert [kind for kind, _ in dispute.doubts] == kinds


def _merged(facts: tuple[Disputed, ...]) -> Disputed:
    known = facts[0]
    for fact in facts[1:]:
        known = known.merged(fact)
    return known


RANK = {status: place for place, status in enumerate(DisputeStatus)}


@pytest.mark.parametrize(("first", "second"), list(product(STATUSES, STATUSES)))
def test_each_pair_of_statuses_in_both_orders(first: DisputeStatus, second: DisputeStatus) -> None:
    earlier, later = reported(status=first), reported(status=second, at=AT + 1)
    decided = {DisputeStatus.WON, DisputeStatus.LOST}
    expected = first if first in decided and second not in decided else second
    together = (reported(status=first), reported(status=second))

    assert _merged((earlier, later)).status == expected
    assert _merged((later, earlier)).status == expected
    assert {_merged(each).status for each in permutations(together)} == {
        max(first, second, key=RANK.__getitem__)
    }


@pytest.mark.fault("B18.4")
def test_of_two_contents_of_a_movement_the_one_with_more_money_gone_stays() -> None:
    whole, part = reported(moved(-4500), back(500)), reported(moved(-4500), back(1500))
    swapped = reported(moved(-4500), moved(-500))

    assert {_merged(each).gone for each in permutations((whole, part))} == {4000}
    assert {_merged(each).gone for each in permutations((whole, part, swapped))} == {4500}
    assert whole.contradictions(part) == part.contradictions(whole) == ["txn_1"]
    assert whole.contradictions(reported(moved(-4500))) == []


movements = st.dictionaries(
    st.sampled_from(["txn_1", "txn_2", "txn_3"]),
    st.builds(
        Movement,
        kind=st.sampled_from(MovementKind),
        amount=st.sampled_from([-4500, -7, 7, 500, 4500]),
        currency=st.sampled_from(["usd", "eur"]),
        created=st.just(Instant(AT)),
    ),
    max_size=3,
)
facts = st.builds(
    Disputed,
    dispute_id=st.just("du_1"),
    amount=st.sampled_from([4500, 4000]),
    status=st.sampled_from(STATUSES),
    withdrawn=st.booleans(),
    reinstated=st.booleans(),
    at=st.integers(AT, AT + 3).map(Instant),
    currency=st.just("usd"),
    movements=movements,
)


@tried(300)
@given(one=facts, two=facts, three=facts)
def test_facts_merge_in_any_order_grouping_and_repetition(
    one: Disputed, two: Disputed, three: Disputed
) -> None:
    assert one.merged(two) == two.merged(one)
    assert one.merged(two).merged(three) == one.merged(two.merged(three))
    assert one.merged(one) == one
    assert 0 <= _merged((one, two, three)).gone <= 4500

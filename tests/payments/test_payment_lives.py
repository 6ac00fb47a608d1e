"""After every single event of a payment's life, what is taken back and what its status is."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import GrantKind
from prepaid.payments.disputes import Disputed
from prepaid.payments.payment import Payment
from prepaid.payments.refund_facts import Refunded, RefundStatus
from prepaid.payments.stripe.words import dispute_status

from tests.support.gifts import gift
from tests.support.ledger_harness import NOW
from tests.support.sales import Sales
from tests.support.selling import PRICE, Counter, refunded
from tests.support.stripe_events import StripeHistory, envelope

USER = AccountId("user-1")
REFUND, CHARGE, DISPUTE = "re_1", "ch_1", "du_1"
NOTHING, HALF, ALL = "0.00", "275.00", "550.00"
DECIDED = ("won", "lost")
GONE = {
    "warning_needs_response": (NOTHING, "disputed"),
    "warning_under_review": (NOTHING, "disputed"),
    "warning_closed": (NOTHING, "succeeded"),
    "needs_response": (NOTHING, "disputed"),
    "under_review": (NOTHING, "disputed"),
    "prevented": (NOTHING, "succeeded"),
    "won": (NOTHING, "succeeded"),
    "lost": (ALL, "disputed"),
    "something_new": (NOTHING, "disputed"),
}
"""What a dispute of each status takes back while no event has said that money moved."""


@pytest.mark.fault(
    "B18.3",
    "An event is misread, and a later one hides it",
    "Credits taken back and status are right after every single event, for all pairs of dispute "
    "statuses in both orders",
)
@pytest.mark.parametrize(
    ("kind", "object_id", "fields", "expected"),
    [
        ("refund.created", REFUND, {"status": "pending"}, (HALF, "succeeded")),
        ("refund.created", REFUND, {"status": "requires_action"}, (HALF, "succeeded")),
        ("refund.created", REFUND, {"status": "succeeded"}, (HALF, "succeeded")),
        ("refund.created", REFUND, {"status": None}, (HALF, "succeeded")),
        ("refund.created", REFUND, {}, (HALF, "succeeded")),
        ("refund.updated", REFUND, {"status": "canceled"}, (NOTHING, "succeeded")),
        ("refund.failed", REFUND, {"status": "failed"}, (NOTHING, "succeeded")),
        ("refund.created", REFUND, {"amount": PRICE, "status": "pending"}, (ALL, "refunded")),
        ("charge.refunded", CHARGE, {"amount_refunded": 2250}, (HALF, "succeeded")),
        ("charge.refunded", CHARGE, {"amount_refunded": PRICE}, (ALL, "refunded")),
        ("created", DISPUTE, {"status": "warning_needs_response"}, (NOTHING, "disputed")),
        ("updated", DISPUTE, {"status": "warning_under_review"}, (NOTHING, "disputed")),
        ("closed", DISPUTE, {"status": "warning_closed"}, (NOTHING, "succeeded")),
        ("created", DISPUTE, {"status": "needs_response"}, (NOTHING, "disputed")),
        ("updated", DISPUTE, {"status": "under_review"}, (NOTHING, "disputed")),
        ("funds_withdrawn", DISPUTE, {"status": "needs_response"}, (ALL, "disputed")),
        ("funds_withdrawn", DISPUTE, {"status": "under_review"}, (ALL, "disputed")),
        ("funds_reinstated", DISPUTE, {"status": "under_review"}, (NOTHING, "disputed")),
        ("funds_reinstated", DISPUTE, {"status": "won"}, (NOTHING, "succeeded")),
        ("closed", DISPUTE, {"status": "won"}, (NOTHING, "succeeded")),
        ("closed", DISPUTE, {"status": "prevented"}, (NOTHING, "succeeded")),
        ("closed", DISPUTE, {"status": "lost"}, (ALL, "disputed")),
    ],
)
def test_one_event_alone_says_what_is_taken_back_and_what_the_status_is(
    sales: Sales,
    kind: str,
    object_id: str,
    fields: dict[str, object],
    expected: tuple[str, str],
) -> None:
    payment_id, intent_id = bought(sales)
    amount = PRICE if object_id == DISPUTE else PRICE // 2
    about = {"id": object_id, "payment_intent": intent_id, "currency": "usd", "amount": amount}
    name = f"charge.dispute.{kind}" if object_id == DISPUTE else kind

    reply = sales.webhook(envelope(name, data={"object": about | fields}))

    purchase = sales.get(payment_id).json
    assert reply.status == 200
    assert (purchase["credits_taken_back"], purchase["status"]) == expected


@pytest.mark.fault("B18.3")
@pytest.mark.parametrize("kind", ["created", "updated"])
def test_what_a_dispute_was_before_does_not_hide_that_its_funds_moved(
    sales: Sales, kind: str
) -> None:
    payment_id, intent_id = bought(sales)
    about = {"id": DISPUTE, "payment_intent": intent_id, "currency": "usd", "amount": PRICE}
    taken = []

    for each in (kind, "funds_withdrawn", "funds_reinstated"):
        data = {"object": about | {"status": "needs_response"}}
        sales.webhook(envelope(f"charge.dispute.{each}", data=data))
        taken.append(sales.get(payment_id).json["credits_taken_back"])

    assert taken == [NOTHING, ALL, NOTHING]


def bought(sales: Sales) -> tuple[str, str]:
    """Buy and pay; return the ids of the payment and of its intent."""
    stripe_history = StripeHistory()
    payment = sales.payment(sales.buy())
    intent_id = stripe_history.intent(payment.payment_id)
    store = sales.stage.store.payments
    store._stored[payment.payment_id] = replace(payment, intent_id=intent_id)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    return payment.payment_id, intent_id


def shown(counter: Counter, payment: Payment) -> tuple[str, str]:
    """Return what is taken back and the status; nothing is wrong in the ledger."""
    known = counter.payment(payment)
    assert counter.violations(USER) == []
    assert counter.account(USER).balance == Credits(55_000) - known.taken_back
    return str(known.taken_back), known.status.value


def disputed(status: str, seconds: int, *, withdrawn: bool = False) -> Disputed:
    """The whole price is disputed."""
    return Disputed(
        dispute_id=DISPUTE,
        amount=PRICE,
        status=dispute_status(status),
        withdrawn=withdrawn,
        at=Instant(NOW + seconds),
        currency="usd",
    )


def latest(first: str, second: str) -> str:
    """Return the status that counts of two told one after the other: a decision stays."""
    return first if first in DECIDED and second not in DECIDED else second


@pytest.mark.fault("B18.3")
@pytest.mark.parametrize(("first", "second"), list(product(GONE, GONE)))
def test_each_pair_of_dispute_statuses_is_right_after_each_of_the_two_in_both_orders(
    first: str, second: str
) -> None:
    facts = {first: disputed(first, 1), second: disputed(second, 2)}
    together = latest(first, second)

    for arrives in ((first, second), (second, first)):
        counter = Counter()
        payment = counter.buy(USER)
        seen = []
        for status in arrives:
            counter.record_fact(payment, facts[status])
            seen.append(shown(counter, payment))

        assert seen == [GONE[arrives[0]], GONE[together]]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("warning_needs_response", (NOTHING, "disputed")),
        ("warning_closed", (NOTHING, "succeeded")),
        ("needs_response", (ALL, "disputed")),
        ("under_review", (ALL, "disputed")),
        ("something_new", (ALL, "disputed")),
        ("prevented", (NOTHING, "succeeded")),
        ("won", (NOTHING, "succeeded")),
        ("lost", (ALL, "disputed")),
    ],
)
def test_a_status_that_follows_a_withdrawal_says_whether_the_money_is_still_gone(
    status: str, expected: tuple[str, str]
) -> None:
    counter = Counter()
    payment = counter.buy(USER)
    withdrawal, later = disputed("needs_response", 1, withdrawn=True), disputed(status, 2)

    counter.record_fact(payment, withdrawal)
    first = shown(counter, payment)
    counter.record_fact(payment, later)

    assert (first, shown(counter, payment)) == ((ALL, "disputed"), expected)


def test_what_came_from_several_grants_goes_back_with_the_life_that_each_part_had_left() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "spent", 550)
    for life in (100, None):
        gift(counter, USER, "70", life=life)
    first, second = (partly("re_a", 0), partly("re_b", 10))
    for seconds, refund in ((0, first), (10, second)):
        counter.now = Instant(NOW + seconds)
        counter.record_fact(payment, refund)
    emptied = counter.balance(USER)

    counter.now = Instant(NOW + 60)
    counter.record_fact(payment, replace(first, status=RefundStatus.FAILED, at=counter.now))
    found = counter.violations(USER)
    counter.record_fact(payment, replace(second, status=RefundStatus.FAILED, at=counter.now))

    assert (emptied, found, counter.violations(USER)) == ("30.00", [], [])
    assert counter.balance(USER) == "140.00"
    restored = [
        (str(each.remaining), each.expires_at)
        for each in counter.account(USER).grants
        if each.kind is GrantKind.RESTORED
    ]
    assert restored == [("55.00", NOW + 160)]
    assert counter.payment(payment).taken == ()


def total(amounts: Iterable[Credits]) -> Credits:
    """Add up."""
    return sum(amounts, ZERO)


def partly(refund_id: str, seconds: int) -> Refunded:
    """A tenth of the price goes back."""
    return refunded(PRICE // 10, refund_id=refund_id, at=Instant(NOW + seconds))


@pytest.mark.parametrize("spent", [0, 300, 520, 550])
def test_the_burned_parts_of_a_refund_are_positive_and_add_up_to_it(spent: int) -> None:
    counter = Counter()
    payment = counter.buy(USER)
    for life in (100, None):
        gift(counter, USER, "40", life=life)
    if spent:
        counter.harness.spend(USER, "spent", spent)
    before = {each.grant_id: each.remaining for each in counter.account(USER).grants}

    for number, amount in enumerate((450, 1, 2000)):
        counter.record_fact(
            payment, refunded(amount, refund_id=f"re_{number}", at=Instant(NOW + number))
        )

    taken = [each for each in counter.entries(USER) if each.kind is EntryKind.REFUND]
    after = {each.grant_id: each.remaining for each in counter.account(USER).grants}
    parts = [part for each in taken for part in each.burned]
    assert [str(each.amount) for each in taken] == ["-55.00", "-0.12", "-244.44"]
    assert all(part.amount > ZERO for part in parts)
    debt = max(-counter.account(USER).balance, ZERO)
    assert total(part.amount for part in parts) == -total(each.amount for each in taken) - debt
    assert {
        grant_id: remaining - after.get(grant_id, ZERO)
        for grant_id, remaining in before.items()
        if remaining != after.get(grant_id)
    } == {
        grant_id: total(part.amount for part in parts if part.grant_id == grant_id)
        for grant_id in {part.grant_id for part in parts}
    }


def test_a_dispute_after_a_partial_refund_is_an_entry_of_kind_dispute() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, refunded(1500))
    between = shown(counter, payment)

    counter.record_fact(payment, disputed("needs_response", 1, withdrawn=True))

    refund, dispute = counter.entries(USER)[-2:]
    assert (refund.kind, str(refund.amount)) == (EntryKind.REFUND, "-183.33")
    assert (dispute.kind, str(dispute.amount)) == (EntryKind.DISPUTE, "-366.67")
    assert (between, shown(counter, payment)) == (("183.33", "succeeded"), (ALL, "disputed"))

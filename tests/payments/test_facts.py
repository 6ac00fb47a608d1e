"""The same facts end in the same credits, in whatever order and however often they are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.commands import Adjust, Give
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key
from prepaid.payments.disputes import Disputed, DisputeStatus, Movement, MovementKind
from prepaid.payments.facts import FactOutcome
from prepaid.payments.payment import Fact, Paid, Payment, PaymentStatus, Progress
from prepaid.payments.ports import Intent, PaymentEvent
from prepaid.payments.receipts import Receipt
from prepaid.payments.refund_facts import ChargeRefunded

from tests.domain.laws import tried
from tests.support.asking import new_request_id
from tests.support.ledger_harness import NOW
from tests.support.memory import MemoryPayments
from tests.support.selling import PRICE, PROFESSIONAL, Counter, failed, paid, refunded

USER = AccountId("user-1")
LATER = Instant(NOW + 1000)
ALL = (PROFESSIONAL.credits + PROFESSIONAL.bonus).hundredths
GOOD = Paid(amount=PRICE, currency="usd", charge_id="ch_1", at=NOW)
REFUNDS = (
    ("pending", "succeeded"),
    ("succeeded",),
    ("pending", "failed"),
    ("succeeded", "failed"),
    ("requires_action", "canceled"),
)
WITHDRAWN = ("created", "withdrawn")
DISPUTES = (
    ("inquiry",),
    ("inquiry", "closed"),
    WITHDRAWN,
    (*WITHDRAWN, "lost"),
    (*WITHDRAWN, "part"),
    (*WITHDRAWN, "reinstated", "won"),
    ("inquiry", *WITHDRAWN, "lost"),
)
REPORTED = {
    "inquiry": Disputed(dispute_id="", amount=0, status=DisputeStatus.INQUIRY),
    "closed": Disputed(dispute_id="", amount=0, status=DisputeStatus.INQUIRY_CLOSED),
    "created": Disputed(dispute_id="", amount=0, status=DisputeStatus.NEEDS_RESPONSE),
    "withdrawn": Disputed(
        dispute_id="", amount=0, status=DisputeStatus.NEEDS_RESPONSE, withdrawn=True
    ),
    "reinstated": Disputed(dispute_id="", amount=0, status=DisputeStatus.WON, reinstated=True),
    "won": Disputed(dispute_id="", amount=0, status=DisputeStatus.WON),
    "lost": Disputed(dispute_id="", amount=0, status=DisputeStatus.LOST),
    "part": Disputed(dispute_id="", amount=0, status=DisputeStatus.LOST, reinstated=True),
}


def dispute(step: str, amount: int = PRICE, number: int = 1, at: int = 0) -> Disputed:
    """One step of a dispute; the last one of a part that came back names every movement."""
    came_back = {MovementKind.WITHDRAWAL: -amount, MovementKind.REVERSAL: amount // 3}
    moved = came_back if step == "part" else {}
    return replace(
        REPORTED[step],
        dispute_id=f"du_{number}",
        amount=amount,
        at=Instant(NOW + at),
        currency="usd",
        movements={
            f"txn_{kind}_{number}": Movement(kind=kind, amount=each, currency="usd", created=NOW)
            for kind, each in moved.items()
        },
    )


@dataclass(frozen=True)
class Story:
    """All that one payment's events tell, in order, and the money that is gone in the end."""

    facts: tuple[Fact, ...]
    money_back: int

    @property
    def owed(self) -> int:
        """The hundredths that are to be taken back, by a plain model."""
        return ALL * min(self.money_back, PRICE) // PRICE


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw what happens to one payment."""
    facts: list[Fact] = []
    if draw(st.booleans()):
        facts.append(Progress(status=PaymentStatus.PROCESSING, at=Instant(NOW - 20)))
    if draw(st.booleans()):
        facts.append(failed(NOW - 10))
    facts.append(GOOD)
    back = 0
    for number in range(draw(st.integers(0, 3))):
        amount = draw(st.integers(1, PRICE - back) | st.just(PRICE // 2)) if back < PRICE else 0
        if not 0 < amount <= PRICE - back:
            break
        statuses = draw(st.sampled_from(REFUNDS))
        at = NOW + 10 * number
        reported = [
            refunded(amount, status, f"re_{number}", at=at + 2 * place)
            for place, status in enumerate(statuses)
        ]
        total = ChargeRefunded(amount=back + amount, at=Instant(at + 1), currency="usd")
        facts += [reported[0], total, *reported[1:]]
        back += amount if statuses[-1] == "succeeded" else 0
    for number in range(draw(st.integers(0, 2))):
        amount = draw(st.integers(1, PRICE))
        steps = draw(st.sampled_from(DISPUTES))
        facts += [dispute(step, amount, number, place) for place, step in enumerate(steps)]
        gone = amount - amount // 3 if "part" in steps else amount
        back += gone if "withdrawn" in steps and "reinstated" not in steps else 0
    for number in range(draw(st.integers(0, 2))):
        facts.append(Receipt(at=Instant(NOW + number // 2), url=f"https://receipts.test/{number}"))
    return Story(tuple(facts), back)


@dataclass(frozen=True)
class Past:
    """What the account was before: grants with their life and priority, debt, a hold, a spend."""

    gifts: tuple[tuple[int, int | None, int], ...] = ()
    debt: int = 0
    held: int = 0
    spent_after: int = 0


pasts = st.builds(
    Past,
    gifts=st.lists(
        st.tuples(
            st.integers(1, 60_000),
            st.none() | st.integers(60, 100_000),
            st.sampled_from([50, 100, 150]),
        ),
        max_size=3,
    ).map(tuple),
    debt=st.integers(0, 80_000),
    held=st.integers(0, 20_000),
    spent_after=st.integers(0, 500),
)


def opened(past: Past) -> tuple[Counter, Payment]:
    """Return a counter whose account has this past, and a purchase that waits to be paid."""
    counter = Counter()
    harness = counter.harness
    for number, (amount, life, priority) in enumerate(past.gifts):
        gift = _gift(f"gift-{number}", amount, life, priority)
        harness.ledger.post(USER, lambda _, gift=gift: gift, NOW)  # type: ignore[misc]  # binds it
    if past.debt:
        taken = _taken(past.debt)
        harness.ledger.post(USER, lambda _: taken, NOW)
    if past.held and counter.account(USER).available(NOW) >= Credits(past.held):
        harness.hold(USER, "held", str(Credits(past.held)), expires_in=3600)
    return counter, counter.start(USER).payment


def state(counter: Counter, payment: Payment) -> object:
    """Return all that must not depend on the order of events."""
    account, known = counter.account(USER), counter.payment(payment)
    grants = [
        (each.grant_id, each.kind, each.remaining, each.expires_at) for each in account.grants
    ]
    return account.balance, sorted(grants), known.status, known.taken_back, known.granted


def reported(
    past: Past, facts: Sequence[Fact], *, seconds_apart: int = 0
) -> tuple[Counter, Payment]:
    """Tell *facts* one after another; the invariants hold after each."""
    counter, payment = opened(past)
    for fact in facts:
        counter.record_fact(payment, fact)
        counter.now = Instant(counter.now + seconds_apart)
        assert counter.violations(USER) == []
        known = counter.payment(payment)
        assert Credits(0) <= known.taken_back <= known.credits + known.bonus
    return counter, payment


@pytest.mark.fault(
    "B15",
    "Refunds and disputes arrive before the purchase",
    "Every order ends in the same credits",
)
@tried(150)
@given(past=pasts, story=stories(), data=st.data())
def test_every_order_and_repetition_of_a_payments_events_ends_in_the_same_credits(
    past: Past, story: Story, data: st.DataObject
) -> None:
    in_order, payment = reported(past, story.facts)
    again = data.draw(st.lists(st.sampled_from(story.facts), max_size=4), label="repeated")
    shuffled = data.draw(st.permutations([*story.facts, *again]), label="told")

    other, same = reported(past, shuffled)

    assert state(other, same) == state(in_order, payment)
    assert in_order.payment(payment).taken_back == Credits(story.owed)


@tried(80)
@given(past=pasts, story=stories(), data=st.data())
def test_events_that_were_lost_and_asked_for_later_end_in_the_same_credits(
    past: Past, story: Story, data: st.DataObject
) -> None:
    in_order, payment = reported(past, story.facts)
    shuffled = data.draw(st.permutations(story.facts), label="order")
    stored = shuffled[: data.draw(st.integers(0, len(shuffled)), label="how many arrived")]
    known = in_order.payment(payment)
    live = [each for each in known.refunds.values() if each.live]
    back = [replace(each, at=LATER) for each in known.refunds.values() if not each.live]
    total = ChargeRefunded(amount=sum(each.amount for each in live), at=LATER, currency="usd")
    disputes = [replace(each, at=LATER) for each in known.disputes.values()]
    everything: list[Fact] = [known.paid or GOOD, *live, total, *back, *disputes]
    intent = Intent(
        intent_id=known.intent_id or "",
        payment_id=known.payment_id,
        client_secret="",
        facts=everything,
    )

    other, same = reported(past, stored)
    other.facts.record_intent(intent, request_id="refresh", now=NOW)

    assert other.violations(USER) == []
    assert state(other, same) == state(in_order, payment)


@tried(80)
@given(past=pasts, story=stories(), data=st.data(), spent=st.integers(1, 600))
def test_the_order_does_not_matter_either_when_bought_credits_were_spent(
    past: Past, story: Story, data: st.DataObject, spent: int
) -> None:
    rest = [fact for fact in story.facts if fact is not GOOD]
    shuffled = data.draw(st.permutations(rest), label="told")
    outcomes = []

    for facts in (rest, shuffled):
        counter, payment = reported(past, [GOOD])
        affordable = min(spent, counter.account(USER).available(NOW).hundredths // 100)
        if affordable > 0:
            counter.harness.spend(USER, "spent", affordable)
        for fact in facts:
            counter.record_fact(payment, fact)
            assert counter.violations(USER) == []
        outcomes.append(state(counter, payment))

    assert outcomes[0] == outcomes[1]


@tried(50)
@given(story=stories(), data=st.data(), debt=st.integers(0, 80_000))
def test_time_between_events_changes_nothing_where_nothing_expires(
    story: Story, data: st.DataObject, debt: int
) -> None:
    past = Past(gifts=((20_000, None, 50),), debt=debt)
    in_order, payment = reported(past, story.facts)
    shuffled = data.draw(st.permutations(story.facts), label="told")

    other, same = reported(past, shuffled, seconds_apart=86_400 * 40)

    assert state(other, same) == state(in_order, payment)


actions = st.sampled_from(["wait", "buy", "spend", "gift", "hold", "nothing"])


@tried(120)
@given(past=pasts, story=stories(), between=st.lists(actions, max_size=12), data=st.data())
def test_whatever_happens_between_events_the_invariants_hold_and_exactly_the_owed_is_taken(
    past: Past, story: Story, between: list[str], data: st.DataObject
) -> None:
    counter, payment = opened(past)
    doings = iter(between)
    for number, fact in enumerate(story.facts):
        counter.record_fact(payment, fact)
        assert counter.violations(USER) == []
        for place in range(2):
            action = next(doings, "nothing")
            _do(counter, action, f"{action}-{number}-{place}", data.draw(amounts))
            assert counter.violations(USER) == []
    assert counter.payment(payment).taken_back == Credits(story.owed)


amounts = st.integers(1, 60_000)


def _do(counter: Counter, action: str, key: str, amount: int) -> None:
    harness, now = counter.harness, counter.now
    available = counter.account(USER).available(now).hundredths
    match action:
        case "wait":
            counter.now = Instant(now + amount)
        case "buy":
            counter.now = Instant(now + 3600)
            counter.buy(USER, key, "starter")
        case "gift":
            life = Instant(now + amount)
            gift = replace(_gift(key, amount, None, 50), expires_at=life)
            harness.ledger.post(USER, lambda _: gift, now)
        case "spend" if available >= 100:
            harness.spend(USER, key, min(amount, available) // 100 or 1, now=now)
        case "hold" if available >= amount:
            harness.hold(USER, key, str(Credits(amount)), expires_in=amount, now=now)


@pytest.mark.parametrize("known", [None, "pi_1", "pi_2"])
def test_a_name_that_others_use_is_ours_if_its_payment_has_this_intent_or_none_yet(
    known: str | None,
) -> None:
    counter = Counter()
    payment = replace(counter.start(USER).payment, intent_id=known)
    stored = counter.stored
    assert isinstance(stored, MemoryPayments)
    stored._stored[payment.payment_id] = payment
    event = PaymentEvent(intent_id="pi_1", hint=payment.payment_id, fact=paid(payment))

    outcome = counter.facts.record_fact(event, request_id=new_request_id(), now=counter.now)

    ours = known != "pi_2"
    assert outcome is (FactOutcome.NEW if ours else FactOutcome.FOREIGN)
    assert counter.balance(USER) == ("550.00" if ours else "0.00")


def test_refunds_are_listed_only_while_their_sum_says_more_than_they_do() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, refunded(1500))
    asked = counter.payment_processor.asked
    before = len(asked)

    counter.record_fact(payment, ChargeRefunded(amount=1500, at=Instant(NOW + 1), currency="usd"))
    same = asked[before:]
    counter.record_fact(payment, ChargeRefunded(amount=1501, at=Instant(NOW + 2), currency="usd"))

    assert same == []
    assert asked[before:] == [f"refunds of {payment.intent_id}"]


def test_a_purchase_is_credited_once_with_its_bonus() -> None:
    counter = Counter()
    payment = counter.start(USER).payment

    def recorded() -> tuple[FactOutcome, Payment | None]:
        return counter.record_fact(payment, paid(payment)), counter.stored.payment(
            payment.payment_id
        )

    first, second, third = [recorded() for _ in range(3)]

    assert (first[0], second[0], third[0]) == (
        FactOutcome.NEW,
        FactOutcome.KNOWN,
        FactOutcome.KNOWN,
    )
    assert first[1] == second[1] == third[1], "what is known is not written again"
    assert counter.balance(USER) == "550.00"
    assert [(each.kind, str(each.amount)) for each in counter.entries(USER)] == [
        (EntryKind.PURCHASE, "500.00"),
        (EntryKind.BONUS, "50.00"),
    ]
    grants = counter.account(USER).grants
    assert [(each.kind, each.cost_basis) for each in grants] == [
        (GrantKind.PURCHASED, PRICE),
        (GrantKind.BONUS, 0),
    ]


def test_a_half_refund_takes_half_of_the_credits_and_half_of_the_bonus() -> None:
    counter = Counter()
    payment = counter.buy(USER)

    counter.record_fact(payment, refunded(PRICE // 2), named=False)

    grants = counter.account(USER).grants
    assert [(each.kind, str(each.remaining)) for each in grants] == [
        (GrantKind.PURCHASED, "250.00"),
        (GrantKind.BONUS, "25.00"),
    ]
    taken = counter.entries(USER)[-1]
    assert (taken.kind, str(taken.amount)) == (EntryKind.REFUND, "-275.00")
    assert [str(each.amount) for each in taken.burned] == ["250.00", "25.00"]


@pytest.mark.fault("B16")
def test_a_refund_that_fails_gives_the_credits_back_to_their_grants() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    before = counter.account(USER).grants
    counter.record_fact(payment, refunded(PRICE))
    emptied = counter.account(USER).grants

    counter.record_fact(payment, refunded(PRICE, "failed"))

    assert emptied == ()
    assert counter.account(USER).grants == before
    assert counter.payment(payment).status is PaymentStatus.SUCCEEDED


@pytest.mark.fault(
    "B16",
    "A charge tells a sum, refunds tell themselves, and one fails",
    "Each refund counts once, a failed one gives the credits back",
)
def test_a_charges_sum_speaks_for_refunds_that_are_not_told_one_by_one() -> None:
    counter = Counter()
    payment = counter.buy(USER)

    counter.record_fact(payment, ChargeRefunded(amount=PRICE // 2))
    by_sum = counter.balance(USER)
    counter.record_fact(payment, refunded(PRICE // 2))

    assert (by_sum, counter.balance(USER)) == ("275.00", "275.00")


@pytest.mark.fault("B17")
def test_a_lost_dispute_over_spent_credits_is_a_debt_that_the_next_purchase_pays_first() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "spent", 400)
    for step in ("created", "withdrawn", "lost"):
        counter.record_fact(
            payment, replace(REPORTED[step], dispute_id="du_1", amount=PRICE), named=False
        )
    owed = counter.balance(USER)

    counter.buy(USER, "again")

    assert owed == "-400.00"
    purchase, bonus = counter.entries(USER)[-2:]
    assert (str(purchase.debt_paid), str(bonus.debt_paid)) == ("400.00", "0.00")
    assert counter.balance(USER) == "150.00"
    assert counter.payment(payment).status is PaymentStatus.DISPUTED
    assert counter.violations(USER) == []


@pytest.mark.fault("B18", "A dispute is opened and decided", "Taken, then restored or final, once")
def test_a_won_dispute_restores_exactly_what_it_took() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    before = counter.account(USER).grants
    for step in ("created", "withdrawn"):
        counter.record_fact(payment, replace(REPORTED[step], dispute_id="du_1", amount=PRICE))
    taken = counter.balance(USER)

    for step in ("reinstated", "won", "reinstated"):
        counter.record_fact(payment, replace(REPORTED[step], dispute_id="du_1", amount=PRICE))

    assert taken == "0.00"
    assert counter.account(USER).grants == before
    assert counter.payment(payment).status is PaymentStatus.SUCCEEDED


def test_an_inquiry_takes_nothing_and_is_shown() -> None:
    counter = Counter()
    payment = counter.buy(USER)

    counter.record_fact(payment, replace(REPORTED["inquiry"], dispute_id="du_1", amount=PRICE))

    assert counter.balance(USER) == "550.00"
    assert counter.payment(payment).status is PaymentStatus.DISPUTED


def test_what_was_taken_from_a_grant_with_an_end_comes_back_with_the_life_it_had_left() -> None:
    counter, payment = opened(Past(gifts=((60_000, 100, 50),)))
    counter.record_fact(payment, GOOD)
    counter.harness.spend(USER, "spent", 600)
    counter.harness.ledger.post(USER, lambda _: _gift("gift", 4_000, 40, 200), NOW)
    counter.harness.spend(USER, "more", 540)
    counter.record_fact(payment, refunded(PRICE))
    in_debt = counter.account(USER)

    counter.now = Instant(NOW + 1000)
    counter.record_fact(payment, refunded(PRICE, "failed"))

    assert str(in_debt.balance) == "-500.00"
    restored = counter.account(USER).grants
    assert [(each.kind, each.expires_at) for each in restored] == [
        (GrantKind.BONUS, None),
        (GrantKind.PROMOTIONAL, NOW + 1000 + 40),
    ]
    assert counter.violations(USER) == []


def _gift(name: str, amount: int, life: int | None, priority: int) -> Give:
    return Give(
        key=Key(name),
        actor="system",
        request_id=name,
        entry_kind=EntryKind.GRANT,
        grant_kind=GrantKind.PROMOTIONAL,
        amount=Credits(amount),
        expires_at=None if life is None else Instant(NOW + life),
        priority=priority,
    )


def _taken(amount: int) -> Adjust:
    return Adjust(
        key=Key("debt"),
        actor="admin:admin-1",
        request_id="debt",
        amount=Credits(-amount),
        create=True,
        force=True,
    )


def test_debt_that_another_purchase_has_paid_comes_back_as_restored_credits() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "spent", 400)
    withdrawn = replace(REPORTED["withdrawn"], dispute_id="du_1", amount=PRICE)
    counter.record_fact(payment, withdrawn)
    counter.buy(USER, "again")

    counter.record_fact(payment, replace(REPORTED["reinstated"], dispute_id="du_1", amount=PRICE))

    home, anew = counter.entries(USER)[-2:]
    assert [str(home.amount), str(anew.amount)] == ["150.00", "400.00"]
    assert anew.grant_id == anew.seq
    restored = counter.account(USER).grants[-1]
    assert (restored.kind, restored.expires_at) == (GrantKind.RESTORED, None)
    assert counter.balance(USER) == "700.00"
    assert counter.violations(USER) == []


def test_where_all_of_it_was_debt_that_is_paid_there_is_one_entry_for_what_comes_back() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "spent", 550)
    counter.record_fact(payment, replace(REPORTED["withdrawn"], dispute_id="du_1", amount=PRICE))
    counter.buy(USER, "again")

    counter.record_fact(payment, replace(REPORTED["reinstated"], dispute_id="du_1", amount=PRICE))

    assert [each.kind for each in counter.account(USER).grants] == [GrantKind.RESTORED]
    assert [str(each.amount) for each in counter.entries(USER)][-3:] == [
        "500.00",
        "50.00",
        "550.00",
    ]
    assert counter.violations(USER) == []


def test_a_grant_that_lives_on_with_another_end_does_not_take_credits_back() -> None:
    counter, payment = opened(Past(gifts=((6_000, 100, 200),)))
    counter.record_fact(payment, GOOD)
    counter.harness.spend(USER, "spent", 550)
    counter.record_fact(payment, refunded(45, refund_id="re_a"))
    counter.record_fact(payment, refunded(90, refund_id="re_b"))

    counter.now = Instant(NOW + 50)
    counter.record_fact(payment, refunded(45, "failed", refund_id="re_a"))

    grants = [
        (each.kind, str(each.remaining), each.expires_at) for each in counter.account(USER).grants
    ]
    assert grants == [
        (GrantKind.PROMOTIONAL, "43.50", NOW + 100),
        (GrantKind.RESTORED, "5.50", NOW + 150),
    ]
    assert str(counter.payment(payment).taken_back) == "11.00"
    assert counter.violations(USER) == []


@pytest.mark.parametrize(
    ("amount", "currency"), [(PRICE - 1, "usd"), (PRICE + 1, "usd"), (PRICE, "eur")]
)
def test_another_amount_or_currency_credits_nothing_and_calls_an_admin(
    amount: int, currency: str
) -> None:
    counter = Counter()
    payment = counter.start(USER).payment
    wrong = Paid(amount=amount, currency=currency, charge_id="ch_1", at=NOW)

    outcomes = [counter.record_fact(payment, wrong) for _ in range(2)]

    assert outcomes == [FactOutcome.CONTRADICTED, FactOutcome.CONTRADICTED]
    assert counter.entries(USER) == []
    assert list(counter.exceptions.stored) == [
        ("payment_mismatch", f"{payment.payment_id}#{payment.intent_id}")
    ]
    assert "were paid" in (counter.payment(payment).problem or "")


def test_another_intent_that_claims_a_payment_credits_nothing() -> None:
    counter = Counter()
    payment = counter.start(USER).payment

    outcomes = counter.record_fact(replace(payment, intent_id="pi_of_somebody"), GOOD)

    assert outcomes is FactOutcome.CONTRADICTED
    assert counter.balance(USER) == "0.00"
    assert counter.payment(payment).intent_id == payment.intent_id


def test_money_under_our_mark_for_nobodys_payment_calls_an_admin() -> None:
    counter = Counter()
    nobodys = replace(Counter().start(USER).payment, intent_id="pi_unknown")

    outcomes = counter.record_fact(nobodys, GOOD)

    assert outcomes is FactOutcome.UNKNOWN_PAYMENT
    assert list(counter.exceptions.stored) == [("unknown_payment", "pi_unknown")]


def test_money_without_our_mark_for_nobodys_payment_is_another_products() -> None:
    counter = Counter()
    nobodys = replace(Counter().start(USER).payment, intent_id="pi_unknown")

    outcomes = counter.record_fact(nobodys, GOOD, named=False)

    assert outcomes is FactOutcome.FOREIGN
    assert counter.exceptions.stored == {}


@pytest.mark.fault("B18.2")
@pytest.mark.parametrize(
    ("refund", "part", "balance"),
    [(1500, 1500, "0.00"), (0, 2250, "275.00"), (0, 500, "61.12"), (0, 1, "0.13")],
)
def test_a_lost_dispute_that_returns_a_part_takes_the_rest(
    refund: int, part: int, balance: str
) -> None:
    counter = Counter()
    payment = counter.buy(USER)
    if refund:
        counter.record_fact(payment, refunded(refund))
    moved = {"a": (MovementKind.WITHDRAWAL, -PRICE), "b": (MovementKind.REVERSAL, part)}
    lost = replace(
        dispute("lost"),
        movements={
            key: Movement(kind=kind, amount=amount, currency="eur", created=NOW)
            for key, (kind, amount) in moved.items()
        },
    )

    counter.record_fact(payment, dispute("withdrawn"))
    counter.record_fact(payment, lost)

    assert counter.balance(USER) == balance
    assert counter.entries(USER)[-1].kind is EntryKind.DISPUTE
    assert counter.violations(USER) == []


@pytest.mark.fault(
    "B18.4",
    "A movement is told with two contents",
    "More money gone stays, an admin is told once",
)
def test_a_movement_told_with_two_contents_is_shown_once() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    first = dispute("part")
    key = "txn_reversal_1"
    other = replace(first.movements[key], amount=PRICE)
    second = replace(first, movements={**first.movements, key: other})

    for fact in (first, second, first):
        counter.record_fact(payment, fact)

    assert list(counter.exceptions.stored) == [("dispute_contradiction", f"du_1#{key}")]
    assert counter.balance(USER) == "183.34"


def test_facts_told_again_at_another_time_are_kept_and_are_no_news() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, dispute("created"))

    outcomes = counter.record_fact(payment, dispute("created", at=9))

    assert outcomes is FactOutcome.KNOWN
    assert counter.payment(payment).disputes["du_1"].at == NOW + 9


@pytest.mark.fault("B25.3", "A payment and its ledger entries differ", "verify names the payment")
@pytest.mark.parametrize(
    ("change", "invariant"),
    [
        ({"granted": False}, "a paid payment is granted once"),
        ({"paid": None}, "a paid payment is granted once"),
        ({"intent_id": "pi_other"}, "a paid payment is granted once"),
        ({"refunds": {}}, "what was taken back is owed back"),
        ({"taken": ()}, "what was taken back is owed back"),
    ],
)
def test_a_payment_that_is_not_what_the_ledger_did_is_found(
    change: dict[str, object], invariant: str
) -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, refunded(450))
    right = counter.violations(USER)

    counter.stored.save(replace(counter.payment(payment), **change))  # type: ignore[arg-type]  # by name

    assert right == []
    assert invariant in {each.invariant for each in counter.violations(USER)}


def test_news_before_the_intent_was_remembered_finds_its_payment_by_name() -> None:
    counter = Counter()
    started = counter.start(USER).payment
    forgot = replace(counter.payment(started), intent_id=None)
    counter.stored.save(forgot)

    counter.record_fact(started, GOOD)

    assert counter.payment(started).intent_id == started.intent_id
    assert counter.balance(USER) == "550.00"


@pytest.mark.fault(
    "B17",
    "More goes back than was paid, or the credits are spent",
    "At most the purchase is taken; the rest is a visible debt",
)
def test_a_refund_and_a_dispute_of_one_payment_take_no_more_than_was_bought() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, refunded(PRICE // 2))

    for step in ("created", "withdrawn", "lost"):
        counter.record_fact(payment, replace(REPORTED[step], dispute_id="du_1", amount=PRICE))

    assert counter.balance(USER) == "0.00"
    assert counter.violations(USER) == []

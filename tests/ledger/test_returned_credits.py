"""Credits that come back, and credits that expired: what a refund or a dispute makes of them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Grant, GrantKind, remaining
from prepaid.domain.keys import Key
from prepaid.ledger.posting import Ledger
from prepaid.ledger.verification import violations
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.expired_credits import expired_of
from prepaid.payments.payment import Payment

from tests.support.gifts import gift
from tests.support.ledger_harness import NOW
from tests.support.memory import MemoryLedgerStore
from tests.support.selling import PRICE, YEN, Counter, refunded

USER = AccountId("user-1")
BASIS = "Σ burned − returned + unspent basis = paid"


def bought(counter: Counter, *, life: int | None = None) -> Payment:
    """Buy 500.00 and a bonus of 50.00; with *life* the bought credits end after so many seconds."""
    payment = counter.buy(USER)
    if life is not None:
        account = counter.account(USER)
        first, *others = account.grants
        ending = replace(first, expires_at=Instant(counter.now + life))
        changed = replace(account, grants=(ending, *others))
        counter.store.commit(Decision(account=changed, now=counter.now), seen=account.version)
    return payment


def wait(counter: Counter, seconds: int) -> None:
    counter.now = Instant(counter.now + seconds)


def settle(counter: Counter) -> tuple[Entry, ...]:
    return counter.harness.settle(USER, counter.now)


def test_what_came_from_several_grants_goes_back_on_the_terms_it_had() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "all", 550)
    gift(counter, USER, "70", life=100)
    gift(counter, USER, "70")
    counter.record_fact(payment, refunded(450, refund_id="re_a"))
    wait(counter, 10)
    counter.record_fact(payment, refunded(450, refund_id="re_b"))
    wait(counter, 50)

    counter.record_fact(payment, refunded(450, "failed", "re_a"))
    between = counter.violations(USER)
    counter.record_fact(payment, refunded(450, "failed", "re_b"))

    assert between == []
    assert counter.violations(USER) == []
    assert counter.balance(USER) == "140.00"
    [restored] = [g for g in counter.account(USER).grants if g.kind is GrantKind.RESTORED]
    assert (str(restored.remaining), restored.expires_at) == ("55.00", NOW + 160)
    assert restored.origin == 4, "the gift that it came from"


@pytest.mark.parametrize("spent", [0, 1, 300, 549, 550])
def test_the_burned_parts_of_a_refund_are_positive_and_add_up_to_it(spent: int) -> None:
    counter = Counter()
    payment = counter.buy(USER)
    gift(counter, USER, "1000", life=100)
    if spent:
        counter.harness.spend(USER, "some", spent)

    counter.record_fact(payment, refunded(1500))

    refund = counter.entries(USER)[-1]
    assert (refund.kind, str(refund.amount)) == (EntryKind.REFUND, "-183.33")
    assert all(part.amount > ZERO for part in refund.burned)
    assert sum((part.amount for part in refund.burned), ZERO) == -refund.amount
    assert refund.returned == ()
    assert counter.violations(USER) == []


def test_a_dispute_after_a_partial_refund_is_a_dispute() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.record_fact(payment, refunded(1500))

    counter.record_fact(
        payment,
        Disputed(
            dispute_id="du_1", amount=3000, status=DisputeStatus.NEEDS_RESPONSE, withdrawn=True
        ),
    )

    last = counter.entries(USER)[-1]
    assert (last.kind, str(last.amount), last.key) == (
        EntryKind.DISPUTE,
        "-366.67",
        f"dispute:{payment.intent_id}:4",
    )
    assert counter.balance(USER) == "0.00"


@pytest.mark.parametrize("settled", [True, False])
def test_what_has_expired_of_a_purchase_is_not_owed_back(*, settled: bool) -> None:
    counter = Counter()
    payment = bought(counter, life=100)
    wait(counter, 100)
    if settled:
        settle(counter)

    counter.record_fact(payment, refunded(PRICE))

    assert counter.balance(USER) == "0.00"
    known = counter.payment(payment)
    assert (known.expired, known.taken_back) == (Credits(50_000), Credits(5_000))
    assert counter.violations(USER) == []


def test_what_the_row_says_has_expired_is_never_read_as_the_truth() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.stored.save(replace(payment, expired=Credits(54_000)))

    counter.record_fact(payment, refunded(PRICE))

    assert counter.balance(USER) == "0.00"
    assert counter.payment(payment).taken_back == Credits(55_000)
    assert counter.payment(payment).expired == ZERO


def test_a_piece_that_cannot_go_home_carries_its_origin_and_its_share_of_what_was_paid() -> None:
    counter = Counter()
    payment = bought(counter, life=100)
    counter.record_fact(payment, refunded(450))
    wait(counter, 10)

    counter.record_fact(payment, refunded(450, "failed"))

    home, _, piece = counter.account(USER).grants
    assert (piece.kind, str(piece.amount), piece.expires_at) == (
        GrantKind.RESTORED,
        "50.00",
        NOW + 110,
    )
    assert (piece.origin, piece.cost_basis, home.unspent_basis) == (1, 450, 4050)
    assert counter.violations(USER) == []


def test_a_piece_of_a_piece_keeps_the_first_origin() -> None:
    counter = Counter()
    payment = bought(counter, life=100)
    for refund_id, amount in (("re_a", 450), ("re_b", 4_275)):
        counter.record_fact(payment, refunded(amount, refund_id=refund_id))
        wait(counter, 10)
        counter.record_fact(payment, refunded(amount, "failed", refund_id))
        assert counter.violations(USER) == []

    pieces = [g for g in counter.account(USER).grants if g.kind is GrantKind.RESTORED]

    assert [(piece.origin, str(piece.remaining)) for piece in pieces] == [
        (1, "25.00"),
        (1, "25.00"),
    ]
    purchased = [g for g in counter.account(USER).grants if g.root == 1]
    assert sum(grant.unspent_basis for grant in purchased) == PRICE


def test_a_refund_takes_the_pieces_of_its_own_purchase_before_other_credits() -> None:
    counter = Counter()
    payment = bought(counter, life=100)
    gift(counter, USER, "60", life=50)
    counter.record_fact(payment, refunded(450))
    wait(counter, 10)
    counter.record_fact(payment, refunded(450, "failed"))

    counter.record_fact(payment, refunded(PRICE, refund_id="re_b"))

    [left] = counter.account(USER).grants
    assert (left.kind, str(left.remaining)) == (GrantKind.PROMOTIONAL, "60.00")
    assert counter.violations(USER) == []


def test_what_expires_of_a_piece_counts_for_the_purchase_that_it_came_from() -> None:
    counter = Counter()
    payment = bought(counter, life=100)
    counter.record_fact(payment, refunded(450))
    wait(counter, 10)
    counter.record_fact(payment, refunded(450, "failed"))
    wait(counter, 100)

    expired = settle(counter)
    counter.record_fact(payment, refunded(PRICE, refund_id="re_b"))

    assert [(each.key.rpartition(":")[0], str(each.amount)) for each in expired] == [
        ("expiry:1", "-450.00"),
        ("expiry:1", "-50.00"),
    ]
    assert counter.payment(payment).expired == Credits(50_000)
    assert counter.balance(USER) == "0.00"
    assert counter.violations(USER) == []


class LateStore(MemoryLedgerStore):
    """A store in which a rival settles between the load of an account and the next read."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Account | None = None
        self.asked: list[str] = []

    def load(self, account_id: AccountId) -> Account:
        """Return the account as it was, once."""
        self.asked.append("account")
        before, self.before = self.before, None
        return before or super().load(account_id)

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        """Note what is asked for."""
        self.asked.append(prefix)
        return super().entries_under(account_id, prefix, limit=limit)


def test_expiries_above_the_account_are_passed_over_and_asked_for_again() -> None:
    store = LateStore()
    counter = Counter(store=store, payments=store.payments)
    payment = bought(counter, life=100)
    wait(counter, 100)
    early = counter.account(USER)
    settle(counter)
    store.before = early
    store.asked.clear()

    counter.record_fact(payment, refunded(PRICE))

    assert store.asked == ["account", *("expiry:1:", "expiry:2:") * 2]
    assert counter.payment(payment).expired == Credits(50_000)
    assert counter.balance(USER) == "0.00"


def test_what_expired_after_the_account_was_read_is_not_counted() -> None:
    counter = Counter()
    payment = counter.payment(bought(counter, life=100))
    wait(counter, 100)
    early = counter.account(USER)
    settle(counter)

    ledger = Ledger(counter.store, counter.budget)
    found = [
        expired_of(payment, account, Decision(account=account, now=counter.now), ledger)
        for account in (early, counter.account(USER))
    ]

    assert found == [ZERO, Credits(50_000)]


def test_each_burned_part_carries_the_terms_and_the_exact_share_of_what_was_paid() -> None:
    counter = Counter()
    counter.buy(USER, package_id=YEN.package_id)

    for number in range(7):
        counter.harness.spend(USER, f"some-{number}", 13)

    bases = [part.basis for entry in counter.entries(USER) for part in entry.burned]
    [rest] = [grant for grant in counter.account(USER).grants if grant.cost_basis]
    assert sum(bases) + rest.unspent_basis == YEN.price
    assert all(195 <= basis <= 196 for basis in bases)
    part = counter.entries(USER)[-1].burned[0]
    assert (part.kind, part.currency, part.ends, part.origin) == (
        GrantKind.PURCHASED,
        "jpy",
        None,
        None,
    )


def test_what_pays_a_debt_has_its_share_of_what_was_paid() -> None:
    counter = Counter()
    counter.harness.give(USER, "1")
    counter.harness.give(USER, "-1", "again")
    gift(counter, USER, "100")
    payment = counter.buy(USER)
    counter.harness.spend(USER, "most", 650)
    counter.record_fact(payment, refunded(PRICE // 2))

    counter.buy(USER, "second")

    assert counter.balance(USER) == "275.00"
    assert counter.violations(USER) == []


def _less(grant: Grant) -> Grant:
    return replace(grant, cost_basis=grant.cost_basis - 1)


def test_what_was_paid_and_is_not_accounted_for_is_a_violation() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.harness.spend(USER, "some", 13)
    account, entries = counter.account(USER), counter.entries(USER)
    days = counter.store.closed_days(USER)
    spent = entries[-1]
    more = replace(spent, burned=(replace(spent.burned[0], basis=118),))

    lost = list(
        violations(
            replace(account, grants=(_less(account.grants[0]), *account.grants[1:])), entries, days
        )
    )
    found = list(violations(account, [*entries[:-1], more], days))

    assert [each.invariant for each in (*lost, *found)] == [BASIS, BASIS]
    assert "of what was paid for grant 1" in found[0].detail
    assert payment.price == PRICE
    assert remaining(account.grants) == account.balance

"""Every store of payments and records keeps the same promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws
from prepaid.domain.account import Version
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Fingerprint
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerStore, Moved, RecordMoved, Repeated
from prepaid.payments.disputes import Disputed, DisputeStatus, Movement, MovementKind
from prepaid.payments.dynamodb.payments import DynamoPayments, payment_from_item, payment_to_item
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.payment import Cancellation, Clawback, Paid, Payment, PaymentStatus, Progress
from prepaid.payments.ports import (
    Customers,
    PaymentExists,
    PaymentPosition,
    Payments,
    PaymentStarts,
    RefundReceipt,
    RefundRequest,
    RefundRequests,
    StartsMoved,
)
from prepaid.payments.purchase_starts import PurchaseStarts
from prepaid.payments.receipts import NO_RECEIPT, Card, Receipt
from prepaid.payments.reconciliation_ports import Source
from prepaid.payments.refund_facts import NO_SUM, ChargeRefunded, Refunded, RefundStatus
from prepaid.windows import ReadWindows, Window

from tests.domain.laws import tried
from tests.support import samples
from tests.support.audits import audit_row
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import NOW, new_account_id
from tests.support.memory import MemoryLedgerStore
from tests.support.memory_payments import MemoryExceptions, MemoryRecords
from tests.support.strategies import (
    account_ids,
    amounts,
    instants,
    maybe,
    several,
    texts,
    whole,
)


@dataclass(frozen=True)
class PaymentStores:
    """What keeps payments and records, and the ledger beside them."""

    store: LedgerStore
    payments: Payments
    starts: PaymentStarts
    exceptions: Exceptions
    customers: Customers
    refunds: RefundRequests
    windows: ReadWindows
    reported: Callable[[], dict[tuple[str, str], str]]
    """What was reported: details by kind and subject."""

    def add(self, made: Payment) -> Payment:
        """Write a new payment."""
        self.starts.start(made, self.starts.starts(made.account_id))
        return replace(made, version=1)


@pytest.fixture
def adapters(backend: str, request: pytest.FixtureRequest) -> Iterator[PaymentStores]:
    """Return an empty office."""
    if backend == "memory":
        store, records, exceptions = MemoryLedgerStore(), MemoryRecords(), MemoryExceptions()
        paid = store.payments
        yield PaymentStores(
            store, paid, paid, exceptions, records, records, records, lambda: exceptions.stored
        )
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> PaymentStores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    table = RecordsTable(client, f"{prefix}credit_records")
    records = DynamoRecords(table, "stripe")
    payments = DynamoPayments(client, f"{prefix}stripe_payments")
    starts = DynamoPaymentStarts(
        client, payments=f"{prefix}stripe_payments", records=f"{prefix}credit_records"
    )

    def reported() -> dict[tuple[str, str], str]:
        found = client.scan(TableName=f"{prefix}credit_records")["Items"]
        return {
            (each["kind_id"]["S"].removeprefix("exception#"), each["sort"]["S"]): each["detail"][
                "S"
            ]
            for each in found
        }

    return PaymentStores(
        ledger_store(client, prefix),
        payments,
        starts,
        DynamoExceptions(table),
        records,
        records,
        records,
        reported,
    )


def payment(payment_id: str, account_id: AccountId, **more: object) -> Payment:
    """Return a new payment."""
    made = Payment(
        payment_id=payment_id,
        account_id=account_id,
        package_id="professional",
        credits=samples.entry(account_id).amount,
        bonus=samples.entry(account_id).amount,
        price=4500,
        currency="usd",
        created_at=NOW,
        fingerprint="v1:terms",
        provider="stripe",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def test_a_payment_stored_without_a_provider_is_one_of_the_only_provider_there_was() -> None:
    item = payment_to_item(payment("pay_1", AccountId("user-1"), provider="other"))
    stored = {name: value for name, value in item.items() if name != "provider"}

    assert payment_from_item(item).provider == "other"
    assert payment_from_item(stored).provider == "stripe"


def test_a_payment_that_was_added_is_read_as_it_is(adapters: PaymentStores) -> None:
    made = payment("pay_1", new_account_id())

    added = adapters.add(made)

    assert added == replace(made, version=1)
    assert adapters.payments.payment("pay_1") == added
    assert adapters.payments.payment("pay_none") is None


@pytest.mark.parametrize(
    "receipt",
    [
        NO_RECEIPT,
        Receipt(at=NOW),
        Receipt(at=NOW, url="https://pay.test/r"),
        Receipt(at=NOW, card=Card("visa", "0042")),
        Receipt(at=NOW, url="https://pay.test/r", card=Card("visa", "4242")),
    ],
)
def test_a_receipt_is_read_as_it_is(adapters: PaymentStores, receipt: Receipt) -> None:
    name = f"pay_{new_account_id()}"

    added = adapters.add(payment(name, new_account_id(), receipt=receipt))

    assert added.receipt == receipt
    assert adapters.payments.payment(name) == added


def test_a_payment_that_is_added_twice_stays_as_it_was_first(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    first = adapters.add(payment("pay_1", account_id))

    with pytest.raises(PaymentExists):
        adapters.add(payment("pay_1", account_id, price=1))

    assert adapters.payments.payment("pay_1") == first


@pytest.mark.fault("E36.2")
def test_a_start_is_recorded_with_its_payment_or_not_at_all(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    read = adapters.starts.starts(account_id)
    first, second = payment("pay_1", account_id), payment("pay_2", account_id)
    adapters.starts.start(first, read.started(NOW))

    with pytest.raises(StartsMoved):
        adapters.starts.start(second, read.started(NOW))
    with pytest.raises(PaymentExists):
        adapters.starts.start(first, adapters.starts.starts(account_id).started(NOW))
    late = adapters.starts.starts(account_id)
    adapters.starts.start(second, late.started(Instant(NOW + 1)))
    with pytest.raises(StartsMoved):
        adapters.starts.start(payment("pay_3", account_id), late.started(Instant(NOW + 2)))

    assert read == PurchaseStarts(account_id=account_id)
    assert adapters.starts.starts(account_id) == PurchaseStarts(
        account_id=account_id, at=(NOW, Instant(NOW + 1)), version=2
    )
    assert adapters.payments.payment("pay_2") == replace(second, version=1)
    assert adapters.starts.starts(new_account_id()).at == ()


def test_a_payment_is_saved_by_whoever_read_it_last_alone(adapters: PaymentStores) -> None:
    read = adapters.add(payment("pay_1", new_account_id()))
    adapters.payments.save(replace(read, intent_id="pi_1"))

    with pytest.raises(RecordMoved):
        adapters.payments.save(replace(read, intent_id="pi_2"))

    stored = adapters.payments.payment("pay_1")
    assert stored == replace(read, intent_id="pi_1", version=2)
    assert adapters.payments.by_intent("pi_1") == stored
    assert adapters.payments.by_intent("pi_2") is None


def test_payments_of_an_account_come_newest_first_and_page_by_page(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    for number in range(7):
        at = Instant(NOW + number // 3)
        adapters.add(payment(f"pay_{number}", account_id, created_at=at))
    adapters.add(payment("pay_other", new_account_id()))

    found: list[Payment] = []
    after: PaymentPosition | None = None
    while page := adapters.payments.of_account(account_id, limit=2, after=after):
        found += page
        last = page[-1]
        after = PaymentPosition(created_at=last.created_at, payment_id=last.payment_id)

    times = [each.created_at for each in found]
    assert sorted({each.payment_id for each in found}) == [f"pay_{n}" for n in range(7)]
    assert len(found) == 7
    assert times == sorted(times, reverse=True)


def test_all_payments_are_read_each_in_one_part(adapters: PaymentStores) -> None:
    added = [adapters.add(payment(f"pay_{n}", new_account_id())) for n in range(5)]

    parts = [list(adapters.payments.whole_payments(segment=n, segments=3)) for n in range(3)]

    found = [each for part in parts for each in part]
    assert sorted(found, key=lambda each: each.payment_id) == added


def test_a_commit_writes_the_payment_with_the_ledger(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    read = adapters.add(payment("pay_1", account_id))
    made = samples.decision(account_id, samples.entry(account_id))

    adapters.store.commit(made.with_record(replace(read, granted=True)), seen=Version(0))

    assert adapters.payments.payment("pay_1") == replace(read, granted=True, version=2)
    assert adapters.store.load(account_id).version == 1


@pytest.mark.fault("B13")
def test_a_commit_whose_payment_moved_writes_nothing(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    read = adapters.add(payment("pay_1", account_id))
    adapters.payments.save(replace(read, intent_id="pi_1"))
    made = samples.decision(account_id, samples.entry(account_id))

    with pytest.raises(RecordMoved):
        adapters.store.commit(made.with_record(replace(read, granted=True)), seen=Version(0))

    assert adapters.store.load(account_id).version == 0
    assert adapters.store.entries(account_id, [made.entries[0].key]) == {}
    assert adapters.payments.payment("pay_1") == replace(read, intent_id="pi_1", version=2)


def test_a_day_that_is_closed_already_is_our_mistake_and_no_payment_that_moved(
    adapters: PaymentStores,
) -> None:
    account_id = new_account_id()
    read = adapters.add(payment("pay_1", account_id))
    days = (samples.closed_day(account_id),)
    first = samples.decision(account_id, samples.entry(account_id, 1), days=days)
    adapters.store.commit(first, seen=Version(0))
    again = samples.decision(account_id, samples.entry(account_id, 2), days=days)

    with pytest.raises(AssertionError, match="closed_day"):
        adapters.store.commit(again.with_record(replace(read, granted=True)), seen=Version(1))

    assert adapters.store.load(account_id).version == 1
    assert adapters.payments.payment("pay_1") == read


def test_a_commit_that_comes_second_leaves_the_payment_alone(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    read = adapters.add(payment("pay_1", account_id))
    first = samples.decision(account_id, samples.entry(account_id))
    adapters.store.commit(first, seen=Version(0))
    granted = replace(read, granted=True)

    with pytest.raises(Repeated):
        adapters.store.commit(first.with_record(granted), seen=Version(0))
    other = samples.decision(account_id, samples.entry(account_id, key="other"))
    with pytest.raises(Moved):
        adapters.store.commit(other.with_record(granted), seen=Version(0))

    assert adapters.payments.payment("pay_1") == read


def test_an_exception_is_kept_once_for_each_kind_and_subject(adapters: PaymentStores) -> None:
    adapters.exceptions.report("kind", "subject", "first", now=NOW)
    adapters.exceptions.report("kind", "another", "other", now=NOW)

    adapters.exceptions.report("kind", "subject", "second", now=Instant(NOW + 1))

    assert adapters.reported() == {("kind", "subject"): "first", ("kind", "another"): "other"}


def test_the_first_customer_of_an_account_is_remembered(adapters: PaymentStores) -> None:
    account_id = new_account_id()
    before = adapters.customers.customer(account_id)

    first = adapters.customers.remember(account_id, "cus_1")
    second = adapters.customers.remember(account_id, "cus_2")

    assert (before, first, second) == (None, "cus_1", "cus_1")
    assert adapters.customers.customer(account_id) == "cus_1"


@pytest.mark.parametrize("amount", [None, 450])
def test_a_request_for_a_refund_is_kept_with_its_answer(
    adapters: PaymentStores, amount: int | None
) -> None:
    request = RefundRequest(
        payment_id="pay_1",
        account_id=new_account_id(),
        key="back",
        fingerprint=Fingerprint("v1:back"),
        actor="admin:admin-1",
        reason="asked for it",
        amount=amount,
        asked_at=NOW,
    )
    receipt = RefundReceipt(refund_id="re_1", amount=450, currency="usd", status="pending")

    before = adapters.refunds.find("pay_1", "back")
    first = adapters.refunds.ask(request, audit_row())
    second = adapters.refunds.ask(replace(request, actor="admin:another"), audit_row())
    adapters.refunds.answer(request, receipt)

    assert (before, first, second) == (None, request, request)
    assert adapters.refunds.find("pay_1", "back") == replace(request, receipt=receipt)


some_texts = texts.filter(bool)


def _by_id[T](name: str, made: st.SearchStrategy[T]) -> st.SearchStrategy[dict[str, T]]:
    """Draw a few things, each under its own id."""
    return st.lists(made, max_size=2).map(lambda all_: {getattr(each, name): each for each in all_})


payments = st.builds(
    Payment,
    payment_id=some_texts,
    account_id=account_ids,
    package_id=texts,
    credits=amounts,
    bonus=amounts,
    price=st.integers(1, 10**11),
    currency=st.sampled_from(["usd", "jpy", "kwd"]),
    created_at=instants,
    fingerprint=texts,
    version=st.integers(0, 1000),
    provider=some_texts,
    intent_id=maybe(some_texts),
    save_card=st.booleans(),
    consent_at=maybe(instants),
    progress=st.builds(
        Progress,
        status=st.sampled_from([each for each in PaymentStatus if each != "canceled"]),
        at=instants,
        reason=maybe(some_texts),
    )
    | st.builds(
        Progress,
        status=st.just(PaymentStatus.CANCELED),
        at=instants,
        cancellation=st.sampled_from(Cancellation),
    ),
    paid=maybe(
        st.builds(Paid, amount=whole, currency=texts, charge_id=maybe(some_texts), at=instants)
    ),
    granted=st.booleans(),
    grant_ids=several(whole),
    expired=amounts,
    charge_refunded=st.just(NO_SUM)
    | st.builds(ChargeRefunded, amount=whole, at=st.integers(-1, 10**10).map(Instant)),
    refunds=_by_id(
        "refund_id",
        st.builds(
            Refunded,
            refund_id=some_texts,
            amount=whole,
            status=st.sampled_from(RefundStatus),
            at=instants,
            currency=texts,
            request=texts,
        ),
    ),
    disputes=_by_id(
        "dispute_id",
        st.builds(
            Disputed,
            dispute_id=some_texts,
            amount=whole,
            status=st.sampled_from(DisputeStatus),
            withdrawn=st.booleans(),
            reinstated=st.booleans(),
            at=instants,
            currency=texts,
            movements=st.dictionaries(
                some_texts,
                st.builds(
                    Movement,
                    kind=st.sampled_from(MovementKind),
                    amount=st.integers(-(10**10), 10**10),
                    currency=texts,
                    created=instants,
                ),
                max_size=2,
            ),
        ),
    ),
    taken=several(
        st.builds(
            Clawback,
            grant_id=whole,
            amount=amounts,
            kind=st.sampled_from(GrantKind),
            grant_amount=amounts,
            priority=st.integers(0, 1000),
            cost_basis=whole,
            seconds_left=maybe(st.integers(1, 10**9)),
            origin=maybe(st.integers(1, 10**9)),
            currency=st.sampled_from(["usd", "jpy"]),
        )
    ),
    problem=maybe(some_texts),
)


@tried(200)
@given(made=payments)
def test_a_payment_survives_being_an_item(made: Payment) -> None:
    assert payment_from_item(payment_to_item(made)) == made


def test_a_window_is_kept_for_each_list_until_another_takes_its_place(
    adapters: PaymentStores,
) -> None:
    begun = Window(since=NOW, until=Instant(NOW + 60), after="evt_1")
    later = Window(since=Instant(NOW + 60), until=Instant(NOW + 120))
    nothing = adapters.windows.window(Source.EVENTS)

    adapters.windows.keep_window(Source.EVENTS, begun)
    adapters.windows.keep_window(Source.REFUNDS, later)
    first = adapters.windows.window(Source.EVENTS)
    adapters.windows.keep_window(Source.EVENTS, later)

    assert (nothing, first) == (None, begun)
    assert adapters.windows.window(Source.EVENTS) == later
    assert adapters.windows.window(Source.REFUNDS) == later
    assert adapters.windows.window(Source.DISPUTES) is None


def test_rows_of_earlier_releases_are_read() -> None:
    item = payment_to_item(payment("pay_1", AccountId("user-1"), version=0))
    item["charge_refunded"] = {"N": "900"}
    item["refunds"] = {"M": {"re_1": {"L": [{"N": "900"}, {"S": "failed"}]}}}
    flags = [{"N": "4500"}, {"S": "needs_response"}, {"BOOL": True}, {"BOOL": False}]
    item["disputes"] = {"M": {"du_1": {"L": flags}}}

    read = payment_from_item(item)

    assert read.charge_refunded == ChargeRefunded(amount=900, at=NO_SUM.at)
    assert read.refunds == {
        "re_1": Refunded(refund_id="re_1", amount=900, status=RefundStatus.FAILED)
    }
    assert read.money_refunded == 0
    assert read.disputes["du_1"].gone == 4500
    assert payment_from_item(payment_to_item(read)) == read


@pytest.mark.parametrize(
    ("stored", "status"),
    [
        ("warning_needs_response", DisputeStatus.INQUIRY),
        ("warning_under_review", DisputeStatus.INQUIRY_UNDER_REVIEW),
        ("warning_closed", DisputeStatus.INQUIRY_CLOSED),
        ("lost", DisputeStatus.LOST),
        ("", DisputeStatus.NOT_STATED),
        ("something_new", DisputeStatus.UNKNOWN),
    ],
)
@pytest.mark.parametrize(
    ("category", "amount", "kind"),
    [
        ("dispute", 7, MovementKind.WITHDRAWAL),
        ("dispute_reversal", -7, MovementKind.REVERSAL),
        ("fee", -7, MovementKind.WITHDRAWAL),
        ("", 7, MovementKind.REVERSAL),
    ],
)
def test_a_providers_words_in_rows_of_before_are_read(
    stored: str, status: DisputeStatus, category: str, amount: int, kind: MovementKind
) -> None:
    item = payment_to_item(payment("pay_1", AccountId("user-1"), version=0))
    movement = {"L": [{"S": category}, {"N": str(amount)}, {"S": "usd"}, {"N": "5"}]}
    item["disputes"] = {"M": {"du_1": {"L": [
        {"N": "4500"}, {"S": stored}, {"BOOL": True}, {"BOOL": False}, {"N": "9"}, {"S": "usd"},
        {"M": {"txn_1": movement}},
    ]}}}  # fmt: skip
    item["refunds"] = {"M": {"re_1": {"L": [{"N": "900"}, {"S": "something_new"}]}}}
    item["progress"] = {"L": [{"S": "canceled"}, {"N": "5"}, {"S": "requested_by_customer"}]}

    read = payment_from_item(item)

    assert read.disputes["du_1"].status is status
    assert read.disputes["du_1"].movements["txn_1"].kind is kind
    assert read.refunds["re_1"].status is RefundStatus.UNKNOWN
    assert read.progress.cancellation is Cancellation.REQUESTED
    assert payment_from_item(payment_to_item(read)) == read


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ("abandoned", Cancellation.ABANDONED),
        ("requested", Cancellation.REQUESTED),
        ("automatic", Cancellation.OTHER),
        ("", Cancellation.OTHER),
    ],
)
def test_the_reason_of_a_cancellation_is_read(stored: str, why: Cancellation) -> None:
    item = payment_to_item(payment("pay_1", AccountId("user-1"), version=0))
    item["progress"] = {"L": [{"S": "canceled"}, {"N": "5"}, {"S": stored}]}

    assert payment_from_item(item).progress.cancellation is why

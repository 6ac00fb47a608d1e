"""Every call of every adapter on DynamoDB, against each kind of answer that it may get."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ClientError
from prepaid.accounts.dynamodb.lists import DynamoAccountLists
from prepaid.accounts.dynamodb.profiles import DynamoProfiles
from prepaid.accounts.profiles import Profile
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.alerts.eventbridge import EventBus
from prepaid.calls.call import Call
from prepaid.calls.dynamodb import DynamoCalls, DynamoCallSources
from prepaid.calls.ports import CallSource
from prepaid.catalogue.dynamodb.prices import DynamoPriceEditor
from prepaid.catalogue.packages import Package
from prepaid.catalogue.versions import OperationPrices, PriceChange, PriceDraft
from prepaid.domain.account import Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import Contended, Unavailable
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.listing import AccountList
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb import client as dynamodb_client
from prepaid.dynamodb.readable import held_readable
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dead_letters import DeadLetter
from prepaid.inbox.dynamodb import DynamoDeadLetters, DynamoExceptions
from prepaid.inbox.ports import ExceptionCase, Resolution
from prepaid.ledger.dynamodb.checkpoints import DynamoCheckpoints
from prepaid.ledger.dynamodb.items import account_from_item
from prepaid.ledger.ports import HistoryQuery
from prepaid.ledger.running_sums import RunningSums
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.payment import Payment
from prepaid.payments.ports import RefundReceipt, RefundRequest
from prepaid.payments.purchase_starts import PurchaseStarts
from prepaid.payments.reconciliation_ports import Source
from prepaid.runtime.wiring import alerts
from prepaid.windows import Window

from tests.alerts.test_eventbridge import ONE_TRY
from tests.alerts.test_eventbridge import new_client as new_aws_client
from tests.support.audits import audit_row
from tests.support.dynamodb import LedgerStore, catalogue, ledger_store, new_client
from tests.support.ledger_harness import NOW, PRICES
from tests.support.samples import decision, entry
from tests.support.wire import answered, error, received

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient

ACCOUNT = AccountId("user-1")
KEYS = (Key("u:usage:1"), Key("u:usage:2"))
NOWHERE = "http://127.0.0.1:1"
ALERT = Alert(
    account_id=ACCOUNT,
    seq=1,
    raised_at=NOW,
    thresholds=(Credits(2_000),),
    balance=Credits(1),
    available=Credits(1),
)
PAYMENT = Payment(
    payment_id="pay_1",
    account_id=ACCOUNT,
    package_id="starter",
    credits=Credits(100),
    bonus=Credits(0),
    price=100,
    currency="usd",
    created_at=NOW,
    fingerprint="v1:terms",
    provider="stripe",
)
REQUEST = RefundRequest(
    payment_id="pay_1",
    account_id=ACCOUNT,
    key="back",
    fingerprint=Fingerprint("v1:back"),
    actor="admin:admin-1",
    reason="asked for it",
    amount=None,
    asked_at=NOW,
)
RECEIPT = RefundReceipt(refund_id="re_1", amount=100, currency="usd", status="succeeded")
PACKAGE = Package(
    package_id="starter",
    name="Starter",
    credits=Credits(100),
    bonus=Credits(0),
    price=100,
    currency="usd",
    position=1,
)
CASE = ExceptionCase(kind="foreign", subject="s", detail="d", created_at=NOW)
SOURCE = CallSource(
    source_id="+1", account_id=ACCOUNT, assistant_id=None, updated_at=NOW, updated_by="admin:a"
)

LETTER = DeadLetter(letter_id="m-1", first_id="m-1", target="", body="{}", reason="r")
NEW_PROFILE = Profile(
    account_id=ACCOUNT, email="a@example.com", version=1, updated_at=NOW, updated_by="admin:a"
)
PRICES_READ = OperationPrices(plan="default", operation=PRICES[0].operation, versions=())
DRAFT = PriceDraft(
    draft_id="d",
    plan="default",
    operation="message",
    units=PRICES[0].units,
    prices_version=0,
    updated_at=NOW,
    updated_by="admin:a",
)


@dataclass
class Adapters:
    """Everything that reads or writes a table, over one client, and the bus."""

    client: "DynamoDBClient"
    events: "EventBridgeClient"

    def __post_init__(self) -> None:
        records = RecordsTable(self.client, "records")
        self.ledger: LedgerStore = ledger_store(self.client, "t-")
        self.catalogue = catalogue(self.client, "t-")
        self.payments = DynamoPayments(self.client, "payments")
        self.starts = DynamoPaymentStarts(self.client, payments="payments", records="records")
        self.records = DynamoRecords(records, "stripe")
        self.outbox = DynamoOutbox(self.client, "alerts")
        self.inbox = DynamoExceptions(records)
        self.letters = DynamoDeadLetters(records)
        self.profiles = DynamoProfiles(records)
        self.lists = DynamoAccountLists(
            self.client, records="records", accounts="accounts", read=account_from_item
        )
        self.checkpoints = DynamoCheckpoints(records)
        self.calls = DynamoCalls(self.client, "records")
        self.sources = DynamoCallSources(self.client, "records")
        self.price_editor = DynamoPriceEditor(self.client, pricing="prices", records="records")
        self.bus = EventBus(self.events, "prepaid")


type Do = Callable[[Adapters], object]
READS: Mapping[str, Do] = {
    "load": lambda on: on.ledger.load(ACCOUNT),
    "one entry": lambda on: on.ledger.entries(ACCOUNT, KEYS[:1]),
    "entries": lambda on: on.ledger.entries(ACCOUNT, KEYS),
    "entries under a prefix": lambda on: on.ledger.entries_under(ACCOUNT, KEYS[0], limit=5),
    "all entries": lambda on: list(on.ledger.all_entries(ACCOUNT)),
    "entries in order": lambda on: list(on.ledger.in_order(ACCOUNT)),
    "history": lambda on: on.ledger.history(HistoryQuery(account_id=ACCOUNT, limit=5)),
    "accounts": lambda on: list(on.ledger.accounts(segment=0, segments=1)),
    "accounts that are due": lambda on: list(on.ledger.due(now=NOW, shard=0)),
    "closed days": lambda on: on.ledger.closed_days(ACCOUNT),
    "prices": lambda on: on.catalogue.prices("default", "message"),
    "price list": lambda on: on.catalogue.price_list("default"),
    "packages": lambda on: on.catalogue.packages(),
    "a payment": lambda on: on.payments.payment("pay_1"),
    "the payment of an intent": lambda on: on.payments.by_intent("pi_1"),
    "payments of an account": lambda on: on.payments.of_account(ACCOUNT, limit=5),
    "all payments": lambda on: list(on.payments.all_of(ACCOUNT)),
    "starts of purchases": lambda on: on.starts.starts(ACCOUNT),
    "a customer": lambda on: on.records.customer(ACCOUNT),
    "a refund's request": lambda on: on.records.find("pay_1", "key"),
    "a window": lambda on: on.records.window(Source.EVENTS),
    "alerts that wait": lambda on: list(on.outbox.waiting(before=NOW)),
    "open cases": lambda on: on.inbox.open_cases(limit=5),
    "a case": lambda on: on.inbox.case("foreign", "s"),
    "cases of before the index": lambda on: on.inbox.list_older(),
    "sums": lambda on: on.checkpoints.sums(ACCOUNT),
    "where a run stopped": lambda on: on.checkpoints.stopped_at(segment=0, segments=1),
    "a call": lambda on: on.calls.call("call-1"),
    "calls that are due": lambda on: list(on.calls.due(now=NOW)),
    "a source": lambda on: on.sources.source("+1"),
    "prices to edit": lambda on: on.price_editor.every_price("default"),
    "prices of one operation": lambda on: on.price_editor.prices_of("default", "message"),
    "a draft": lambda on: on.price_editor.draft("d"),
    "drafts": lambda on: on.price_editor.drafts(),
    "sources": lambda on: on.sources.sources(limit=5),
    "a dead letter": lambda on: on.letters.letter("m-1"),
    "a profile": lambda on: on.profiles.profile(ACCOUNT),
    "accounts with an address": lambda on: on.lists.with_email("ad", limit=5),
    "accounts of a list": lambda on: on.lists.listed(AccountList.DEBT, limit=5),
    "accounts that were found": lambda on: on.lists.accounts([ACCOUNT]),
}
WRITES: Mapping[str, Do] = {
    "commit": lambda on: on.ledger.commit(decision(ACCOUNT, entry(ACCOUNT)), seen=Version(0)),
    "a price": lambda on: on.catalogue.add_price(PRICES[0]),
    "a package": lambda on: on.catalogue.add_package(PACKAGE),
    "save a payment": lambda on: on.payments.save(PAYMENT),
    "start a purchase": lambda on: on.starts.start(PAYMENT, PurchaseStarts(account_id=ACCOUNT)),
    "remember a customer": lambda on: on.records.remember(ACCOUNT, "cus_1"),
    "ask for a refund": lambda on: on.records.ask(REQUEST, audit_row()),
    "a refund's receipt": lambda on: on.records.answer(REQUEST, RECEIPT),
    "keep a window": lambda on: on.records.keep_window(
        Source.EVENTS, Window(since=Instant(0), until=NOW)
    ),
    "claim an alert": lambda on: on.outbox.claim(ALERT, now=NOW, until=NOW),
    "release an alert": lambda on: on.outbox.release(ALERT),
    "an alert is delivered": lambda on: on.outbox.delivered(ALERT, now=NOW),
    "report": lambda on: on.inbox.report("foreign", "s", "d", now=NOW),
    "resolve": lambda on: on.inbox.resolve(CASE, Resolution(at=NOW, by="admin:a"), audit_row()),
    "keep sums": lambda on: on.checkpoints.keep(ACCOUNT, RunningSums()),
    "keep where a run stopped": lambda on: on.checkpoints.stop_at(ACCOUNT, segment=0, segments=1),
    "save a call": lambda on: on.calls.save(Call(call_id="call-1")),
    "put a source": lambda on: on.sources.change(None, SOURCE, audit_row("+1")),
    "delete a source": lambda on: on.sources.change(SOURCE, None, audit_row("+1")),
    "note what was tried": lambda on: on.inbox.note(audit_row()),
    "change prices": lambda on: on.price_editor.change_prices(
        PriceChange(read=PRICES_READ, add=PRICES[0]), audit_row()
    ),
    "write a draft": lambda on: on.price_editor.write_draft(DRAFT, audit_row(), new=True),
    "delete a draft": lambda on: on.price_editor.delete_draft(DRAFT, audit_row()),
    "keep a dead letter": lambda on: on.letters.keep(LETTER, now=NOW),
    "change a profile": lambda on: on.profiles.change(
        Profile(account_id=ACCOUNT), NEW_PROFILE, audit_row()
    ),
    "announce": lambda on: on.bus.announce(ALERT),
}
ALL = {**READS, **WRITES}
PAGES = {
    "an empty body": (200, b""),
    "a proxy's page": (200, b"<html><body>Sign in</body></html>"),
    "a body that is cut": (200, b'{"Items": [{"account_id": {"S": "a"}}], "Scan'),
    "a body that is cut behind a brace": (200, b'{"Item": {"account_id": {"S": "a"}}'),
    "a list": (200, b"[]"),
    "null": (200, b"null"),
    "another's object": (200, b'{"status": "ok"}'),
    "bytes that are no text": (200, b"\x80{}"),
    "a redirect": (302, b""),
    "a proxy's refusal": (403, b"<html>Forbidden</html>"),
    "a proxy's refusal in JSON": (403, b'{"message": "Forbidden"}'),
    "a page that is not found": (404, b""),
    "a proxy that must be paid": (407, b"null"),
    "a gateway's page": (502, b"<html>Bad Gateway</html>"),
    "a gateway's list": (502, b"[]"),
    "a gateway's bytes": (503, b"\x80"),
}


@cache
def clients() -> tuple[Any, Any]:
    """Return clients, made once, that try each call once."""
    events = held_readable(new_aws_client("events", NOWHERE, ONE_TRY))
    return new_client(NOWHERE, retries={"mode": "standard", "total_max_attempts": 1}), events


def adapters(answer: Callable[[str], AWSResponse]) -> Adapters:
    """Return adapters whose every request gets an answer of its URL."""

    def send(request: AWSPreparedRequest) -> AWSResponse:
        return answer(request.url)

    for each in clients():
        each._endpoint.http_session.send = send
    return Adapters(*clients())


@pytest.mark.fault(
    "A60",
    "AWS's answer is empty, cut, or a proxy's",
    "Unavailable, for every call of every adapter: tried again, then a 503; never an empty account",
)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("do", ALL.values(), ids=ALL)
def test_an_answer_that_is_not_of_aws_is_unavailable(do: Do, page: tuple[int, bytes]) -> None:
    status, body = page

    with pytest.raises(Unavailable):
        do(adapters(lambda url: received(url, status, body)))


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError", "RequestTimeout"])
@pytest.mark.parametrize("do", READS.values(), ids=READS)
def test_every_read_that_is_turned_away_is_unavailable(do: Do, code: str) -> None:
    with pytest.raises(Unavailable) as raised:
        do(adapters(lambda url: answered(url, *error(code))))

    assert not isinstance(raised.value, Contended)
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError", "RequestTimeout"])
@pytest.mark.parametrize("do", WRITES.values(), ids=WRITES)
def test_every_write_that_is_turned_away_is_unavailable(do: Do, code: str) -> None:
    with pytest.raises(Unavailable):
        do(adapters(lambda url: answered(url, *error(code))))


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
@pytest.mark.parametrize("do", ALL.values(), ids=ALL)
def test_every_mistake_of_ours_is_raised_as_it_is(do: Do, code: str) -> None:
    with pytest.raises(ClientError, match=code):
        do(adapters(lambda url: answered(url, *error(code))))


def test_an_empty_answer_of_dynamodb_is_one() -> None:
    on = adapters(lambda url: received(url, 200, b"{}"))

    assert on.ledger.load(ACCOUNT).version == 0
    assert on.payments.payment("pay_1") is None
    assert on.sources.source("+1") is None


def test_the_product_s_own_clients_take_only_answers_of_aws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("EVENT_BUS", "prepaid")
    monkeypatch.setattr(
        "botocore.httpsession.URLLib3Session.send",
        lambda _, request: received(request.url, 200, b""),
    )
    store = ledger_store(dynamodb_client.new_client(), "t-")

    with pytest.raises(Unavailable):
        store.load(ACCOUNT)
    with pytest.raises(Unavailable):
        alerts._announcer().announce(ALERT)

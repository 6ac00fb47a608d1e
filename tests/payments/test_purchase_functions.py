"""Buying: each function per status code, and what it leaves behind."""

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest, RateLimited, Unavailable
from prepaid.payments.payment import Cancellation, PaymentStatus, Progress
from prepaid.payments.purchase_starts import MAX_STARTED
from prepaid.runtime.wiring.payments import secrets_in

from tests.support.memory_payments import MemoryRecords
from tests.support.sales import Sales
from tests.support.selling import PRICE, FakePaymentProcessor, failed, paid, refunded
from tests.support.stage import NOW, OTHER, USER, Reply, function

AT = Instant(NOW)


def test_a_purchase_is_answered_with_what_a_page_needs_to_pay_it(sales: Sales) -> None:
    reply = sales.buy()

    payment = sales.payment(reply)
    assert reply.status == 201
    assert reply.json == {
        "payment_id": payment.payment_id,
        "client_secret": f"{payment.intent_id}_secret",
        "publishable_key": "pk_test_local",
        "amount": 4500,
        "currency": "usd",
        "credits": "500.00",
        "bonus": "50.00",
        "status": "created",
    }


def test_a_repeat_is_answered_alike_and_marked(sales: Sales) -> None:
    first = sales.buy()

    again = sales.buy()

    assert (again.status, again.json) == (200, first.json)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(sales.payment_processor.intents) == 1


def test_the_same_key_for_another_package_is_refused(sales: Sales) -> None:
    sales.buy()

    reply = sales.buy("starter")

    assert (reply.status, reply.code) == (422, "idempotency_key_reused")
    assert len(sales.payment_processor.intents) == 1


@pytest.mark.fault("A9")
def test_two_accounts_may_use_the_same_key(sales: Sales) -> None:
    mine = sales.buy()

    theirs = sales.buy("starter", account_id="user-2")

    assert (mine.status, theirs.status) == (201, 201)
    assert mine.json["payment_id"] != theirs.json["payment_id"]


def test_a_purchase_without_a_key_is_refused(sales: Sales) -> None:
    reply = sales.stage.call("create_purchase", {"package_id": "starter"})

    assert (reply.status, reply.code) == (400, "idempotency_key_missing")
    assert sales.payment_processor.asked == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"package_id": "gold"}, "/package_id"),
        ({"package_id": 1}, "/package_id"),
        ({}, "/package_id"),
        ({"package_id": "starter", "price": 1}, "/price"),
        ({"package_id": "starter", "save_card": "yes"}, "/save_card"),
    ],
)
def test_a_purchase_that_cannot_be_meant_is_refused(
    sales: Sales, body: dict[str, object], pointer: str
) -> None:
    reply = sales.stage.call("create_purchase", body, key="k")

    assert (reply.status, reply.code, reply.pointers) == (422, "invalid_request", [pointer])
    assert sales.payment_processor.intents == {}


def test_a_card_is_saved_only_with_consent_and_the_consent_is_kept(sales: Sales) -> None:
    without = sales.payment(sales.buy(key="without"))
    body = {"package_id": "starter", "save_card": True}

    agreed = sales.payment(sales.stage.call("create_purchase", body, key="with"))

    assert (without.save_card, without.consent_at) == (False, None)
    assert (agreed.save_card, agreed.consent_at) == (True, NOW)


def test_whoever_starts_too_many_purchases_has_to_wait(sales: Sales) -> None:
    for number in range(MAX_STARTED):
        assert sales.buy("starter", key=f"try-{number}").status == 201

    reply = sales.buy("starter", key="one-more")
    repeat = sales.buy("starter", key="try-0")
    sales.stage.now += 3600
    later = sales.buy("starter", key="one-more")

    assert (reply.status, reply.code) == (429, "rate_limited")
    assert reply.headers["retry-after"] == "3600"
    assert (repeat.status, later.status) == (200, 201)


class Refusing(FakePaymentProcessor):
    """A processor that raises whatever the test says."""

    error: Exception

    def create_customer(self, account_id: AccountId) -> str:
        del account_id
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unavailable("Stripe cannot be reached."), 503),
        (RateLimited("Stripe asks to wait.", retry_after_seconds=2), 429),
        (InvalidRequest("No such currency.", pointer="/currency"), 422),
        (RuntimeError("a bug"), 500),
    ],
)
def test_what_stripe_says_reaches_the_caller_and_a_repeat_goes_on(
    sales: Sales, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    refusing = Refusing()
    refusing.error = error
    with monkeypatch.context() as patch:
        patch.setattr(sales.stage, "payment_processor", refusing)
        reply = sales.buy()

    again = sales.buy()

    assert reply.status == status
    assert "a bug" not in reply.text
    assert again.status == 201
    assert len(sales.stage.store.payments.of_account(USER, limit=9)) == 1


def test_a_purchase_shows_its_terms_and_what_became_of_it(sales: Sales) -> None:
    started = sales.buy()
    payment = sales.payment(started)
    sales.record_fact(payment, paid(payment, at=Instant(NOW + 5)))
    sales.record_fact(payment, refunded(PRICE // 2))

    reply = sales.get(payment.payment_id)

    assert reply.status == 200
    assert reply.json == {
        "payment_id": payment.payment_id,
        "account_id": "user-1",
        "package_id": "professional",
        "credits": "500.00",
        "bonus": "50.00",
        "amount": 4500,
        "currency": "usd",
        "status": "succeeded",
        "credited": True,
        "failure_reason": None,
        "problem": None,
        "amount_refunded": 2250,
        "credits_taken_back": "275.00",
        "created_at": "2026-11-18T11:06:40Z",
        "paid_at": "2026-11-18T11:06:45Z",
        "receipt_url": None,
        "card": None,
    }


@pytest.mark.parametrize(
    ("progress", "status", "reason"),
    [
        (failed(), "failed", "Your card was declined."),
        (
            Progress(status=PaymentStatus.CANCELED, at=AT, cancellation=Cancellation.ABANDONED),
            "canceled",
            "The payment was not completed in time.",
        ),
        (
            Progress(status=PaymentStatus.CANCELED, at=AT),
            "canceled",
            "The payment was canceled.",
        ),
        (Progress(status=PaymentStatus.PROCESSING, at=AT), "processing", None),
    ],
)
def test_a_purchase_that_is_not_paid_says_why(
    sales: Sales, progress: Progress, status: str, reason: str | None
) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, progress)

    reply = sales.get(payment.payment_id)

    shown = reply.json["status"], reply.json["failure_reason"], reply.json["credited"]
    assert shown == (status, reason, False)


@pytest.mark.fault("G42.2")
def test_anothers_purchase_is_answered_like_one_that_does_not_exist(sales: Sales) -> None:
    payment_id = sales.buy().json["payment_id"]

    for name in ("get_purchase", "refresh_purchase"):
        theirs = sales.stage.call(name, account_id="user-2", path={"payment_id": payment_id})
        none = sales.stage.call(name, account_id="user-2", path={"payment_id": "pay_none"})
        named = sales.stage.call(
            name,
            account_id="user-2",
            path={"payment_id": payment_id},
            query={"account_id": "user-1"},
        )

        assert (theirs.status, theirs.code, theirs.json["detail"]) == (
            404,
            "not_found",
            none.json["detail"],
        )
        assert named.status == 403


@pytest.mark.parametrize("role", ["service", "admin", "super_admin"])
def test_services_and_admins_read_the_purchases_of_the_account_that_they_name(
    sales: Sales, role: str
) -> None:
    payment_id = sales.buy().json["payment_id"]
    query = {"account_id": "user-1"}

    one = sales.get(payment_id, query=query, role=role, account_id="somebody")
    several = sales.stage.call("list_purchases", query=query, role=role, account_id="somebody")

    assert one.status == 200
    assert [item["payment_id"] for item in several.json["items"]] == [payment_id]


@pytest.mark.parametrize("role", ["service", "admin", "super_admin"])
def test_those_who_read_any_purchase_need_not_name_its_account(sales: Sales, role: str) -> None:
    payment_id = sales.buy().json["payment_id"]

    found = sales.get(payment_id, role=role, account_id="somebody")
    other = sales.get(payment_id, query={"account_id": "user-2"}, role=role, account_id="somebody")

    assert (found.status, found.json["account_id"]) == (200, "user-1")
    assert other.status == 404


def test_purchases_are_listed_newest_first_page_by_page(sales: Sales) -> None:
    made = []
    for number in range(5):
        sales.stage.now = NOW + number // 2
        made.append(sales.buy("starter", key=f"k-{number}").json["payment_id"])
    sales.buy("starter", account_id="user-2")

    pages, cursor = [], None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        reply = sales.stage.call("list_purchases", query=query)
        pages.append(reply.json["items"])
        cursor = reply.json["next_cursor"]
        assert ("link" in reply.headers) == (cursor is not None)
        if cursor is None:
            break

    listed = [item["payment_id"] for page in pages for item in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(listed) == sorted(made)
    assert [item["created_at"] for page in pages for item in page] == sorted(
        (item["created_at"] for page in pages for item in page), reverse=True
    )


@pytest.mark.fault(
    "G46.5",
    "An admin lists the purchases of an account that nobody wrote",
    "404, unless a purchase was started",
)
@pytest.mark.parametrize("role", ["service", "admin", "super_admin"])
def test_purchases_of_an_account_that_nobody_wrote_are_not_found_for_those_who_read_others(
    sales: Sales, role: str
) -> None:
    sales.stage.fund("1.00", OTHER)
    started = sales.buy().json["payment_id"]

    def listed(account_id: str) -> Reply:
        query = {"account_id": account_id}
        return sales.stage.call("list_purchases", query=query, role=role, account_id="x")

    nobody = listed("nobody")
    assert (nobody.status, nobody.code) == (404, "not_found")
    assert "nobody has written to it" in nobody.json["detail"]
    assert listed(OTHER).json["items"] == []
    assert [each["payment_id"] for each in listed(USER).json["items"]] == [started]
    assert sales.stage.call("list_purchases", account_id="new").json["items"] == []


def test_a_cursor_of_another_account_is_refused(sales: Sales) -> None:
    for number in range(2):
        sales.buy("starter", key=f"k-{number}")
    cursor = sales.stage.call("list_purchases", query={"limit": "1"}).json["next_cursor"]

    reply = sales.stage.call("list_purchases", query={"cursor": cursor}, account_id="user-2")

    assert (reply.status, reply.code) == (400, "cursor_invalid")


def test_refreshing_learns_what_no_webhook_told(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.payment_processor.tell(str(payment.intent_id), paid(payment))

    replies = [
        sales.stage.call("refresh_purchase", path={"payment_id": payment.payment_id})
        for _ in range(2)
    ]

    assert [(reply.status, reply.json["credited"]) for reply in replies] == [(200, True)] * 2
    assert sales.stage.balance() == "550.00"


def test_a_purchase_that_never_reached_stripe_is_refreshed_to_itself(
    sales: Sales, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing()
    refusing.error = Unavailable("Stripe cannot be reached.")
    with monkeypatch.context() as patch:
        patch.setattr(sales.stage, "payment_processor", refusing)
        sales.buy()
    payment_id = sales.stage.call("list_purchases").json["items"][0]["payment_id"]

    reply = sales.stage.call("refresh_purchase", path={"payment_id": payment_id})

    assert (reply.status, reply.json["status"]) == (200, "created")


def refund(sales: Sales, payment_id: str, key: str = "back", **more: object) -> tuple[int, str]:
    body = {"payment_id": payment_id, "reason": "asked for it", **more}
    reply = sales.stage.call("refund_payment", body, role="admin", account_id="admin-1", key=key)
    return reply.status, reply.text


def test_a_refund_is_asked_of_stripe_once_and_who_asked_is_kept(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))

    first = refund(sales, payment.payment_id, amount=450)
    again = refund(sales, payment.payment_id, amount=450)

    stored = sales.records.requests[payment.payment_id, "back"]
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert sales.payment_processor.asked.count("refund again=False") == 1
    assert (stored.actor, stored.reason, stored.amount) == ("admin:admin-1", "asked for it", 450)
    assert stored.receipt is not None
    assert sales.stage.balance() == "550.00"


def test_a_refund_whose_answer_was_lost_is_looked_for_before_it_is_made_again(
    sales: Sales, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    with monkeypatch.context() as patch:
        patch.setattr(MemoryRecords, "answer", _lost)
        lost = refund(sales, payment.payment_id)
    sales.record_fact(payment, refunded(PRICE, refund_id="re_1"))

    again = refund(sales, payment.payment_id)

    assert (lost[0], again[0]) == (503, 201)
    assert sales.payment_processor.asked[-2:] == ["refund again=False", "refund again=True"]
    assert len(sales.payment_processor.refunds) == 1


def _lost(*_: object) -> None:
    raise Unavailable("The records did not answer.")


def test_the_same_key_for_another_refund_is_refused(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    refund(sales, payment.payment_id, amount=450)

    status, text = refund(sales, payment.payment_id, amount=451)

    assert (status, "idempotency_key_reused" in text) == (422, True)
    assert len(sales.payment_processor.refunds) == 1


@pytest.mark.parametrize("amount", [0, -1, PRICE + 1, 2250 + 1, "1", 1.5])
def test_more_than_is_left_cannot_be_refunded(sales: Sales, amount: object) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    sales.record_fact(payment, refunded(PRICE // 2))

    status, text = refund(sales, payment.payment_id, amount=amount)

    assert (status, '"/amount"' in text) == (422, True)
    assert sales.payment_processor.refunds == {}
    assert sales.records.requests == {}


@pytest.mark.parametrize("amount", [1, PRICE - PRICE // 2, None])
def test_just_as_much_as_is_left_can_be_refunded(sales: Sales, amount: int | None) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    sales.record_fact(payment, refunded(PRICE // 2))

    status, _ = refund(sales, payment.payment_id, amount=amount)

    assert status == 201


def test_what_nobody_paid_cannot_be_refunded(sales: Sales) -> None:
    payment_id = sales.buy().json["payment_id"]

    unpaid = refund(sales, payment_id)
    unknown = refund(sales, "pay_none")

    assert (unpaid[0], unknown[0]) == (422, 404)


@pytest.mark.parametrize("role", ["user", "service"])
def test_only_admins_send_money_back(sales: Sales, role: str) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))

    body = {"payment_id": payment.payment_id, "reason": "mine"}
    reply = sales.stage.call("refund_payment", body, role=role, key="back")

    assert (reply.status, reply.code) == (403, "forbidden")
    assert sales.payment_processor.refunds == {}


@pytest.mark.parametrize("name", ["get_purchase", "list_purchases", "refresh_purchase"])
def test_a_ledger_that_does_not_answer_is_a_503(
    sales: Sales, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    payment_id = sales.buy().json["payment_id"]
    for method in ("payment", "of_account"):
        monkeypatch.setattr(sales.stage.store.payments, method, _unreachable)
    path = None if name == "list_purchases" else {"payment_id": payment_id}

    reply = sales.stage.call(name, path=path)

    assert (reply.status, reply.code) == (503, "unavailable")


def _unreachable(*_: object, **__: object) -> None:
    raise Unavailable("The ledger did not answer in time.")


@pytest.mark.fault("B27")
@pytest.mark.fault(
    "C30.9",
    "The reconciliation runs twice",
    "The second one finds nothing to heal",
    no_mutant="healing is telling again: whatever tells a fact twice changes nothing (B13)",
)
def test_the_job_heals_what_no_webhook_told_and_says_so(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.payment_processor.tell(str(payment.intent_id), paid(payment))
    job = function("reconcile_payments")

    first, second = job({}), job({})

    assert (first["healed"], second["healed"]) == (1, 0)
    assert first["drifted"] == 0
    assert sales.stage.balance() == "550.00"
    assert list(sales.stage.reports.stored) == [("payment_healed", payment.intent_id)]


def test_secrets_stand_in_one_parameter_with_commas_or_blanks_between_them() -> None:
    assert secrets_in(" whsec_a,whsec_b\nwhsec_c ,") == ("whsec_a", "whsec_b", "whsec_c")
    assert secrets_in(" ") == ()

"""Each of the seven tables, and the records: create, read, update and delete over HTTP, or not.

The reasons stand in docs/administration.md; that nothing else changes a row is held by the roles
(tests/permissions) and by the routes here.
"""

import json
from typing import Any

import pytest
from prepaid.web.openapi_document import openapi_text

from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, USER, Reply, Stage, function

ROUTES = {
    f"{method.upper()} {path.removeprefix('/api/credits/')}"
    for path, methods in json.loads(openapi_text())["paths"].items()
    for method in methods
}
ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
WHY = {"reason": "Because"}
DAY = 86_400


def routes(method: str, below: str) -> set[str]:
    """Return the routes with a method at or below a path."""
    return {each for each in ROUTES if each.startswith(f"{method} {below}")}


def statuses(*replies: Reply) -> list[int]:
    return [each.status for each in replies]


def test_user_credits_an_account_is_opened_read_changed_and_closed_never_deleted(
    stage: Stage,
) -> None:
    opened = {"account_id": "new#1 %25 😀", "amount": "5.00", "create": True, **WHY}
    path = {"account_id": "new#1 %25 😀"}

    created = stage.call("adjust_credits", opened, key="c", **ADMIN)
    read = stage.call("get_account", path=path, **ADMIN)
    frozen, closed = (
        stage.call("set_account_status", {"status": each, **WHY}, key=each, path=path, **ADMIN)
        for each in ("frozen", "closed")
    )

    assert statuses(created, read, frozen, closed) == [201, 200, 201, 201]
    shown = stage.call("get_account", path=path, **ADMIN).json["balance"]
    assert (shown["balance"], shown["status"]) == ("5.00", "closed")
    assert routes("DELETE", "admin/users") == set()


def test_credit_transactions_an_entry_is_written_and_read_and_corrected_by_another(
    funded: Stage,
) -> None:
    created = funded.spend()
    path = {"entry_id": created.json["entry_id"]}
    before = funded.call("get_transaction", path=path).json
    correction = {"account_id": USER, "amount": "2.60", **WHY}

    funded.call("adjust_credits", correction, key="back", **ADMIN)

    assert funded.call("get_transaction", path=path).json == before
    assert funded.balance() == "100.00"
    assert len(funded.entries()) == 3
    changing = {
        each for method in ("PUT", "PATCH", "DELETE") for each in routes(method, "transactions")
    }
    assert changing == set()


def test_usage_tracking_a_day_is_closed_by_the_first_commit_after_it_and_read(
    funded: Stage,
) -> None:
    funded.spend()
    funded.now += DAY
    funded.spend("next")

    query = {"from": "2026-11-18", "to": "2026-11-19", "group_by": "day"}
    buckets = funded.call("get_usage_analytics", query=query).json["buckets"]

    assert [(each["credits"], each["partial"]) for each in buckets] == [
        ("2.60", False),
        ("2.60", True),
    ]
    changing = {each for method in ("POST", "PUT", "DELETE") for each in routes(method, "usage/")}
    assert changing == set()


def test_credit_packages_a_package_is_created_read_changed_and_archived(stage: Stage) -> None:
    terms = {"name": "S", "credits": "1.00", "price": 100, "currency": "usd", "position": 9}
    path = {"package_id": "s"}

    created = stage.call("create_package", {**terms, **path}, **ADMIN)
    changed = stage.call("put_package", {**terms, "price": 90, "version": 1}, path=path, **ADMIN)
    deleted = stage.call("archive_package", path=path, **ADMIN)
    read = stage.call("manage_packages", **ADMIN)

    assert statuses(created, changed, deleted, read) == [201, 200, 200, 200]
    assert [each["archived"] for each in read.json["items"]] == [False] * 5 + [True]
    for_sale = stage.call("list_packages", role=None).json["items"]
    assert "s" not in {each["package_id"] for each in for_sale}


def test_credit_pricing_a_price_is_created_read_replaced_by_a_version_and_withdrawn(
    stage: Stage,
) -> None:
    terms = {"operation": "fax", "units": [{"unit": "page", "rate": "0.10"}]}

    created = stage.call("create_price", {**terms, "version": 0}, **ADMIN)
    dearer = {"operation": "fax", "units": [{"unit": "page", "rate": "0.20"}], "version": 1}
    changed = stage.call("create_price", dearer, **ADMIN)
    path = {"price_id": changed.json["price_id"]}
    deleted = stage.call("delete_price", path=path, **ADMIN)
    read = stage.call("manage_pricing", **ADMIN)

    assert statuses(created, changed, deleted, read) == [201, 201, 200, 200]
    [fax] = [each for each in read.json["items"] if each["operation"] == "fax"]
    assert [each["units"][0]["rate"] for each in fax["versions"]] == ["0.10"]


def test_stripe_payments_a_purchase_is_started_read_and_refunded_never_deleted(
    sales: Sales,
) -> None:
    started = sales.buy()
    payment = sales.payment(started)
    sales.record_fact(payment, paid(payment))
    refund = {"payment_id": payment.payment_id, "amount": 100, **WHY}

    changed = sales.stage.call("refund_payment", refund, key="r", **ADMIN)
    path = {"payment_id": payment.payment_id}
    refreshed = sales.stage.call("refresh_purchase", path=path)

    assert statuses(started, changed, refreshed) == [201, 201, 200]
    assert sales.get(payment.payment_id).json["status"] == "succeeded"
    assert routes("DELETE", "purchase") | routes("PUT", "purchase") == set()


@pytest.mark.fault(
    "K25",
    "An alert could be deleted before it was delivered",
    "A commit writes it, its delivery marks it, and nothing deletes it",
    no_mutant="what is not there cannot be taken away",
)
def test_credit_alerts_an_alert_is_raised_by_a_commit_and_marked_by_its_delivery(
    stage: Stage,
) -> None:
    stage.fund("21.00")
    stage.spend()
    stage.bus.refused.add(USER)
    stage.now += 2 * DAY
    function("deliver_alerts")({})
    [read] = stage.call("list_exceptions", **ADMIN).json["items"]
    stage.bus.refused.clear()

    [alert] = stage.call("list_alerts").json["items"]
    seen = {"alert_id": alert["alert_id"]}
    acknowledged = stage.call("acknowledge_alert", path=seen)

    assert (acknowledged.status, alert["acknowledged_at"]) == (200, None)
    assert stage.call("list_alerts").json["items"][0]["acknowledged_at"] is not None

    path = {"exception_id": read["exception_id"]}
    marked = stage.call("retry_exception", {}, key="t", path=path, **ADMIN)

    assert (read["kind"], read["subject"].partition("#")[0]) == ("alert_not_delivered", USER)
    assert (marked.status, marked.json["still"]) == (201, None)
    assert list(stage.store.outbox.waiting(before=stage.bus.announced[0].raised_at)) == []
    assert len(stage.store.outbox.stored) == 1
    assert routes("DELETE", "alerts") | routes("DELETE", "admin/alerts") == set()


def test_credit_records_a_phone_number_is_mapped_read_remapped_and_forgotten(
    stage: Stage,
) -> None:
    path = {"phone_number_id": "n#1 %25 😀"}
    created, changed = (
        stage.call("put_phone_number", {"account_id": each}, path=path, **ADMIN)
        for each in (USER, "user-2")
    )
    read = stage.call("list_phone_numbers", **ADMIN).json["items"]
    deleted = stage.call("delete_phone_number", path=path, **ADMIN)

    assert statuses(created, changed, deleted) == [200, 200, 200]
    assert [each["account_id"] for each in read] == ["user-2"]
    assert stage.call("list_phone_numbers", **ADMIN).json["items"] == []
    assert (stage.store.audit[1].before, stage.store.audit[-1].after) == (
        {"account_id": USER, "assistant_id": None},
        {},
    )
    assert stage.now == NOW

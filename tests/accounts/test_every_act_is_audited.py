"""Every write of an admin leaves a row of the audit: who, why, what was before and after."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from prepaid.domain.credits import Instant
from prepaid.web.openapi_document import openapi_text

from tests.calls.test_call_functions import cases, map_number, report
from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, USER, Reply, Stage
from tests.support.vapi_messages import NUMBER_ID

WRITES = sorted(
    operation["operationId"]
    for path, methods in json.loads(openapi_text())["paths"].items()
    for method, operation in methods.items()
    if "/admin/" in path and method != "get"
)
UNITS = [{"unit": "message", "rate": "0.25"}]
MORE = {"unit": "part", "rate": "0.01"}
TERMS = {"name": "S", "credits": "1.00", "price": 100, "currency": "usd", "position": 9}
WHY = {"reason": "Because"}
GIFT = {"account_id": USER, "amount": "5.00", **WHY}


def send(
    sales: Sales,
    name: str,
    body: object = None,
    headers: dict[str, str] | None = None,
    **path: str,
) -> Reply:
    reply = sales.stage.call(
        name,
        body,
        role="super_admin",
        account_id="root-1",
        key=f"k-{name}",
        path=path,
        headers=headers,
    )
    assert reply.status in (200, 201), reply.text
    return reply


def refund(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    send(sales, "refund_payment", {"payment_id": payment.payment_id, "amount": 100, **WHY})


def void_grant(sales: Sales) -> None:
    given = sales.stage.call("grant_credits", GIFT, key="g", role="admin", account_id="a").json
    send(sales, "void_grant", WHY, account_id=USER, grant_id=given["grant_id"])


def with_case(name: str, body: dict[str, Any]) -> Callable[[Sales], object]:
    def act(sales: Sales) -> None:
        report(sales.stage)
        [case] = cases(sales.stage)
        send(sales, name, body, exception_id=case["exception_id"])

    return act


def retry(sales: Sales) -> None:
    sales.stage.reports.report("ledger_drift", f"day#{USER}", "x", now=Instant(NOW))
    send(sales, "retry_exception", {}, exception_id=cases(sales.stage)[0]["exception_id"])


def package(sales: Sales) -> None:
    send(sales, "create_package", {**TERMS, "package_id": "s", **WHY})


def draft(sales: Sales) -> None:
    terms = {"operation": "message", "units": UNITS, "draft_id": "d", **WHY}
    send(sales, "create_price_draft", terms)


def delete_price(sales: Sales) -> None:
    listed = sales.stage.call("manage_pricing", role="admin", account_id="a").json["items"]
    send(sales, "delete_price", price_id=listed[0]["versions"][0]["price_id"])


def after(first: Callable[[Sales], object], name: str, body: object = None, **path: str) -> Any:
    return lambda sales: (first(sales), send(sales, name, body, None, **path))


ACTS: dict[str, Callable[[Sales], object]] = {
    "adjust_credits": lambda sales: send(sales, "adjust_credits", GIFT),
    "grant_credits": lambda sales: send(sales, "grant_credits", GIFT),
    "void_grant": void_grant,
    "release_hold": lambda sales: send(
        sales, "release_hold", WHY, hold_id=sales.stage.hold().json["hold_id"]
    ),
    "set_account_status": lambda sales: send(
        sales, "set_account_status", {"status": "frozen", **WHY}, account_id=USER
    ),
    "refund_payment": refund,
    "put_account_settings": lambda sales: send(
        sales,
        "put_account_settings",
        {"thresholds": ["5.00"], **WHY},
        {"if-match": "*"},
        account_id=USER,
    ),
    "put_profile": lambda sales: send(
        sales, "put_profile", {"email": "ada@example.com", **WHY}, account_id=USER
    ),
    "put_phone_number": lambda sales: send(
        sales, "put_phone_number", {"account_id": USER, **WHY}, phone_number_id="n#1 %25 😀"
    ),
    "delete_phone_number": after(
        lambda sales: map_number(sales.stage), "delete_phone_number", phone_number_id=NUMBER_ID
    ),
    "assign_exception": with_case("assign_exception", {"account_id": USER, **WHY}),
    "resolve_exception": with_case("resolve_exception", WHY),
    "retry_exception": retry,
    "create_package": package,
    "put_package": after(
        package, "put_package", {**TERMS, "version": 1, "price": 90, **WHY}, package_id="s"
    ),
    "archive_package": after(package, "archive_package", package_id="s"),
    "create_price": lambda sales: send(
        sales, "create_price", {"operation": "message", "units": UNITS, "version": 0, **WHY}
    ),
    "delete_price": delete_price,
    "create_price_draft": draft,
    "put_price_draft": after(
        draft, "put_price_draft", {"units": [*UNITS, MORE], "version": 1, **WHY}, draft_id="d"
    ),
    "delete_price_draft": after(draft, "delete_price_draft", draft_id="d"),
    "publish_price_draft": after(draft, "publish_price_draft", {"version": 1, **WHY}, draft_id="d"),
}
WITHOUT_REASON = {name for name in WRITES if name.startswith(("delete_", "archive_"))} | {
    "retry_exception"
}
"""A DELETE has no body; a retry may go without one."""


@pytest.fixture
def selling(funded: Stage, sales: Sales) -> Sales:
    assert sales.stage is funded
    return sales


def test_every_write_of_an_admin_is_tried_here() -> None:
    assert sorted(ACTS) == WRITES


@pytest.mark.fault(
    "K24",
    "An admin changes something, and nobody can say who did and why",
    "Each change and the row of the audit about it are written together",
)
@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_write_of_an_admin_leaves_a_row_of_who_why_before_and_after(
    selling: Sales, name: str
) -> None:
    ACTS[name](selling)

    row = selling.stage.store.audit[-1]
    listed = selling.stage.call("list_audit", role="admin", account_id="a").json["items"]

    assert row.actor == "super_admin:root-1"
    assert row.reason == (None if name in WITHOUT_REASON else "Because")
    assert row.before != row.after or row.entry_key is not None
    assert row.subject
    assert listed[0]["action"] == row.action
    assert (row.at, row.request_id[:4]) == (selling.stage.now, "req-")

"""What every function answers to bad requests and bad moments, whatever its story is."""

import io
import json
from typing import Any

import pytest
from prepaid.web.json_body import BATCH_BODY, SMALL_BODY

from tests.support.stage import PATHS, USER, Stage, function

WEBHOOK = "wh_0123456789abcdef0123456789abcdef"
DELIVERY = "1795000000-0123456789abcdef0123456789abcdef"
TERMS = {"name": "S", "credits": "1.00", "price": 1, "currency": "usd", "position": 1}
BODIES: dict[str, dict[str, Any]] = {
    "record_usage": {"operation": "message", "quantity": 1},
    "check_credits": {"operation": "message", "quantity": 1},
    "create_hold": {"operation": "message", "amount": "1.00", "expires_in": 60},
    "extend_hold": {"amount": "1.00"},
    "capture_hold": {"amount": "1.00"},
    "void_hold": {},
    "adjust_credits": {"account_id": USER, "amount": "1.00", "reason": "test"},
    "grant_credits": {"account_id": USER, "amount": "1.00", "reason": "test"},
    "void_grant": {"reason": "test"},
    "release_hold": {"reason": "test"},
    "set_account_status": {"status": "frozen", "reason": "test"},
    "create_package": {
        "name": "S",
        "credits": "1.00",
        "price": 1,
        "currency": "usd",
        "position": 1,
        "package_id": "s",
    },
    "put_package": {
        "name": "S",
        "credits": "1.00",
        "price": 1,
        "currency": "usd",
        "position": 1,
        "version": 0,
    },
    "create_price": {"operation": "o", "units": [{"unit": "u", "rate": "1"}], "version": 0},
    "create_price_draft": {
        "draft_id": "d",
        "operation": "o",
        "units": [{"unit": "u", "rate": "1"}],
    },
    "put_price_draft": {"units": [{"unit": "u", "rate": "1"}], "version": 1},
    "publish_price_draft": {"version": 1},
    "create_purchase": {"package_id": "starter"},
    "refund_payment": {"payment_id": "pay_1", "reason": "test"},
    "admit_call": {"max_duration_seconds": 60},
    "bind_call": {"hold_id": "Mzp1c2VyLTE"},
    "put_profile": {"name": "Ada"},
    "put_phone_number": {"account_id": USER},
    "assign_exception": {"account_id": USER},
    "put_settings": {"thresholds": ["5.00"]},
    "send_test_alert": {},
    "confirm_recipient": {"email": "user@example.com"},
    "put_account_settings": {"thresholds": ["5.00"]},
    "resolve_exception": {"reason": "test"},
    "retry_exception": {},
    "create_webhook": {"url": "https://example.com/hook"},
    "put_webhook": {"url": "https://example.com/hook", "version": 1},
    "rotate_webhook_secret": {},
    "replay_delivery": {},
    "replay_deliveries": {"since": "2026-11-18T00:00:00Z"},
    "test_webhook": {},
}
PATH: dict[str, dict[str, str]] = {
    "extend_hold": {"hold_id": "Mzp1c2VyLTE"},
    "capture_hold": {"hold_id": "Mzp1c2VyLTE"},
    "void_hold": {"hold_id": "Mzp1c2VyLTE"},
    "void_grant": {"account_id": USER, "grant_id": "g1"},
    "release_hold": {"hold_id": "Mzp1c2VyLTE"},
    "set_account_status": {"account_id": USER},
    "get_account": {"account_id": USER},
    "put_package": {"package_id": "starter"},
    "archive_package": {"package_id": "starter"},
    "delete_price": {"price_id": "ZGVmYXVsdCNtZXNzYWdlQDA"},
    "put_price_draft": {"draft_id": "d"},
    "delete_price_draft": {"draft_id": "d"},
    "publish_price_draft": {"draft_id": "d"},
    "get_transaction": {"entry_id": "dTp1c2FnZTpr"},
    "get_purchase": {"payment_id": "pay_1"},
    "refresh_purchase": {"payment_id": "pay_1"},
    "bind_call": {"call_id": "call-1"},
    "put_phone_number": {"phone_number_id": "number-1"},
    "put_profile": {"account_id": USER},
    "get_account_settings": {"account_id": USER},
    "acknowledge_alert": {
        "alert_id": "MTc5NTQwMTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c",
    },
    "put_account_settings": {"account_id": USER},
    "delete_phone_number": {"phone_number_id": "number-1"},
    "get_webhook": {"webhook_id": WEBHOOK},
    "put_webhook": {"webhook_id": WEBHOOK},
    "delete_webhook": {"webhook_id": WEBHOOK},
    "rotate_webhook_secret": {"webhook_id": WEBHOOK},
    "list_deliveries": {"webhook_id": WEBHOOK},
    "replay_delivery": {"webhook_id": WEBHOOK, "delivery_id": DELIVERY},
    "replay_deliveries": {"webhook_id": WEBHOOK},
    "test_webhook": {"webhook_id": WEBHOOK},
    "assign_exception": {"exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ"},
    "resolve_exception": {"exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ"},
    "retry_exception": {"exception_id": "dW5rbm93bl9jYWxsI2NhbGwtMQ"},
}
OF_OTHERS = {
    *("bind_call", "put_phone_number", "delete_phone_number"),
    *(
        "get_account",
        "put_profile",
        "set_account_status",
        "get_account_settings",
        "put_account_settings",
    ),
}
"""Their paths hold ids that Vapi or the host gives: any text."""
ANY_TEXT = {"dots", "percent-encoded dots", "percent-encoded", "a space", "another script"}
QUERIED = (
    "get_balance",
    "get_settings",
    "get_account_settings",
    "list_alerts",
    "acknowledge_alert",
    "list_transactions",
    "get_transaction",
    "get_purchase",
    "list_purchases",
    "list_grants",
    "refresh_purchase",
    "list_phone_numbers",
    "delete_phone_number",
    "list_exceptions",
    "get_usage_analytics",
    "get_system_analytics",
    "list_accounts",
    "get_account",
    "list_audit",
    "archive_package",
    "manage_pricing",
    "delete_price",
    "delete_price_draft",
    "list_webhooks",
    "get_webhook",
    "delete_webhook",
    "list_deliveries",
)


def role_for(name: str) -> str:
    if name == "bind_call":
        return "service"
    admins = (
        *("adjust_credits", "refund_payment", "phone_number", "exception", "grant_credits"),
        *("void_grant", "release_hold", "account_status", "list_accounts", "get_account", "audit"),
        *("system", "account_settings", "put_profile"),
        *("create_package", "put_package", "archive_package", "manage_packages"),
        *("create_price", "price_draft", "delete_price", "manage_pricing"),
        *("webhook", "list_deliveries", "replay_deliver"),
    )
    return "admin" if any(each in name for each in admins) else "user"


OF_AN_ACCOUNT = [name for name in QUERIED if role_for(name) == "user"]
STORED = (*BODIES, *QUERIED)
KEYED = tuple(
    name
    for name in BODIES
    if name
    not in {
        *("check_credits", "bind_call", "create_package", "create_price", "create_price_draft"),
        *("publish_price_draft", "send_test_alert", "confirm_recipient"),
    }
    and not name.startswith("put_")
)


def call(stage: Stage, name: str, **more: Any) -> Any:
    given = {"body": BODIES.get(name), "role": role_for(name), "key": "k", "path": PATH.get(name)}
    given["headers"] = {"if-match": "*"} if name.endswith("_settings") else None
    return stage.call(name, **{**given, **more})


@pytest.mark.fault("F38.2")
@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    "body", ["{", "nul", '{"a": 1, "a": 2}', "[" * 100_000, '{"a": "\\ud800"}', "\ufeff{}"]
)
def test_a_body_that_cannot_be_read_is_a_400(funded: Stage, name: str, body: str) -> None:
    reply = call(funded, name, body=body)

    assert (reply.status, reply.code) == (400, "malformed_request")


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("body", ["[]", "1", '"text"', "null"])
def test_a_body_that_is_no_object_is_a_422(funded: Stage, name: str, body: str) -> None:
    reply = call(funded, name, body=body)

    assert (reply.status, reply.pointers) == (422, [""])


@pytest.mark.fault("F38")
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_too_large_is_a_413(funded: Stage, name: str) -> None:
    limit = BATCH_BODY if name == "record_usage" else SMALL_BODY

    reply = call(funded, name, body=" " * (limit + 1))

    assert (reply.status, reply.code) == (413, "too_large")


@pytest.mark.fault("F38.5")
@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("media_type", ["text/plain", "application/json; charset=latin-1", ""])
def test_a_body_that_is_not_declared_as_json_is_a_415(
    funded: Stage, name: str, media_type: str
) -> None:
    reply = call(
        funded, name, body='{"operation": "message"}', headers={"content-type": media_type}
    )

    assert (reply.status, reply.code) == (415, "unsupported_media_type")


@pytest.mark.fault("G43.2")
@pytest.mark.parametrize("name", BODIES)
def test_a_field_that_is_not_known_is_a_422(funded: Stage, name: str) -> None:
    reply = call(funded, name, body={**BODIES[name], "role": "super_admin"})

    assert (reply.status, reply.pointers) == (422, ["/role"])


@pytest.mark.fault("G43.2")
@pytest.mark.parametrize("name", QUERIED)
def test_a_parameter_that_is_not_known_is_a_422(funded: Stage, name: str) -> None:
    reply = call(funded, name, query={"role": "super_admin"})

    assert (reply.status, reply.pointers) == (422, ["/role"])


@pytest.mark.fault(
    "A10.2",
    "The key is missing, too long or not printable ASCII",
    "400, nothing is written",
)
@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("k" * 256, "idempotency_key_invalid"),
        ("a b", "idempotency_key_invalid"),
        ("é", "idempotency_key_invalid"),
        ("a\tb", "idempotency_key_invalid"),
    ],
)
def test_a_write_needs_a_sound_key(funded: Stage, name: str, key: str | None, code: str) -> None:
    before = len(funded.entries())

    reply = call(funded, name, key=key)

    assert (reply.status, reply.code) == (400, code)
    assert len(funded.entries()) == before


NO_IDS = {
    "a key that is too long": "€" * 683,
    "the longest path": "A" * 4096,
    "nothing": "",
    "dots": "..",
    "percent-encoded dots": "%2e%2e",
    "percent-encoded": "pay%5F1",
    "NUL": "pay_\x001",
    "half a pair": "pay_\ud800",
    "a space": "pay_1 ",
    "another script": "рау_1",
}


@pytest.mark.fault(
    "A10",
    "An id in a path, a query or a body cannot be one of ours",
    "404 for a path, 422 with the field's pointer otherwise, before anything is read",
)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(name, text, id=f"{name}-{kind}")
        for name in PATH
        for kind, text in NO_IDS.items()
        if name not in OF_OTHERS or kind not in ANY_TEXT
    ],
)
def test_a_path_with_what_is_no_id_is_a_404_before_anything_is_read(
    funded: Stage, name: str, text: str
) -> None:
    funded.store.broken = True  # whatever is read is a 503

    reply = call(funded, name, path=dict.fromkeys(PATH[name], text))

    assert (reply.status, reply.code) == (404, "not_found")


@pytest.mark.fault("A10")
@pytest.mark.parametrize("account_id", ["𝕏" * 129, "x" * 129, "", "a\x00", "\x7f"])
@pytest.mark.parametrize("name", OF_AN_ACCOUNT)
def test_a_query_with_what_is_no_account_id_is_a_422_before_anything_is_read(
    funded: Stage, name: str, account_id: str
) -> None:
    funded.store.broken = True

    reply = call(funded, name, role="service", query={"account_id": account_id})

    assert (reply.status, reply.pointers) == (422, ["/account_id"])


NO_BODY_IDS = [
    ("record_usage", "account_id", "𝕏" * 129),
    ("record_usage", "operation", "𝕏" * 129),
    ("record_usage", "operation", "a\x7f"),
    ("check_credits", "operation", "x" * 129),
    ("create_hold", "account_id", ""),
    ("adjust_credits", "account_id", "x" * 129),
    ("create_purchase", "package_id", "€" * 65),
    ("create_purchase", "package_id", ""),
    ("refund_payment", "payment_id", "€" * 64),
    ("refund_payment", "payment_id", ".."),
    ("refund_payment", "payment_id", "x" * 65),
]


@pytest.mark.fault("A10")
@pytest.mark.parametrize(("name", "field", "text"), NO_BODY_IDS)
def test_a_body_with_what_can_be_no_id_is_a_422_before_anything_is_read(
    funded: Stage, name: str, field: str, text: str
) -> None:
    funded.store.broken = True

    reply = call(funded, name, body={**BODIES[name], field: text})

    assert (reply.status, reply.pointers) == (422, [f"/{field}"])


@pytest.mark.fault("A4")
@pytest.mark.fault("A4.2")
@pytest.mark.parametrize("name", STORED)
def test_a_store_that_cannot_be_reached_is_a_503_that_says_when_to_repeat(
    funded: Stage, log: io.StringIO, name: str
) -> None:
    funded.store.broken = True

    reply = call(funded, name)

    assert (reply.status, reply.code) == (503, "unavailable")
    assert reply.headers["retry-after"] == "1"
    assert "same Idempotency-Key" in reply.json["detail"]
    facts = json.loads(log.getvalue())
    assert (facts["request_id"], facts["code"]) == (reply.headers["x-request-id"], "unavailable")
    assert any(each.endswith(" _reach") for each in facts["cause"])


@pytest.mark.parametrize("name", STORED)
def test_without_a_caller_there_is_nothing_to_see(funded: Stage, name: str) -> None:
    reply = call(funded, name, role=None)

    assert (reply.status, reply.code) == (403, "forbidden")


@pytest.mark.parametrize("name", ["list_packages", "list_pricing", "get_openapi"])
def test_what_is_public_needs_no_caller(stage: Stage, name: str) -> None:
    assert stage.call(name, role=None).status == 200


@pytest.mark.parametrize("name", PATHS)
def test_a_bug_of_ours_is_a_500_without_details(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def broken(_request: object) -> None:
        raise ZeroDivisionError("secret detail")

    handler: Any = function(name)
    monkeypatch.setattr(handler, "_handler", broken)

    reply = call(stage, name)

    assert (reply.status, reply.code) == (500, "internal")
    assert "secret detail" not in reply.text

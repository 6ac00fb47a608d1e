from typing import Any

import pytest

from tests.support.stage import OTHER, USER, Reply, Stage


def adjust(stage: Stage, amount: object, key: str = "a", **more: Any) -> Reply:
    body = {"account_id": USER, "amount": amount, "reason": "goodwill", **more}
    return stage.call("adjust_credits", body, role="admin", account_id="admin-1", key=key)


@pytest.mark.fault("G43.5", "An admin moves credits", "The entry keeps who did it and why")
def test_an_admin_adds_credits_and_the_entry_says_who_and_why(funded: Stage) -> None:
    reply = adjust(funded, "12.50", reference="case-1")

    assert reply.status == 201
    assert (reply.json["kind"], reply.json["amount"]) == ("adjustment", "12.50")
    assert (reply.json["actor"], reply.json["reason"]) == ("admin:admin-1", "goodwill")
    assert (reply.json["account_id"], reply.json["reference"]) == (USER, "case-1")
    assert reply.json["grant_id"] == "g2"
    assert funded.balance() == "112.50"


def test_an_admin_removes_credits(funded: Stage) -> None:
    reply = adjust(funded, -40)

    assert (reply.json["amount"], reply.json["balance_after"]) == ("-40.00", "60.00")
    assert reply.json["burned"] == [{"grant_id": "g1", "amount": "40.00"}]


def test_a_repeat_is_the_same_answer(funded: Stage) -> None:
    first = adjust(funded, "1.00")

    again = adjust(funded, "1.00")

    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert again.text == first.text
    assert funded.balance() == "101.00"


@pytest.mark.parametrize("change", [{"amount": "2.00"}, {"reason": "other"}, {"force": True}])
def test_a_key_belongs_to_one_correction(funded: Stage, change: dict[str, Any]) -> None:
    adjust(funded, "1.00")

    reply = adjust(funded, **{"amount": "1.00", **change})

    assert (reply.status, reply.code) == (422, "idempotency_key_reused")
    assert funded.balance() == "101.00"


def test_an_unknown_account_needs_create(stage: Stage) -> None:
    refused = adjust(stage, "1.00")
    created = adjust(stage, "1.00", create=True)

    assert (refused.status, refused.code) == (404, "not_found")
    assert (created.status, stage.balance()) == (201, "1.00")


def test_more_than_there_is_needs_force(funded: Stage) -> None:
    refused = adjust(funded, "-100.01")
    forced = adjust(funded, "-100.01", force=True)

    assert (refused.status, refused.code) == (402, "insufficient_credits")
    assert (forced.status, funded.balance()) == (201, "-0.01")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 0),
        ("amount", "0.00"),
        ("amount", "1.001"),
        ("amount", True),
        ("amount", "10000000000000"),
        ("amount", None),
        ("reason", ""),
        ("reason", "x" * 501),
        ("reason", "line\nbreak"),
        ("account_id", ""),
        ("account_id", "a\x00b"),
        ("account_id", "a" * 129),
        ("account_id", 7),
        ("create", "yes"),
        ("create", 1),
        ("force", "true"),
    ],
)
def test_what_cannot_be_meant_is_refused(funded: Stage, field: str, value: object) -> None:
    body = {"account_id": USER, "amount": "1.00", "reason": "r", field: value}

    reply = funded.call("adjust_credits", body, role="admin", key="k")

    expected = 400 if value == "a\x00b" else 422
    assert reply.status == expected
    assert expected == 400 or reply.pointers == [f"/{field}"]
    assert funded.balance() == "100.00"


@pytest.mark.fault("G43.5")
@pytest.mark.parametrize("missing", ["account_id", "amount", "reason"])
def test_account_amount_and_reason_are_required(funded: Stage, missing: str) -> None:
    body = {"account_id": USER, "amount": "1.00", "reason": "r"}
    del body[missing]

    reply = funded.call("adjust_credits", body, role="admin", key="k")

    assert (reply.status, reply.pointers) == (422, [f"/{missing}"])


@pytest.mark.fault("G43.4")
@pytest.mark.parametrize("role", ["user", "service"])
def test_nobody_else_may(funded: Stage, role: str) -> None:
    body = {"account_id": USER, "amount": "1.00", "reason": "r"}

    reply = funded.call("adjust_credits", body, role=role, key="k")

    assert (reply.status, reply.code) == (403, "forbidden")
    assert funded.balance() == "100.00"


@pytest.mark.fault("F39")
def test_ids_that_look_alike_are_two_accounts(stage: Stage) -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"

    adjust(stage, "1.00", account_id=composed, create=True)

    assert stage.call("get_balance", account_id=composed).json["balance"] == "1.00"
    assert stage.call("get_balance", account_id=decomposed).json["balance"] == "0.00"


@pytest.mark.parametrize("account_id", ["a#b", "USER#1", "../x", "🙂", "x:1", "s:usage:k"])
def test_an_odd_id_is_just_an_account(stage: Stage, account_id: str) -> None:
    adjust(stage, "5.00", account_id=account_id, create=True)
    hold = stage.hold(account_id=account_id)

    captured = stage.call(
        "capture_hold",
        {"amount": "1.00"},
        key="c",
        role="service",
        account_id="calls",
        path={"hold_id": hold.json["hold_id"]},
    )

    assert (captured.status, captured.json["account_id"]) == (201, account_id)
    assert stage.balance(OTHER) == "0.00"

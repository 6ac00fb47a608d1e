from typing import Any

import pytest
from prepaid.domain.account import Status
from prepaid.domain.commands import SetStatus
from prepaid.domain.keys import Key

from tests.support.stage import NOW, OTHER, USER, Stage


def set_status(stage: Stage, **changes: Any) -> None:
    stage.post(
        USER,
        SetStatus(
            key=Key("a:status:1"),
            actor="super_admin:root-1",
            request_id="status",
            **changes,
        ),
    )


def test_a_call_of_three_point_two_minutes_costs_two_sixty(funded: Stage) -> None:
    reply = funded.spend(body={"reference": "call-7", "metadata": {"agent": "a", "n": 1}})

    assert reply.status == 201
    assert "idempotency-replayed" not in reply.headers
    assert reply.json["amount"] == "-2.60"
    assert reply.json["balance_after"] == "97.40"
    assert reply.json["quantities"] == {"call": "1", "minute": "3.2"}
    assert reply.json["metadata"] == {"agent": "a", "n": "1"}
    assert (reply.json["reference"], reply.json["actor"]) == ("call-7", "user:user-1")
    assert reply.json["posted_at"] == "2026-11-18T11:06:40Z"


@pytest.mark.fault(
    "A2",
    "It dies after the write, before the answer",
    "A repeat gets the first answer, marked as a replay; one entry",
)
def test_a_repeat_gets_the_same_body_and_says_so(funded: Stage) -> None:
    first = funded.spend()

    again = funded.spend()

    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert again.text == first.text
    assert funded.balance() == "97.40"


def test_a_repeat_after_the_balance_is_gone_is_still_a_replay(stage: Stage) -> None:
    stage.fund("2.60")
    first = stage.spend()

    again = stage.spend()

    assert (again.status, again.text) == (200, first.text)
    assert stage.spend("other").status == 402


def test_too_few_credits_are_refused_with_both_amounts(stage: Stage) -> None:
    stage.fund("2.59")

    reply = stage.spend()

    assert (reply.status, reply.code) == (402, "insufficient_credits")
    assert reply.headers["content-type"] == "application/problem+json"
    assert (reply.json["required"], reply.json["available"]) == ("2.60", "2.59")
    assert stage.balance() == "2.59"


@pytest.mark.fault("A8", "A key comes again with another content", "422, nothing is written")
def test_a_key_belongs_to_one_request(funded: Stage) -> None:
    funded.spend()

    reply = funded.spend(body={"quantities": {"call": 1}})

    assert (reply.status, reply.code) == (422, "idempotency_key_reused")
    assert funded.balance() == "97.40"


@pytest.mark.fault(
    "A9",
    "Two parties use the same key",
    "They do not meet: keys belong to an account and to the kind of caller",
)
def test_one_key_means_different_things_to_two_accounts(funded: Stage) -> None:
    funded.fund("10.00", OTHER)
    funded.spend()

    reply = funded.spend(account_id=OTHER)

    assert (reply.status, reply.json["account_id"]) == (201, OTHER)


@pytest.mark.fault("A9")
def test_a_service_and_a_user_do_not_share_keys(funded: Stage) -> None:
    funded.spend()

    reply = funded.spend(role="service", account_id="calls", body={"account_id": USER})

    assert (reply.status, reply.json["account_id"]) == (201, USER)
    assert reply.json["actor"] == "service:calls"


def test_a_frozen_account_spends_nothing_but_replays(funded: Stage) -> None:
    funded.spend("before")
    set_status(funded, status=Status.FROZEN)

    refused, replayed = funded.spend("after"), funded.spend("before")

    assert (refused.status, refused.code) == (403, "account_frozen")
    assert replayed.status == 200


def test_an_unlimited_account_is_waived_what_it_uses(funded: Stage) -> None:
    set_status(funded, unlimited=True)

    reply = funded.spend()

    assert (reply.json["amount"], reply.json["waived"]) == ("0.00", "2.60")


def test_a_super_admin_uses_without_paying(stage: Stage) -> None:
    reply = stage.spend(role="super_admin", account_id="root-1")

    assert (reply.status, reply.json["waived"]) == (201, "2.60")


def test_an_admin_pays_like_everybody(stage: Stage) -> None:
    assert stage.spend(role="admin", account_id="admin-1").status == 402


def test_only_a_service_says_when_usage_occurred(funded: Stage) -> None:
    occurred = {"occurred_at": "2026-11-17T00:00:00+01:00"}

    by_user = funded.spend(body=occurred)
    by_service = funded.spend(role="service", body={**occurred, "account_id": USER})

    assert (by_user.status, by_user.code) == (403, "forbidden")
    assert by_service.json["occurred_at"] == "2026-11-16T23:00:00Z"


@pytest.mark.parametrize("at", ["2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z"])
def test_usage_too_far_back_or_ahead_is_refused(funded: Stage, at: str) -> None:
    reply = funded.spend(role="service", body={"occurred_at": at, "account_id": USER})

    assert (reply.status, reply.pointers) == (422, ["/occurred_at"])


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        ({"operation": "teleport", "quantity": 1}, "unknown_operation", ["/operation"]),
        ({"operation": "vapi_call", "quantity": 1}, "invalid_request", ["/quantity"]),
        ({"operation": "message", "quantities": {"mb": 1}}, "invalid_request", ["/quantities/mb"]),
        ({"operation": "message"}, "invalid_request", ["/quantities"]),
        (
            {"operation": "message", "quantity": 1, "quantities": {"message": 1}},
            "invalid_request",
            ["/quantity"],
        ),
        ({"operation": "message", "quantities": {}}, "invalid_request", ["/quantities"]),
        ({"operation": "message", "quantity": 1, "role": "admin"}, "invalid_request", ["/role"]),
        ({"operation": "a\n", "quantity": 1}, "invalid_request", ["/operation"]),
        ({"quantity": 1}, "invalid_request", ["/operation"]),
        (
            {"operation": "message", "quantity": 1, "reference": "x" * 201},
            "invalid_request",
            ["/reference"],
        ),
        (
            {"operation": "message", "quantity": 1, "metadata": {str(n): 1 for n in range(17)}},
            "invalid_request",
            ["/metadata"],
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_pointer(
    funded: Stage, body: dict[str, Any], code: str, pointers: list[str]
) -> None:
    reply = funded.call("record_usage", body, key="k")

    assert (reply.status, reply.code, reply.pointers) == (422, code, pointers)
    assert funded.balance() == "100.00"


@pytest.mark.fault(
    "G46",
    "A client sends a number with an exponent, seventeen digits, or 0",
    "Read exactly, rounded half to even at six places, the entry says so; 0 is a quantity",
)
@pytest.mark.parametrize(
    ("number", "quantity", "rounded"),
    [
        ("2.5e-05", "0.000025", False),
        ("1E2", "100", False),
        ("0.445483333333333333", "0.445483", True),
        ("0.0000005", "0", True),
        ("0.0000015", "0.000002", True),
        ("0.00000050000000000000001", "0.000001", True),
        ('"0.1234565"', "0.123456", True),
        ("0", "0", False),
        ("0.0", "0", False),
        ('"0"', "0", False),
        ("-0", "0", False),
        ("1.0000000", "1", False),
        ("1e-400", "0", True),
        ("100.000000e-0002", "1", False),
    ],
)
def test_a_number_is_read_exactly_and_rounded_half_to_even(
    funded: Stage, number: str, quantity: str, rounded: bool
) -> None:
    text = f'{{"operation": "message", "quantity": {number}}}'

    reply = funded.call("record_usage", text, key="k")

    assert reply.status == 201
    assert (reply.json["quantities"], reply.json["rounded"]) == ({"message": quantity}, rounded)
    assert funded.entries()[-1].rounded is rounded


@pytest.mark.fault("G46")
def test_a_quantity_rounded_by_us_or_by_the_client_is_one_request(funded: Stage) -> None:
    sent = funded.call(
        "record_usage", '{"operation": "message", "quantity": 0.44548333333333334}', key="k"
    )

    again = funded.call("record_usage", '{"operation": "message", "quantity": 0.445483}', key="k")

    assert (sent.status, again.status) == (201, 200)
    assert again.text == sent.text


@pytest.mark.fault("G46.4", "A service names no account", "422 that points at account_id")
def test_a_service_that_names_no_account_is_refused(funded: Stage) -> None:
    reply = funded.spend(role="service", account_id="calls")

    assert (reply.status, reply.pointers) == (422, ["/account_id"])


@pytest.mark.fault("F37.2")
@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "1e400", "-1", "true", '"1e3"', '"1_000"', '"１２"', "-1e-9",
     "1000000001", "9" * 4301, "null", "[]", "{}", '""', '" 1"'],
)  # fmt: skip
def test_no_strange_number_becomes_a_quantity(funded: Stage, number: str) -> None:
    text = f'{{"operation": "message", "quantity": {number}}}'

    reply = funded.call("record_usage", text, key="k")

    assert reply.status == 422
    assert funded.balance() == "100.00"


def test_the_largest_and_the_smallest_quantity_are_taken(funded: Stage) -> None:
    smallest = funded.call(
        "record_usage", {"operation": "message", "quantity": "0.000001"}, key="s"
    )
    largest = funded.call("record_usage", {"operation": "message", "quantity": 10**9}, key="l")

    assert (smallest.status, smallest.json["amount"]) == (201, "0.00")
    assert (largest.status, largest.json["required"]) == (402, "100000000.00")


def test_usage_is_counted_at_the_time_of_the_request(funded: Stage) -> None:
    funded.now = NOW + 86_400

    assert funded.spend().json["usage_day"] == "2026-11-19"


@pytest.mark.fault(
    "A11",
    "A key comes again days, months or years later",
    "Still the first answer: what keeps keys never ends",
)
@pytest.mark.parametrize("seconds", [25 * 3600, 31 * 86_400, 3 * 366 * 86_400])
def test_a_key_is_remembered_for_ever(funded: Stage, seconds: int) -> None:
    first = funded.spend()
    funded.now += seconds

    again = funded.spend()

    assert (again.status, again.json) == (200, first.json)
    assert again.headers["idempotency-replayed"] == "true"
    assert funded.balance() == "97.40"

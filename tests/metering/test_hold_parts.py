"""Holds over HTTP that are extended, captured in parts, or opened for a range."""

from typing import Any

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import SetStatus

from tests.support.stage import NOW, OTHER, USER, Reply, Stage


def extend(stage: Stage, hold_id: str, key: str = "x", **more: Any) -> Reply:
    body = more.pop("body", {"expires_in": 120, "amount": "2.00"})
    return stage.call("extend_hold", body, key=key, path={"hold_id": hold_id}, **more)


def part(stage: Stage, hold_id: str, key: str = "p", **more: Any) -> Reply:
    body = {"quantities": {"call": 1, "minute": 3.2}, "final": False} | more.pop("body", {})
    return stage.call("capture_hold", body, key=key, path={"hold_id": hold_id}, **more)


def hold_in_range(stage: Stage, key: str = "r", **bounds: str) -> Reply:
    body = {"operation": "vapi_call", "expires_in": 60, **bounds}
    return stage.call("create_hold", body, key=key)


@pytest.fixture
def hold_id(funded: Stage) -> str:
    """Return the hold of 5.00 of 100.00 credits, open for a minute."""
    made: str = funded.hold().json["hold_id"]
    return made


def held(stage: Stage) -> str:
    answer: str = stage.call("get_balance").json["held"]
    return answer


def test_an_extension_answers_the_hold_with_what_was_added(funded: Stage, hold_id: str) -> None:
    reply = extend(funded, hold_id)

    assert (reply.status, reply.json["kind"], reply.json["hold_id"]) == (201, "hold", hold_id)
    assert (reply.json["amount"], reply.json["held_change"]) == ("2.00", "2.00")
    assert (reply.json["balance_after"], reply.json["available_after"]) == ("100.00", "93.00")
    assert reply.json["expires_at"] == "2026-11-18T11:08:40Z"
    [shown] = funded.call("get_balance").json["holds"]
    assert (shown["amount"], shown["expires_at"]) == ("7.00", "2026-11-18T11:08:40Z")


def test_a_repeated_extension_is_one_extension(funded: Stage, hold_id: str) -> None:
    first = extend(funded, hold_id)
    funded.now = NOW + 30

    again = extend(funded, hold_id)

    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert (again.text, held(funded)) == (first.text, "7.00")


def test_an_extension_beyond_what_is_available_changes_nothing(funded: Stage, hold_id: str) -> None:
    reply = extend(funded, hold_id, body={"amount": "95.01", "expires_in": 600})

    assert (reply.status, reply.code) == (402, "insufficient_credits")
    assert (reply.json["required"], reply.json["available"]) == ("95.01", "95.00")
    assert extend(funded, hold_id, "y", body={"expires_in": 600}).status == 201


def test_a_hold_is_extended_to_seven_days_at_most(funded: Stage, hold_id: str) -> None:
    for day in range(7):
        assert extend(funded, hold_id, f"x{day}", body={"expires_in": 86_400}).status == 201
        funded.now += 86_390

    reply = extend(funded, hold_id, body={"expires_in": 86_400, "amount": "1.00"})

    assert (reply.status, reply.code, reply.json["allowed"]) == (403, "limit_exceeded", 604_800)
    assert held(funded) == "5.00"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/expires_in"),
        ({"expires_in": None}, "/expires_in"),
        ({"expires_in": 0}, "/expires_in"),
        ({"expires_in": 86_401}, "/expires_in"),
        ({"amount": "0"}, "/amount"),
        ({"amount": "-1"}, "/amount"),
        ({"quantity": 1}, "/quantity"),
    ],
)
def test_an_extension_that_cannot_be_meant_is_refused(
    funded: Stage, hold_id: str, body: dict[str, Any], pointer: str
) -> None:
    reply = extend(funded, hold_id, body=body)

    assert (reply.status, pointer in reply.pointers, held(funded)) == (422, True, "5.00")


@pytest.mark.parametrize("ask", [extend, part])
def test_a_hold_that_has_ended_is_neither_extended_nor_captured(
    funded: Stage, hold_id: str, ask: Any
) -> None:
    funded.now = NOW + 60

    expired = ask(funded, hold_id)
    funded.spend()
    released = ask(funded, hold_id, "other")

    assert (expired.status, expired.code) == (released.status, released.code) == (409, "hold_ended")


@pytest.mark.parametrize("ask", [extend, part])
def test_a_user_may_not_touch_what_a_service_opened(funded: Stage, ask: Any) -> None:
    service = {"role": "service", "account_id": "calls"}
    opened = funded.hold(body={"account_id": USER}, **service).json["hold_id"]

    reply = ask(funded, opened)

    assert (reply.status, reply.code, held(funded)) == (403, "forbidden", "5.00")
    assert ask(funded, opened, **service).status == 201


@pytest.mark.parametrize("ask", [extend, part])
@pytest.mark.parametrize("role", ["user", "admin", "super_admin"])
def test_anothers_hold_looks_like_none_at_all(
    funded: Stage, hold_id: str, ask: Any, role: str
) -> None:
    funded.store.calls.clear()

    foreign = ask(funded, hold_id, account_id=OTHER, role=role)
    calls_for_foreign = dict(funded.store.calls)
    funded.store.calls.clear()
    absent = ask(funded, "Nzc6dXNlci0y", account_id=OTHER, role=role)

    same = {"request_id": "", "instance": ""}
    assert (foreign.status, foreign.code) == (404, "not_found")
    assert {**foreign.json, **same} == {**absent.json, **same}
    assert calls_for_foreign == dict(funded.store.calls)


def test_an_account_that_is_frozen_extends_nothing_and_pays_its_part(
    funded: Stage, hold_id: str
) -> None:
    frozen = SetStatus(
        key=keys.status("freeze"),
        actor="admin:admin-1",
        request_id="freeze",
        status=Status.FROZEN,
    )
    funded.post(USER, frozen)

    extended, captured = extend(funded, hold_id), part(funded, hold_id)

    assert (extended.status, extended.code) == (403, "account_frozen")
    assert (captured.status, captured.json["amount"]) == (201, "-2.60")


def test_a_part_leaves_the_hold_open_and_the_end_says_final(funded: Stage, hold_id: str) -> None:
    first = part(funded, hold_id)
    between = held(funded)
    last = part(funded, hold_id, "end", body={"quantities": {"minute": 1}, "final": True})

    assert (first.status, first.json["amount"], first.json["final"]) == (201, "-2.60", False)
    assert (first.json["held_change"], first.json["hold_amount"], between) == (
        *("-2.60", "2.60"),
        "2.40",
    )
    assert (last.json["amount"], last.json["held_change"], last.json["final"]) == (
        *("-0.50", "-2.40"),
        True,
    )
    assert (funded.balance(), held(funded)) == ("96.90", "0.00")


@pytest.mark.parametrize("final", [True, None])
def test_one_key_for_a_part_and_the_end_is_refused(
    funded: Stage, hold_id: str, final: bool | None
) -> None:
    part(funded, hold_id, "k")

    reply = part(funded, hold_id, "k", body={"final": final})

    assert (reply.status, reply.code) == (422, "idempotency_key_reused")
    assert (funded.balance(), held(funded)) == ("97.40", "2.40")


@pytest.mark.parametrize("final", [1, "false", [], 0])
def test_final_is_yes_or_no(funded: Stage, hold_id: str, final: Any) -> None:
    reply = part(funded, hold_id, body={"final": final})

    assert (reply.status, reply.pointers) == (422, ["/final"])


def test_a_range_holds_what_is_available_within_it(funded: Stage) -> None:
    all_of_it = hold_in_range(funded, at_most="60.00")
    rest = hold_in_range(funded, "s", at_most="60.00", at_least="40.00")

    assert (all_of_it.status, all_of_it.json["amount"]) == (201, "60.00")
    assert (rest.json["amount"], rest.json["available_after"]) == ("40.00", "0.00")
    assert hold_in_range(funded, "s", at_most="60.00", at_least="40.00").text == rest.text


def test_a_range_with_less_than_its_least_available_is_refused(funded: Stage) -> None:
    funded.hold(amount="99.00")

    reply = hold_in_range(funded, at_most="60.00", at_least="1.01")

    assert (reply.status, reply.code) == (402, "insufficient_credits")
    assert (reply.json["required"], reply.json["available"]) == ("1.01", "1.00")


@pytest.mark.parametrize(
    ("bounds", "pointer"),
    [
        ({"at_least": "1.00"}, "/quantities"),
        ({"amount": "1.00", "at_least": "1.00"}, "/at_least"),
        ({"amount": "1.00", "at_most": "1.00"}, "/at_most"),
        ({"at_most": "0"}, "/at_most"),
        ({"at_most": "1.00", "at_least": "0"}, "/at_least"),
        ({"at_most": "1.00", "at_least": "1.01"}, "/at_least"),
    ],
)
def test_a_range_that_cannot_be_meant_is_refused(
    funded: Stage, bounds: dict[str, str], pointer: str
) -> None:
    reply = hold_in_range(funded, **bounds)

    assert (reply.status, reply.pointers, held(funded)) == (422, [pointer], "0.00")


def test_an_agent_that_pays_in_ten_parts_over_two_extensions_pays_what_one_capture_would_cost(
    funded: Stage, hold_id: str
) -> None:
    funded.fund("100.00", OTHER)
    whole = funded.hold(account_id=OTHER).json["hold_id"]
    body = {"quantities": {"call": 1, "minute": 0.371}, "final": True}
    part(funded, whole, "p", body=body, account_id=OTHER)
    used = [{"call": 1, "minute": 0.0371}] + [{"minute": 0.0371}] * 9

    for number, quantities in enumerate(used):
        if number in (2, 6):
            extend(funded, hold_id, f"x{number}", body={"expires_in": 120, "amount": "1.00"})
        body = {"quantities": quantities, "final": number == 9}
        for _ in range(2):
            paid = part(funded, hold_id, f"p{number}", body=body)
            assert paid.status in (200, 201)
        funded.now += 20

    assert (funded.balance(), funded.balance(OTHER)) == ("98.82", "98.82")
    assert held(funded) == "0.00"
    assert len(funded.entries()) == 1 + 1 + 2 + 10

"""Whole calls through the deployed template: admitted, told of by the stand-in's webhooks, paid."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from local.clock import forward
from tests.e2e.running import Stack, command

NUMBER = "number-e2e"


@dataclass(frozen=True)
class Caller:
    """One account that calls, and the doors of the stand-in for Vapi."""

    stack: Stack
    user: str

    def control(self, name: str, **body: object) -> dict[str, Any]:
        url = f"{self.stack.layout.vapi_url}/_standin/{name}"
        answer = httpx.post(url, json=body, timeout=60, trust_env=False)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def admit(self, key: str = "call", **body: object) -> dict[str, Any]:
        return dict(self.stack.post("/calls", body, key=key, user=self.user).json())

    def make(self, admitted: dict[str, Any]) -> str:
        """Make the call at Vapi; return its id."""
        overrides = {
            "maxDurationSeconds": admitted["max_duration_seconds"],
            "metadata": admitted["metadata"],
        }
        answer = httpx.post(
            f"{self.stack.layout.vapi_url}/call",
            json={"assistantOverrides": overrides},
            headers={"authorization": "Bearer vapi_key_local"},
            trust_env=False,
        )
        return str(answer.json()["id"])

    def bind(self, call_id: str, admitted: dict[str, Any]) -> httpx.Response:
        return self.stack.http.put(
            f"/api/credits/calls/{call_id}",
            json={"hold_id": admitted["hold_id"]},
            headers=self.stack.bearer("calls", "service"),
        )

    def report(self, call_id: str) -> int:
        """Tell of the end of a call of a minute as Vapi does; return what is answered."""
        message = {
            "type": "end-of-call-report",
            "endedReason": "assistant-request-returned-error",
            "startedAt": "2026-11-26T12:00:00.000Z",
            "endedAt": "2026-11-26T12:01:00.000Z",
            "call": {"id": call_id, "phoneNumberId": NUMBER},
        }
        answer = httpx.post(
            f"http://127.0.0.1:{self.stack.layout.port}/_local/vapi-webhook",
            json={"message": message},
            headers={"authorization": "Bearer vapi_local"},
            timeout=60,
            trust_env=False,
        )
        return answer.status_code

    def balance(self) -> str:
        return str(self.stack.get("/balance", user=self.user).json()["balance"])

    def kinds(self) -> list[str]:
        items = self.stack.get("/transactions", user=self.user).json()["items"]
        return [item["kind"] for item in items][::-1]


def test_make_call_plays_a_whole_call_that_is_paid_once(stack: Stack) -> None:
    caller = Caller(stack, "caller-make")
    stack.give(caller.user, "100.00")

    output = command(stack.layout, "call", caller.user, "3.2")

    assert "paid; balance: 97.40" in output
    assert caller.kinds() == ["adjustment", "hold", "capture"]


def test_a_call_is_paid_once_however_often_and_in_whatever_order_it_is_told(stack: Stack) -> None:
    caller = Caller(stack, "caller-order")
    stack.give(caller.user, "100.00")
    admitted = caller.admit()
    call_id = caller.make(admitted)

    order = ["report", "report", "ended", "in-progress", "report"]
    played = caller.control("play", call_id=call_id, milliseconds=192_000, tell=order)
    bound = caller.bind(call_id, admitted)

    assert [each["status"] for each in played["told"]] == [200] * 5
    assert (bound.status_code, bound.json()["settled"]) == (200, "paid")
    assert (caller.balance(), caller.kinds()) == ("97.40", ["adjustment", "hold", "capture"])


@pytest.mark.parametrize(("amount", "seconds"), [("1.20", 24), ("1.09", 10)])
def test_a_call_is_bounded_by_what_is_left(stack: Stack, amount: str, seconds: int) -> None:
    caller = Caller(stack, f"caller-{seconds}")
    stack.give(caller.user, amount)

    admitted = caller.admit()
    call_id = caller.make(admitted)
    played = caller.control("play", call_id=call_id, milliseconds=600_000)

    assert admitted["max_duration_seconds"] == seconds
    assert played["call"]["endedReason"] == "exceeded-max-duration"
    assert caller.kinds() == ["adjustment", "hold", "capture"]


@pytest.mark.parametrize("amount", ["1.08", "0.90"])
def test_a_call_that_cannot_be_paid_is_not_admitted(stack: Stack, amount: str) -> None:
    caller = Caller(stack, f"caller-{amount}")
    stack.give(caller.user, amount)

    refused = caller.admit()

    assert refused == {
        "allowed": False,
        "reason": "insufficient_credits",
        "required": "1.09",
        "available": amount,
    }
    assert caller.kinds() == ["adjustment"]


def test_a_call_whose_report_or_every_message_is_lost_is_settled_by_the_schedule(
    stack: Stack,
) -> None:
    caller = Caller(stack, "caller-lost")
    stack.give(caller.user, "100.00")
    admitted = caller.admit()
    call_id = caller.make(admitted)
    caller.bind(call_id, admitted)
    caller.control("play", call_id=call_id, milliseconds=192_000, tell=["ended"])
    never_bound = caller.make(caller.admit("second"))
    caller.control("play", call_id=never_bound, milliseconds=192_000, tell=[])
    assert caller.balance() == "100.00"

    forward(stack.layout, "6m")
    try:
        stack.job("collect_calls")
    finally:
        forward(stack.layout, "0")

    assert caller.balance() == "94.80"
    assert sorted(caller.kinds()) == ["adjustment", "capture", "capture", "hold", "hold"]


def test_an_unmapped_number_is_refused_assigned_later_and_billed_once(stack: Stack) -> None:
    caller = Caller(stack, "caller-inbound")
    stack.give(caller.user, "100.00")
    admin = stack.bearer("admin-1", "admin")

    refused = caller.control("inbound", phone_number_id=NUMBER)
    listed = stack.http.get("/api/credits/admin/exceptions", headers=admin).json()["items"]
    [case] = [each for each in listed if each["subject"] == refused["call_id"]]
    reported = caller.report(refused["call_id"])
    assigned = [
        stack.http.post(
            f"/api/credits/admin/exceptions/{case['exception_id']}/assign",
            json={"account_id": caller.user},
            headers={**admin, "idempotency-key": "assign"},
        ).status_code
        for _ in range(2)
    ]

    assert refused["answer"] == {
        "error": "Sorry, this call cannot be taken: there are not enough credits."
    }
    assert (case["kind"], reported, assigned) == ("unknown_call", 200, [201, 200])
    assert (caller.balance(), caller.kinds()) == ("98.50", ["adjustment", "usage"])


def test_an_inbound_call_of_a_mapped_number_is_paid(stack: Stack) -> None:
    caller = Caller(stack, "caller-mapped")
    stack.give(caller.user, "100.00")
    stack.http.put(
        "/api/credits/admin/phone-numbers/number-mapped",
        json={"account_id": caller.user, "assistant_id": "assistant-1"},
        headers=stack.bearer("admin-1", "admin"),
    )

    answered = caller.control("inbound", phone_number_id="number-mapped")
    caller.control("play", call_id=answered["call_id"], milliseconds=192_000)

    assert answered["answer"]["assistantId"] == "assistant-1"
    assert (caller.balance(), caller.kinds()) == ("97.40", ["adjustment", "hold", "capture"])

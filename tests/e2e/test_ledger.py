"""The ledger through HTTP: the deployed template, from the token to the entry."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from tests.e2e.running import Stack

CALL = {"operation": "vapi_call", "quantities": {"call": 1, "minute": 3.2}}


def test_a_call_of_3_2_minutes_costs_2_60_and_a_repeat_nothing(stack: Stack) -> None:
    stack.give("caller", "10.00")

    first = stack.post("/usage", CALL, key="call-1", user="caller")
    again = stack.post("/usage", CALL, key="call-1", user="caller")

    assert (first.status_code, first.json()["amount"]) == (201, "-2.60")
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert stack.get("/balance", user="caller").json()["balance"] == "7.40"


@pytest.mark.fault("E36")
def test_of_200_parallel_spends_on_100_credits_exactly_100_succeed(stack: Stack) -> None:
    stack.give("crowd", "100.00")
    body = {"operation": "message", "quantity": 10}

    with ThreadPoolExecutor(32) as pool:
        answers = list(
            pool.map(
                lambda n: stack.post("/usage", body, key=f"race-{n}", user="crowd").status_code,
                range(200),
            )
        )

    assert (answers.count(201), answers.count(402)) == (100, 100)
    assert stack.get("/balance", user="crowd").json()["balance"] == "0.00"


def test_a_service_holds_and_captures_for_a_user_who_sees_why(stack: Stack) -> None:
    stack.give("talker", "20.00")
    hold = {"account_id": "talker", "operation": "vapi_call", "amount": "6.00", "expires_in": 600}

    opened = stack.post("/holds", hold, key="h", user="calls", role="service")
    during = stack.get("/balance", user="talker").json()
    captured = stack.post(
        f"/holds/{opened.json()['hold_id']}/capture",
        {"quantities": {"call": 1, "minute": 2}},
        key="h-end",
        user="calls",
        role="service",
    )
    late = stack.post(
        f"/holds/{opened.json()['hold_id']}/void", {}, key="v", user="calls", role="service"
    )
    explained = stack.get(f"/transactions/{captured.json()['entry_id']}", user="talker")

    assert (opened.status_code, during["available"], during["held"]) == (201, "14.00", "6.00")
    assert (captured.status_code, captured.json()["amount"]) == (201, "-2.00")
    assert (late.status_code, late.json()["code"]) == (409, "hold_ended")
    assert "2.00" in explained.json()["explanation"]
    assert stack.get("/balance", user="talker").json()["available"] == "18.00"


def test_a_batch_of_500_repeated_whole_changes_nothing(stack: Stack) -> None:
    stack.give("bulk", "100.00")
    events = [{"key": f"e{n}", "operation": "message", "quantity": 1} for n in range(500)]

    first = stack.post("/usage", {"events": events}, key="batch", user="bulk")
    again = stack.post("/usage", {"events": events}, key="batch", user="bulk")

    assert {item["status"] for item in first.json()["items"]} == {201}
    assert {item["status"] for item in again.json()["items"]} == {200}
    assert stack.get("/balance", user="bulk").json()["balance"] == "50.00"


def test_the_history_is_walked_page_by_page_and_saved_as_a_table(stack: Stack) -> None:
    stack.give("reader", "10.00")
    for n in range(5):
        stack.post("/usage", {"operation": "message", "quantity": 1}, key=f"m{n}", user="reader")

    seen: list[int] = []
    path: str | None = "/transactions?limit=2"
    while path:
        page = stack.get(path, user="reader").json()
        seen += [item["seq"] for item in page["items"]]
        cursor = page["next_cursor"]
        path = f"/transactions?limit=2&cursor={cursor}" if cursor else None
    table = stack.get("/transactions?format=csv", user="reader")

    assert seen == [6, 5, 4, 3, 2, 1]
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) == 7


def test_usage_is_added_up_as_an_answer_and_as_a_table(stack: Stack) -> None:
    stack.give("counter", "10.00")
    stack.post("/usage", CALL, key="c", user="counter")
    stack.post("/usage", {"operation": "message", "quantity": 2}, key="m", user="counter")

    shown = stack.get(
        "/usage/analytics?group_by=operation&compare=previous&include=largest", user="counter"
    )
    saved = stack.get("/usage/analytics?group_by=operation&format=csv", user="counter")

    assert [(each["key"], each["credits"]) for each in shown.json()["buckets"]] == [
        ("vapi_call", "2.60"),
        ("message", "0.20"),
    ]
    assert shown.json()["totals"]["credits"] == "2.80"
    assert [each["amount"] for each in shown.json()["largest"]["items"]] == ["-2.60", "-0.20"]
    assert [line.split(",")[2] for line in saved.text.splitlines()] == [
        "key",
        "vapi_call",
        "message",
        "",
    ]


def test_a_snapshot_adds_up_what_was_done_since_the_one_before(stack: Stack) -> None:
    before = system_analytics(stack)
    stack.give("analysed", "10.00")
    stack.post("/usage", CALL, key="c", user="analysed")
    stack.post("/usage", {"operation": "message", "quantity": 2}, key="m", user="analysed")
    entries = stack.get("/transactions", user="analysed").json()["items"]

    after = system_analytics(stack)

    spent = -sum(Decimal(each["amount"]) for each in entries if each["kind"] == "usage")
    assert spent == Decimal("2.80")
    assert grown(before, after, "totals", "movements", "spent") == spent
    assert grown(before, after, "totals", "movements", "added") == Decimal("10.00")
    assert grown(before, after, "totals", "opened") == 1
    assert grown(before, after, "standing", "accounts") == 1
    assert grown(before, after, "standing", "balance") == Decimal("10.00") - spent
    assert grown(before, after, "standing", "unspent", "adjustment") == Decimal("10.00") - spent
    used = {"credits": Decimal("2.60"), "count": Decimal(1)}
    for name, much in used.items():
        assert grown(before, after, "totals", "usage", "vapi_call", name) == much
    path = "/admin/users?search=analysed"
    [found] = stack.get(path, user="admin-1", role="admin").json()["items"]
    assert (found["account_id"], found["balance"]) == ("analysed", "7.20")
    assert before["as_of"] is None or after["as_of"] >= before["as_of"]


def system_analytics(stack: Stack) -> dict[str, Any]:
    """Take a snapshot and read it."""
    stack.job("snapshot_analytics")
    answer = stack.get("/admin/analytics", user="admin-1", role="admin")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def grown(before: object, after: object, *path: str) -> Decimal:
    """Return by how much a number is larger; what is not there is 0."""
    for name in path:
        before, after = (
            each.get(name, 0) if isinstance(each, dict) else each for each in (before, after)
        )
    return Decimal(str(after)) - Decimal(str(before))


def test_verification_finds_every_account_right(stack: Stack) -> None:
    stack.give("checked", "5.00")

    answer = stack.job("verify_ledger")

    assert '"violations": 0' in answer

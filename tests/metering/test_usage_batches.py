import io
import json
from typing import Any

import pytest
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Unavailable

from tests.support.stage import OTHER, USER, Stage


def batch(*events: dict[str, Any]) -> dict[str, Any]:
    return {"events": [{"operation": "message", "quantity": 1, **event} for event in events]}


def test_a_batch_answers_each_event_for_itself(stage: Stage) -> None:
    stage.fund("0.25")

    reply = stage.call(
        "record_usage",
        batch(
            {"key": "a"}, {"key": "b", "quantity": 2}, {"key": "c"}, {"key": "d", "operation": "x"}
        ),
    )

    items = reply.json["items"]
    assert reply.status == 200
    assert [item["key"] for item in items] == ["a", "b", "c", "d"]
    assert [item["status"] for item in items] == [201, 402, 201, 422]
    assert items[0]["entry"]["amount"] == "-0.10"
    assert items[0]["problem"] is None
    assert items[1]["problem"]["code"] == "insufficient_credits"
    assert (items[1]["problem"]["required"], items[1]["problem"]["available"]) == ("0.20", "0.15")
    assert items[1]["entry"] is None
    assert items[3]["problem"]["code"] == "unknown_operation"
    assert stage.balance() == "0.05"


def test_a_key_twice_in_a_batch_replays_the_first(funded: Stage) -> None:
    reply = funded.call("record_usage", batch({"key": "a"}, {"key": "a"}))

    first, second = reply.json["items"]
    assert [(each["status"], each["replayed"]) for each in (first, second)] == [
        (201, False),
        (200, True),
    ]
    assert first["entry"] == second["entry"]
    assert funded.balance() == "99.90"


def test_five_hundred_events_repeated_change_nothing(funded: Stage) -> None:
    body = batch(*({"key": f"k{number}"} for number in range(500)))
    first = funded.call("record_usage", body)
    commits = funded.store.calls["commit"]

    again = funded.call("record_usage", body)

    assert {item["status"] for item in first.json["items"]} == {201}
    assert commits <= 7
    assert {item["status"] for item in again.json["items"]} == {200}
    assert [each["entry"] for each in again.json["items"]] == [
        each["entry"] for each in first.json["items"]
    ]
    assert funded.balance() == "50.00"


def test_an_event_and_a_single_use_share_one_key(funded: Stage) -> None:
    single = funded.call("record_usage", {"operation": "message", "quantity": 1}, key="a")

    reply = funded.call("record_usage", batch({"key": "a"}))

    assert reply.json["items"][0]["entry"] == single.json
    assert reply.json["items"][0]["status"] == 200


def test_a_service_names_an_account_for_each_event(funded: Stage) -> None:
    funded.fund("10.00", OTHER)

    reply = funded.call(
        "record_usage",
        batch({"key": "a", "account_id": USER}, {"key": "a", "account_id": OTHER}),
        role="service",
        account_id="calls",
    )

    assert [item["entry"]["account_id"] for item in reply.json["items"]] == [USER, OTHER]


def test_an_event_of_a_user_that_names_another_account_is_refused(funded: Stage) -> None:
    funded.fund("10.00", OTHER)

    reply = funded.call("record_usage", batch({"key": "a"}, {"key": "b", "account_id": OTHER}))

    assert [item["status"] for item in reply.json["items"]] == [201, 403]
    assert reply.json["items"][1]["problem"]["code"] == "forbidden"
    assert (funded.balance(), funded.balance(OTHER)) == ("99.90", "10.00")


@pytest.mark.fault("G46.4")
def test_an_event_of_a_service_that_names_no_account_is_refused(funded: Stage) -> None:
    reply = funded.call(
        "record_usage",
        batch({"key": "a"}, {"key": "b", "account_id": USER}),
        role="service",
        account_id="calls",
    )

    first, second = reply.json["items"]
    assert (first["status"], second["status"]) == (422, 201)
    assert [each["pointer"] for each in first["problem"]["errors"]] == ["/account_id"]


def test_in_a_users_batch_an_event_that_says_when_it_occurred_is_refused_alone(
    funded: Stage,
) -> None:
    occurred = {"key": "a", "occurred_at": "2026-11-17T00:00:00+01:00"}

    reply = funded.call("record_usage", batch(occurred, {"key": "b"}))

    first, second = reply.json["items"]
    assert (first["status"], second["status"]) == (403, 201)
    assert (first["problem"]["code"], first["entry"]) == ("forbidden", None)
    assert funded.balance() == "99.90"


@pytest.mark.fault(
    "G46.2",
    "One event of a batch cannot be meant",
    "It is answered 422 for itself, the others are recorded",
)
@pytest.mark.parametrize(
    ("event", "key", "pointers"),
    [
        ({"key": "b", "quantity": -1}, "b", ["/quantity"]),
        ({"key": "b", "quantity": True}, "b", ["/quantity"]),
        ({"key": "b", "occurred_at": "yesterday"}, "b", ["/occurred_at"]),
        ({"key": "b", "metadata": {"a": []}}, "b", ["/metadata"]),
        ({"key": "b", "color": "red"}, "b", ["/color"]),
        ({"key": "b", "operation": None}, "b", ["/operation"]),
        ({"key": "b", "quantities": {"message": 1}}, "b", ["/quantity"]),
        ({}, None, ["/key"]),
        ({"key": "with space"}, None, ["/key"]),
        ({"key": "k" * 256}, None, ["/key"]),
        ({"key": 7}, None, ["/key"]),
    ],
)
def test_an_event_that_cannot_be_meant_is_its_own_answer(
    funded: Stage, event: dict[str, Any], key: str | None, pointers: list[str]
) -> None:
    reply = funded.call("record_usage", batch({"key": "a"}, event, {"key": "c"}))

    items = reply.json["items"]
    assert (reply.status, [item["status"] for item in items]) == (200, [201, 422, 201])
    assert (items[1]["key"], items[1]["entry"], items[1]["replayed"]) == (key, None, False)
    assert items[1]["problem"]["code"] == "invalid_request"
    assert [each["pointer"] for each in items[1]["problem"]["errors"]] == pointers
    assert funded.balance() == "99.80"


def test_what_is_no_event_is_its_own_answer(funded: Stage) -> None:
    reply = funded.call(
        "record_usage", {"events": [None, 1, "x", [], *batch({"key": "a"})["events"]]}
    )

    assert [item["status"] for item in reply.json["items"]] == [422, 422, 422, 422, 201]


def test_a_batch_of_nothing_that_can_be_meant_writes_nothing(funded: Stage) -> None:
    commits = funded.store.calls["commit"]

    reply = funded.call("record_usage", batch({}, {"key": " "}))

    assert [item["status"] for item in reply.json["items"]] == [422, 422]
    assert funded.store.calls["commit"] == commits


def test_null_in_an_event_is_as_if_absent(funded: Stage) -> None:
    nulls = dict.fromkeys(["quantities", "reference", "metadata", "occurred_at", "account_id"])

    reply = funded.call("record_usage", batch({"key": "a", **nulls}, {"key": "a"}))

    assert [item["status"] for item in reply.json["items"]] == [201, 200]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"events": []}, ["/events"]),
        (batch(*({"key": f"k{n}"} for n in range(501))), ["/events"]),
        ({**batch({"key": "a"}), "operation": "message"}, ["/operation"]),
        ({"events": "many"}, ["/events"]),
        ({"events": None}, ["/events"]),
    ],
)
def test_a_batch_that_cannot_be_meant_is_refused_whole(
    funded: Stage, body: dict[str, Any], pointers: list[str]
) -> None:
    reply = funded.call("record_usage", body)

    assert (reply.status, reply.pointers) == (422, pointers)
    assert funded.balance() == "100.00"


def test_a_batch_takes_a_megabyte_and_no_more(funded: Stage) -> None:
    event = {"key": "a", "operation": "message", "quantity": 1}
    fits = json.dumps({"events": [event]}) + " " * 1_000_000
    too_large = json.dumps({"events": [event]}) + " " * 1_048_576

    replies = [funded.call("record_usage", text) for text in (fits, too_large)]

    assert [reply.status for reply in replies] == [200, 413]


@pytest.mark.fault("A4.2")
def test_a_batch_of_which_a_part_is_unavailable_is_logged_with_the_cause(
    stage: Stage, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = stage.store.load

    def partly_down(account_id: AccountId) -> Any:
        if account_id == OTHER:
            raise Unavailable("down")
        return load(account_id)

    monkeypatch.setattr(stage.store, "load", partly_down)
    stage.fund("1.00")
    body = batch({"key": "a", "account_id": USER}, {"key": "b", "account_id": OTHER})

    reply = stage.call("record_usage", body, role="service", account_id="calls")

    assert [item["status"] for item in reply.json["items"]] == [201, 503]
    facts = json.loads(log.getvalue())
    assert (facts["status"], facts["request_id"]) == (200, "req-1")
    assert facts["cause"].count("Unavailable") == 2


def test_a_batch_of_which_nothing_is_known_is_unavailable(funded: Stage) -> None:
    funded.store.broken = True

    reply = funded.call("record_usage", batch({"key": "a"}, {"key": "b"}))

    assert (reply.status, reply.headers["retry-after"]) == (503, "1")

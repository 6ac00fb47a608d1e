import base64
from typing import Any

import pytest

from tests.support.stage import NOW, OTHER, USER, Reply, Stage


def written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def capture(stage: Stage, hold_id: str, key: str = "c", **more: Any) -> Reply:
    body = more.pop("body", {"quantities": {"call": 1, "minute": 3.2}})
    return stage.call("capture_hold", body, key=key, path={"hold_id": hold_id}, **more)


def void(stage: Stage, hold_id: str, key: str = "v", **more: Any) -> Reply:
    return stage.call("void_hold", more.pop("body", {}), key=key, path={"hold_id": hold_id}, **more)


def opened(stage: Stage, **more: Any) -> str:
    hold_id: str = stage.hold(**more).json["hold_id"]
    return hold_id


def test_a_hold_sets_an_amount_aside(funded: Stage) -> None:
    reply = funded.hold()

    assert reply.status == 201
    assert (reply.json["kind"], reply.json["amount"]) == ("hold", "5.00")
    assert (reply.json["balance_after"], reply.json["available_after"]) == ("100.00", "95.00")
    assert reply.json["operation"] == "vapi_call"
    assert reply.json["expires_at"] == "2026-11-18T11:07:40Z"


def test_a_hold_can_be_the_price_of_quantities(funded: Stage) -> None:
    body = {"operation": "vapi_call", "quantities": {"call": 1, "minute": 10}, "expires_in": 86_400}

    reply = funded.call("create_hold", body, key="h")

    assert (reply.json["amount"], reply.json["quantities"]) == (
        "6.00",
        {"call": "1", "minute": "10"},
    )


def test_a_repeated_hold_is_one_hold(funded: Stage) -> None:
    first = funded.hold()

    again = funded.hold()

    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert again.text == first.text
    assert funded.call("get_balance").json["held"] == "5.00"


def test_a_hold_beyond_what_is_available_is_refused(funded: Stage) -> None:
    funded.hold("h1", "60.00")

    reply = funded.hold("h2", "40.01")

    assert (reply.status, reply.code) == (402, "insufficient_credits")
    assert (reply.json["required"], reply.json["available"]) == ("40.01", "40.00")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"amount": None}, "/quantities"),
        ({"amount": "1.00", "quantity": 1}, "/amount"),
        ({"amount": "0"}, "/amount"),
        ({"amount": "-1"}, "/amount"),
        ({"expires_in": 0}, "/expires_in"),
        ({"expires_in": 86_401}, "/expires_in"),
        ({"expires_in": "60"}, "/expires_in"),
        ({"expires_in": 1.5}, "/expires_in"),
        ({"expires_in": True}, "/expires_in"),
        ({"operation": "teleport"}, "/operation"),
    ],
)
def test_a_hold_that_cannot_be_meant_is_refused(
    funded: Stage, change: dict[str, Any], pointer: str
) -> None:
    body = {"operation": "message", "amount": "1.00", "expires_in": 60, **change}
    body = {name: value for name, value in body.items() if value is not None}

    reply = funded.call("create_hold", body, key="h")

    assert (reply.status, reply.pointers) == (422, [pointer])


def test_a_hold_needs_its_end(funded: Stage) -> None:
    reply = funded.call("create_hold", {"operation": "message", "amount": "1.00"}, key="h")

    assert (reply.status, reply.pointers) == (422, ["/expires_in"])


def test_two_hundred_holds_are_the_most(funded: Stage) -> None:
    for number in range(200):
        funded.hold(f"h{number}", "0.01")

    reply = funded.hold("one-more", "0.01")

    assert (reply.status, reply.code) == (403, "limit_exceeded")


@pytest.mark.parametrize("end", [capture, void])
def test_a_hold_shows_one_amount_wherever_it_appears(funded: Stage, end: Any) -> None:
    made = funded.hold().json
    in_balance = funded.call("get_balance").json["holds"][0]
    in_list = funded.call("list_transactions").json["items"][0]
    alone = funded.call("get_transaction", path={"entry_id": made["entry_id"]}).json
    ended = end(funded, made["hold_id"]).json

    assert (made["amount"], made["hold_amount"], in_balance["amount"]) == ("5.00",) * 3
    assert [each["hold_amount"] for each in (in_list, alone, ended)] == ["5.00"] * 3


def test_a_capture_pays_what_was_used_and_releases_the_rest(funded: Stage) -> None:
    hold_id = opened(funded)

    reply = capture(funded, hold_id, body={"quantities": {"call": 1}, "reference": "call-1"})

    assert (reply.status, reply.json["kind"]) == (201, "capture")
    assert (reply.json["amount"], reply.json["held_change"]) == ("-1.00", "-5.00")
    assert reply.json["available_after"] == "99.00"
    assert (reply.json["hold_id"], reply.json["reference"]) == (hold_id, "call-1")


@pytest.mark.fault(
    "D34",
    "Captured twice, or voided after its capture",
    "The same end is a replay, any other is 409",
)
def test_a_repeated_capture_is_the_same_answer(funded: Stage) -> None:
    hold_id = opened(funded)
    first = capture(funded, hold_id)

    again = capture(funded, hold_id)

    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert again.text == first.text


@pytest.mark.fault("D34")
@pytest.mark.parametrize("end", [capture, void])
def test_a_hold_ends_once(funded: Stage, end: Any) -> None:
    hold_id = opened(funded)
    end(funded, hold_id, key="first")

    replies = [capture(funded, hold_id, key="second"), void(funded, hold_id, key="third")]

    assert {(reply.status, reply.code) for reply in replies} == {(409, "hold_ended")}


def test_the_key_of_an_end_with_another_body_is_refused(funded: Stage) -> None:
    hold_id = opened(funded)
    capture(funded, hold_id)

    reply = capture(funded, hold_id, body={"amount": "0.50"})

    assert (reply.status, reply.code) == (409, "hold_ended")


@pytest.mark.fault("D33")
@pytest.mark.parametrize("end", [capture, void])
@pytest.mark.parametrize("later", [60, 3600])
def test_a_hold_that_has_expired_has_ended(funded: Stage, end: Any, later: int) -> None:
    hold_id = opened(funded)
    funded.now = NOW + later

    first, second = end(funded, hold_id, key="a"), end(funded, hold_id, key="b")

    assert (first.status, first.code) == (second.status, second.code) == (409, "hold_ended")


def test_a_hold_that_was_settled_away_has_ended(funded: Stage) -> None:
    hold_id = opened(funded)
    funded.now = NOW + 60
    funded.spend()

    reply = capture(funded, hold_id)

    assert (reply.status, reply.code) == (409, "hold_ended")


def test_a_void_releases_everything(funded: Stage) -> None:
    hold_id = opened(funded)

    reply = void(funded, hold_id)
    again = void(funded, hold_id)

    assert (reply.status, reply.json["kind"], reply.json["amount"]) == (201, "release", "0.00")
    assert reply.json["available_after"] == "100.00"
    assert (again.status, again.text) == (200, reply.text)


def test_a_void_needs_no_body(funded: Stage) -> None:
    assert void(funded, opened(funded), body=None).status == 201


def test_a_service_ends_a_hold_without_naming_the_account(funded: Stage) -> None:
    service = {"role": "service", "account_id": "calls"}
    opened_by_service = opened(funded, body={"account_id": USER}, **service)

    reply = capture(funded, opened_by_service, **service)

    assert (reply.status, reply.json["account_id"]) == (201, USER)
    assert reply.json["actor"] == "service:calls"


def test_a_service_may_end_what_a_user_opened(funded: Stage) -> None:
    assert void(funded, opened(funded), role="service", account_id="calls").status == 201


@pytest.mark.parametrize("end", [capture, void])
def test_a_user_may_not_end_what_a_service_opened(funded: Stage, end: Any) -> None:
    hold_id = opened(funded, role="service", account_id="calls", body={"account_id": USER})

    reply = end(funded, hold_id)

    assert (reply.status, reply.code) == (403, "forbidden")
    assert funded.call("get_balance").json["held"] == "5.00"


@pytest.mark.fault(
    "G42.2",
    "Another's hold, entry or purchase is asked for by its id",
    "404, exactly as for one that does not exist",
)
@pytest.mark.parametrize("end", [capture, void])
@pytest.mark.parametrize("role", ["user", "admin", "super_admin"])
def test_anothers_hold_looks_like_none_at_all(funded: Stage, end: Any, role: str) -> None:
    hold_id = opened(funded)
    funded.store.calls.clear()

    foreign = end(funded, hold_id, account_id=OTHER, role=role)
    calls_for_foreign = dict(funded.store.calls)
    funded.store.calls.clear()
    absent = end(funded, written(f"77:{OTHER}"), account_id=OTHER, role=role)

    assert foreign.status == absent.status == 404
    assert {**foreign.json, "request_id": "", "instance": ""} == {
        **absent.json,
        "request_id": "",
        "instance": "",
    }
    assert calls_for_foreign == dict(funded.store.calls)
    assert funded.call("get_balance").json["held"] == "5.00"


@pytest.mark.parametrize(
    "hold_id",
    [
        "nonsense",
        "é",
        "A",
        written("2"),
        written(f"0:{USER}"),
        written(f"-1:{USER}"),
        written(f"02:{USER}"),
        written(f"2:{USER}") + "=",
        written("2:"),
        written(f"２:{USER}"),
        written(f"{'9' * 13}:{USER}"),
        written(f"2:{'x' * 129}"),
        written(f"2:{USER}\x00"),
        written(f"1:{USER}"),
    ],
)
@pytest.mark.parametrize("role", ["user", "service"])
def test_what_names_no_hold_is_not_found(funded: Stage, hold_id: str, role: str) -> None:
    funded.hold()

    replies = [capture(funded, hold_id, role=role), void(funded, hold_id, role=role)]

    assert {(reply.status, reply.code) for reply in replies} == {(404, "not_found")}


@pytest.mark.fault(
    "D34.2",
    "Captured above what was held",
    "What is available pays; the rest is absorbed, or a debt where the account says so",
)
def test_a_capture_above_the_hold_takes_what_is_available_and_absorbs_the_rest(
    stage: Stage,
) -> None:
    stage.fund("6.00")
    hold_id = opened(stage)

    reply = capture(stage, hold_id, body={"amount": "8.00"})

    assert (reply.json["amount"], reply.json["shortfall"]) == ("-6.00", "2.00")


@pytest.mark.fault("G46")
@pytest.mark.parametrize("body", [{"amount": 0}, {"amount": "0.00"}, {"quantities": {"minute": 0}}])
def test_a_capture_of_nothing_ends_the_hold_and_pays_nothing(
    funded: Stage, body: dict[str, Any]
) -> None:
    hold_id = opened(funded)

    reply = capture(funded, hold_id, body=body)

    assert (reply.status, reply.json["amount"], reply.json["held_change"]) == (201, "0.00", "-5.00")
    assert (funded.balance(), funded.call("get_balance").json["held"]) == ("100.00", "0.00")
    assert capture(funded, hold_id, key="again", body=body).status == 409


def test_a_hold_of_no_units_is_a_hold_of_nothing(funded: Stage) -> None:
    body = {"operation": "vapi_call", "quantities": {"minute": 0}, "expires_in": 60}

    reply = funded.call("create_hold", body, key="h")

    assert (reply.status, reply.json["amount"]) == (201, "0.00")


@pytest.mark.parametrize("role", ["service"])
def test_a_service_that_names_no_account_is_refused(funded: Stage, role: str) -> None:
    reply = funded.hold(role=role, account_id="calls")

    assert (reply.status, reply.pointers) == (422, ["/account_id"])


@pytest.mark.parametrize(
    "body",
    [{}, {"amount": "-0.01"}, {"amount": "1", "quantity": 1}, {"quantities": {"minute": -1}}],
)
def test_a_capture_that_cannot_be_meant_is_refused(funded: Stage, body: dict[str, Any]) -> None:
    hold_id = opened(funded)

    assert capture(funded, hold_id, body=body).status == 422
    assert funded.call("get_balance").json["held"] == "5.00"

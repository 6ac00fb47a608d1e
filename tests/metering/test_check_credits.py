from typing import Any

from tests.support.stage import USER, Reply, Stage


def check(stage: Stage, role: str = "user", account_id: str = USER, **change: Any) -> Reply:
    body = {"operation": "vapi_call", "quantities": {"call": 1, "minute": 10}, **change}
    return stage.call("check_credits", body, role=role, account_id=account_id)


def test_a_check_says_what_it_would_cost_and_how_far_credits_reach(stage: Stage) -> None:
    stage.fund("11.00")

    reply = check(stage)

    assert reply.status == 200
    assert (reply.json["allowed"], reply.json["reason"]) == (True, None)
    assert (reply.json["cost"], reply.json["available"]) == ("6.00", "11.00")
    assert reply.json["seconds_affordable"] >= 1200
    assert stage.store.calls["commit"] == 1


def test_a_check_says_why_not(stage: Stage) -> None:
    stage.fund("5.99")

    reply = check(stage)

    assert (reply.json["allowed"], reply.json["reason"]) == (False, "insufficient_credits")


def test_what_has_no_time_has_no_seconds(funded: Stage) -> None:
    reply = funded.call("check_credits", {"operation": "message", "quantity": 3})

    assert reply.json["seconds_affordable"] is None
    assert reply.json["max_units"].keys() == {"message"}


def test_an_unknown_operation_is_refused(funded: Stage) -> None:
    reply = check(funded, operation="teleport")

    assert (reply.status, reply.code) == (422, "unknown_operation")


def test_a_service_that_names_no_account_is_refused(stage: Stage) -> None:
    reply = check(stage, role="service", account_id="calls")

    assert (reply.status, reply.pointers) == (422, ["/account_id"])


def test_counted_units_are_whole_and_measured_ones_are_not(stage: Stage) -> None:
    stage.fund("0.25")

    messages = stage.call("check_credits", {"operation": "message", "quantity": 1}).json
    upload = stage.call("check_credits", {"operation": "file_upload", "quantity": 1}).json

    assert messages["max_units"] == {"message": "2"}
    assert upload["max_units"] == {"mb": "1.039999"}


def test_none_of_it_is_allowed_without_credits(stage: Stage) -> None:
    reply = check(stage, quantities={"call": 0, "minute": 0})

    assert (reply.json["allowed"], reply.json["cost"]) == (True, "0.00")


def test_a_super_admin_is_always_allowed(stage: Stage) -> None:
    assert check(stage, role="super_admin", account_id="root-1").json["allowed"]


def test_a_service_checks_any_account(funded: Stage) -> None:
    body = {"operation": "message", "quantity": 1, "account_id": USER}

    reply = funded.call("check_credits", body, role="service", account_id="calls")

    assert reply.json["available"] == "100.00"

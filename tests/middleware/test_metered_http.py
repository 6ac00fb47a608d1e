"""`@metered` over HTTP: it needs a key, answers refusals itself, and a repeat is a replay."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from prepaid.domain.credits import AccountId
from prepaid.middleware import metered, spending

from tests.support.http_events import http_event
from tests.support.stage import OTHER, Stage


def runner(done: list[Any], **more: Any) -> Callable[..., Any]:
    """Return an endpoint of somebody else's, 2.00 for each run."""

    @metered("workflow_execution", **more)
    def run(event: Any, _: Any = None) -> dict[str, Any]:
        done.append(event)
        return {"statusCode": 201, "headers": {"a": "b"}, "body": "ran"}

    return run


def request(key: str | None = "k", **more: Any) -> dict[str, Any]:
    headers = {} if key is None else {"idempotency-key": key}
    return http_event("POST", "/examples/run", headers=headers, **more)


def kinds(stage: Stage) -> list[str]:
    return [str(each.kind) for each in stage.entries()][1:]


def code(answer: Any) -> tuple[int, str]:
    return answer["statusCode"], json.loads(answer["body"])["code"]


def test_the_caller_pays(on_stage: Stage) -> None:
    answer = runner([])(request())

    assert (answer["statusCode"], on_stage.balance()) == (201, "98.00")
    assert on_stage.entries()[-1].actor == "user:user-1"


@pytest.mark.parametrize(
    ("key", "said"),
    [(None, (400, "idempotency_key_missing")), ("a b", (400, "idempotency_key_invalid"))],
)
def test_without_a_sound_key_nothing_is_done(
    key: str | None, said: tuple[int, str], on_stage: Stage
) -> None:
    done: list[Any] = []

    assert code(runner(done)(request(key))) == said
    assert (done, kinds(on_stage)) == ([], [])


def test_without_credits_it_answers_402_itself(on_stage: Stage) -> None:
    done: list[Any] = []
    on_stage.fund("-99.00", key="gone")

    answer = runner(done)(request())

    assert code(answer) == (402, "insufficient_credits")
    assert json.loads(answer["body"])["required"] == "2.00"
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert (done, on_stage.balance()) == ([], "1.00")


def test_a_repeat_of_paid_work_gets_the_kept_answer(on_stage: Stage) -> None:
    done: list[Any] = []
    run = runner(done, keep=True)
    first = run(request())

    again = run(request())

    assert len(done) == 1
    assert again == {**first, "headers": {"a": "b", "idempotency-replayed": "true"}}
    assert on_stage.balance() == "98.00"


@pytest.mark.fault(
    "D34.9",
    "A client repeats the key of paid work to have it done for nothing",
    "It is not done: the kept answer, or 409",
)
def test_a_repeat_whose_answer_was_not_kept_is_a_409_and_no_free_work(on_stage: Stage) -> None:
    done: list[Any] = []
    run = runner(done)
    run(request())

    assert code(run(request())) == (409, "hold_ended")
    assert (len(done), on_stage.balance()) == (1, "98.00")


def test_a_key_with_another_request_is_a_422(on_stage: Stage) -> None:
    run = runner([])
    run(request(body="a"))

    assert code(run(request(body="b"))) == (422, "idempotency_key_reused")
    assert on_stage.balance() == "98.00"


def test_an_answer_that_says_that_it_failed_costs_nothing(on_stage: Stage) -> None:
    @metered("workflow_execution")
    def run(_: Any) -> dict[str, Any]:
        return {"statusCode": 400, "body": "no"}

    assert run(request())["statusCode"] == 400
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "release"], "100.00")


def test_a_failed_request_may_be_tried_again_under_its_key(on_stage: Stage) -> None:
    @metered("workflow_execution")
    def fail(_: Any) -> None:
        raise RuntimeError("its own")

    with pytest.raises(RuntimeError):
        fail(request())

    assert runner([])(request())["statusCode"] == 201
    assert on_stage.balance() == "98.00"


@pytest.mark.fault("D34.8")
def test_a_payment_that_is_unknown_is_a_503_and_the_repeat_settles_it(on_stage: Stage) -> None:
    @metered("workflow_execution")
    def run(_: Any) -> dict[str, Any]:
        on_stage.store.broken = True
        return {"statusCode": 200}

    answer = run(request())
    on_stage.store.broken = False

    assert code(answer) == (503, "unavailable")
    assert answer["headers"]["retry-after"] == "1"
    assert runner([])(request())["statusCode"] == 201
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], "98.00")


def test_nobody_is_served_without_a_caller(on_stage: Stage) -> None:
    done: list[Any] = []

    assert code(runner(done)(request(role=None))) == (403, "forbidden")
    assert code(runner(done, account=lambda _: "user-1")(request(role=None))) == (403, "forbidden")
    assert (done, kinds(on_stage)) == ([], [])


def test_only_a_service_may_let_another_account_pay(on_stage: Stage) -> None:
    on_stage.fund("5.00", OTHER, key="other")
    run = runner([], account=lambda _: "user-2")

    refused = run(request())
    served = run(request(role="service", account_id="calls"))

    assert code(refused) == (403, "forbidden")
    assert served["statusCode"] == 201
    assert (on_stage.balance(), on_stage.balance(OTHER)) == ("100.00", "3.00")


def test_a_service_names_who_pays(on_stage: Stage) -> None:
    answer = runner([])(request(role="service", account_id="calls"))

    assert code(answer) == (422, "invalid_request")
    assert kinds(on_stage) == []


def test_a_super_admin_is_waived(on_stage: Stage) -> None:
    answer = runner([])(request(role="super_admin", account_id="root-1"))

    entry = on_stage.entries(AccountId("root-1"))[-1]
    assert answer["statusCode"] == 201
    assert (str(entry.amount), str(entry.waived)) == ("0.00", "2.00")


def test_a_part_that_cannot_be_paid_releases_the_whole_and_is_a_402(on_stage: Stage) -> None:
    @metered("workflow_execution")
    def run(_: Any) -> dict[str, Any]:
        with spending("message", account="user-2", key="part"):
            return {"statusCode": 200}

    assert code(run(request())) == (402, "insufficient_credits")
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "release"], "100.00")

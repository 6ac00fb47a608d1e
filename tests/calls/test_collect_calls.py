"""Calls whose report never comes are asked for, and settled."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from prepaid.calls.call import GIVEN_UP_AFTER_SECONDS
from prepaid.calls.vapi.messages import event_of_call
from prepaid.web import json_body

from tests.calls.test_call_functions import admit, assign, bind, cases, map_number, report, tell
from tests.support.stage import NOW, USER, Stage, function
from tests.support.vapi_messages import ABSENT, CALL_ID, message, raw


def known(stage: Stage, name: str, changes: dict[str, Any] | None = None) -> None:
    """Let Vapi's API know the call as a file has it."""
    body = json_body.parse(raw(message(name, changes)))
    assert isinstance(body, dict)
    stage.provider.known[CALL_ID] = event_of_call(body)


def collect(stage: Stage, after: int = 0) -> dict[str, Any]:
    stage.now = NOW + after
    return dict(function("collect_calls")({}))


def bound(stage: Stage) -> None:
    bind(stage, admit(stage).json["hold_id"])


@pytest.mark.fault(
    "B28.5",
    "A report never comes, or its process dies before it is settled",
    "The schedule asks for the call and settles it",
)
def test_a_call_whose_report_never_comes_is_settled_by_the_schedule(funded: Stage) -> None:
    bound(funded)
    tell(funded, message("status-update.in-progress"))
    known(funded, "call.in-progress")
    running = collect(funded, 300)
    tell(funded, message("status-update.ended"))
    known(funded, "call.ended")

    early = collect(funded, 400)
    done = collect(funded, 420)

    assert (running["settled"], early["calls"], done["settled"]) == (0, 0, 1)
    assert funded.balance() == "97.40"
    assert collect(funded, 90_000)["calls"] == 0
    report(funded)
    assert funded.balance() == "97.40"


def test_a_call_that_was_only_bound_is_settled_by_the_schedule(funded: Stage) -> None:
    bound(funded)
    known(funded, "call.ended")

    collect(funded, 300)

    assert funded.balance() == "97.40"


def test_an_inbound_call_that_was_only_answered_is_settled_by_the_schedule(funded: Stage) -> None:
    map_number(funded)
    tell(funded, message("assistant-request"))
    known(funded, "call.ended")

    collect(funded, 300)

    assert [entry.kind for entry in funded.entries()] == ["adjustment", "hold", "capture"]


@pytest.mark.fault("B28.3")
def test_a_report_without_a_duration_is_asked_for_at_once(funded: Stage) -> None:
    bound(funded)
    report(funded, startedAt="soon", call__startedAt="soon", costs=ABSENT, call__costs=ABSENT)
    known(funded, "call.ended")

    collect(funded)

    assert funded.balance() == "97.40"


def test_a_call_that_vapi_says_never_started_releases_its_hold(funded: Stage) -> None:
    bound(funded)
    tell(funded, message("status-update.in-progress"))
    known(funded, "call.ended", {"startedAt": ABSENT, "costs": ABSENT, "endedReason": "x"})

    collect(funded, 300)

    assert (funded.balance(), funded.call("get_balance").json["held"]) == ("100.00", "0.00")


def test_a_call_of_nobody_is_learned_and_left_to_an_admin(funded: Stage) -> None:
    tell(funded, message("status-update.ended"))
    known(funded, "call.ended")

    collect(funded, 300)

    assert [case["subject"] for case in cases(funded)] == [CALL_ID]
    assert collect(funded, 90_000)["calls"] == 0


@pytest.mark.fault("H21")
def test_a_call_that_nobody_told_of_is_found_and_paid_by_its_signed_metadata(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    collect(funded)
    metadata = admit(funded).json["metadata"]
    known(funded, "call.ended", {"assistantOverrides": {"metadata": metadata}})

    found = collect(funded, 900)
    again = collect(funded, 1_200)

    assert (found["listed"], found["found"], again["found"]) == (1, 1, 0)
    assert (found["settled"], again["settled"]) == (1, 0)
    assert [entry.kind for entry in funded.entries()] == ["adjustment", "hold", "capture"]
    assert funded.balance() == "97.40"
    assert '"CallsFound":[1.0]' in capsys.readouterr().out


@pytest.mark.fault("H22")
def test_a_call_that_nobody_told_of_and_of_nobody_is_assigned_and_billed_once(
    funded: Stage,
) -> None:
    collect(funded)
    known(funded, "call.ended", {"assistantOverrides": {"metadata": {"account_id": USER}}})

    for after in (900, 1_200, 1_500):
        collect(funded, after)
    [case] = cases(funded)
    answers = [assign(funded, case["exception_id"]).status for _ in range(2)]
    collect(funded, 1_800)

    assert (case["kind"], case["subject"], answers) == ("unknown_call", CALL_ID, [201, 200])
    assert [entry.kind for entry in funded.entries()] == ["adjustment", "usage"]


@pytest.mark.fault("H27")
def test_a_stack_that_makes_no_calls_asks_vapi_for_nothing(funded: Stage) -> None:
    funded.provider.has_key = False

    done = collect(funded)

    assert (done["failed"], done["finished"], funded.provider.listed) == (0, True, [])


@pytest.mark.parametrize("ended", [True, False])
def test_a_call_that_vapi_cannot_say_the_end_of_is_asked_for_ever_more_seldom(
    funded: Stage, ended: bool
) -> None:
    bound(funded)
    if ended:
        odd = {"startedAt": "soon", "costs": ABSENT}
        known(funded, "call.ended", odd)
    asked = [at for at in range(300, 40_000, 300) if collect(funded, at)["calls"]]

    waits = [later - at for at, later in pairwise(asked)]
    assert waits == [300, 600, 1200, 2400, 4800, 9600, 19_200]
    assert funded.balance() == "100.00"


def test_a_call_is_given_up_after_35_days_and_is_for_an_admin(funded: Stage) -> None:
    bound(funded)

    collect(funded, GIVEN_UP_AFTER_SECONDS + 1)

    assert [case["kind"] for case in cases(funded)] == ["call_never_reported"]
    assert funded.calls.call(CALL_ID).due_at is None


def test_a_provider_that_is_away_stops_nothing_and_counts_as_failed(funded: Stage) -> None:
    bound(funded)
    known(funded, "call.ended")
    funded.provider.away = True

    failed = collect(funded, 300)
    funded.provider.away = False
    done = collect(funded, 600)

    assert (failed["failed"], failed["settled"], failed["finished"]) == (2, 0, False)
    assert (done["settled"], funded.balance()) == (1, "97.40")


def test_a_call_that_was_learned_whole_and_not_settled_is_settled_without_asking(
    funded: Stage,
) -> None:
    bound(funded)
    funded.store.broken = True
    report(funded)
    funded.store.broken = False
    report(funded, type="hang")
    call = funded.calls.call(CALL_ID)
    whole = event_of_call(json_body.parse(raw(message("call.ended"))))  # type: ignore[arg-type]  # an object
    funded.calls.stored[CALL_ID] = replace(
        call.merged(whole, call.first_seen_at), due_at=call.due_at
    )

    collect(funded, 900)

    assert funded.provider.asked == []
    assert funded.balance() == "97.40"


def test_a_hold_that_expired_before_the_call_was_asked_for_is_no_free_call(funded: Stage) -> None:
    bound(funded)
    known(funded, "call.ended")

    collect(funded, 90_000)

    assert [entry.kind for entry in funded.entries()] == ["adjustment", "hold", "release", "usage"]
    assert funded.balance() == "97.40"


def test_the_job_ends_in_time(funded: Stage) -> None:
    bound(funded)
    known(funded, "call.ended")

    class Context:
        aws_request_id = "job-1"

        def get_remaining_time_in_millis(self) -> int:
            return 9_000

    funded.now = NOW + 300
    done = function("collect_calls")({}, Context())

    assert (done["finished"], done["calls"], funded.balance(USER)) == (False, 0, "100.00")

"""A running call that its account cannot pay for any more is reported, and ended if so switched."""

from dataclasses import replace

import pytest
from prepaid.catalogue.seed import PRICES
from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Adjust, SetStatus
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Rate

from tests.calls.test_call_functions import admit, bind, cases, tell
from tests.calls.test_collect_calls import collect, known
from tests.support.stage import NOW, USER, Stage
from tests.support.vapi_messages import ABSENT, message


def running(stage: Stage) -> None:
    bind(stage, admit(stage).json["hold_id"])
    tell(stage, message("status-update.in-progress"))
    known(stage, "call.in-progress")


def freeze(stage: Stage) -> None:
    stage.post(
        USER,
        SetStatus(
            key=keys.status("f"),
            actor="admin:a",
            request_id="f",
            status=Status.FROZEN,
        ),
    )


def take_back(stage: Stage, amount: str) -> None:
    stage.post(
        USER,
        Adjust(
            key=keys.adjustment("back"),
            actor="admin:a",
            request_id="back",
            amount=Credits.parse(f"-{amount}"),
            force=True,
        ),
    )


@pytest.mark.fault("D37.4")
def test_a_call_that_its_hold_pays_for_is_left_alone(funded: Stage) -> None:
    running(funded)
    take_back(funded, "94.00")
    funded.ends_unaffordable_calls = True

    collect(funded, 300)

    assert (cases(funded), funded.provider.ended) == ([], [])


@pytest.mark.fault(
    "D37.4",
    "A running call cannot be paid for any more: credits were taken back, the account frozen, the "
    "hold overrun",
    "Reported; ended by its control address where that is switched on",
)
@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("why", ["frozen", "taken back"])
def test_a_call_that_became_unaffordable_is_reported_and_ended_only_where_switched_on(
    funded: Stage, why: str, ends: bool
) -> None:
    running(funded)
    if why == "frozen":
        freeze(funded)
    else:
        take_back(funded, "94.01")
    funded.ends_unaffordable_calls = ends

    collect(funded, 300)

    assert [case["kind"] for case in cases(funded)] == ["call_unaffordable"]
    assert len(funded.provider.ended) == ends
    if ends:
        assert funded.provider.ended[0].startswith("https://phone-call-websocket.")
        assert funded.provider.ended[0].endswith("/control")


@pytest.mark.fault("D37.4")
def test_a_call_that_overruns_hold_and_credits_is_ended(stage: Stage) -> None:
    stage.fund("1.20")
    running(stage)
    stage.ends_unaffordable_calls = True

    collect(stage, 300)

    assert [case["detail"] for case in cases(stage)] == [
        "user-1: 3.50 credits are needed after 300 seconds"
    ]
    assert len(stage.provider.ended) == 1


def test_a_call_costs_what_it_cost_when_its_hold_was_opened(funded: Stage) -> None:
    running(funded)
    [call] = [each for each in PRICES if each.operation == "vapi_call"]
    dearer = tuple(replace(each, rate=Rate(each.rate * 100)) for each in call.units)
    funded.catalogue.add_price(replace(call, effective_from=Instant(NOW + 100), units=dearer))

    collect(funded, 300)

    assert cases(funded) == []


def test_a_call_without_a_control_address_is_reported(funded: Stage) -> None:
    bind(funded, admit(funded).json["hold_id"])
    tell(funded, message("status-update.in-progress", {"call/monitor": ABSENT}))
    known(funded, "call.in-progress", {"monitor": ABSENT})
    freeze(funded)
    funded.ends_unaffordable_calls = True

    collect(funded, 300)

    assert len(cases(funded)) == 1
    assert funded.provider.ended == []


def test_a_running_call_of_nobody_is_not_looked_after(funded: Stage) -> None:
    tell(funded, message("status-update.in-progress"))
    known(funded, "call.in-progress")
    funded.ends_unaffordable_calls = True

    collect(funded, 300)

    assert (cases(funded), funded.provider.ended) == ([], [])


def test_an_ended_call_is_not_looked_after(funded: Stage) -> None:
    running(funded)
    freeze(funded)
    known(funded, "call.ended")
    funded.ends_unaffordable_calls = True

    collect(funded, 300)

    assert (cases(funded), funded.provider.ended) == ([], [])
    assert funded.now == NOW + 300

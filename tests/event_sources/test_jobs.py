"""Scheduled jobs under Lambda's rules for invocations that nobody waits for."""

import pytest

from tests.support.event_sources.asynchronous import AsyncDriver
from tests.support.event_sources.settings import AsyncSettings
from tests.support.stage import NOW, USER, Stage, function, set_up
from tests.support.template import template


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Functions on memory, with 100.00 credits for user-1."""
    stage = set_up(monkeypatch)
    stage.fund("100.00")
    return stage


def scheduled(stage: Stage, name: str, logical_id: str) -> AsyncDriver:
    return AsyncDriver(AsyncSettings.of(template(), logical_id), function(name), stage)


@pytest.mark.fault(
    "C30.12",
    "A job fails every time",
    "Tried three times, then a dead letter with what it was called with",
    no_mutant="Lambda does it; the template's test reads that it is asked to",
)
def test_a_settlement_that_cannot_find_its_work_is_tried_again_and_then_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.give("5.00", expires_at=NOW + 30)
    settle = scheduled(stage, "settle_due", "SettleDueFunction")
    stage.now += 60
    with monkeypatch.context() as away:
        away.setattr(stage.store, "due", None)
        settle.invoke({})
    before = stage.balance()

    settle.invoke({})

    assert (before, stage.balance()) == ("105.00", "100.00")
    assert settle.invocations == 3 + 1
    assert [each["requestPayload"] for each in settle.destination] == [{}]


@pytest.mark.fault("C30.12")
def test_a_verification_that_fails_is_kept_with_the_segment_that_it_was_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = scheduled(stage, "verify_ledger", "VerifyLedgerFunction")
    monkeypatch.setattr(stage.store, "accounts", None)

    verify.invoke({"segment": 1, "segments": 4})

    [letter] = verify.destination
    assert letter["requestPayload"] == {"segment": 1, "segments": 4}
    assert letter["requestContext"]["approximateInvokeCount"] == 3


def test_a_settlement_that_comes_three_times_writes_once(stage: Stage) -> None:
    stage.give("5.00", expires_at=NOW + 30)
    settle = scheduled(stage, "settle_due", "SettleDueFunction")
    stage.now += 60
    before = len(stage.entries(USER))

    settle.invoke({}, times=3)

    assert len(stage.entries(USER)) == before + 1

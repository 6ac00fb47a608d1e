"""The due job announces what expires soon, for accounts that nobody touches, and for no others."""

from collections.abc import Mapping
from typing import Any

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.following import ExpireDue

from tests.alerts.test_mail import EMAIL, agree, letters, wants_mail
from tests.domain.book import DAY, HOUR
from tests.support.stage import NOW, USER, Stage, function

END = NOW + 40 * DAY


def settle(stage: Stage) -> Mapping[str, Any]:
    """Let the jobs run: the one that settles, then the one that delivers what waits."""
    found: Mapping[str, Any] = function("settle_due")({})
    stage.now += 600
    function("deliver_alerts")({})
    return found


@pytest.mark.fault("Z1")
def test_an_account_that_nobody_touches_is_told_by_mail_on_the_bus_and_over_http(
    stage: Stage,
) -> None:
    wants_mail(stage, EMAIL)
    agree(stage)
    stage.give("25.00", expires_at=END)
    before = len(stage.entries())

    stage.now = END - 7 * DAY
    answers = [settle(stage), settle(stage)]

    assert letters(stage) == ["25.00 credits expire on 2026-12-28 11:06 UTC"]
    assert [str(each.about) for each in stage.bus.announced] == ["expiry_near"]
    [shown] = stage.call("list_alerts").json["items"]
    assert (shown["kind"], shown["expires_within_days"]) == ("expiry_near", 7)
    assert shown["expiring"] == [{"expires_at": "2026-12-28T11:06:40Z", "amount": "25.00"}]
    assert len(stage.entries()) == before
    assert [each["entries"] for each in answers] == [0, 0]


@pytest.mark.fault(
    "Z6",
    "Very many idle accounts have credits that expire one day",
    "The job reads and writes those alone of which something is due, once each",
)
def test_accounts_with_ends_far_away_cost_the_job_nothing(stage: Stage) -> None:
    for number in range(50):
        stage.give("1.00", expires_at=NOW + 365 * DAY, account_id=AccountId(f"idle-{number}"))
    stage.give("25.00", expires_at=END)
    stage.now = END - 30 * DAY
    stage.store.calls.clear()

    settle(stage)
    worked = dict(stage.store.calls)
    settle(stage)

    assert worked == {"load": 1, "commit": 1}
    assert dict(stage.store.calls) == worked


def test_credits_that_a_hold_keeps_alive_are_looked_at_once_until_it_ends(stage: Stage) -> None:
    stage.give("5.00", expires_at=NOW + HOUR)
    stage.hold(amount="5.00", body={"expires_in": 2 * HOUR})
    stage.now += HOUR
    stage.store.calls.clear()

    settle(stage)
    worked = dict(stage.store.calls)
    settle(stage)

    assert worked == {"load": 1, "commit": 1}
    assert dict(stage.store.calls) == worked
    assert stage.store.load(USER).due() == NOW + 2 * HOUR


def test_a_job_that_comes_to_an_account_too_early_writes_nothing(stage: Stage) -> None:
    stage.give("5.00", expires_at=END)
    version = stage.store.load(USER).version

    made = stage.ledger.expire_due(USER, ExpireDue(request_id="early"), Instant(END - 31 * DAY))

    assert (made, stage.store.load(USER).version) == ((), version)

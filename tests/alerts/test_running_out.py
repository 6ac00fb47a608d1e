"""Credits that run out, and an hour that costs too much: from the spend to who reads of it."""

import json
from typing import Any

import pytest
from prepaid.alerts.channels import Locale, Recipient
from prepaid.alerts.dynamodb.outbox import alert_from_item, alert_to_item
from prepaid.alerts.eventbridge import cloud_event
from prepaid.alerts.letters import alert_letter
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.runway import Runway
from prepaid.domain.thresholds import Alert, AlertKind, Spike

from tests.support.samples import alert
from tests.support.stage import NOW, USER, Stage

DAY = 86_400
RUNWAY = Runway(spent=Credits(3_901), available=Credits(1_900))


def of(about: AlertKind, *days: int, spike: Spike | None = None) -> Alert:
    return Alert(
        account_id=AccountId(USER),
        seq=7,
        raised_at=Instant(NOW),
        about=about,
        balance=Credits(1_950),
        available=Credits(1_900),
        days=days,
        runway=RUNWAY if days else None,
        spike=spike,
    )


LOW, BACK = of(AlertKind.RUNWAY_LOW, 14, 7), of(AlertKind.RUNWAY_RECOVERED, 3, 1)
SPIKE = of(
    AlertKind.USAGE_SPIKE,
    spike=Spike(hour=NOW // 3_600, spent=Credits(2_800), week=Credits(58_800)),
)


def use_daily(stage: Stage, days: int) -> None:
    """Spend 2.60 credits each day, and come to the next one."""
    for _ in range(days):
        stage.spend(f"day-{stage.now}")
        stage.now += DAY


def alerts(stage: Stage, prefix: str) -> list[Any]:
    items = stage.call("list_alerts").json["items"]
    return [each for each in items if each["kind"].startswith(prefix)]


@pytest.mark.fault(
    "Y6",
    "A day is over, and no commit has closed it yet",
    "The balance and an admin's view of the account count it, as alerts and reports do",
)
def test_the_runway_of_a_balance_is_that_of_the_alert_and_of_the_report(stage: Stage) -> None:
    stage.fund("26.00")
    use_daily(stage, 3)

    balance = stage.call("get_balance").json["runway"]
    report = stage.call("get_usage_analytics").json["burn_rate"]
    detail = stage.call(
        "get_account", path={"account_id": USER}, role="admin", account_id="admin-1"
    ).json["balance"]["runway"]
    stage.call("put_settings", {"runway_thresholds": [60]}, headers={"if-match": "*"})
    stage.now += DAY
    stage.spend("next")

    [alert] = alerts(stage, "runway")
    assert balance == detail == {"days_left": 16, "per_day": "1.11", "spent": "7.80", "days": 7}
    assert (report["days_left"], report["per_day"]) == (16, "1.11")
    assert alert["runway"] == {
        "thresholds": [60],
        "days_left": 16,
        "per_day": "1.11",
        "spent": "7.80",
    }


@pytest.mark.fault("Y1")
def test_a_short_runway_is_told_once_and_shown_with_its_rate(stage: Stage) -> None:
    stage.fund("13.00")

    use_daily(stage, 4)

    [alert] = alerts(stage, "runway")
    assert (alert["kind"], alert["quiet"], alert["thresholds"]) == ("runway_low", False, [])
    assert alert["raised_at"] == "2026-11-21T11:06:40Z"
    assert (alert["balance"], alert["available"]) == ("5.20", "5.20")
    assert alert["runway"] == {
        "thresholds": [7],
        "days_left": 4,
        "per_day": "1.11",
        "spent": "7.80",
    }
    assert (alert["limit"], alert["spike"]) == (None, None)


@pytest.mark.fault(
    "Y9",
    "Thresholds of runway are chosen while the runway is short already",
    "One that was announced is not announced again; a new one is, when the next day begins",
)
def test_a_threshold_that_is_chosen_again_stays_announced(stage: Stage) -> None:
    stage.fund("13.00")
    use_daily(stage, 4)

    stage.call("put_settings", {"runway_thresholds": [30, 7]}, headers={"if-match": "*"})
    at_once = len(alerts(stage, "runway"))
    stage.now += DAY
    stage.spend("next")

    assert at_once == 1
    latest, first = alerts(stage, "runway")
    assert (first["runway"]["thresholds"], latest["runway"]["thresholds"]) == ([7], [30])


@pytest.mark.fault("Y10")
def test_an_hour_that_costs_too_much_is_shown_with_what_is_usual(stage: Stage) -> None:
    stage.fund("100.00")
    use_daily(stage, 7)

    for number in range(5):
        stage.spend(f"burst-{number}")

    [alert] = alerts(stage, "usage")
    assert (alert["kind"], alert["quiet"]) == ("usage_spike", False)
    assert alert["spike"] == {"hour": "2026-11-25T11:00:00Z", "spent": "10.40", "usual": "0.10"}
    assert (alert["runway"], alert["seq"]) == (None, 12)


@pytest.mark.parametrize(
    ("raised", "kind", "data"),
    [
        (
            LOW,
            "credits.runway.low.v1",
            {
                "threshold_days": 7,
                "thresholds_days": [14, 7],
                "runway": {"days_left": 3, "per_day": "5.57", "spent": "39.01"},
            },
        ),
        (
            BACK,
            "credits.runway.recovered.v1",
            {
                "threshold_days": 3,
                "thresholds_days": [3, 1],
                "runway": {"days_left": 3, "per_day": "5.57", "spent": "39.01"},
            },
        ),
        (
            SPIKE,
            "credits.usage.spike.v1",
            {"spike": {"hour": "2026-11-18T11:00:00Z", "spent": "28.00", "usual": "3.50"}},
        ),
    ],
)
def test_an_event_says_what_the_alert_is_about(
    raised: Alert, kind: str, data: dict[str, object]
) -> None:
    event = cloud_event(raised)

    assert event["type"] == kind
    assert event["id"] == f"{USER}#{NOW}#000000000007#{raised.about}"
    assert event["data"] == {
        "account_id": USER,
        **data,
        "balance": "19.50",
        "available": "19.00",
        "seq": 7,
    }
    assert json.loads(json.dumps(event)) == event


@pytest.mark.parametrize("raised", [LOW, BACK, SPIKE])
def test_what_an_alert_is_about_survives_its_storage(raised: Alert) -> None:
    assert alert_from_item(alert_to_item(raised)) == raised


@pytest.mark.parametrize(
    ("raised", "locale", "subject", "sentence"),
    [
        (
            LOW,
            Locale.EN,
            "Your credits will last less than 7 days",
            "At 5.57 credits a day, as in the last seven days, the credits of user-1 will last "
            "less than 7 days. Whole days left: 3.",
        ),
        (
            of(AlertKind.RUNWAY_LOW, 1),
            Locale.DE,
            "Ihr Guthaben reicht für weniger als 1 Tag",
            "Bei 5,57 Credits am Tag wie in den letzten sieben Tagen reicht das Guthaben von "
            "user-1 für weniger als 1 Tag. Ganze Tage: 3.",
        ),
        (
            BACK,
            Locale.EN,
            "Your credits will last 3 days or longer again",
            "At 5.57 credits a day, as in the last seven days, the credits of user-1 will last "
            "3 days or longer again.",
        ),
        (
            SPIKE,
            Locale.EN,
            "Your credits are used much faster than usual",
            "user-1 has used 28.00 credits in the hour from 2026-11-18 11:00 UTC on. In the last "
            "seven days it was 3.50 in an hour on average.",
        ),
        (
            SPIKE,
            Locale.DE,
            "Ihre Credits werden viel schneller verbraucht als sonst",
            "user-1 hat in der Stunde ab 18.11.2026, 11:00 UTC 28,00 Credits verbraucht. In den "
            "letzten sieben Tagen waren es im Mittel 3,50 in der Stunde.",
        ),
    ],
)
def test_a_mail_says_how_long_credits_last_and_what_an_hour_cost(
    raised: Alert, locale: Locale, subject: str, sentence: str
) -> None:
    to = Recipient("owner@example.com", locale)

    letter = alert_letter(raised, to, event_id="event", unsubscribe="https://example.com/stop")

    assert letter.subject == subject
    assert letter.text.startswith(f"{sentence}\n\n")
    assert sentence in letter.html


def test_an_alert_of_before_has_neither_runway_nor_spike() -> None:
    found = alert_from_item(alert_to_item(alert(AccountId(USER))))

    assert (found.runway, found.days, found.threshold_days, found.spike) == (None, (), None, None)

"""Mail goes to addresses whose owners agreed, once for each alert, until they say otherwise."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from prepaid.alerts.addresses import MAX_CONFIRMATIONS, PAUSE_SECONDS, AddressState
from prepaid.alerts.channels import Contacts, Locale, Recipient
from prepaid.alerts.letters import ALERT_HEADER, alert_letter
from prepaid.alerts.links import CONFIRM_SECONDS, Link, MailLinks, Purpose
from prepaid.alerts.texts import WORDS
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.runway import Runway
from prepaid.domain.thresholds import (
    OF_RUNWAY,
    Alert,
    AlertKind,
    Ending,
    LimitStanding,
    Spike,
)

from tests.support.http_events import http_event
from tests.support.memory_mail import MemoryContactBook
from tests.support.stage import NOW, OTHER, USER, Reply, Stage, function

EMAIL = "user@example.com"
OTHERS = "other@example.com"


def link_in(text: str) -> str:
    found = re.search(r"https://\S+", text)
    assert found is not None
    return found[0]


def follow(url: str, method: str = "POST", body: str | None = None) -> Reply:
    """Open a link as a browser does, or as the mail program's button."""
    parts = urlsplit(url)
    token = parse_qs(parts.query)["token"][0]
    form = {"content-type": "application/x-www-form-urlencoded"}
    event = http_event(
        method, parts.path, role=None, query={"token": token}, headers=form, body=body
    )
    name = "show_mail_link" if method == "GET" else "follow_mail_link"
    answer = function(name)(event)
    return Reply(answer["statusCode"], answer["headers"], answer["body"])


def ask(stage: Stage, email: str = EMAIL, **more: Any) -> Reply:
    return stage.call("confirm_recipient", {"email": email}, **more)


def agree(stage: Stage, email: str = EMAIL) -> None:
    """Let the owner of an address confirm it."""
    assert ask(stage, email).status == 200
    assert stage.mailbox is not None
    assert follow(link_in(stage.mailbox.to(email)[-1].text)).status == 200


def wants_mail(stage: Stage, *emails: str, **more: object) -> None:
    chosen = {
        "channels": {"email": True},
        "recipients": [{"email": each} for each in emails],
        **more,
    }
    assert stage.call("put_settings", chosen, headers={"if-match": "*"}).status == 200


def state(stage: Stage, email: str = EMAIL) -> str:
    found = stage.call("get_settings").json["recipients"]
    return str(next(each["state"] for each in found if each["email"] == email))


def letters(stage: Stage, email: str = EMAIL) -> list[str]:
    """Return the subjects of the alerts that came to an address."""
    assert stage.mailbox is not None
    return [each.subject for each in stage.mailbox.to(email) if ALERT_HEADER in each.headers]


LOW = "Your credits are below 20.00"


def run_low(stage: Stage, key: str = "low") -> None:
    """Spend below the threshold, and let the schedule deliver what waits."""
    missing = Credits.parse("21.00") - stage.store.load(USER).balance
    stage.fund(str(missing), key=f"fund-{key}")
    stage.spend(key)
    sweep(stage)


def sweep(stage: Stage) -> Mapping[str, Any]:
    stage.now += 600
    found: Mapping[str, Any] = function("deliver_alerts")({})
    return found


def test_an_alert_is_mailed_once_to_each_who_agreed_and_announced_once(stage: Stage) -> None:
    wants_mail(stage, EMAIL, OTHERS)
    agree(stage)

    run_low(stage)
    again = sweep(stage)

    assert letters(stage) == ["Your credits are below 20.00"]
    assert letters(stage, OTHERS) == []
    assert len(stage.bus.announced) == 1
    assert again == {"delivered": 0, "failed": 0, "finished": True, "repeated": 0}
    [shown] = stage.call("list_alerts").json["items"]
    assert [(each["channel"], each["state"]) for each in shown["deliveries"]] == [
        ("bus", "sent"),
        ("email", "sent"),
    ]


def test_a_mail_can_be_stopped_by_one_click_and_says_so(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    agree(stage)
    run_low(stage)
    assert stage.mailbox is not None
    letter = stage.mailbox.to(EMAIL)[-1]
    url = letter.headers["List-Unsubscribe"].strip("<>")

    stopped = follow(url, body="List-Unsubscribe=One-Click")
    stage.now += 3_600
    run_low(stage, "again")

    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in letter.text
    assert url in unescape(letter.html)
    assert stopped.status == 200
    assert state(stage) == "unsubscribed"
    assert len(letters(stage)) == 1


@pytest.mark.fault(
    "X1",
    "A scanner opens every link of a mail",
    "Nothing is confirmed or stopped by opening it",
    no_mutant="the function that shows the page may write nothing, and its role is tested",
)
def test_opening_a_link_changes_nothing(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    ask(stage)
    assert stage.mailbox is not None
    url = link_in(stage.mailbox.letters[0].text)

    page = follow(url, "GET")

    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert '<form method="post">' in page.text
    assert state(stage) == "unconfirmed"


def test_an_address_that_nobody_confirmed_gets_nothing_but_the_question(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    ask(stage)

    run_low(stage)

    assert stage.mailbox is not None
    assert [each.subject for each in stage.mailbox.letters] == ["Please confirm your address"]


def test_a_consent_is_to_one_account_s_mail(stage: Stage) -> None:
    agree(stage)

    assert stage.consents.consent(USER, EMAIL).state is AddressState.CONFIRMED
    assert stage.consents.consent(OTHER, EMAIL).state is AddressState.UNCONFIRMED


@pytest.mark.fault(
    "X2", "A link in a mail is changed, too old, or for something else", "404, nothing changes"
)
def test_a_link_that_is_not_ours_or_is_over_does_nothing(stage: Stage) -> None:
    ask(stage)
    assert stage.mailbox is not None
    url = link_in(stage.mailbox.letters[0].text)
    other = MailLinks(b"x" * 32, "https://api.example.com")
    forged = other.url(Link(Purpose.CONFIRM, USER, EMAIL, Instant(NOW)))

    strange = [follow(each).status for each in (url[:-2], f"{url}AA", forged)]
    strange += [follow("https://api.example.com/?token=é", method).status for method in ("GET",)]
    stage.now = NOW + CONFIRM_SECONDS
    late = follow(url)

    assert strange == [404] * 4
    assert late.status == 404
    assert stage.consents.consent(USER, EMAIL).state is AddressState.UNCONFIRMED


@pytest.mark.fault(
    "X3",
    "An old link that confirms an address is followed after its owner stopped the mail",
    "The mail stays stopped; a newer link starts it again",
)
def test_a_link_from_before_the_mail_was_stopped_does_not_start_it_again(stage: Stage) -> None:
    agree(stage)
    assert stage.mailbox is not None
    old = link_in(stage.mailbox.letters[0].text)
    stage.now += 1
    stage.consents.stop(USER, EMAIL, AddressState.UNSUBSCRIBED, now=Instant(stage.now))

    refused = follow(old)
    stopped = stage.consents.consent(USER, EMAIL).state
    stage.now += PAUSE_SECONDS
    agree(stage)

    assert (refused.status, stopped) == (404, AddressState.UNSUBSCRIBED)
    assert stage.consents.consent(USER, EMAIL).state is AddressState.CONFIRMED


@pytest.mark.fault("X4", "Somebody has strangers asked over and over", "429: once in ten minutes")
def test_an_address_is_asked_once_in_a_while_and_an_account_asks_few(stage: Stage) -> None:
    first, again = ask(stage), ask(stage)
    others = [ask(stage, f"{n}@example.com").status for n in range(MAX_CONFIRMATIONS)]
    stage.now += PAUSE_SECONDS
    tomorrow = ask(stage, account_id=OTHER)

    assert (first.status, first.json["state"]) == (200, "unconfirmed")
    assert (again.status, again.code) == (429, "rate_limited")
    assert int(again.headers["retry-after"]) == PAUSE_SECONDS
    assert others == [200] * (MAX_CONFIRMATIONS - 1) + [429]
    assert tomorrow.status == 200


def test_a_confirmed_address_is_not_asked_again(stage: Stage) -> None:
    agree(stage)

    again = ask(stage)

    assert again.json == {"email": EMAIL, "state": "confirmed"}
    assert stage.mailbox is not None
    assert len(stage.mailbox.letters) == 1


def test_a_stack_without_mail_says_so_and_delivers_by_the_others(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    agree(stage)
    stage.mailbox = None

    reply = ask(stage, OTHERS)
    run_low(stage)

    assert (reply.status, reply.pointers) == (422, ["/email"])
    assert len(stage.bus.announced) == 1
    assert sweep(stage)["delivered"] == 0


@pytest.mark.fault(
    "X5", "A mailbox bounces", "It is not used again, and reported; the others get their mail"
)
def test_a_mailbox_that_bounces_is_used_no_more(stage: Stage) -> None:
    wants_mail(stage, EMAIL, OTHERS)
    agree(stage)
    agree(stage, OTHERS)
    assert stage.mailbox is not None
    stage.mailbox.bouncing.add(EMAIL)

    run_low(stage)
    stage.mailbox.bouncing.clear()
    stage.now += 3_600
    run_low(stage, "again")

    assert (state(stage), state(stage, OTHERS)) == ("bounced", "confirmed")
    assert letters(stage) == []
    assert letters(stage, OTHERS) == [LOW, "Your credits are back above 20.00", LOW]
    [(kind, subject)] = stage.reports.stored
    assert (kind, EMAIL in subject) == ("mailbox_bounced", False)
    deliveries = stage.call("list_alerts").json["items"][-1]["deliveries"]
    assert sorted(each["state"] for each in deliveries) == ["failed", "sent", "sent"]


@pytest.mark.fault(
    "X6",
    "One channel fails while an alert is delivered",
    "The others are not held back, and not told again when it is back",
)
@pytest.mark.parametrize("away", ["bus", "mailbox"])
def test_a_channel_that_fails_neither_stops_nor_repeats_the_others(stage: Stage, away: str) -> None:
    wants_mail(stage, EMAIL)
    agree(stage)
    getattr(stage, away).broken = True

    run_low(stage)
    during = (len(stage.bus.announced), len(letters(stage)))
    getattr(stage, away).broken = False
    back = sweep(stage)

    assert during == ((0, 1) if away == "bus" else (1, 0))
    assert back["delivered"] == 1
    assert (len(stage.bus.announced), len(letters(stage))) == (1, 1)


def test_the_topic_hears_the_event_where_the_account_wants_that(stage: Stage) -> None:
    stage.topic = type(stage.bus)()
    chosen = {"channels": {"bus": False, "sns": True}}
    stage.call("put_settings", chosen, headers={"if-match": "*"})

    run_low(stage)

    assert len(stage.topic.announced) == 1
    assert stage.bus.announced == []


@pytest.mark.fault(
    "X7",
    "A balance falls below one threshold again and again",
    "A channel with a cooldown of its own is silent for that time, another threshold is told",
)
def test_a_channel_keeps_silent_for_its_own_time(stage: Stage) -> None:
    wants_mail(stage, EMAIL, cooldown_seconds={"email": 86_400}, thresholds=["20.00", "10.00"])
    agree(stage)
    run_low(stage)
    stage.now += 3_600

    run_low(stage, "again")
    quiet = letters(stage).count(LOW)
    stage.spend("ten", body={"quantities": {"call": 1, "minute": 20}})
    sweep(stage)
    subjects = [each for each in letters(stage) if "below" in each]
    stage.now += 86_400
    run_low(stage, "tomorrow")

    low = [each for each in stage.bus.announced if each.about is AlertKind.BALANCE_LOW]
    assert len(low) == 4
    assert quiet == 1
    assert subjects == [LOW, "Your credits are below 10.00"]
    assert len([each for each in letters(stage) if "below" in each]) == 3
    states = [
        next(each["state"] for each in alert["deliveries"] if each["channel"] == "email")
        for alert in stage.call("list_alerts").json["items"]
        if alert["kind"] == "balance_low"
    ]
    assert sorted(states) == ["sent", "sent", "sent", "suppressed"]


LIMIT = LimitStanding(
    operation="message <b>",
    window=Window.DAY,
    by=LimitOwner.USER,
    amount=Credits(500),
    used=Credits(450),
    held=Credits(0),
    resets_at=Instant(NOW),
)
ENDS = (Ending(Instant(NOW + 86_400), Credits(100)), Ending(Instant(NOW + 90_000), Credits(50)))


RUNWAY = Runway(spent=Credits(3_900), available=Credits(1_900))
SPIKE = Spike(hour=NOW // 3_600, spent=Credits(2_800), week=Credits(3_900))
ALERT = Alert(
    account_id=AccountId("<script>&"),
    seq=1,
    raised_at=Instant(NOW),
    balance=Credits(1_950),
    available=Credits(1_900),
)


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_of_alert_has_words_in_every_language(kind: AlertKind, locale: Locale) -> None:
    alert = replace(
        ALERT,
        about=kind,
        thresholds=(Credits(2_000),),
        limit=LIMIT if str(kind).startswith("limit") else None,
        days=(7,) if kind in OF_RUNWAY else (),
        runway=RUNWAY if kind in OF_RUNWAY else None,
        spike=SPIKE if kind is AlertKind.USAGE_SPIKE else None,
        ends=ENDS if kind is AlertKind.EXPIRY_NEAR else (),
    )

    letter = alert_letter(
        alert, Recipient(EMAIL, locale), event_id="é" * 2_000, unsubscribe="https://x/?a=1&b=2"
    )

    assert str(kind) in WORDS[locale].alerts
    assert "$" not in letter.subject + letter.text + letter.html
    assert "\n" not in letter.subject
    assert ("19,50" if locale is Locale.DE else "19.50") in letter.text
    assert "<script>&" in letter.text
    assert "<script>" not in letter.html
    if kind is AlertKind.EXPIRY_NEAR:
        assert ("1,50 Credits" if locale is Locale.DE else "1.50 credits") in letter.subject
    if str(kind).startswith("limit"):
        assert "message <b>" in letter.text
    assert letter.headers[ALERT_HEADER].isalnum()


@pytest.mark.parametrize(
    ("locale", "words"), [(Locale.EN, "all operations"), (Locale.DE, "alle Vorgänge")]
)
def test_a_limit_of_all_operations_is_called_so(locale: Locale, words: str) -> None:
    limit = replace(LIMIT, operation=None)
    alert = replace(ALERT, about=AlertKind.LIMIT_REACHED, limit=limit)

    letter = alert_letter(alert, Recipient(EMAIL, locale), event_id="e", unsubscribe="https://x/")

    assert words in letter.text
    assert "None" not in letter.text


def test_a_test_message_goes_out_by_the_chosen_channels_and_says_what_became_of_it(
    stage: Stage,
) -> None:
    wants_mail(stage, EMAIL, OTHERS)
    agree(stage)

    reply = stage.call("send_test_alert", {})
    named = stage.call("send_test_alert", {"channels": ["sns", "bus"]})

    assert reply.json["results"] == [
        {"channel": "bus", "email": None, "result": "sent"},
        {"channel": "email", "email": EMAIL, "result": "sent"},
        {"channel": "email", "email": OTHERS, "result": "unconfirmed"},
    ]
    assert [each["result"] for each in named.json["results"]] == ["sent", "not_available"]
    assert letters(stage) == ["A test message"]
    assert [each["type"] for each in stage.bus.events] == ["credits.alert.test.v1"] * 2
    assert len({str(each["id"]) for each in stage.bus.events}) == 2


def test_a_test_message_shows_what_fails_and_is_rare(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    agree(stage)
    assert stage.mailbox is not None
    stage.mailbox.bouncing.add(EMAIL)
    stage.bus.broken = True

    replies = [stage.call("send_test_alert", {}) for _ in range(6)]

    assert [each["result"] for each in replies[0].json["results"]] == ["failed", "failed"]
    assert [each.status for each in replies] == [200] * 5 + [429]


def test_an_alert_is_acknowledged_once_by_who_saw_it_first(stage: Stage) -> None:
    run_low(stage)
    [alert] = stage.call("list_alerts").json["items"]
    path = {"alert_id": alert["alert_id"]}

    first = stage.call("acknowledge_alert", path=path)
    stage.now += 60
    admin: Any = {"role": "admin", "account_id": "admin-1", "query": {"account_id": USER}}
    second = stage.call("acknowledge_alert", path=path, **admin)
    other = stage.call("acknowledge_alert", path=path, account_id=OTHER)

    assert (first.status, first.json["acknowledged_by"]) == (200, "user:user-1")
    assert second.json == first.json == stage.call("list_alerts").json["items"][0]
    assert (other.status, other.code) == (404, "not_found")
    assert alert["acknowledged_at"] is None


def test_what_an_account_chose_is_read_once_for_a_test_message(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants_mail(stage, EMAIL)
    read: list[AccountId] = []
    contacts = MemoryContactBook.contacts

    def counted(book: MemoryContactBook, account_id: AccountId) -> Contacts:
        read.append(account_id)
        return contacts(book, account_id)

    monkeypatch.setattr(MemoryContactBook, "contacts", counted)

    assert stage.call("send_test_alert", {}).status == 200
    assert read == [USER]

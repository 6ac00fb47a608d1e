"""What SES hears of a mail after it took it: the right mailbox gets no more, and nobody else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from prepaid.alerts.addresses import PAUSE_AFTER_FEEDBACK_SECONDS, AddressState
from prepaid.alerts.feedback import Feedback
from prepaid.alerts.letters import Letter
from prepaid.alerts.ses import SesMailer
from prepaid.alerts.ses_events import feedback_of, tags_of
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable

from tests.alerts.test_channels_fail import Client
from tests.alerts.test_mail import (
    EMAIL,
    LOW,
    OTHERS,
    agree,
    ask,
    letters,
    run_low,
    state,
    wants_mail,
)
from tests.support.ses_events import SAMPLE, bounce, complaint
from tests.support.stage import NOW, OTHER, USER, Stage, function

type Made = Callable[..., dict[str, Any]]


def receive(event: object) -> str:
    """Give an event to the function; return what was made of it."""
    answer: Mapping[str, str] = function("receive_mail_feedback")(event)
    return answer["outcome"]


@pytest.fixture
def mailed(stage: Stage) -> Stage:
    """An account of which two owners of addresses have had one mail."""
    wants_mail(stage, EMAIL, OTHERS)
    agree(stage)
    agree(stage, OTHERS)
    run_low(stage)
    return stage


def again(stage: Stage) -> list[str]:
    """Run low once more; return all the mails that came to the address by then."""
    stage.now += 3_600
    run_low(stage, f"again-{stage.now}")
    return letters(stage)


@pytest.mark.fault(
    "M1",
    "A mailbox bounces, or its owner complains, after SES took the mail",
    "It gets no more mail of that account and is reported; its owner begins it anew by a new link",
)
@pytest.mark.parametrize(
    ("made", "becomes", "case"),
    [
        (bounce, "bounced", ("mailbox_bounced", "The mailbox takes no mail (General).")),
        (
            complaint,
            "complained",
            ("mailbox_complained", "Its owner complains of the mail (abuse)."),
        ),
    ],
)
def test_a_mailbox_that_bounces_or_complains_later_gets_no_more_mail_until_it_is_confirmed_anew(
    mailed: Stage, made: Made, becomes: str, case: tuple[str, str]
) -> None:
    outcome = receive(made(USER, EMAIL, sent_at=mailed.now))

    during = again(mailed)
    states = (state(mailed), state(mailed, OTHERS))
    mailed.now += PAUSE_AFTER_FEEDBACK_SECONDS
    agree(mailed)
    after = again(mailed)

    assert outcome == "stopped"
    assert during == [LOW]
    assert states == (becomes, "confirmed")
    assert after.count(LOW) == 2
    assert len(letters(mailed, OTHERS)) > len(after)
    [((kind, subject), detail)] = mailed.reports.stored.items()
    assert (kind, detail) == case
    assert (subject.startswith(f"{USER}#"), EMAIL in subject) == (True, False)


@pytest.mark.fault(
    "M2",
    "A mailbox is full, or somebody's mail server reports what is no complaint",
    "Nobody is blamed: the address gets its mail as before",
)
@pytest.mark.parametrize(
    "event",
    [
        bounce(USER, EMAIL, sent_at=NOW, bounceType="Transient", bounceSubType="MailboxFull"),
        bounce(USER, EMAIL, sent_at=NOW, bounceType="Undetermined", bounceSubType="Undetermined"),
        complaint(USER, EMAIL, sent_at=NOW, complaintFeedbackType="not-spam"),
        complaint(USER, EMAIL, sent_at=NOW, complaintFeedbackType="auth-failure"),
        {**SAMPLE, "detail": {"eventType": "Delivery", "mail": {}}},
    ],
)
def test_what_blames_nobody_changes_nothing(mailed: Stage, event: dict[str, Any]) -> None:
    outcome = receive(event)

    assert outcome == "blames_nobody"
    assert state(mailed) == "confirmed"
    assert mailed.reports.stored == {}


@pytest.mark.fault(
    "M3",
    "Feedback about a mail comes twice, late, or after its owner has confirmed the address anew",
    "Twice is once; what is older than the confirmation changes nothing",
)
def test_feedback_comes_twice_late_and_in_any_order(mailed: Stage) -> None:
    first = mailed.now
    newer = bounce(USER, EMAIL, sent_at=first, given_at=first + 20)
    older = complaint(USER, EMAIL, sent_at=first, given_at=first + 10)
    mailed.now += 60

    outcomes = [receive(each) for each in (newer, newer, older)]
    stopped = mailed.consents.consent(USER, EMAIL)
    mailed.now += PAUSE_AFTER_FEEDBACK_SECONDS
    agree(mailed)
    late = [receive(each) for each in (newer, older)]

    assert outcomes == ["stopped", "stopped", "outdated"]
    assert (stopped.stopped, stopped.stopped_at) == (AddressState.BOUNCED, first + 20)
    assert late == ["outdated"] * 2
    assert state(mailed) == "confirmed"
    assert [kind for kind, _ in mailed.reports.stored] == ["mailbox_bounced"]


@pytest.mark.fault("M3")
def test_what_was_stopped_and_not_reported_is_reported_when_the_event_comes_again(
    mailed: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("The table did not answer in time.")

    event = bounce(USER, EMAIL, sent_at=mailed.now)
    with monkeypatch.context() as broken:
        broken.setattr(mailed.reports, "report", away)
        with pytest.raises(Unavailable):
            receive(event)
    unreported = dict(mailed.reports.stored)

    assert receive(event) == "stopped"
    assert unreported == {}
    assert [kind for kind, _ in mailed.reports.stored] == ["mailbox_bounced"]


@pytest.mark.fault(
    "M4",
    "The clock of a mail server is wrong by years",
    "Feedback counts from when the mail was sent at the earliest, and from now at the latest",
)
@pytest.mark.parametrize("wrong", [-400_000_000, 400_000_000])
def test_a_mail_server_s_clock_neither_hides_a_bounce_nor_keeps_it_for_ever(
    mailed: Stage, wrong: int
) -> None:
    outcome = receive(bounce(USER, EMAIL, sent_at=mailed.now, given_at=mailed.now + wrong))
    bounced = state(mailed)
    mailed.now += PAUSE_AFTER_FEEDBACK_SECONDS
    agree(mailed)

    assert (outcome, bounced) == ("stopped", "bounced")
    assert state(mailed) == "confirmed"


@pytest.mark.fault(
    "M5", "Feedback is about an address that nobody has", "Nothing is written, nobody is reported"
)
def test_feedback_about_an_address_that_nobody_has_is_dropped(mailed: Stage) -> None:
    before = dict(mailed.consents.stored)

    outcomes = [
        receive(bounce(account_id, email, sent_at=mailed.now))
        for account_id, email in ((OTHER, EMAIL), (USER, "nobody@example.com"))
    ]

    assert outcomes == ["outdated"] * 2
    assert mailed.consents.stored == before
    assert mailed.reports.stored == {}


def changed(*path: str, to: object) -> dict[str, Any]:
    """Return the sample with another value at one place."""
    event = bounce(USER, EMAIL, sent_at=NOW)
    *parents, last = path
    part: Any = event
    for each in parents:
        part = part[each]
    part[last] = to
    return event


MAIL = ("detail", "mail")
UNREADABLE = [
    {},
    changed("detail", to=None),
    changed("detail", to="Bounce"),
    changed("detail", "eventType", to=None),
    changed("detail", "bounce", to=[]),
    changed("detail", "bounce", "bounceType", to="Gone"),
    changed("detail", "bounce", "bounceType", to=["Permanent"]),
    changed("detail", "bounce", "timestamp", to=None),
    changed("detail", "bounce", "timestamp", to="2026-11-22T12:00:04"),
    changed("detail", "bounce", "timestamp", to="0001-01-01T00:00:00+23:59x"),
    changed(*MAIL, to=None),
    changed(*MAIL, "timestamp", to=1_763_000_000),
    changed(*MAIL, "destination", to=[]),
    changed(*MAIL, "destination", to=[EMAIL, OTHERS]),
    changed(*MAIL, "destination", to=[7]),
    changed(*MAIL, "destination", to=["\ud800@example.com"]),
    changed(*MAIL, "destination", to=["x" * 321]),
    changed(*MAIL, "tags", to=None),
    changed(*MAIL, "tags", to={}),
    changed(*MAIL, "tags", "account-0", to=[]),
    changed(*MAIL, "tags", "account-0", to="dXNlci0x"),
    changed(*MAIL, "tags", "account-0", to=["_w"]),
    changed(*MAIL, "tags", "account-0", to=["é"]),
    changed(*MAIL, "tags", "account-0", to=["x" * 4_000]),
]


@pytest.mark.fault(
    "M6",
    "An event about mail that nobody can read",
    "It becomes a case and is not tried again; what it says is not in the case",
)
@pytest.mark.parametrize("event", UNREADABLE)
def test_what_nobody_can_read_is_reported_and_does_not_come_again(
    mailed: Stage, event: dict[str, Any]
) -> None:
    outcomes = [receive(event), receive(event)]

    assert outcomes == ["unreadable"] * 2
    assert state(mailed) == "confirmed"
    [((kind, _), detail)] = mailed.reports.stored.items()
    assert kind == "mail_feedback_unreadable"
    assert "example" not in detail


@pytest.mark.fault(
    "M7",
    "An account has a mailbox that bounces asked again and again",
    "Once a day: nothing else keeps SES from sending there",
)
def test_a_mailbox_that_bounced_is_asked_once_a_day(stage: Stage) -> None:
    wants_mail(stage, EMAIL)
    ask(stage)
    receive(bounce(USER, EMAIL, sent_at=stage.now))
    shown = state(stage)
    stage.now += PAUSE_AFTER_FEEDBACK_SECONDS - 1
    early = ask(stage)
    stage.now += 1
    agree(stage)

    assert (shown, early.status) == ("bounced", 429)
    assert int(early.headers["retry-after"]) == 1
    assert state(stage) == "confirmed"


@pytest.mark.parametrize("account_id", [USER, "ü" * 128, "\U0001f4a1" * 128, "a b/c#d"])
def test_a_mail_names_its_account_so_that_its_events_do(account_id: AccountId) -> None:
    client = Client({"MessageId": "1"})
    letter = Letter(account_id=account_id, to=EMAIL, subject="s", text="t", html="h")

    SesMailer(client, "credits@example.com", "set-1").send(letter)
    found = feedback_of(bounce(account_id, EMAIL, sent_at=NOW)["detail"])

    [sent] = client.asked
    assert sent["ConfigurationSetName"] == "set-1"
    assert {each["Name"]: each["Value"] for each in sent["EmailTags"]} == tags_of(account_id)
    assert all(len(each["Value"]) <= 256 and each["Value"].isascii() for each in sent["EmailTags"])
    assert found == Feedback(
        account_id=account_id,
        email=EMAIL,
        state=AddressState.BOUNCED,
        why="General",
        sent_at=Instant(NOW),
        given_at=Instant(NOW + 1),
    )


def test_the_sample_of_a_bounce_is_about_the_account_of_its_mail() -> None:
    found = feedback_of(SAMPLE["detail"])

    assert found is not None
    assert (found.account_id, found.email) == (USER, EMAIL)


def test_what_a_server_says_in_its_own_words_is_in_no_case(mailed: Stage) -> None:
    words = "550 5.1.1 <user@example.com> unknown"

    receive(bounce(USER, EMAIL, sent_at=mailed.now, bounceSubType=words))

    assert [*mailed.reports.stored.values()] == ["The mailbox takes no mail (unknown)."]

"""Several receivers and one lost reply: each hears of the alert, hardly any one twice."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from prepaid.alerts.delivery import CLAIM_SECONDS, OVERDUE_SECONDS, Alerting
from prepaid.alerts.letters import Letter
from prepaid.alerts.ports import AlertDeliveryState, Undeliverable
from prepaid.alerts.receivers import Audience, Receiver
from prepaid.alerts.ses import SesMailer
from prepaid.alerts.sns import SnsTopic
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.domain.thresholds import Alert

from tests.alerts.test_delivery import Line, LinedOutbox, Reports, alert
from tests.support.ledger_harness import NOW

NAMES = ("bus", "sns", "email#1")
CALLS = ("claim", "bus", "note", "sns", "note", "email#1", "delivered")


@dataclass
class Listeners:
    """Receivers at the other end of one line, and what each of them was told."""

    line: Line
    heard: list[str] = field(default_factory=list)

    def audience(self, _alert: Alert, _now: Instant) -> Audience:
        return Audience([Receiver(name, self._send(name)) for name in NAMES])

    def _send(self, name: str) -> Any:
        def send(_alert: Alert, _now: Instant) -> AlertDeliveryState:
            self.line.say(name, lambda: self.heard.append(name))
            return AlertDeliveryState.SENT

        return send


def alerting(line: Line) -> tuple[Alerting, Listeners]:
    heard = Listeners(line)
    outbox = LinedOutbox(line, [alert()])
    found = Alerting(
        outbox=outbox,
        audience=heard.audience,
        exceptions=Reports(),
        failed=lambda _waiting, _exc: None,
    )
    return found, heard


@pytest.mark.fault("X8")
def test_each_receiver_is_noted_before_the_next_is_told() -> None:
    line = Line()
    found, heard = alerting(line)

    found.deliver(alert(), now=NOW)

    assert tuple(line.said) == CALLS
    assert tuple(heard.heard) == NAMES


@pytest.mark.fault(
    "X8",
    "A reply is lost anywhere while an alert goes to several receivers",
    "Each is told; twice only the one whose own reply, or whose note, was lost",
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("silent", [False, True], ids=["one call", "all that follow"])
@pytest.mark.parametrize("n", range(1, len(CALLS) + 1))
def test_a_lost_reply_leaves_nobody_untold_and_repeats_at_most_one_or_those_not_noted(
    n: int, silent: bool, after: bool
) -> None:
    line = Line(frozenset(range(n, 99) if silent else {n}), after=after)
    found, heard = alerting(line)

    try:
        found.deliver(alert(), now=NOW)
    except Unavailable:
        line.fails = frozenset()
    found.sweep(now=Instant(NOW + OVERDUE_SECONDS + CLAIM_SECONDS + 1), time_is_up=lambda: False)

    times = {name: heard.heard.count(name) for name in NAMES}
    assert min(times.values()) >= 1
    assert max(times.values()) <= 2
    if not silent:
        assert sum(times.values()) <= len(NAMES) + 1


class Client:
    """A client of AWS that answers one thing to whatever is asked."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def __getattr__(self, _name: str) -> Any:
        def call(**given: Any) -> Any:
            self.asked.append(given)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        return call


def refusal(code: str, message: str = "", status: int = 400) -> ClientError:
    error: Any = {"Code": code, "Message": message}
    metadata: Any = {"HTTPStatusCode": status}
    return ClientError({"Error": error, "ResponseMetadata": metadata}, "SendEmail")


LETTER = Letter(
    account_id=AccountId("ü" * 128),
    to="a@example.com",
    subject="Größe",
    text="text",
    html="<p>html</p>",
    headers={"X-Prepaid-Id": "1", "List-Unsubscribe": "x" * 871, "X-Long": "y" * 870},
)
FAILURES = [
    (refusal("MessageRejected", "Address is on the list."), Undeliverable),
    (refusal("BadRequestException", "Domain contains dot-atom."), Undeliverable),
    (refusal("MessageRejected", "Email address is not verified."), ClientError),
    (refusal("MailFromDomainNotVerifiedException"), ClientError),
    (refusal("AccessDeniedException", status=403), ClientError),
    (refusal("TooManyRequestsException", status=429), Unavailable),
    (refusal("InternalFailure", status=500), Unavailable),
    (refusal("502", status=502), Unavailable),
    (ReadTimeoutError(endpoint_url="x"), Unavailable),
    ({}, Unavailable),
]


@pytest.mark.fault(
    "X9",
    "The sender of mail is not verified, or may not send",
    "No mailbox is blamed for it: the alert waits, and an alarm rings",
)
@pytest.mark.parametrize(("answer", "error"), FAILURES)
def test_what_ses_answers_blames_a_mailbox_only_for_what_is_its_own(
    answer: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        SesMailer(Client(answer), "credits@example.com").send(LETTER)


def test_a_letter_is_sent_as_text_and_html_to_one_address() -> None:
    client = Client({"MessageId": "1"})

    SesMailer(client, "credits@example.com").send(LETTER)

    [sent] = client.asked
    simple = sent["Content"]["Simple"]
    assert sent["Destination"] == {"ToAddresses": ["a@example.com"]}
    assert simple["Subject"] == {"Data": "Größe", "Charset": "UTF-8"}
    assert simple["Body"].keys() == {"Text", "Html"}
    assert {each["Name"]: len(each["Value"]) for each in simple["Headers"]} == {
        "X-Prepaid-Id": 1,
        "X-Long": 870,
    }


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal("NotFound", status=404), ClientError),
        (refusal("Throttled", status=503), Unavailable),
        (ReadTimeoutError(endpoint_url="x"), Unavailable),
        ({}, Unavailable),
    ],
)
def test_a_topic_that_does_not_take_an_event_fails(answer: Any, error: type[Exception]) -> None:
    topic = SnsTopic(Client(answer), "arn", lambda each: {"type": str(each.about)})

    with pytest.raises(error):
        topic.announce(replace(alert(), seq=2))

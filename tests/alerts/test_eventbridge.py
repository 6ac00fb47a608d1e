"""What the bus is told of an alert, and what its answers mean."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from socket import create_server
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from prepaid.alerts.eventbridge import EventBus, cloud_event
from prepaid.alerts.ports import Undeliverable
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import Unavailable
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.thresholds import Alert, AlertKind, Ending, LimitStanding
from prepaid.dynamodb.client import CONFIG

from tests.support.dynamodb import REGION, UNHURRIED

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

PATIENCE_SECONDS = 20.0
ONE_TRY = Config(retries={"mode": "standard", "total_max_attempts": 1})
ALERT = Alert(
    account_id=AccountId("user#1/é"),
    seq=7,
    raised_at=Instant(1_795_000_000),
    thresholds=(Credits(5_000), Credits(2_000)),
    balance=Credits(-5),
    available=Credits(-10_050),
)


def new_client(service: str, url: str | None = None, config: Config = UNHURRIED) -> Any:
    """Return a client of botocore's, configured as the product's but for *config*."""
    return botocore.session.Session().create_client(
        service, region_name=REGION, endpoint_url=url, config=CONFIG.merge(config)
    )


@dataclass
class Ear:
    """A queue that hears whatever is put on a bus of its own."""

    url: str
    name: str = field(default_factory=lambda: f"bus-{uuid4().hex}")

    def __post_init__(self) -> None:
        self._queues, events = new_client("sqs", self.url), new_client("events", self.url)
        self._queue = self._queues.create_queue(QueueName=self.name)["QueueUrl"]
        arn = self._queues.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])
        events.create_event_bus(Name=self.name)
        pattern = json.dumps({"detail-type": ["credits.balance.low.v1"]})
        events.put_rule(Name=self.name, EventBusName=self.name, EventPattern=pattern)
        target = {"Id": "queue", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule=self.name, EventBusName=self.name, Targets=[target])
        self.bus = EventBus(events, self.name)

    def heard(self, events: int) -> list[dict[str, Any]]:
        """Return so many events, or those that came in time."""
        found: list[dict[str, Any]] = []
        until = monotonic() + PATIENCE_SECONDS
        while len(found) < events and monotonic() < until:
            answer = self._queues.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10)
            found += [json.loads(each["Body"]) for each in answer.get("Messages", [])]
            sleep(0.05)
        return found


@pytest.fixture
def ear(emulator: str) -> Ear:
    return Ear(emulator)


def test_an_alert_of_the_first_release_keeps_its_id() -> None:
    assert cloud_event(replace(ALERT, of_first_form=True))["id"] == "user#1/é#7"


def test_an_expiry_notice_says_what_expires_when_and_within_how_many_days() -> None:
    ends = (
        Ending(Instant(1_795_000_000 + 7 * 86_400), Credits(500)),
        Ending(Instant(1_795_000_000 + 30 * 86_400), Credits(1)),
    )

    event = cloud_event(replace(ALERT, about=AlertKind.EXPIRY_NEAR, thresholds=(), ends=ends))

    assert (event["type"], event["id"]) == (
        "credits.expiry.near.v1",
        "user#1/é#1795000000#000000000007#expiry_near",
    )
    assert event["data"] == {
        "account_id": "user#1/é",
        "expires_within_days": 7,
        "expiring": [
            {"expires_at": "2026-11-25T11:06:40Z", "amount": "5.00"},
            {"expires_at": "2026-12-18T11:06:40Z", "amount": "0.01"},
        ],
        "balance": "-0.05",
        "available": "-100.50",
        "seq": 7,
    }


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        (AlertKind.LIMIT_NEAR, "credits.limit.near.v1"),
        (AlertKind.LIMIT_REACHED, "credits.limit.reached.v1"),
    ],
)
def test_an_alert_of_a_limit_says_which_and_when_it_resets(about: AlertKind, kind: str) -> None:
    limit = LimitStanding(
        operation=None,
        window=Window.DAY,
        by=LimitOwner.ADMIN,
        amount=Credits(500),
        used=Credits(400),
        held=Credits(50),
        resets_at=Instant(1_795_046_400),
    )

    event = cloud_event(replace(ALERT, about=about, thresholds=(), limit=limit))

    assert (event["type"], event["id"]) == (
        kind,
        f"user#1/é#1795000000#000000000007#{about}#admin#day#",
    )
    assert event["data"] == {
        "account_id": "user#1/é",
        "limit": {
            "operation": None,
            "window": "day",
            "set_by": "admin",
            "amount": "5.00",
            "used": "4.00",
            "held": "0.50",
            "resets_at": "2026-11-19T00:00:00Z",
        },
        "balance": "-0.05",
        "available": "-100.50",
        "seq": 7,
    }
    assert json.loads(json.dumps(event)) == event


def test_an_alert_is_told_as_a_cloud_event(ear: Ear) -> None:
    ear.bus.announce(ALERT)

    (event,) = ear.heard(1)
    assert (event["source"], event["detail-type"]) == ("prepaid", "credits.balance.low.v1")
    assert event["detail"] == {
        "specversion": "1.0",
        "id": "user#1/é#1795000000#000000000007#balance_low",
        "source": "prepaid",
        "type": "credits.balance.low.v1",
        "subject": "user#1/é",
        "time": "2026-11-18T11:06:40Z",
        "datacontenttype": "application/json",
        "data": {
            "account_id": "user#1/é",
            "threshold": "20.00",
            "thresholds": ["50.00", "20.00"],
            "balance": "-0.05",
            "available": "-100.50",
            "seq": 7,
        },
    }


def test_a_repeat_is_told_under_the_same_id_and_another_alert_under_another(ear: Ear) -> None:
    ear.bus.announce(ALERT)
    ear.bus.announce(ALERT)
    ear.bus.announce(replace(ALERT, seq=8))

    ids = sorted(event["detail"]["id"] for event in ear.heard(3))
    name = "user#1/é#1795000000#{:012d}#balance_low"
    assert ids == [name.format(seq) for seq in (7, 7, 8)]


def test_the_event_goes_to_the_bus_it_is_meant_for(ear: Ear, emulator: str) -> None:
    EventBus(new_client("events", emulator), Ear(emulator).name).announce(ALERT)

    ear.bus.announce(replace(ALERT, seq=8))

    [event] = ear.heard(1)
    assert event["detail"]["id"] == "user#1/é#1795000000#000000000008#balance_low"


def answering(answer: dict[str, Any] | None = None, **error: Any) -> tuple[EventBus, Stubber]:
    """Return a bus that gives one answer, or an error."""
    client = new_client("events", config=ONE_TRY)
    stubber = Stubber(client)
    if answer is None:
        stubber.add_client_error("put_events", **error)
    else:
        stubber.add_response("put_events", answer)
    stubber.activate()
    return EventBus(cast("EventBridgeClient", client), "prepaid"), stubber


def refusing(code: str) -> tuple[EventBus, Stubber]:
    """Return a bus that takes the call and refuses its one event."""
    entry = {"ErrorCode": code, "ErrorMessage": "as the test says"}
    return answering({"FailedEntryCount": 1, "Entries": [entry]})


def test_an_event_that_is_taken_raises_nothing() -> None:
    bus, stubber = answering({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})

    bus.announce(ALERT)

    stubber.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "InternalException"])
def test_a_bus_that_is_too_busy_for_an_event_is_unavailable(code: str) -> None:
    bus, _ = refusing(code)

    with pytest.raises(Unavailable, match=code):
        bus.announce(ALERT)


@pytest.mark.parametrize(
    "code", ["InvalidArgument", "MalformedDetail", "NotAuthorizedForSource", "AnythingElse"]
)
def test_an_event_that_the_bus_refuses_is_undeliverable_and_says_why(code: str) -> None:
    bus, _ = refusing(code)

    with pytest.raises(Undeliverable, match=code):
        bus.announce(ALERT)


@pytest.mark.parametrize(
    ("code", "status"),
    [("ThrottlingException", 400), ("InternalException", 500), ("AnythingElse", 503)],
)
def test_a_call_that_the_bus_turns_away_is_unavailable(code: str, status: int) -> None:
    bus, _ = answering(service_error_code=code, http_status_code=status)

    with pytest.raises(Unavailable):
        bus.announce(ALERT)


@pytest.mark.fault("A5.2")
@pytest.mark.parametrize(
    "code",
    ["AccessDeniedException", "ExpiredTokenException", "ValidationException", "SerializationError"],
)
def test_a_mistake_of_ours_is_raised_as_it_is(code: str) -> None:
    bus, _ = answering(service_error_code=code, http_status_code=400)

    with pytest.raises(ClientError, match=code) as raised:
        bus.announce(ALERT)

    assert raised.value.__cause__ is None


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 99\r\n\r\n"
LOST = {
    "nothing": b"",
    "no body": HEAD,
    "half a body": HEAD + b'{"FailedEntryCount": 0, "Entr',
    "half a status": HEAD[:5],
}


@pytest.fixture
def server() -> Iterator[Callable[[bytes], str]]:
    """Serve connections that each read a request, reply with some bytes and end."""
    with closing(create_server(("127.0.0.1", 0))) as listener:

        def answer_with(reply: bytes) -> str:
            def answer() -> None:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(reply)

            Thread(target=answer, daemon=True).start()
            return f"http://127.0.0.1:{listener.getsockname()[1]}"

        yield answer_with


@pytest.mark.parametrize("reply", LOST.values(), ids=LOST.keys())
def test_a_reply_that_is_lost_on_its_way_is_unavailable(
    server: Callable[[bytes], str], reply: bytes
) -> None:
    bus = EventBus(new_client("events", server(reply), ONE_TRY), "prepaid")

    with pytest.raises(Unavailable):
        bus.announce(ALERT)


def test_a_reply_that_does_not_come_in_time_is_unavailable() -> None:
    with closing(create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        hasty = ONE_TRY.merge(Config(read_timeout=0.2))
        bus = EventBus(new_client("events", url, hasty), "prepaid")

        with pytest.raises(Unavailable):
            bus.announce(ALERT)


def test_a_bus_that_nobody_answers_for_is_unavailable() -> None:
    with closing(create_server(("127.0.0.1", 0))) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    bus = EventBus(new_client("events", url, ONE_TRY), "prepaid")

    with pytest.raises(Unavailable):
        bus.announce(ALERT)

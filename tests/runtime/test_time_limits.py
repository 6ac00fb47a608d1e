"""How long each client waits for an answer and how often it asks, as its requests show."""

from collections.abc import Callable
from http.client import BadStatusLine
from types import SimpleNamespace
from typing import Any

import pytest
import urllib3
from botocore.endpoint import Endpoint
from botocore.exceptions import ConnectionClosedError
from prepaid.calls.vapi.client import VapiClient
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import PROMPT_CONFIG, new_client
from prepaid.runtime import custom_resource, jobs, jwks, retries, secrets, startup
from prepaid.runtime.secrets import Unreadable
from prepaid.runtime.wiring import (
    alerts,
    analytics,
    calls,
    case_retries,
    contacts,
    dead_letters,
    ledger,
    payments,
)
from prepaid.runtime.wiring import webhooks as webhooks_wiring

from tests.support.stage import NOW


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float]]:
    """How long each attempt of an AWS client would connect and read, while every one is lost."""
    found: list[tuple[float, float]] = []

    def send(endpoint: Endpoint, request: Any) -> None:
        timeout = vars(endpoint.http_session)["_timeout"]
        found.append((timeout.connect_timeout, timeout.read_timeout))
        raise ConnectionClosedError(endpoint_url=request.url)

    monkeypatch.setattr(Endpoint, "_send", send)
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for name in ("EVENT_BUS", "WEBHOOKS_QUEUE", "ALERT_TOPIC", "MAIL_SENDER", "PUBLIC_URL"):
        monkeypatch.setenv(name, "https://sqs.eu-central-1.amazonaws.com/1/q")
    return found


AT_ONCE, PATIENT, ONCE, SECRET = [(0.5, 1.0)], [(1.0, 1.5)] * 2, [(1.0, 4.0)], [(1.0, 2.0)] * 2
CLIENTS: dict[str, tuple[Callable[[], object], list[tuple[float, float]]]] = {
    "DynamoDB": (lambda: new_client().describe_endpoints(), PATIENT),
    "DynamoDB at once": (lambda: new_client(PROMPT_CONFIG).describe_endpoints(), AT_ONCE),
    "the bus": (lambda: raw(alerts._announcer()).list_event_buses(), PATIENT),
    "notices": (lambda: raw(webhooks_wiring._notices()).list_event_buses(), PATIENT),
    "the queue": (lambda: raw(webhooks_wiring._queue()).list_queues(), PATIENT),
    "dead letters": (lambda: raw(dead_letters._redrive()).list_queues(), PATIENT),
    "functions": (
        lambda: raw(dead_letters._redrive(), "Lambda").list_functions(),
        PATIENT,
    ),
    "the topic": (lambda: raw(alerts._topic()).list_topics(), ONCE),
    "mail": (lambda: raw(contacts._mailer()).get_account(), ONCE),
    "a secret": (lambda: secrets.read_secret("s"), SECRET),
    "a parameter": (lambda: secrets.read_parameter("p"), SECRET),
}


def raw(adapter: object, name: str = "") -> Any:
    """Return the client of AWS that an adapter holds."""
    held = [each for each in vars(adapter).values() if hasattr(each, "meta")]
    return next(each for each in held if type(each).__name__.endswith(name or ""))


@pytest.mark.parametrize(("call", "expected"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_of_aws_waits_only_so_long_and_asks_only_so_often(
    waits: list[tuple[float, float]],
    call: Callable[[], object],
    expected: list[tuple[float, float]],
) -> None:
    with pytest.raises(Unreadable if expected == SECRET else ConnectionClosedError):
        call()

    assert waits == expected


def test_as_many_connections_stay_open_as_a_job_has_threads() -> None:
    assert vars(new_client().meta.config)["max_pool_connections"] == 4
    assert jobs.AT_ONCE == 4


@pytest.mark.parametrize(
    ("ask", "connect", "read"),
    [
        (lambda at: at.call("c-1"), 1.0, 4.0),
        (lambda at: at.end_call("https://x.vapi.ai/c"), 1.0, 4.0),
        (lambda at: at.calls(since=NOW, until=Instant(NOW + 60)), 1.0, 15.0),
    ],
    ids=["a call", "an end", "a list"],
)
def test_vapi_is_asked_once_and_followed_nowhere(
    ask: Callable[[VapiClient], object], connect: float, read: float
) -> None:
    asked: list[dict[str, Any]] = []

    def request(_method: str, _url: str, **options: Any) -> None:
        asked.append(options)
        raise urllib3.exceptions.ReadTimeoutError(None, "", "late")  # type: ignore[arg-type]  # as lost

    client = VapiClient(key=lambda: "k", pool=SimpleNamespace(request=request))  # type: ignore[arg-type]  # in its place
    with pytest.raises(Unavailable, match=r"Vapi did not answer in time\."):
        ask(client)

    [options] = asked
    timeout = options["timeout"]
    assert (timeout.connect_timeout, timeout.read_timeout) == (connect, read)
    assert (options["retries"], options["redirect"], options["preload_content"]) == (False,) * 3


BROKEN = pytest.mark.parametrize("error", [TimeoutError(), BadStatusLine("x")], ids=repr)
"""What a connection raises: the second one is no `OSError`."""


@BROKEN
def test_the_keys_of_tokens_are_waited_for_three_seconds(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[object] = []

    def late(_self: object, url: str, timeout: object) -> None:
        waited.append((url, timeout))
        raise error

    monkeypatch.setattr("urllib.request.OpenerDirector.open", late)

    with pytest.raises(Unreadable, match=f"the JWKS cannot be read: {type(error).__name__}"):
        jwks.read_jwks("https://issuer.example/keys")

    assert waited == [("https://issuer.example/keys", 3)]


class Answer:
    """What an issuer answers, of some size."""

    def __init__(self, size: int) -> None:
        self.left = b"x" * size

    def __enter__(self) -> "Answer":
        return self

    def __exit__(self, *_: object) -> None:
        """Hold nothing open."""

    def read(self, most: int) -> bytes:
        return self.left[:most]


def test_the_keys_of_tokens_may_be_256_kilobytes(monkeypatch: pytest.MonkeyPatch) -> None:
    size = 256 * 1024
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_, **__: Answer(size))
    largest = jwks.read_jwks("https://issuer.example/keys")
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_, **__: Answer(size + 1))

    with pytest.raises(Unreadable, match="too large"):
        jwks.read_jwks("https://issuer.example/keys")

    assert len(largest) == size


@BROKEN
def test_cloudformation_is_answered_thrice_each_time_for_five_seconds(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[object] = []

    def late(request: Any, timeout: object) -> None:
        passed.append((request.get_method(), timeout))
        raise error

    monkeypatch.setattr(custom_resource, "urlopen", late)
    monkeypatch.setattr("time.sleep", passed.append)
    event = {
        "RequestType": "Create",
        "ResponseURL": "http://answer.example",
        "StackId": "s",
        "RequestId": "r",
        "LogicalResourceId": "l",
    }

    with pytest.raises(type(error)):
        custom_resource.answered(event, lambda: {"done": 1})

    assert passed == [("PUT", 5), 1, ("PUT", 5), 1, ("PUT", 5)]


class Watch:
    """A clock that stands."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    defaults = dict(retries.Deadline.__init__.__kwdefaults__ or {})
    monkeypatch.setattr(retries.Deadline.__init__, "__kwdefaults__", {**defaults, "clock": made})
    return made


def verifying(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Return what ends the verification of one account for an admin."""
    made: list[Any] = []
    monkeypatch.setattr(case_retries, "Verification", lambda **parts: made.append(parts))
    monkeypatch.setattr(case_retries, "verified_again", lambda *_: None)
    monkeypatch.setattr(payments, "account_checks", tuple)
    monkeypatch.setattr(ledger, "store", lambda: None)
    case_retries._verify(SimpleNamespace(subject="s"), SimpleNamespace())  # type: ignore[arg-type]  # only its subject
    is_over: Callable[[], bool] = made[0]["time_is_up"]
    return is_over


BUDGETS: dict[str, tuple[Callable[[pytest.MonkeyPatch], Callable[[], bool]], float]] = {
    "any request": (lambda _: retries.Deadline().is_over, 8.0),
    "an inbound call": (lambda _: calls.parts.prompt_budget().is_over, 3.0),  # type: ignore[attr-defined]  # a deadline
    "an answer of analytics": (lambda _: _analytics(), 3.0),
    "a case that is verified again": (verifying, 12.0),
}


def _analytics() -> Callable[[], bool]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analytics, "store", lambda: None)
        return analytics.usage_analytics().time_is_up


@pytest.mark.parametrize(("begin", "seconds"), BUDGETS.values(), ids=BUDGETS)
def test_work_ends_after_its_time(
    begin: Callable[[pytest.MonkeyPatch], Callable[[], bool]],
    seconds: float,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_over = begin(monkeypatch)

    watch.now += seconds - 0.001
    before = is_over()
    watch.now += 0.002

    assert (before, is_over()) == (False, True)


def test_a_pause_begins_below_160_and_stays_below_640_milliseconds(watch: Watch) -> None:
    bounds: list[tuple[float, float]] = []

    def least(lower: float, upper: float) -> float:
        bounds.append((lower, upper))
        return lower

    budget = retries.Deadline(sleep=lambda _: None, uniform=least)

    for _ in range(4):
        budget.pause()

    assert watch.now
    assert bounds == [(0, 0.16), (0, 0.32), (0, 0.64), (0, 0.64)]


@pytest.mark.parametrize(("pause", "waits"), [(7.999, True), (8.0, False)])
def test_a_try_that_would_begin_at_the_deadline_is_not_waited_for(
    pause: float, waits: bool, watch: Watch
) -> None:
    slept: list[float] = []
    budget = retries.Deadline(sleep=slept.append, uniform=lambda *_: pause)
    assert watch.now == 1_000.0

    if waits:
        budget.pause()
    else:
        with pytest.raises(Unavailable):
            budget.pause()

    assert slept == [pause] * waits


def test_a_deadline_is_over_at_its_end(watch: Watch) -> None:
    budget = retries.Deadline()
    watch.now += 8.0

    assert budget.is_over()


@pytest.mark.parametrize(("left", "is_up"), [(10_000, False), (9_999, True)])
def test_a_job_begins_nothing_in_its_last_ten_seconds(left: int, is_up: bool) -> None:
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: left)

    assert jobs.time_is_up(context)() is is_up


def test_in_lambda_what_was_imported_is_left_to_no_collection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[object] = []
    monkeypatch.setattr("gc.freeze", lambda: done.append("frozen"))
    monkeypatch.setattr("gc.set_threshold", lambda *each: done.append(each))
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
    startup.start(lambda: done.append("not here"))
    outside = list(done)
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "prepaid-GetBalance-1")

    startup.start(lambda: done.append(1), lambda: done.append(2))

    assert outside == []
    assert done == [1, 2, "frozen", (50_000, 20, 50)]

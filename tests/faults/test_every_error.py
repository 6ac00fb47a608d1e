"""Functions over the real adapters: what each error of AWS is answered, logged, and tried again."""

import io
import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from botocore.config import Config
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker
from prepaid.alerts.dynamodb.outbox import DynamoOutbox, alert_to_item
from prepaid.alerts.eventbridge import EventBus
from prepaid.dynamodb.failures import BUSY, CANCELLED, NOT_WRITTEN, THROTTLED, UNCERTAIN
from prepaid.runtime.wiring import alerts, base, ledger

from tests.alerts.test_eventbridge import ALERT, LOST, answering
from tests.support.dynamodb import ledger_store, new_client
from tests.support.memory import MemoryRetryBudget
from tests.support.stage import Reply, Stage, function
from tests.support.wire import Answer, Wire, cancelled, error

SECONDS = 5
NOWHERE = "http://127.0.0.1:1"
OPERATIONS = (
    *("GetItem", "BatchGetItem", "Query", "Scan"),
    *("PutItem", "UpdateItem", "TransactWriteItems"),
)
MISTAKES = frozenset(
    {
        "AccessDeniedException",
        "ExpiredTokenException",
        "IdempotentParameterMismatchException",
        "IncompleteSignatureException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "ItemCollectionSizeLimitExceededException",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "ResourceNotFoundException",
        "SerializationException",
        "UnknownOperationException",
        "UnrecognizedClientException",
        "ValidationException",
    }
)
FOR_NOW = {code: error(code) for code in BUSY | UNCERTAIN} | {
    "InternalFailure": error("InternalFailure", 500),
    "InternalServerError": error("InternalServerError", 500),
    "ServiceUnavailable": error("ServiceUnavailable", 503),
    "AnythingElse": error("AnythingElse", 503),
}
OF_WRITES = {
    "ProvisionedThroughputExceeded",
    "ReplicatedWriteConflictException",
    "ThrottlingError",
    "TransactionConflict",
    "TransactionConflictException",
}
"""Codes that a list, which botocore alone tries again, is never answered with."""
CALLS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "GetItem": ("get_balance", {}),
    "Query": ("list_transactions", {}),
    "TransactWriteItems": (
        "adjust_credits",
        {
            "body": {"account_id": "a", "amount": "1.00", "reason": "test", "create": True},
            "role": "admin",
            "key": "k",
        },
    ),
}


def use(monkeypatch: pytest.MonkeyPatch, store: ledger.Store, *, pauses: int) -> None:
    """Let functions use *store*, and give up after so many pauses."""
    monkeypatch.setattr(ledger, "parts", ledger.Parts(store=lambda: store))
    budget = base.Parts(budget=lambda: MemoryRetryBudget(pauses=pauses))
    monkeypatch.setattr(base, "parts", budget)


def on_wire(monkeypatch: pytest.MonkeyPatch, operation: str, answer: Answer) -> Wire:
    """Put the stage on the real store, whose server answers *operation* alone with *answer*."""
    client = new_client(NOWHERE)
    wire = Wire(client, lambda _: answer if wire.sent[-1] == operation else (200, {}))
    store: Any = ledger_store(client, "t-")
    use(monkeypatch, store, pauses=2)
    return wire


def called(stage: Stage, log: io.StringIO, operation: str) -> tuple[Reply, dict[str, Any]]:
    """Call what uses *operation*; return its answer and its line of the log."""
    name, more = CALLS[operation]
    started = monotonic()
    reply = stage.call(name, **more)
    assert monotonic() - started < SECONDS
    return reply, json.loads(log.getvalue())


def told_by_aws(described: Sequence[str]) -> list[str]:
    """Return the codes and operations of what is described, without types and places."""
    types = [each.partition(" ")[2] for each in described if ":" not in each]
    return [each for each in types if each]


@pytest.mark.fault(
    "A5",
    "AWS answers any of its error codes, or the connection breaks",
    "What passes is tried again, then a 503; a mistake of ours is a 500 at once; the log has the "
    "code, and no walk over causes is endless",
)
@pytest.mark.parametrize("code", sorted(FOR_NOW))
@pytest.mark.parametrize("operation", CALLS)
def test_what_passes_is_tried_again_then_a_503_that_is_logged_with_the_code(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, operation: str, code: str
) -> None:
    wire = on_wire(monkeypatch, operation, FOR_NOW[code])

    reply, facts = called(stage, log, operation)

    assert (reply.status, reply.code) == (503, "unavailable")
    assert reply.headers["retry-after"] == "1"
    assert (facts["status"], facts["level"], facts["request_id"]) == (503, "ERROR", "req-1")
    assert told_by_aws(facts["cause"])[-1] == f"{code} {operation}"
    assert wire.sent.count(operation) >= (1 if operation == "Query" and code in OF_WRITES else 2)


@pytest.mark.fault("A5")
@pytest.mark.parametrize("code", sorted(MISTAKES))
@pytest.mark.parametrize("operation", CALLS)
def test_a_mistake_of_ours_is_a_500_at_once_that_is_logged_with_the_code(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, operation: str, code: str
) -> None:
    wire = on_wire(monkeypatch, operation, error(code))

    reply, facts = called(stage, log, operation)

    assert (reply.status, reply.code) == (500, "internal")
    assert (facts["status"], facts["level"], facts["request_id"]) == (500, "ERROR", "req-1")
    assert told_by_aws(facts["bug"]) == [f"{code} {operation}"]
    assert wire.sent.count(operation) == 1


@pytest.mark.parametrize("reason", ["ValidationError", "ItemCollectionSizeLimitExceeded"])
def test_a_transaction_that_is_cancelled_for_a_mistake_of_ours_is_a_500(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, reason: str
) -> None:
    wire = on_wire(monkeypatch, "TransactWriteItems", cancelled(["None", reason]))

    reply, facts = called(stage, log, "TransactWriteItems")

    assert reply.status == 500
    assert told_by_aws(facts["bug"]) == [f"{CANCELLED} TransactWriteItems"]
    assert wire.sent.count("TransactWriteItems") == 1


def test_every_error_that_dynamodb_declares_has_a_meaning() -> None:
    model = new_client(NOWHERE).meta.service_model
    declared = {each.name for op in OPERATIONS for each in model.operation_model(op).error_shapes}

    assert len(declared) >= 10
    assert declared <= BUSY | UNCERTAIN | MISTAKES | {CANCELLED, NOT_WRITTEN}


def test_what_botocore_tries_again_is_never_called_a_mistake_of_ours() -> None:
    throttled = set(vars(ThrottledRetryableChecker)["_THROTTLED_ERROR_CODES"])
    transient = set(vars(TransientRetryableChecker)["_TRANSIENT_ERROR_CODES"])

    assert throttled - UNCERTAIN - {"PriorRequestNotComplete"} == THROTTLED
    assert throttled | transient <= BUSY | UNCERTAIN


@pytest.fixture
def server() -> Iterator[Callable[[bytes | None], str]]:
    """Answer every request with the same bytes, or with silence for `None`."""
    over = Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve(reply: bytes | None) -> None:
            while not over.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65_536)
                    if reply is None:
                        over.wait(SECONDS)
                    else:
                        connection.sendall(reply)

        def start(reply: bytes | None) -> str:
            Thread(target=serve, args=(reply,), daemon=True).start()
            return f"http://127.0.0.1:{listener.getsockname()[1]}"

        yield start
        over.set()


def over_sockets(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    hasty: Any = Config(read_timeout=0.2, retries={"mode": "standard", "total_max_attempts": 2})
    store: Any = ledger_store(new_client(url, **hasty._user_provided_options), "t-")
    use(monkeypatch, store, pauses=1)


BREAKS = {
    **{f"the reply is {name}": reply for name, reply in LOST.items()},
    "silence": None,
}


@pytest.mark.fault("A5")
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("reply", BREAKS.values(), ids=BREAKS)
def test_a_wire_that_breaks_is_a_503_that_is_logged_with_how_it_broke(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    log: io.StringIO,
    server: Callable[[bytes | None], str],
    reply: bytes | None,
    operation: str,
) -> None:
    over_sockets(monkeypatch, server(reply))

    answer, facts = called(stage, log, operation)

    assert (answer.status, answer.code) == (503, "unavailable")
    assert any("Error" in each and ":" not in each for each in facts["cause"])


def test_a_server_that_refuses_connections_is_a_503(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    over_sockets(monkeypatch, url)

    answer, facts = called(stage, log, "GetItem")

    assert answer.status == 503
    assert "EndpointConnectionError" in facts["cause"]


def record() -> dict[str, Any]:
    """Return the record of a stream that tells of an alert."""
    image = {"NewImage": alert_to_item(ALERT), "SequenceNumber": "1"}
    return {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": image}


def delivered(
    monkeypatch: pytest.MonkeyPatch, log: io.StringIO, bus: EventBus, *answers: Answer
) -> tuple[Wire, list[str]]:
    """Deliver an alert whose outbox answers so; return its wire and the failure in the log."""
    client = new_client(NOWHERE, retries={"mode": "standard", "total_max_attempts": 1})
    wire = Wire(client, lambda attempt: answers[attempt - 1])
    parts = replace(
        alerts.parts, outbox=lambda: DynamoOutbox(client, "alerts"), announcer=lambda: bus
    )
    monkeypatch.setattr(alerts, "parts", parts)
    started = monotonic()
    answer = function("deliver_alerts")({"Records": [record()]})
    assert monotonic() - started < SECONDS
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]
    first = json.loads(log.getvalue().splitlines()[0])
    return wire, told_by_aws(first["bug"])


TAKEN: Answer = (200, {})


@pytest.mark.fault("A5.2")
@pytest.mark.usefixtures("stage")
def test_an_alert_that_another_has_claimed_fails_with_what_the_outbox_answered(
    monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    held = error(NOT_WRITTEN, Item=alert_to_item(ALERT))
    bus, _ = answering({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})

    wire, failure = delivered(monkeypatch, log, bus, held)

    assert failure == [f"{NOT_WRITTEN} UpdateItem"]
    assert wire.sent == ["UpdateItem"]


@pytest.mark.fault(
    "A5.2",
    "A claimed alert cannot be announced",
    "A mistake of ours is raised as it is, whether or not the claim could be released",
)
@pytest.mark.parametrize("release", [TAKEN, error("InternalServerError", 500)])
@pytest.mark.usefixtures("stage")
def test_a_claimed_alert_that_a_mistake_of_ours_keeps_from_the_bus_says_so(
    monkeypatch: pytest.MonkeyPatch, log: io.StringIO, release: Answer
) -> None:
    bus, _ = answering(service_error_code="AccessDeniedException", http_status_code=400)

    wire, failure = delivered(monkeypatch, log, bus, TAKEN, release)

    assert failure == ["AccessDeniedException PutEvents"]
    assert wire.sent == ["UpdateItem", "UpdateItem"]
    assert "Unavailable" not in log.getvalue()


@pytest.mark.parametrize("code", sorted(MISTAKES - {"IdempotentParameterMismatchException"}))
@pytest.mark.usefixtures("stage")
def test_an_outbox_that_refuses_a_claim_fails_at_once(
    monkeypatch: pytest.MonkeyPatch, log: io.StringIO, code: str
) -> None:
    bus, stubber = answering({"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]})

    wire, failure = delivered(monkeypatch, log, bus, error(code))

    assert failure == [f"{code} UpdateItem"]
    assert wire.sent == ["UpdateItem"]
    with pytest.raises(AssertionError):
        stubber.assert_no_pending_responses()

"""Dead letters become cases, each once, and are sent again to where they failed."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError
from botocore.stub import Stubber
from moto import mock_aws
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dead_letters import KEPT_SECONDS, DeadLetter, file_letter
from prepaid.inbox.dynamodb import DynamoDeadLetters
from prepaid.inbox.sqs import GONE, AwsRedrive, letter_from_record
from prepaid.middleware.sources import source_of

from tests.calls.test_call_functions import cases
from tests.inbox.test_resolving import ask
from tests.support import records
from tests.support.dynamodb import create_tables, new_client, new_prefix
from tests.support.memory_payments import MemoryDeadLetters, MemoryExceptions
from tests.support.stage import NOW, Stage, function

ARN = "arn:aws:lambda:us-east-1:123456789012:function:prepaid-SettleDueFunction"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:webhooks"
PART = {"segment": 0, "segments": 4}
FAILED_JOB = {
    "requestContext": {"functionArn": f"{ARN}:$LATEST", "condition": "RetriesExhausted"},
    "requestPayload": PART,
    "responsePayload": {"errorType": "Unfinished", "errorMessage": "what a client wrote"},
}
STREAM = {
    "requestContext": FAILED_JOB["requestContext"],
    "DDBStreamBatchInfo": {"streamArn": "arn:aws:dynamodb:r:1:table/s-credit_alerts/stream/now"},
}
TARGET = {"TARGET_ARN": {"stringValue": ARN}, "ERROR_CODE": {"stringValue": "THROTTLED"}}
TRUNCATED = {**TARGET, "IS_PAYLOAD_TRUNCATED": {"stringValue": "true"}}
FAILED = DeadLetter(
    letter_id="m-2", first_id="m-1", target=QUEUE, body="{}", reason="it failed", group="wh_1"
)


def record(body: object, name: str = "m-2", **more: Any) -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    return {**records.sqs(name, text), **more}


def came_from(queue: str, group: str = "wh_1") -> dict[str, Any]:
    given = records.sqs()["attributes"]
    return {"attributes": {**given, "DeadLetterQueueSourceArn": queue, "MessageGroupId": group}}


@pytest.mark.parametrize(
    ("given", "target", "body", "reason"),
    [
        (record(FAILED_JOB), ARN, json.dumps(PART), "Unfinished"),
        (record({**FAILED_JOB, "requestPayload": None}), ARN, "{}", "Unfinished"),
        (record('{"a": 1}', messageAttributes=TARGET), ARN, '{"a": 1}', "THROTTLED"),
        (record("", messageAttributes=TARGET), ARN, "{}", "THROTTLED"),
        (record('{"a": 1', messageAttributes=TRUNCATED), "", '{"a": 1', "THROTTLED"),
        (record("no JSON", messageAttributes=TARGET), "", "no JSON", "THROTTLED"),
        (record("any", **came_from(QUEUE)), QUEUE, "any", "its message was received too often"),
        (record(STREAM), ARN, "{}", "a stream's records, RetriesExhausted"),
        (
            record(json.dumps(STREAM).replace("credit_alerts", "credit_transactions")),
            "",
            json.dumps(STREAM).replace("credit_alerts", "credit_transactions"),
            "a stream's records, RetriesExhausted",
        ),
        (record("no JSON"), "", "no JSON", "it failed"),
        (record("[1]"), "", "[1]", "it failed"),
    ],
)
def test_a_letter_says_where_it_failed_and_why_but_not_what(
    given: dict[str, Any], target: str, body: str, reason: str
) -> None:
    letter = letter_from_record(given, swept="s-credit_alerts")

    assert (letter.target, letter.body, letter.reason) == (target, body, reason)
    assert (letter.letter_id, letter.first_id) == ("m-2", "m-2")


@pytest.fixture(params=["memory", "moto"])
def letters(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryDeadLetters()
        return
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, ["credit_records"])
        yield DynamoDeadLetters(RecordsTable(client, f"{prefix}credit_records"))


@pytest.mark.parametrize(
    ("target", "where"), [(QUEUE, QUEUE.rpartition(":")[2]), ("", "an unknown place")]
)
def test_the_case_of_a_letter_says_where_it_failed(target: str, where: str) -> None:
    inbox = MemoryExceptions()

    file_letter(MemoryDeadLetters(), inbox, replace(FAILED, target=target), Instant(NOW))

    assert inbox.stored == {("dead_letter", "m-2"): f"{where}: it failed"}


def test_a_letter_is_kept_once(letters: Any) -> None:
    other = DeadLetter(letter_id="m-3", first_id="m-3", target="", body="b", reason="r")
    letters.keep(FAILED, now=Instant(NOW))
    letters.keep(DeadLetter(letter_id="m-2", first_id="x", target="", body="", reason=""), now=NOW)
    letters.keep(other, now=Instant(NOW))

    assert letters.letter("m-2") == FAILED
    assert letters.letter("m-3") == other
    assert letters.letter("m-4") is None


def file(*given: dict[str, Any]) -> Any:
    return function("file_dead_letters")({"Records": list(given)})["batchItemFailures"]


FAILED_QUEUE = "arn:aws:sqs:us-east-1:123456789012:failed-webhooks"


@pytest.fixture
def filing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setenv("CREDIT_ALERTS_TABLE", "s-credit_alerts")
    monkeypatch.setenv("FAILED_WEBHOOKS_QUEUE_ARN", FAILED_QUEUE)
    monkeypatch.setenv("WEBHOOKS_QUEUE_ARN", QUEUE)
    return stage


@pytest.mark.fault(
    "V1",
    "A job fails after all retries, or a message is received too often",
    "It is a case of the inbox, once, and an alarm rings; `retry` sends it to where it failed",
)
def test_a_dead_letter_is_a_case_that_is_sent_again(filing: Stage, log: io.StringIO) -> None:
    assert file(record(FAILED_JOB), record(FAILED_JOB)) == []
    assert file(record(FAILED_JOB)) == []
    [case] = cases(filing)

    first, again = ask(filing, "retry", case), ask(filing, "retry", case, key="again")

    assert case["kind"] == "dead_letter"
    assert case["detail"] == "prepaid-SettleDueFunction: Unfinished"
    assert (first.status, first.json["still"], again.status) == (201, None, 200)
    [sent] = filing.letters.sent
    assert (sent.target, sent.body) == (ARN, json.dumps(PART))
    assert cases(filing) == []
    assert [row.action for row in filing.store.audit] == ["retry"]
    assert "what a client wrote" not in log.getvalue() + case["detail"]


@pytest.mark.usefixtures("filing")
def test_each_letter_that_is_filed_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    file(record(FAILED_JOB))

    lines = capsys.readouterr().out.splitlines()
    [counted] = [json.loads(each) for each in lines if "_aws" in each]
    assert (counted["DeadLetters"], counted["queue"]) == ([1.0], "messages")


@pytest.mark.fault(
    "V2",
    "A dead letter cannot be filed: the store is away, or it is larger than a row",
    "It stays in its queue and comes again; an alarm rings for what stays",
)
def test_a_letter_that_cannot_be_filed_stays_in_its_queue(filing: Stage) -> None:
    large = record("x" * 300_001, "m-9")

    assert file(large, record(FAILED_JOB)) == [{"itemIdentifier": "m-9"}]
    assert [case["subject"] for case in cases(filing)] == ["m-2"]
    filing.store.broken = True
    assert file(record(FAILED_JOB, "m-8")) == [{"itemIdentifier": "m-8"}]
    filing.store.broken = False
    assert file(record(FAILED_JOB, "m-8")) == []
    assert {case["subject"] for case in cases(filing)} == {"m-2", "m-8"}


@pytest.mark.fault(
    "N2",
    "SQS does not say which queue a dead letter came from, as emulators do not",
    "A queue that only deliveries end in says it",
)
def test_a_letter_whose_queue_is_not_said_is_sent_to_the_one_it_must_be_from(
    filing: Stage,
) -> None:
    said = came_from("arn:aws:sqs:us-east-1:123456789012:messages")
    assert file({**record("a", "m-1"), "eventSourceARN": FAILED_QUEUE}) == []
    assert file({**record("b", "m-2", **said), "eventSourceARN": FAILED_QUEUE}) == []
    assert file(record("c", "m-3")) == []

    targets = {name: each.target.rpartition(":")[2] for name, each in filing.letters.stored.items()}
    assert targets == {"m-1": "webhooks", "m-2": "messages", "m-3": ""}


def test_what_nobody_can_send_again_stays_open_and_says_why(filing: Stage) -> None:
    file(record("no JSON"))
    [case] = cases(filing)

    unknown = ask(filing, "retry", case)
    filing.letters.stored.clear()
    gone = ask(filing, "retry", case, key="again")

    assert "Nothing says" in unknown.json["still"]
    assert "not kept" in gone.json["still"]
    assert (len(cases(filing)), filing.letters.sent) == (1, [])


@pytest.mark.fault(
    "V3",
    "Two admins send a dead letter again at once, or the reply to it is lost",
    "Whoever takes it knows it by the id that it had first: work is done and paid once",
)
def test_a_message_that_is_sent_again_keeps_the_id_that_it_is_known_by() -> None:
    with mock_aws():
        client = boto3.client("sqs")
        url = client.create_queue(QueueName="webhooks")["QueueUrl"]
        redrive = AwsRedrive(client, boto3.client("lambda"), f"{url.rpartition('/')[0]}/other")

        assert redrive.send(FAILED) is None
        assert redrive.send(FAILED) is None
        got = client.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            AttributeNames=["MessageGroupId"],
        )["Messages"]

    [first, second] = [as_lambda_has_it(each) for each in got]
    assert first["messageId"] != second["messageId"]
    assert source_of(first) == source_of(second) == source_of(records.sqs("m-1"))
    assert {each["Attributes"]["MessageGroupId"] for each in got} == {"wh_1"}
    assert letter_from_record(first, swept="x").first_id == "m-1"


def as_lambda_has_it(message: Any) -> dict[str, Any]:
    attributes = {
        name: {"stringValue": each["StringValue"], "dataType": each["DataType"]}
        for name, each in message["MessageAttributes"].items()
    }
    return record(message["Body"], message["MessageId"], messageAttributes=attributes)


def job(**more: Any) -> DeadLetter:
    return DeadLetter(
        **{"letter_id": "m", "first_id": "m", "target": ARN, "body": "{}", "reason": "r", **more}
    )


@pytest.fixture
def stubbed() -> Iterator[tuple[AwsRedrive, Stubber, Stubber]]:
    sqs, functions = boto3.client("sqs"), boto3.client("lambda")
    with Stubber(sqs) as queue, Stubber(functions) as invoked:
        yield AwsRedrive(sqs, functions, "https://sqs/1/webhooks"), queue, invoked


def test_a_job_is_invoked_without_waiting_for_it(
    stubbed: tuple[AwsRedrive, Stubber, Stubber],
) -> None:
    redrive, _, invoked = stubbed
    asked = {"FunctionName": ARN, "InvocationType": "Event", "Payload": b"{}"}
    invoked.add_response("invoke", {"StatusCode": 202}, asked)
    invoked.add_response("invoke", {"StatusCode": 500}, asked)
    invoked.add_client_error("invoke", "TooManyRequestsException")
    invoked.add_client_error("invoke", "ResourceNotFoundException")

    assert redrive.send(job()) is None
    for _ in range(2):
        with pytest.raises(Unavailable):
            redrive.send(job())
    assert redrive.send(job()) == GONE
    invoked.assert_no_pending_responses()


def test_a_queue_that_does_not_take_a_message_is_said(
    stubbed: tuple[AwsRedrive, Stubber, Stubber],
) -> None:
    redrive, queue, _ = stubbed
    failed = {"Failed": [{"Id": "0", "SenderFault": False, "Code": "x"}], "Successful": []}
    queue.add_response("send_message_batch", failed)
    queue.add_client_error("send_message_batch", "ServiceUnavailable", http_status_code=503)
    queue.add_client_error("send_message_batch", "AWS.SimpleQueueService.NonExistentQueue")
    queue.add_client_error("send_message_batch", "AccessDenied")

    for _ in range(2):
        with pytest.raises(Unavailable):
            redrive.send(job(target=QUEUE))
    assert redrive.send(job(target=QUEUE)) == GONE
    with pytest.raises(Exception, match="AccessDenied"):
        redrive.send(job(target=QUEUE))


def test_no_answer_of_a_queue_leaves_it_unknown(
    stubbed: tuple[AwsRedrive, Stubber, Stubber], monkeypatch: pytest.MonkeyPatch
) -> None:
    redrive, _, _ = stubbed

    def fail(**_: object) -> None:
        raise ConnectTimeoutError(endpoint_url="x")

    monkeypatch.setattr(redrive._sqs, "send_message_batch", fail)

    with pytest.raises(Unavailable):
        redrive.send(job(target=QUEUE))


def test_a_row_of_a_letter_is_written_word_for_word_and_ends_by_itself() -> None:
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_records"])
        DynamoDeadLetters(RecordsTable(client, "credit_records")).keep(FAILED, now=Instant(NOW))

        [row] = client.scan(TableName="credit_records")["Items"]

    assert row == {
        "kind_id": {"S": "letter#m-2"},
        "sort": {"S": "letter"},
        "first_id": {"S": "m-1"},
        "target": {"S": QUEUE},
        "body": {"S": "{}"},
        "reason": {"S": "it failed"},
        "group": {"S": "wh_1"},
        "created_at": {"N": str(NOW)},
        "remove_at": {"N": str(NOW + KEPT_SECONDS)},
    }

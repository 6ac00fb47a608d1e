"""What is logged and counted, by name, unit and dimension: alarms and dashboards rely on it."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import pytest
from prepaid.alerts.delivery import Swept as AlertsSwept
from prepaid.alerts.ports import Waiting
from prepaid.alerts.repeating import Repeated
from prepaid.analytics.snapshot import Snapped
from prepaid.analytics.snapshot_ports import Part
from prepaid.calls.vapi import webhook as vapi
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import client
from prepaid.ledger.audit import Audited
from prepaid.ledger.settlement import Settled
from prepaid.payments.reconciliation import Reconciled
from prepaid.runtime import batches, jobs, jwks, observability, secrets
from prepaid.runtime.wiring import alerts, webhooks
from prepaid.web.errors import MalformedRequest
from prepaid.web.request import RequestLog
from prepaid.webhooks.queueing import Swept as WebhooksSwept

from functions.authorize import app as authorize
from functions.deliver_alerts import app as deliver_alerts
from functions.deliver_webhooks import app as deliver_webhooks
from functions.file_dead_letters import app as file_dead_letters
from functions.queue_webhooks import app as queue_webhooks
from functions.reconcile_payments import app as reconcile_payments
from functions.send_message import app as send_message
from functions.settle_due import app as settle_due
from functions.snapshot_analytics import app as snapshot_analytics
from functions.vapi_webhook import app as vapi_webhook
from functions.verify_ledger import app as verify_ledger
from tests.support.memory import repeat_of
from tests.support.samples import alert as an_alert
from tests.support.stage import Stage

BUG = ValueError("secret")
ALERT = an_alert(AccountId("user-1"))
WAITING = Waiting(
    account_id=ALERT.account_id, alert_id="a-1", raised_at=Instant(1), read=lambda: ALERT
)


@pytest.fixture
def metrics(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, Any]]]:
    """Return what reads the metrics that were written, each with all that it says."""

    def read() -> Iterator[dict[str, Any]]:
        for line in capsys.readouterr().out.splitlines():
            fields = json.loads(line)
            for space in fields.get("_aws", {}).get("CloudWatchMetrics", []):
                for each in space["Metrics"]:
                    dimensions = {name: fields[name] for name in space["Dimensions"][0]}
                    yield {
                        "space": space["Namespace"],
                        "name": each["Name"],
                        "unit": each["Unit"],
                        "value": fields[each["Name"]],
                        **dimensions,
                    }

    return lambda: list(read())


def test_an_occurrence_is_one_of_a_count(metrics: Callable[[], list[dict[str, Any]]]) -> None:
    observability.count("Refused", code="forbidden")

    assert metrics() == [
        {
            "space": "Prepaid",
            "name": "Refused",
            "unit": "Count",
            "value": [1.0],
            "service": "prepaid",
            "code": "forbidden",
        }
    ]


@pytest.mark.parametrize("code", ["ok", "forbidden", "unavailable"])
def test_every_answer_but_a_good_one_is_counted_as_refused(
    code: str, metrics: Callable[[], list[dict[str, Any]]]
) -> None:
    observability.record(
        RequestLog(request_id="r", route="GET /x", status=200, code=code, duration_ms=1.0)
    )

    assert [each["code"] for each in metrics()] == [each for each in [code] if each != "ok"]


def test_numbers_of_a_job_are_counts_of_the_service_zeros_included(
    metrics: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "stack-2")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Ours")

    jobs.publish({"Done": 7, "Failed": 0})

    shared = {"space": "Ours", "unit": "Count", "service": "stack-2"}
    assert metrics() == [
        {**shared, "name": "Done", "value": [7.0]},
        {**shared, "name": "Failed", "value": [0.0]},
    ]


FAILURES: dict[str, tuple[Callable[[], object], str, dict[str, object]]] = {
    "an account": (
        lambda: jobs.account_failed("user-1", BUG),
        "an account was passed by",
        {"account_id": "user-1"},
    ),
    "a shard": (
        lambda: jobs.shard_unfound(3, BUG),
        "what is due could not be found",
        {"shard": 3},
    ),
    "a call": (lambda: jobs.call_failed("c-1", BUG), "a call was passed by", {"call_id": "c-1"}),
    "an alert": (
        lambda: alerts._failed(WAITING, BUG),
        "an alert was passed by",
        {"account_id": "user-1", "alert_id": "a-1"},
    ),
    "a repeat": (
        lambda: alerts._not_repeated(repeat_of(ALERT, Instant(1)), BUG),
        "an alert was not repeated",
        {"account_id": "user-1", "alert_id": ALERT.alert_id},
    ),
    "a webhook": (
        lambda: webhooks._failed(SimpleNamespace(owner_id="wh_1"), BUG),  # type: ignore[arg-type]  # only its id
        "a webhook was passed by",
        {"webhook_id": "wh_1"},
    ),
    "an object of the provider's": (
        lambda: reconcile_payments.object_failed(SimpleNamespace(object_id="re_1"), BUG),  # type: ignore[arg-type]  # as above
        "an object was passed by",
        {"object_id": "re_1"},
    ),
    "a record": (
        lambda: batches.Records("SQS").failure_handler({}, (ValueError, BUG, None)),  # type: ignore[arg-type]  # any event
        "a record failed",
        {},
    ),
}


@pytest.mark.parametrize(("fail", "message", "facts"), FAILURES.values(), ids=FAILURES)
def test_what_is_passed_by_is_logged_as_an_error_with_its_name_and_without_words(
    fail: Callable[[], object],
    message: str,
    facts: dict[str, object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    fail()

    [record] = [each for each in caplog.records if each.message == message]
    assert record.levelname == "ERROR"
    assert {name: vars(record)[name] for name in facts} == facts
    assert vars(record)["bug"] == ["ValueError"]
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("status", "level"),
    [(200, "INFO"), (404, "INFO"), (499, "INFO"), (500, "ERROR"), (503, "ERROR")],
)
def test_only_what_is_our_fault_is_an_error(
    status: int, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    observability.record(
        RequestLog(request_id="r", route="GET /x", status=status, code="ok", duration_ms=1.0)
    )

    [record] = [each for each in caplog.records if each.message == "answered"]
    assert record.levelname == level
    assert not {"bug", "cause"} & vars(record).keys()


def test_an_invocation_is_named_by_its_id_and_a_job_without_one_is_a_job() -> None:
    assert jobs.request_id_of(SimpleNamespace(aws_request_id="r-1")) == "r-1"
    assert jobs.request_id_of(None) == "job"


@pytest.mark.parametrize(
    "made",
    [
        observability.logger,
        lambda: secrets.cached_secret("s"),
        lambda: secrets.cached_parameter("p"),
        lambda: jwks.cached_jwks("https://issuer.example/keys"),
        authorize.verifier,
        client.shared_client,
        client.prompt_client,
    ],
    ids=["logger", "secret", "parameter", "published keys", "verifier", "client", "prompt client"],
)
def test_what_a_container_needs_again_is_made_once(
    made: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN_SECRET", "token")

    assert made() is made()


JOBS: dict[str, tuple[str, Any, type[Any], tuple[str, ...]]] = {
    "verify_ledger": ("Auditing.run", verify_ledger, Audited, ("failed", "unfinished")),
    "reconcile_payments": (
        "Reconciliation.run",
        reconcile_payments,
        Reconciled,
        ("failed", "unfinished"),
    ),
    "settle_due": ("Settlement.run", settle_due, Settled, ("unfound",)),
}
ENDS: list[dict[str, Any]] = [
    {},
    {"failed": 1},
    {"finished": False},
    {"failed": 1, "finished": False},
    {"unfound": 1},
]


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("end", ENDS, ids=str)
@pytest.mark.parametrize("name", JOBS)
def test_a_job_fails_exactly_for_what_nobody_would_see_otherwise(
    name: str, end: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, app, kind, rings = JOBS[name]
    known = {each: value for each, value in end.items() if each in asdict(kind())}
    done = kind(**known)
    named = {"unfinished" if each == "finished" else each for each in known}
    owner, method = run.split(".")
    monkeypatch.setattr(getattr(app, owner), method, lambda *_, **__: done)

    if named & set(rings):
        with pytest.raises(jobs.Unfinished):
            app.handler({})
    else:
        answer = app.handler({})
        assert {each: answer[each] for each in asdict(done)} == asdict(done)


@pytest.mark.parametrize("failed", [0, 1])
@pytest.mark.parametrize("finished", [True, False])
def test_a_snapshot_that_is_not_whole_fails(
    failed: int, finished: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[object] = []

    def run(part: object, *, now: object) -> Snapped:
        parts.append((part, now is not None))
        return Snapped(accounts=2, changed=1, failed=failed, finished=finished)

    monkeypatch.setattr(snapshot_analytics, "snapshot_taking", lambda _: SimpleNamespace(run=run))

    if failed or not finished:
        with pytest.raises(jobs.Unfinished):
            snapshot_analytics.handler({})
    else:
        assert snapshot_analytics.handler({})["accounts"] == 2
    assert parts == [(Part(0, 1), True)]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_what_delivering_and_repeating_did_is_added_up(
    first: bool,
    second: bool,
    metrics: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    swept = AlertsSwept(delivered=4, failed=2, finished=first)
    again = Repeated(repeated=3, failed=1, finished=second)
    for name, done in (("alerting", swept), ("repeating", again)):
        made = SimpleNamespace(sweep=lambda done=done, **_: done, run=lambda done=done, **_: done)
        monkeypatch.setattr(deliver_alerts, name, lambda made=made: made)

    answer = deliver_alerts.handler({})

    assert answer == {
        "delivered": 4,
        "repeated": 3,
        "failed": 3,
        "finished": first and second,
    }
    counted = {each["name"]: each["value"] for each in metrics()}
    assert counted == {"AlertsSwept": [4.0], "AlertsNotDelivered": [3.0]}


def test_what_a_sweep_of_webhooks_did_is_counted(
    metrics: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = WebhooksSwept(queued=4, failed=2, finished=False)
    made = SimpleNamespace(sweep=lambda **_: swept)
    monkeypatch.setattr(queue_webhooks, "queueing", lambda: made)

    answer = queue_webhooks.handler({})

    counted = {each["name"]: each["value"] for each in metrics()}
    assert answer == {"queued": 4, "failed": 2, "finished": False}
    assert counted == {"WebhooksSwept": [4.0], "WebhooksNotQueued": [2.0]}


@pytest.mark.parametrize("app", [settle_due, verify_ledger], ids=["settle_due", "verify_ledger"])
def test_a_bare_run_is_of_the_one_part_that_is_everything(
    app: Any, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = app.Settlement if app is settle_due else app.Auditing
    done = Settled() if app is settle_due else Audited()
    runs: list[tuple[int, int]] = []

    def run(job: Any, **_: object) -> Any:
        runs.append((job.segment, job.segments))
        return done

    monkeypatch.setattr(owner, "run", run)

    app.handler({})
    app.handler({"segment": 2, "segments": 4})

    assert stage.store is not None
    assert runs == [(0, 1), (2, 4)]


@pytest.mark.parametrize(("segment", "older"), [(0, 3), (1, 0), (2, 0)])
@pytest.mark.usefixtures("stage")
def test_older_cases_are_listed_once_a_night_by_the_first_part(
    segment: int,
    older: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("prepaid.ledger.audit.Auditing.run", lambda *_, **__: Audited())
    monkeypatch.setattr(verify_ledger, "inbox", lambda: SimpleNamespace(list_older=lambda: 3))

    verify_ledger.handler({"segment": segment, "segments": 3})

    [record] = [each for each in caplog.records if each.message == "verified"]
    assert vars(record)["older_cases_listed"] == older


SQS = {"messageId": "m-1", "body": "no json", "eventSourceARN": "arn:aws:sqs:eu:1:q"}
STREAM = {"eventID": "1", "dynamodb": {"SequenceNumber": "7", "NewImage": {}}}
BATCHES: dict[str, tuple[Any, dict[str, Any], str]] = {
    "deliver_alerts": (deliver_alerts, STREAM, "7"),
    "deliver_webhooks": (deliver_webhooks, SQS, "m-1"),
    "file_dead_letters": (file_dead_letters, {"messageId": "m-1"}, "m-1"),
    "send_message": (send_message, SQS, "m-1"),
    "queue_webhooks": (queue_webhooks, STREAM, "7"),
}


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize(("app", "record", "name"), BATCHES.values(), ids=BATCHES)
def test_a_batch_whose_every_record_fails_names_each_of_them(
    app: Any, record: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queueing = SimpleNamespace(receivers=lambda: [object()])
    monkeypatch.setattr(queue_webhooks, "queueing", lambda: queueing)

    answer = app.handler({"Records": [record]})

    assert answer == {"batchItemFailures": [{"itemIdentifier": name}]}


@pytest.mark.parametrize(
    ("word", "refused", "counted"),
    [
        (vapi.NOT_AUTHENTIC, False, ["VapiWebhookNotAuthentic"]),
        (vapi.UNREADABLE, False, ["VapiWebhookUnreadable"]),
        ("any other", False, []),
        ("any other", True, ["CallRefused"]),
    ],
)
def test_what_became_of_a_message_of_vapis_is_counted_where_somebody_may_have_to_look(
    word: str, refused: bool, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    outcome = SimpleNamespace(word=word, refused=refused, call_id="c-1")
    received = SimpleNamespace(receive=lambda *_, **__: outcome)
    monkeypatch.setattr(vapi_webhook, "webhooks", lambda: received)
    monkeypatch.setattr(vapi_webhook, "received", lambda _: None)
    monkeypatch.setattr(vapi_webhook, "answer_to", lambda *_: None)
    monkeypatch.setattr(observability, "count", lambda name, **_: names.append(name))

    with suppress(MalformedRequest):
        vapi_webhook.receive({}, "r-1")

    assert names == counted

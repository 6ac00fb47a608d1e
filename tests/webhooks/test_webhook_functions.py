"""Webhooks over HTTP and in their jobs: status codes, who may, and what is kept."""

import json
from typing import Any

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.ledger.dynamodb.items import entry_to_item
from prepaid.webhooks.delivery import Outcome
from prepaid.webhooks.managing import MAX_WEBHOOKS
from prepaid.webhooks.webhook import MAX_SECRETS

from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, OTHER, USER, Reply, Stage, function

URL = "https://example.com/hook"
DAY = 86_400


def ask(stage: Stage, name: str, body: Any = None, *, key: str | None = None, **more: Any) -> Reply:
    path = {name: more.pop(name) for name in ("webhook_id", "delivery_id") if name in more}
    given = {"role": "admin", "account_id": "admin-1", "path": path or None, **more}
    return stage.call(name, body, key=key, **given)


def create(stage: Stage, key: str = "made", **terms: Any) -> Reply:
    return ask(stage, "create_webhook", {"url": URL, **terms}, key=key)


def webhook_id_of(reply: Reply) -> str:
    return str(reply.json["webhook_id"])


def deliver(stage: Stage) -> list[Any]:
    """Take what is queued in hand as Lambda would; return the ids of messages that failed."""
    bodies: list[dict[str, object]] = [
        {
            "webhook_id": webhook_id,
            "event": {
                **{"event_id": each.event_id, "event_type": each.event_type, "at": each.at},
                **{"account_id": each.account_id, "body": each.body, "single": single},
            },
        }
        for webhook_id, each, single in stage.queue.new
    ]
    bodies += [
        {"webhook_id": each.webhook_id, "delivery_id": each.delivery_id, "turn": each.turn}
        for each, _ in stage.queue.turns
    ]
    bodies += [{"webhook_id": e.webhook_id, "walk_id": e.walk_id} for e in stage.queue.walks]
    for queued in (stage.queue.new, stage.queue.turns, stage.queue.walks):
        queued.clear()
    answers = [function("deliver_webhooks")({"Records": [_message(each)]}) for each in bodies]
    return [each for answer in answers for each in answer["batchItemFailures"]]


def _message(body: Any) -> dict[str, Any]:
    return {"messageId": "m-1", "eventSource": "aws:sqs", "body": json.dumps(body)}


def posted(stage: Stage, account_id: AccountId = USER) -> Any:
    """Let the stream tell of all entries of an account."""
    records = [
        {
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {"NewImage": entry_to_item(each), "SequenceNumber": str(number)},
        }
        for number, each in enumerate(stage.entries(account_id))
    ]
    return function("queue_webhooks")({"Records": records})


def test_a_webhook_is_made_once_for_a_key_and_shows_its_secret_to_that_request(
    stage: Stage,
) -> None:
    first = create(stage, event_types=["credits.balance.*"], account_ids=["user-1"])
    again = create(stage, event_types=["credits.balance.*"], account_ids=["user-1"])
    other = create(stage, key="other")
    listed = ask(stage, "list_webhooks")
    shown = ask(stage, "get_webhook", webhook_id=webhook_id_of(first))

    assert (first.status, again.status, other.status) == (201, 200, 201)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.text == first.text
    assert first.json["secret"].startswith("whsec_")
    assert other.json["secret"] != first.json["secret"]
    assert "secret" not in shown.json
    assert "whsec_" not in listed.text
    assert [each["webhook_id"] for each in listed.json["items"]] == sorted(
        [webhook_id_of(first), webhook_id_of(other)]
    )
    assert shown.json["enabled"] is True


@pytest.mark.fault(
    "W16",
    "Somebody reads the tables, or their export",
    "No secret of a webhook is there: each is derived from a key that Secrets Manager keeps",
    no_mutant="nothing is written of it that a mutant could take away; a row has no place for it",
)
def test_nothing_that_is_stored_holds_a_secret(stage: Stage) -> None:
    secret = create(stage).json["secret"].removeprefix("whsec_")

    assert secret not in repr((stage.webhooks.stored, stage.webhooks.audit))


def test_a_key_that_made_a_webhook_makes_no_other(stage: Stage) -> None:
    made = create(stage)
    reused = create(stage, description="another")
    ask(stage, "delete_webhook", webhook_id=webhook_id_of(made))
    after = create(stage)

    assert (reused.status, reused.code) == (422, "idempotency_key_reused")
    assert (after.status, after.code) == (404, "not_found")


def test_there_are_at_most_fifty(stage: Stage) -> None:
    for number in range(MAX_WEBHOOKS):
        create(stage, key=f"k{number}")

    refused = create(stage, key="one more")

    assert (refused.status, refused.code) == (400, "idempotency_key_invalid")
    refused = create(stage, key="one-more")
    assert (refused.status, refused.code) == (409, "webhook_limit_exceeded")
    assert (refused.json["limit"], refused.json["allowed"]) == ("webhooks", MAX_WEBHOOKS)
    assert len(stage.webhooks.stored) == MAX_WEBHOOKS


@pytest.mark.fault("W7")
@pytest.mark.parametrize(
    "url",
    ["http://example.com", "https://127.0.0.1/", "https://169.254.169.254/x", "https://u@x.com/"],
)
def test_a_url_that_is_never_sent_to_is_refused(stage: Stage, url: str) -> None:
    refused = create(stage, url=url)

    assert (refused.status, refused.code, refused.pointers) == (422, "invalid_request", ["/url"])
    assert stage.webhooks.stored == {}


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"event_types": ["prepaid.*"]}, "/event_types/0"),
        ({"event_types": ["credits.*.low"]}, "/event_types/0"),
        ({"account_ids": [""]}, "/account_ids/0"),
        ({"description": "x" * 201}, "/description"),
        ({"url": "x" * 2_001}, "/url"),
        ({"event_types": ["credits.a"] * 51}, "/event_types"),
    ],
)
def test_terms_that_cannot_be_meant_are_named(
    stage: Stage, terms: dict[str, Any], pointer: str
) -> None:
    refused = create(stage, **terms)

    assert (refused.status, refused.pointers) == (422, [pointer])


def test_a_change_names_the_version_that_was_read(stage: Stage) -> None:
    webhook_id = webhook_id_of(create(stage, description="first"))
    body = {"url": f"{URL}/2", "enabled": False, "version": 1}

    changed = ask(stage, "put_webhook", body, webhook_id=webhook_id)
    late = ask(stage, "put_webhook", body, webhook_id=webhook_id)
    enabled = ask(
        stage, "put_webhook", {**body, "enabled": True, "version": 2}, webhook_id=webhook_id
    )

    assert (changed.status, changed.json["version"]) == (200, 2)
    assert (changed.json["enabled"], changed.json["disabled_reason"]) == (False, "asked")
    assert (late.status, late.code) == (412, "precondition_failed")
    assert (enabled.json["enabled"], enabled.json["disabled_reason"]) == (True, None)
    assert [row.action for row in stage.webhooks.audit] == [
        "create_webhook",
        "update_webhook",
        "update_webhook",
    ]
    assert {row.actor for row in stage.webhooks.audit} == {"admin:admin-1"}
    assert [each.only_waiting for each in stage.queue.walks] == [True]


@pytest.mark.fault("W6")
def test_a_secret_is_rotated_once_for_a_key_and_the_old_one_ends_after_a_day(
    stage: Stage,
) -> None:
    made = create(stage)
    webhook_id = webhook_id_of(made)

    first = ask(stage, "rotate_webhook_secret", {}, key="r1", webhook_id=webhook_id)
    again = ask(stage, "rotate_webhook_secret", {}, key="r1", webhook_id=webhook_id)
    second = ask(stage, "rotate_webhook_secret", {}, key="r2", webhook_id=webhook_id)
    late = ask(stage, "rotate_webhook_secret", {}, key="r1", webhook_id=webhook_id)

    assert (first.status, again.status, again.json["secret"]) == (201, 200, first.json["secret"])
    assert len({each.json["secret"] for each in (made, first, second)}) == 3
    assert late.json["secret"] is None
    assert len(second.json["old_secrets_valid_until"]) == 2
    ask(stage, "rotate_webhook_secret", {}, key="r3", webhook_id=webhook_id)
    refused = ask(stage, "rotate_webhook_secret", {}, key="r4", webhook_id=webhook_id)
    assert (refused.status, refused.json["allowed"]) == (409, MAX_SECRETS)
    stage.now += DAY
    assert ask(stage, "rotate_webhook_secret", {}, key="r4", webhook_id=webhook_id).status == 201
    shown = ask(stage, "get_webhook", webhook_id=webhook_id)
    assert len(shown.json["old_secrets_valid_until"]) == 1


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("get_webhook", None),
        ("put_webhook", {"url": URL, "version": 1}),
        ("delete_webhook", None),
        ("rotate_webhook_secret", {}),
        ("list_deliveries", None),
        ("replay_deliveries", {"since": "2026-11-18T00:00:00Z"}),
        ("test_webhook", {}),
    ],
)
def test_what_there_is_not_or_not_any_more_is_not_found(stage: Stage, name: str, body: Any) -> None:
    gone = webhook_id_of(create(stage))
    ask(stage, "delete_webhook", webhook_id=gone)

    for webhook_id in (gone, "wh_none"):
        reply = ask(stage, name, body, key="k", webhook_id=webhook_id)
        assert (reply.status, reply.code) == (404, "not_found")
    assert stage.queue.new == []


def test_entries_reach_those_who_want_them_as_the_api_shows_them(funded: Stage) -> None:
    create(funded, event_types=["credits.entry.posted"], account_ids=[USER])
    create(funded, key="others", account_ids=[OTHER])
    spent = funded.spend()

    answer = posted(funded)
    failed = deliver(funded)

    events = [json.loads(each.body) for each in funded.sender.sent]
    assert (answer, failed) == ({"batchItemFailures": []}, [])
    assert [each["type"] for each in events] == ["credits.entry.posted"] * 2
    assert events[1]["data"] == spent.json
    assert {name: events[1][name] for name in ("specversion", "source", "id", "subject")} == {
        "specversion": "1.0",
        "source": "prepaid",
        "id": "user-1#2#entry",
        "subject": USER,
    }


def test_a_purchase_and_a_hold_that_expired_are_events_of_their_own(sales: Sales) -> None:
    stage = sales.stage
    create(stage, event_types=["credits.purchase.*", "credits.hold.*"])
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    hold = stage.hold().json
    voided = stage.hold("voided").json
    stage.call("void_hold", {}, key="v", path={"hold_id": voided["hold_id"]})
    stage.now += 61
    function("settle_due")({})

    posted(stage)
    deliver(stage)

    bought, expired = [json.loads(each.body) for each in stage.sender.sent]
    assert bought["type"] == "credits.purchase.succeeded"
    assert bought["data"]["payment_id"] == payment.payment_id
    assert bought["data"]["entry"]["kind"] == "purchase"
    assert expired["type"] == "credits.hold.expired"
    assert (expired["data"]["hold_id"], expired["data"]["amount"]) == (hold["hold_id"], "5.00")


def test_what_the_bus_is_told_is_sent_as_it_is(stage: Stage) -> None:
    create(stage, event_types=["credits.balance.*"])
    with open("events/queue_webhooks.json") as file:  # noqa: PTH123 - a sample of the project
        event = json.load(file)

    queued = [function("queue_webhooks")(event) for _ in range(2)]
    deliver(stage)

    assert queued == [{"queued": 1}] * 2
    assert [json.loads(each.body) for each in stage.sender.sent] == [event["detail"]]


def test_without_webhooks_a_stream_costs_one_read_and_nothing_else(funded: Stage) -> None:
    funded.spend()

    answer = posted(funded)

    assert answer == {"batchItemFailures": []}
    assert (funded.queue.new, funded.deliveries.stored) == ([], {})


@pytest.mark.fault(
    "N4",
    "A schedule sends an event of its own, which looks like one of the bus: it has a `detail`",
    "Every schedule says what it sends, and only an event of this stack's bus is taken for one",
)
def test_what_a_schedule_sends_by_itself_is_a_sweep(funded: Stage) -> None:
    create(funded)
    sent = {"source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": "{}"}

    answer = function("queue_webhooks")(sent)

    assert answer == {"queued": 0, "failed": 0, "finished": True}


def test_an_entry_that_nobody_can_read_fails_alone(funded: Stage) -> None:
    create(funded)
    good = entry_to_item(funded.entries()[0])
    records = [
        {
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {"NewImage": image, "SequenceNumber": str(number)},
        }
        for number, image in enumerate([good, {"key": {"S": "broken"}}, good])
    ]

    answer = function("queue_webhooks")({"Records": records})

    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["1"]
    assert len(funded.queue.new) == 2


def test_the_log_shows_every_try_and_when_the_next_one_is(funded: Stage) -> None:
    webhook_id = webhook_id_of(create(funded, event_types=["credits.entry.posted"]))
    funded.sender.outcome = Outcome(milliseconds=120, status=500, excerpt="oops")
    posted(funded)
    deliver(funded)
    funded.now += 5
    deliver(funded)

    log = ask(funded, "list_deliveries", webhook_id=webhook_id)

    [shown] = log.json["items"]
    assert (shown["state"], shown["tried"], shown["event_type"]) == (
        "pending",
        2,
        "credits.entry.posted",
    )
    assert [(each["status"], each["duration_ms"], each["response"]) for each in shown["tries"]] == [
        (500, 120, "oops")
    ] * 2
    assert shown["next_at"] == "2026-11-18T11:11:45Z"
    assert shown["message_id"] == funded.sender.sent[0].message_id
    assert ask(funded, "get_webhook", webhook_id=webhook_id).json["failing_since"] is not None


def test_the_log_is_paged_and_its_cursor_is_of_this_log_alone(funded: Stage) -> None:
    webhook_id = webhook_id_of(create(funded, event_types=["credits.entry.posted"]))
    other = webhook_id_of(create(funded, key="other", event_types=["credits.none"]))
    for number in range(2):
        funded.now += 1
        funded.spend(key=f"k{number}")
    posted(funded)
    deliver(funded)

    first = ask(funded, "list_deliveries", webhook_id=webhook_id, query={"limit": "2"})
    cursor = {"limit": "2", "cursor": first.json["next_cursor"]}
    rest = ask(funded, "list_deliveries", webhook_id=webhook_id, query=cursor)
    foreign = ask(funded, "list_deliveries", webhook_id=other, query=cursor)

    found = [each["at"] for each in (*first.json["items"], *rest.json["items"])]
    assert len(found) == 3
    assert found == sorted(found, reverse=True)
    assert rest.json["next_cursor"] is None
    assert (foreign.status, foreign.code) == (400, "cursor_invalid")


def test_a_delivery_is_replayed_once_for_a_key(funded: Stage) -> None:
    webhook_id = webhook_id_of(create(funded, event_types=["credits.entry.posted"]))
    posted(funded)
    deliver(funded)
    [sent] = funded.sender.sent
    [delivery] = ask(funded, "list_deliveries", webhook_id=webhook_id).json["items"]
    path = {"webhook_id": webhook_id, "delivery_id": delivery["delivery_id"]}

    first = ask(funded, "replay_delivery", {}, key="again", **path)
    second = ask(funded, "replay_delivery", {}, key="again", **path)
    deliver(funded)
    missing = {**path, "delivery_id": "1795000000-" + "0" * 32}
    none = ask(funded, "replay_delivery", {}, key="again", **missing)

    assert (first.status, second.status, none.status) == (201, 200, 404)
    assert first.json["state"] == "pending"
    assert [each.message_id for each in funded.sender.sent] == [sent.message_id] * 2


@pytest.mark.fault("W11")
def test_all_since_a_time_are_replayed_and_only_of_the_last_30_days(funded: Stage) -> None:
    webhook_id = webhook_id_of(create(funded, event_types=["credits.entry.posted"]))
    posted(funded)
    deliver(funded)
    body = {"since": "2026-11-18T00:00:00Z"}

    first = ask(funded, "replay_deliveries", body, key="all", webhook_id=webhook_id)
    deliver(funded)
    deliver(funded)
    second = ask(funded, "replay_deliveries", body, key="all", webhook_id=webhook_id)
    early = {"since": "2026-10-18T00:00:00Z"}
    refused = ask(funded, "replay_deliveries", early, key="old", webhook_id=webhook_id)

    assert (first.status, first.json["finished"]) == (201, False)
    assert (second.status, second.json["finished"], second.json["found"]) == (200, True, 1)
    assert (refused.status, refused.pointers) == (422, ["/since"])
    assert len(funded.sender.sent) == 2


def test_a_test_is_sent_and_logged(stage: Stage) -> None:
    webhook_id = webhook_id_of(create(stage, event_types=["credits.none"], enabled=False))

    first = ask(stage, "test_webhook", {}, key="t", webhook_id=webhook_id)
    deliver(stage)
    again = ask(stage, "test_webhook", {}, key="t", webhook_id=webhook_id)
    deliver(stage)

    assert (first.status, again.status) == (201, 200)
    assert (first.json["state"], again.json["state"]) == ("pending", "succeeded")
    assert [json.loads(each.body)["type"] for each in stage.sender.sent] == ["credits.webhook.test"]


def test_what_cannot_be_kept_makes_its_message_come_again(funded: Stage) -> None:
    create(funded, event_types=["credits.entry.posted"])
    posted(funded)
    messages = list(funded.queue.new)

    def away() -> None:
        raise Unavailable("The table did not answer in time.")

    funded.deliveries.reach = away
    failed = deliver(funded)
    funded.deliveries.reach = lambda: None
    funded.queue.new += messages

    assert [each["itemIdentifier"] for each in failed] == ["m-1"]
    assert funded.sender.sent == []
    assert deliver(funded) == []
    assert len(funded.sender.sent) == 1


@pytest.mark.fault("W12")
def test_the_schedule_queues_what_is_due_and_counts_it(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    create(funded, event_types=["credits.entry.posted"])
    funded.sender.outcome = Outcome(milliseconds=1, error="timed_out")
    posted(funded)
    deliver(funded)
    funded.queue.turns.clear()
    before = function("queue_webhooks")({})
    funded.now += 700
    after, twice = (function("queue_webhooks")({}) for _ in range(2))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert before == {"queued": 0, "failed": 0, "finished": True}
    assert after == {"queued": 1, "failed": 0, "finished": True}
    assert twice == before
    assert [each["WebhooksSwept"] for each in lines if "WebhooksSwept" in each] == [[0], [1], [0]]
    assert len(funded.queue.turns) == 1


def test_what_the_sweep_cannot_queue_is_logged_and_stays_due(funded: Stage) -> None:
    create(funded, event_types=["credits.entry.posted"])
    funded.sender.outcome = Outcome(milliseconds=1, error="timed_out")
    posted(funded)
    deliver(funded)
    funded.queue.turns.clear()
    funded.now += 700

    def away() -> None:
        raise Unavailable("The queue did not answer in time.")

    funded.queue.reach = away
    failed = function("queue_webhooks")({})
    funded.queue.reach = lambda: None

    assert (failed["failed"], failed["queued"]) == (1, 0)
    assert function("queue_webhooks")({})["queued"] == 1


def disabled(stage: Stage) -> dict[str, Any]:
    """Make a webhook whose receiver says that it is gone; return it as it is shown then."""
    webhook_id = webhook_id_of(create(stage, event_types=["credits.entry.posted"]))
    stage.sender.outcome = Outcome(milliseconds=1, status=410)
    posted(stage)
    deliver(stage)
    shown: dict[str, Any] = ask(stage, "get_webhook", webhook_id=webhook_id).json
    assert not shown["enabled"]
    return shown


@pytest.mark.fault("W4")
def test_a_disabled_webhook_says_why_in_every_way(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = disabled(funded)

    webhook_id = shown["webhook_id"]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert (shown["enabled"], shown["disabled_reason"]) == (False, "gone")
    [notice] = funded.notices.published
    assert json.loads(notice.body)["data"]["webhook_id"] == webhook_id
    assert notice.event_type == "credits.webhook.disabled.v1"
    assert [each["WebhookDisabled"] for each in lines if "WebhookDisabled" in each] == [[1.0]]
    assert [kind for kind, _ in funded.reports.stored] == ["webhook_disabled"]


@pytest.mark.parametrize(
    ("name", "terms", "why"),
    [
        ("put_webhook", {"url": URL, "enabled": True}, "The webhook was enabled again."),
        ("delete_webhook", None, "The webhook was deleted."),
    ],
)
def test_the_case_of_a_disabled_webhook_is_resolved_with_what_caused_it(
    funded: Stage, name: str, terms: Any, why: str
) -> None:
    shown = disabled(funded)
    body = terms and {**terms, "version": shown["version"]}
    [case] = funded.reports.cases.values()

    changed = ask(funded, name, body, webhook_id=shown["webhook_id"])

    [resolved] = funded.reports.cases.values()
    assert changed.status == 200
    assert case.resolution is None
    assert resolved.resolution is not None
    assert (resolved.resolution.by, resolved.resolution.reason) == ("admin:admin-1", why)
    [written] = funded.reports.audit
    [*_, changed_row] = funded.webhooks.audit
    assert (written.action, written.request_id) == ("resolve", changed_row.request_id)
    assert written.number != changed_row.number, "both stand in the log of one moment"


def test_a_change_that_leaves_a_webhook_disabled_leaves_its_case_open(funded: Stage) -> None:
    shown = disabled(funded)
    body = {"url": URL, "enabled": False, "description": "later", "version": shown["version"]}

    ask(funded, "put_webhook", body, webhook_id=shown["webhook_id"])

    assert [case.resolution for case in funded.reports.cases.values()] == [None]


def test_a_webhook_is_enabled_while_its_case_cannot_be_reached(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = disabled(funded)

    def away(*_: object) -> None:
        raise Unavailable("The table did not answer in time.")

    monkeypatch.setattr(funded.reports, "case", away)
    body = {"url": URL, "enabled": True, "version": shown["version"]}
    changed = ask(funded, "put_webhook", body, webhook_id=shown["webhook_id"])

    assert (changed.status, changed.json["enabled"]) == (200, True)
    assert [each.only_waiting for each in funded.queue.walks] == [True]


def test_a_webhook_that_fails_again_is_a_case_of_its_own(funded: Stage) -> None:
    shown = disabled(funded)
    body = {"url": URL, "enabled": True, "version": shown["version"]}
    ask(funded, "put_webhook", body, webhook_id=shown["webhook_id"])
    funded.now += 60
    funded.queue.new.clear()
    funded.call("record_usage", {"operation": "message", "quantity": 1}, key="more")

    posted(funded)
    deliver(funded)

    assert len(funded.reports.cases) == 2


SECRET_PATH = "very-secret-path"


def test_what_is_logged_names_neither_url_nor_secret_nor_what_is_sent(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    made = create(funded, url=f"https://example.com/{SECRET_PATH}")
    posted(funded)
    deliver(funded)

    logged = capsys.readouterr()

    assert funded.sender.sent
    for secret in (SECRET_PATH, made.json["secret"], "specversion"):
        assert secret not in logged.out + logged.err
    assert Instant(NOW) == funded.now

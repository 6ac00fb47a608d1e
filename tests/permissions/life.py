"""A life of a stack in which every function does all that it may be asked to."""

import json
import time
from collections.abc import Mapping
from typing import Any

import boto3
import jwt
from prepaid.alerts.delivery import GIVEN_UP_SECONDS
from prepaid.domain.credits import Instant
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.payment import Payment
from prepaid.payments.ports import PaymentEvent

from local.stripe.signing import signature
from tests.permissions.calling import call
from tests.permissions.mailing import bounce_later, bouncing, choose_mail
from tests.permissions.notifying import notify
from tests.permissions.recording import Recorder
from tests.support import records
from tests.support.http_events import http_event
from tests.support.selling import paid, refunded
from tests.support.stripe_events import StripeHistory

DAY = 86_400
CALL = {"operation": "vapi_call", "quantities": {"call": 1, "minute": 3.2}}
ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}


def live(stack: Recorder) -> None:
    """Let everything happen once."""
    stack.run("seed_catalogue", {})
    let_in(stack)
    for name in ("list_packages", "list_pricing", "get_openapi", "get_config"):
        answered(stack.request(name, role=None))
    adjust(stack, "100.00", "caller-1", "fund-calls")
    call(stack)
    meter(stack)
    hold(stack)
    examples(stack)
    read(stack)
    buy(stack)
    give_back(stack)
    look_back(stack)
    administer(stack)
    notify(stack)
    jobs(stack)


def answered(reply: Any, *statuses: int) -> Any:
    assert reply.status in (statuses or (200, 201)), reply.text
    return reply


def let_in(stack: Recorder) -> None:
    now = int(time.time())
    given = {"iss": "prepaid", "aud": "prepaid", "sub": "user-1", "iat": now, "exp": now + 600}
    token = jwt.encode({**given, "role": "user"}, "s" * 64, "HS256", headers={"kid": "k1"})
    event = http_event(role=None, headers={"authorization": f"Bearer {token}"})
    assert stack.run("authorize", event)["isAuthorized"]


def adjust(stack: Recorder, amount: str, account_id: str, key: str) -> Any:
    body = {"account_id": account_id, "amount": amount, "reason": "A test", "create": True}
    return answered(stack.request("adjust_credits", body, key=key, **ADMIN))


def meter(stack: Recorder) -> None:
    adjust(stack, "100.00", "user-1", "fund")
    adjust(stack, "100.00", "user-1", "fund")
    answered(stack.request("check_credits", {**CALL}))
    answered(stack.request("record_usage", CALL, key="u-1"))
    answered(stack.request("record_usage", CALL, key="u-1"))
    too_many = {"operation": "vapi_call", "quantities": {"call": 1_000_000, "minute": 1}}
    answered(stack.request("record_usage", too_many, key="u-4"), 402)
    many = {"operation": "vapi_call", "quantities": {"call": 75, "minute": 1}}
    answered(stack.request("record_usage", many, key="u-2"))
    message = {"operation": "message", "quantities": {"message": 1}}
    for quantity in (1, 1_000_000):
        quantities = {"message": quantity}
        events = [{**message, "quantities": quantities, "key": f"{quantity}-{n}"} for n in (1, 2)]
        answered(stack.request("record_usage", {"events": events}), 200, 207)
    stack.now += DAY
    answered(stack.request("record_usage", CALL, key="u-3"))


def examples(stack: Recorder) -> None:
    """Let each example do its work, and be asked for the same again."""
    message = records.sqs() | {"body": json.dumps({"account_id": "user-1"})}
    for _ in range(2):
        for name, below in (("run_workflow", "workflows"), ("upload_file", "files")):
            headers = {"idempotency-key": "e-1"}
            path = f"/api/credits/examples/{below}"
            event = http_event("POST", path, body="some words", headers=headers)
            assert stack.run(name, event)["statusCode"] == 201
        assert stack.run("send_message", {"Records": [message]})["batchItemFailures"] == []


def hold(stack: Recorder) -> None:
    body = {"operation": "vapi_call", "amount": "2.00", "expires_in": 60}
    answered(stack.request("create_hold", body, key="h-forgotten"))
    for number, end in enumerate(("capture_hold", "void_hold")):
        body = {"operation": "vapi_call", "amount": "2.00", "expires_in": 600}
        made = answered(stack.request("create_hold", body, key=f"h-{number}"))
        taken = {"quantities": {"call": 1}} if end == "capture_hold" else None
        path = {"hold_id": made.json["hold_id"]}
        more = {"amount": "1.00", "expires_in": 900}
        answered(stack.request("extend_hold", more, key=f"more-{number}", path_parameters=path))
        answered(stack.request(end, taken, key=f"end-{number}", path_parameters=path))


def read(stack: Recorder) -> None:
    answered(stack.request("get_balance"))
    settle_settings(stack)
    listed = answered(stack.request("list_transactions", query={"limit": "1"})).json
    cursor = {"limit": "1", "cursor": listed["next_cursor"]}
    answered(stack.request("list_transactions", query=cursor))
    listed = answered(stack.request("list_transactions", query={"limit": "50"})).json
    for entry in {each["kind"]: each for each in listed["items"]}.values():
        path = {"entry_id": entry["entry_id"]}
        answered(stack.request("get_transaction", path_parameters=path))
    for asked in ({"compare": "previous"}, {"group_by": "reference", "include": "largest"}):
        answered(stack.request("get_usage_analytics", query=asked))
    nobody = {"account_id": "nobody", "limit": "1"}
    answered(stack.request("list_transactions", query=nobody, **ADMIN), 404)


def settle_settings(stack: Recorder) -> None:
    """Save settings, be answered again, and let a limit be reached by a refusal."""
    path = {"account_id": "user-1"}
    seen = {"if-match": '"0"'}
    body = {"limits": {"daily": "500.00", "monthly": "900.00"}}
    for _ in range(2):
        answered(stack.request("put_settings", body, headers=seen))
    answered(stack.request("get_settings"))
    answered(stack.request("list_alerts"))
    answered(stack.request("get_account_settings", path_parameters=path, **ADMIN))
    limited = {"admin_limits": {"daily": "0.01", "monthly": "900.00"}}
    for _ in range(2):
        given = {"headers": {"if-match": '"1"'}, "path_parameters": path, **ADMIN}
        answered(stack.request("put_account_settings", limited, **given))
    answered(stack.request("record_usage", CALL, key="limited"), 403)
    lifted = {"headers": {"if-match": '"2"'}, "path_parameters": path, **ADMIN}
    answered(stack.request("put_account_settings", {}, **lifted))


def buy(stack: Recorder) -> None:
    for key in ("p-1", "p-2"):
        order = {"package_id": "professional"}
        started = answered(stack.request("create_purchase", order, key=key)).json
        path = {"payment_id": started["payment_id"]}
        answered(stack.request("get_purchase", path_parameters=path))
    listed = answered(stack.request("list_purchases", query={"limit": "1"})).json
    cursor = {"limit": "1", "cursor": listed["next_cursor"]}
    answered(stack.request("list_purchases", query=cursor))
    answered(stack.request("list_purchases", query={"account_id": "nobody"}, **ADMIN), 404)


def give_back(stack: Recorder) -> None:
    """Pay for one purchase by a webhook, for the other by a refresh; refund a part of each."""
    reported, asked = sorted(
        stack.payment_processor.intents.values(), key=lambda each: str(each.payment_id)
    )
    stack.payment_processor.tell(asked.intent_id, paid(_payment(stack, asked.payment_id)))
    path = {"payment_id": str(asked.payment_id)}
    answered(stack.request("refresh_purchase", path_parameters=path))
    stripe_history = StripeHistory(stack.now)
    intent_id = stripe_history.intent(str(reported.payment_id))
    for outcome, amount in (("succeed", None), ("refund", 1500)):
        happened = stripe_history.play(intent_id, outcome, amount)
        for event in sorted(happened, key=lambda each: each["type"] != "charge.refunded"):
            _webhook(stack, event, {intent_id: str(reported.intent_id)})
    stranger = stripe_history.intent("pay_nobody")
    for event in stripe_history.play(stranger, "succeed"):
        _webhook(stack, event, {})
    order = {"payment_id": asked.payment_id, "amount": 1000, "reason": "A test"}
    answered(stack.request("refund_payment", order, key="r-1", **ADMIN))
    stack.payment_processor.tell(asked.intent_id, refunded(1000, refund_id="re_1"))
    answered(stack.request("refresh_purchase", path_parameters=path))
    for each in ("pay_gone", str(reported.payment_id)):
        fact = refunded(700, refund_id=f"re_of_{each}")
        stack.payment_processor.undelivered.append(
            PaymentEvent(intent_id=str(reported.intent_id), payment_id=each, fact=fact)
        )


def look_back(stack: Recorder) -> None:
    """See what purchases became, and what belongs to their entries."""
    answered(stack.request("list_grants", query={"limit": "100"}))
    query = {"kind": "purchase", "limit": "1"}
    [bought] = answered(stack.request("list_transactions", query=query)).json["items"]
    path = {"entry_id": bought["entry_id"]}
    assert answered(stack.request("get_transaction", path_parameters=path)).json["related"]


def administer(stack: Recorder) -> None:
    """Give, void, release, freeze and reopen; what is gone is looked for."""
    why, owner = {"reason": "A test"}, {"account_id": "user-3"}
    given = {**owner, **why, "amount": "10.00"}
    for _ in range(2):
        made = answered(stack.request("grant_credits", given, key="give", **ADMIN)).json
    path = {**owner, "grant_id": made["grant_id"]}
    for _ in range(2):
        answered(stack.request("void_grant", why, key="v", path_parameters=path, **ADMIN))
    again = stack.request("void_grant", why, key="other", path_parameters=path, **ADMIN)
    answered(again, 409)
    path = {**owner, "grant_id": "g99"}
    answered(stack.request("void_grant", why, key="none", path_parameters=path, **ADMIN), 404)
    adjust(stack, "50.00", "user-3", "enough")
    body = {"operation": "vapi_call", "amount": "2.00", "expires_in": 60}
    held = answered(stack.request("create_hold", body, key="h-3", account_id="user-3")).json
    path = {"hold_id": held["hold_id"]}
    for _ in range(2):
        answered(stack.request("release_hold", why, key="r", path_parameters=path, **ADMIN))
    terms = {"name": "S", "credits": "1.00", "price": 100, "currency": "usd", "position": 9}
    answered(stack.request("create_package", {**terms, "package_id": "s"}, **ADMIN))
    path = {"package_id": "s"}
    answered(stack.request("put_package", {**terms, "version": 1}, path_parameters=path, **ADMIN))
    answered(stack.request("archive_package", path_parameters=path, **ADMIN))
    answered(stack.request("manage_packages", **ADMIN))
    price(stack)
    path = {"account_id": "user-1"}
    for email in ("a@example.com", "b@example.com"):
        answered(stack.request("put_profile", {"email": email}, path_parameters=path, **ADMIN))
    for query in ({"limit": "1"}, {"search": "user"}, {"email": "b@"}, {"status": "low"}):
        listed = answered(stack.request("list_accounts", query=query, **ADMIN)).json
    answered(stack.request("list_audit", query={"limit": "1"}, **ADMIN))
    answered(stack.request("get_account", path_parameters={"account_id": "user-1"}, **ADMIN))
    assert listed["items"] or listed["next_cursor"] is None
    for status in ("frozen", "active"):
        changed = {**why, "status": status}
        for _ in range(2):
            asked = stack.request(
                "set_account_status", changed, key=str(status), path_parameters=owner, **ADMIN
            )
            answered(asked)


def price(stack: Recorder) -> None:
    """Announce, withdraw and end versions of a price; write, change, delete and publish drafts."""
    terms = {"operation": "fax", "units": [{"unit": "page", "rate": "0.10"}]}
    later = {"effective_from": "2099-01-01T00:00:00Z"}
    answered(stack.request("create_price", {**terms, **later, "version": 0}, **ADMIN))
    made = answered(stack.request("create_price", {**terms, "version": 1}, **ADMIN)).json
    for version in made["versions"]:
        path = {"price_id": version["price_id"]}
        stack.now += 0 if version["effective_from"] == later["effective_from"] else 200
        answered(stack.request("delete_price", path_parameters=path, **ADMIN))
    for draft_id in ("a", "b"):
        path = {"draft_id": draft_id}
        answered(stack.request("create_price_draft", {**terms, **path}, **ADMIN))
        changed = {"units": terms["units"], "version": 1}
        answered(stack.request("put_price_draft", changed, path_parameters=path, **ADMIN))
    answered(stack.request("delete_price_draft", path_parameters={"draft_id": "a"}, **ADMIN))
    answered(stack.request("publish_price_draft", {"version": 2}, path_parameters=path, **ADMIN))
    assert answered(stack.request("manage_pricing", **ADMIN)).json["drafts"] == []


def jobs(stack: Recorder) -> None:
    dynamodb = boto3.client("dynamodb")
    outbox = f"{stack.stack.name}-credit_alerts"
    choose_mail(stack)
    found = dynamodb.scan(TableName=outbox)["Items"]
    alerts = [each for each in found if each["account_id"]["S"] == "user-1"]
    record = {"eventName": "INSERT", "eventSource": "aws:dynamodb"}
    image = {"NewImage": alerts[0], "SequenceNumber": "1"}
    with bouncing():
        answer = stack.run("deliver_alerts", {"Records": [{**record, "dynamodb": image}]})
    assert answer == {"batchItemFailures": []}
    assert stack.request("get_settings").json["recipients"][0]["state"] == "bounced"
    bounce_later(stack)
    broken = {name: value for name, value in alerts[0].items() if name not in {"balance", "b"}}
    dynamodb.put_item(TableName=outbox, Item={**broken, "account_id": {"S": "user-2"}})
    body = {"operation": "vapi_call", "amount": "1.00", "expires_in": 60}
    answered(stack.request("create_hold", body, key="h-due"))
    answered(adjust(stack, "-800.00", "user-1", "low-again"))
    stack.now += 2 * GIVEN_UP_SECONDS
    assert stack.run("deliver_alerts", {})["repeated"] == 1
    stack.run("settle_due", {})
    answered(adjust(stack, "800.00", "user-1", "enough-again"))
    lost = {"account_id": {"S": "user-1"}, "key": {"S": "u:usage:u-1"}}
    dynamodb.delete_item(TableName=f"{stack.stack.name}-credit_transactions", Key=lost)
    owner = {"account_id": {"S": "user-3"}}
    accounts = f"{stack.stack.name}-user_credits"
    dynamodb.update_item(TableName=accounts, Key=owner, UpdateExpression="REMOVE li")
    stack.run("verify_ledger", {"segment": 0, "segments": 1})
    mended = {**alerts[0], "account_id": {"S": "user-2"}}
    dynamodb.put_item(TableName=outbox, Item=mended)
    of_call = {"kind_id": {"S": "call#call-of-nobody"}, "sort": {"S": "call"}}
    table = f"{stack.stack.name}-credit_records"
    dynamodb.update_item(TableName=table, Key=of_call, UpdateExpression="REMOVE settled")
    inbox = DynamoExceptions(RecordsTable(dynamodb, table))
    inbox.report("call_not_billed", "call-of-nobody", "frozen", now=Instant(stack.now))
    file_dead_letters(stack)
    look_after_cases(stack)
    stack.run("reconcile_payments", {})
    stack.run("reconcile_payments", {})
    for _ in range(2):
        stack.run("snapshot_analytics", {"segment": 0, "segments": 1})
        answered(adjust(stack, "1.00", "user-1", "between-snapshots"))
    answered(stack.request("get_system_analytics", **ADMIN))


JOBS = (
    *("CollectCallsFunction", "DeliverAlertsFunction", "QueueWebhooksFunction"),
    *("ReceiveMailFeedbackFunction", "ReconcilePaymentsFunction", "SettleDueFunction"),
    *("SnapshotAnalyticsFunction", "VerifyLedgerFunction"),
)


def file_dead_letters(stack: Recorder) -> None:
    """Let each job fail, and a message of each queue, and send all of it again."""
    targets = [stack.stack.arn(name) for name in (*JOBS, "WebhooksQueue", "MessagesQueue")]
    for number, target in enumerate(targets):
        attribute = {"TARGET_ARN": {"stringValue": target}}
        letter = {**records.sqs(f"m-{number}", "{}"), "messageAttributes": attribute}
        if ":sqs:" in target:
            letter["attributes"] |= {"DeadLetterQueueSourceArn": target}
        filed = stack.run("file_dead_letters", {"Records": [letter]})
        assert filed == {"batchItemFailures": []}
    letter = records.sqs("m-stream", json.dumps(of_stream(stack)))
    assert stack.run("file_dead_letters", {"Records": [letter]}) == {"batchItemFailures": []}
    listed = answered(stack.request("list_exceptions", query={"limit": "100"}, **ADMIN)).json
    letters = [each for each in listed["items"] if each["kind"] == "dead_letter"]
    assert len(letters) == len(targets) + 1
    for case in letters:
        path = {"exception_id": case["exception_id"]}
        answered(stack.request("retry_exception", {}, key="t", path_parameters=path, **ADMIN))


def of_stream(stack: Recorder) -> dict[str, Any]:
    """Return what Lambda says of an entry that the stream gave up, which is queued again."""
    table = f"{stack.stack.name}-credit_transactions"
    stream = boto3.client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
    streams = boto3.client("dynamodbstreams")
    [shard] = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    name = {"StreamArn": stream, "ShardId": shard["ShardId"]}
    began = streams.get_shard_iterator(**name, ShardIteratorType="TRIM_HORIZON")
    [first, *_] = streams.get_records(ShardIterator=began["ShardIterator"])["Records"]
    row = {key: each["S"] for key, each in first["dynamodb"]["Keys"].items()}
    assert "queued" in stack.run("queue_webhooks", {"rows": [row]})
    number = str(first["dynamodb"]["SequenceNumber"])
    return {
        "requestContext": {"functionArn": stack.stack.arn("QueueWebhooksFunction")},
        "DDBStreamBatchInfo": {
            "streamArn": stream,
            "shardId": shard["ShardId"],
            "startSequenceNumber": number,
            "endSequenceNumber": number,
        },
    }


def look_after_cases(stack: Recorder) -> None:
    """Try every case again that can be, and resolve the rest."""
    listed = answered(stack.request("list_exceptions", query={"limit": "100"}, **ADMIN)).json
    kinds = {each["kind"]: each for each in listed["items"]}
    for case in kinds.values():
        path = {"exception_id": case["exception_id"]}
        answered(
            stack.request("retry_exception", {}, key="t", path_parameters=path, **ADMIN), 201, 422
        )
        why = {"reason": "A test"}
        answered(stack.request("resolve_exception", why, key="r", path_parameters=path, **ADMIN))


def _payment(stack: Recorder, payment_id: str | None) -> Payment:
    client = boto3.client("dynamodb")
    found = DynamoPayments(client, f"{stack.stack.name}-stripe_payments").payment(str(payment_id))
    assert found is not None
    return found


def _webhook(stack: Recorder, event: object, renamed: Mapping[str, str]) -> None:
    body = json.dumps(event)
    for old, new in renamed.items():
        body = body.replace(old, new)
    header = signature(body.encode(), ("whsec_local",), stack.now)
    path = "/api/credits/stripe/webhook"
    sent = http_event("POST", path, role=None, body=body, headers={"Stripe-Signature": header})
    assert stack.run("stripe_webhook", sent)["statusCode"] == 200

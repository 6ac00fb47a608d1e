"""Run functions as they are deployed, on an emulated account, and record what they ask of AWS."""

import importlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.session
import pytest
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import calls, payments, webhooks

from tests.support.deployed import ACCOUNT, REGION, Deployed
from tests.support.http_events import http_event
from tests.support.memory_calls import MemoryCallProvider
from tests.support.memory_webhooks import MemorySender
from tests.support.selling import FakePaymentProcessor
from tests.support.stage import PATHS, Reply
from tests.support.template import NAME_PREFIX, tables, template

VAPI_SECRET = "vapi_local"
PARAMETERS = {
    "STRIPE_SECRET_KEY": "sk_test_1",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_1",
    "STRIPE_WEBHOOK_SECRET": "whsec_local",
    "VAPI_API_KEY": "vapi_key",
    "VAPI_WEBHOOK_SECRET": VAPI_SECRET,
}
_TRANSACTED = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}
"""Which permission each part of a transaction takes: there is none for the transaction itself."""


@dataclass(frozen=True, order=True)
class Call:
    """One permission that a request needs: an action on a resource."""

    action: str
    resource: str
    enclosing: str = ""
    """The transaction that it is a part of; IAM's `dynamodb:EnclosingOperation`."""
    leading: str = ""
    """Of IAM's `dynamodb:LeadingKeys`: an item's partition key, of all but exceptions up to `#`."""

    @property
    def bare(self) -> "Call":
        """The call, whatever it is a part of and whichever item it is about."""
        return replace(self, enclosing="", leading="")


def needed(service: str, operation: str, given: Mapping[str, Any]) -> Iterator[Call]:
    """Say what IAM asks for when a client of *service* sends *operation* with *given*.

    Raises `NotImplementedError` for a request whose permissions nobody wrote down here.
    """
    match service, operation:
        case "dynamodb" | "dynamodbstreams", _:
            yield from _of_tables(operation, given)
        case "ssm", "GetParameter":
            name = str(given["Name"])
            yield Call("ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{name}")
        case "secretsmanager", "GetSecretValue":
            yield Call("secretsmanager:GetSecretValue", str(given["SecretId"]))
        case "lambda", "Invoke":
            yield Call("lambda:InvokeFunction", str(given["FunctionName"]))
        case ("sqs", "SendMessageBatch") | ("events", "PutEvents") | ("sesv2" | "sns", _):
            yield from _sending(service, operation, given)
        case _:
            raise NotImplementedError(f"{service}:{operation}")


def _of_tables(operation: str, given: Mapping[str, Any]) -> Iterator[Call]:
    match operation:
        case "TransactWriteItems" | "TransactGetItems":
            for part in given["TransactItems"]:
                ((kind, item),) = part.items()
                yield Call(f"dynamodb:{_TRANSACTED[kind]}", _table(item), operation, _leading(item))
        case "BatchGetItem":
            for table in given["RequestItems"]:
                yield Call("dynamodb:BatchGetItem", _table({"TableName": table}))
        case "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query" | "Scan":
            yield Call(f"dynamodb:{operation}", _table(given), leading=_leading(given))
        case "GetShardIterator" | "GetRecords":
            yield Call(f"dynamodb:{operation}", _stream(given))
        case _:
            raise NotImplementedError(f"dynamodb:{operation}")


def _sending(service: str, operation: str, given: Mapping[str, Any]) -> Iterator[Call]:
    match service, operation:
        case "sqs", _:
            queue = str(given["QueueUrl"]).rpartition("/")[2]
            yield Call("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}")
        case "events", _:
            for entry in given["Entries"]:
                bus = f"event-bus/{entry['EventBusName']}"
                yield Call("events:PutEvents", f"arn:aws:events:{REGION}:{ACCOUNT}:{bus}")
        case "sesv2", "SendEmail":
            identity = str(given["FromEmailAddress"]).partition("@")[2]
            found = [f"identity/{identity}"]
            if "ConfigurationSetName" in given:
                found.append(f"configuration-set/{given['ConfigurationSetName']}")
            for each in found:
                yield Call("ses:SendEmail", f"arn:aws:ses:{REGION}:{ACCOUNT}:{each}")
        case "sns", "Publish":
            yield Call("sns:Publish", str(given["TopicArn"]))
        case _:
            raise NotImplementedError(f"{service}:{operation}")


def _stream(given: Mapping[str, Any]) -> str:
    """Leave out when the stream began, as the template cannot say it; an iterator begins so."""
    arn = str(given.get("StreamArn") or given["ShardIterator"]).partition("|")[0]
    return f"{arn.rpartition('/')[0]}/now"


def _table(given: Mapping[str, Any]) -> str:
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{given['TableName']}"
    return f"{arn}/index/{given['IndexName']}" if "IndexName" in given else arn


def _leading(given: Mapping[str, Any]) -> str:
    item = given.get("Item") or given.get("Key")
    if item is None:
        return ""
    name = str(given["TableName"]).rpartition("-")[2]
    hash_key = tables()[name]["KeySchema"][0]["AttributeName"]
    kind, separator, rest = str(item[hash_key]["S"]).partition("#")
    if kind == "exception":  # few partitions, one for each kind of case
        return kind + separator + rest
    return kind + separator if separator else ""


@dataclass
class Recorder:
    """A stack in an emulated account. Each function sees its own environment, and starts cold."""

    now: int
    stack: Deployed = field(default_factory=Deployed)
    payment_processor: FakePaymentProcessor = field(default_factory=FakePaymentProcessor)
    vapi: MemoryCallProvider = field(default_factory=MemoryCallProvider)
    receiver: MemorySender = field(default_factory=MemorySender)
    calls: dict[str, set[Call]] = field(default_factory=lambda: defaultdict(set))
    _function: str = ""
    _requests: int = 0

    def run(self, function: str, event: object) -> Any:
        """Invoke a function in a process that seems new; return its answer."""
        with pytest.MonkeyPatch.context() as patch:
            for name in self.variables:
                patch.delenv(name, raising=False)
            for name, value in self.stack.environments[function].items():
                patch.setenv(name, value)
            patch.setattr(clock, "time", SimpleNamespace(time=lambda: self.now))
            patch.setattr(payments, "_processor_with", lambda _key: self.payment_processor)
            patch.setattr(calls, "parts", replace(calls.parts, provider=self._ask_vapi))
            patch.setattr(webhooks, "parts", replace(webhooks.parts, sender=lambda: self.receiver))
            forget()
            self._function = function
            try:
                return importlib.import_module(f"functions.{function}.app").handler(event, None)
            finally:
                self._function = ""

    def _ask_vapi(self) -> MemoryCallProvider:
        """Return Vapi in memory, once its key was read as the real client reads it."""
        calls._text(settings.vapi_api_key, force_refresh=False)
        return self.vapi

    def request(
        self, name: str, body: object = None, *, key: str | None = None, **more: Any
    ) -> Reply:
        """Send a request to a function's route."""
        method, _, below = PATHS[name].partition(" ")
        headers = {"idempotency-key": key} if key else {}
        headers |= more.pop("headers", {})
        event = http_event(
            method,
            f"/api/credits/{below}",
            body=None if body is None else json.dumps(body),
            headers=headers,
            **more,
        )
        self._requests += 1
        event["requestContext"]["requestId"] = f"{name}-{self._requests}"
        answer = self.run(name, event)
        return Reply(answer["statusCode"], answer["headers"], answer["body"])

    @cached_property
    def variables(self) -> set[str]:
        """Every name that some function finds in its environment."""
        return {name for each in self.stack.environments.values() for name in each}

    def note(self, *, params: Mapping[str, Any], model: Any, **_: object) -> None:
        """Take what a client is about to send, as botocore announces it."""
        if self._function:
            service = str(model.service_model.service_name)
            self.calls[self._function] |= set(needed(service, str(model.name), params))


def forget(*, clients: bool = False) -> None:
    """Empty what a process of the product keeps: stores, secrets, verifiers, perhaps clients.

    A client knows no setting of the stack, and takes longer to make than all it is asked here.
    """
    for module in [*sys.modules]:
        if module.startswith(("prepaid.", "functions.")):
            for name in _caching(module):
                for part in _parts(getattr(sys.modules[module], name)):
                    clear = getattr(part, "cache_clear", None)
                    if clear is not None and (clients or part is not shared_client):
                        clear()


@cache
def _caching(module: str) -> list[str]:
    """Return the names in a module that stand for what keeps something."""
    return [
        name
        for name, value in [*vars(sys.modules[module]).items()]
        if any(hasattr(part, "cache_clear") for part in _parts(value))
    ]


def _parts(value: object) -> list[object]:
    if type(value).__name__ != "Parts" or not is_dataclass(value):
        return [] if isinstance(value, type) else [value]
    return [getattr(value, each.name) for each in fields(value)]


@contextmanager
def recording(recorder: Recorder) -> Iterator[Recorder]:
    """Let *recorder* hear of every request, whichever way its client was made.

    One client serves each service: what a function would make anew, the account cannot tell apart.
    """
    create = botocore.session.Session.create_client
    clients: dict[str, Any] = {}

    def heard(session: botocore.session.Session, service: str, *args: Any, **options: Any) -> Any:
        if service not in clients:
            clients[service] = create(session, service, *args, **options)
            clients[service].meta.events.register("before-parameter-build.*.*", recorder.note)
        return clients[service]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session.Session, "create_client", heard)
        forget(clients=True)
        yield recorder
    forget(clients=True)


def deploy(stack: Deployed) -> None:
    """Make what the template makes, and put Stripe's keys where the stack looks for them."""
    assert os.environ["AWS_DEFAULT_REGION"] == REGION
    client = boto3.client("dynamodb")
    for name, properties in tables().items():
        client.create_table(
            TableName=NAME_PREFIX.replace("${AWS::StackName}", stack.name) + name, **properties
        )
    secrets = boto3.client("secretsmanager")
    for logical_id, resource in template()["Resources"].items():
        if resource["Type"] == "AWS::SecretsManager::Secret":
            name = stack.physical(logical_id)
            secrets.create_secret(Name=name, SecretString=json.dumps({"k1": "s" * 64}))
        if resource["Type"] == "AWS::SQS::Queue":
            boto3.client("sqs").create_queue(QueueName=stack.physical(logical_id))
        if resource["Type"] == "AWS::Events::EventBus":
            boto3.client("events").create_event_bus(Name=stack.physical(logical_id))
    for function in stack.functions:
        for name, value in stack.environment(function).items():
            if name in PARAMETERS:
                boto3.client("ssm").put_parameter(
                    Name=value, Value=PARAMETERS[name], Type="SecureString", Overwrite=True
                )

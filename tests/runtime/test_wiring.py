"""The parts as they are deployed, on DynamoDB: what every test on memory leaves out."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from prepaid.dynamodb.client import shared_client
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.ledger import audit
from prepaid.ledger.dynamodb.checkpoints import DynamoCheckpoints
from prepaid.runtime import secrets
from prepaid.runtime.retries import Deadline
from prepaid.runtime.settings import MissingSetting, Settings, settings
from prepaid.runtime.wiring import base, catalogue, inbox, ledger, lists, verification
from typer.testing import CliRunner

from functions.seed_catalogue import app as seed_catalogue
from functions.settle_due import app as settle_due
from functions.verify_ledger import app as verify_ledger
from tests.support.stage import NOW, USER, Stage
from tests.support.template import tables
from tools.cli.verifying import TABLES, app

SECRET = "s" * 64


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with mock_aws():
        shared_client.cache_clear()
        client = boto3.client("dynamodb")
        for name, properties in tables().items():
            client.create_table(TableName=name, **properties)
            monkeypatch.setenv(f"{name.upper()}_TABLE", name)
        secret = boto3.client("secretsmanager").create_secret(Name="sign", SecretString=SECRET)
        monkeypatch.setenv("SIGNING_SECRET", secret["ARN"])
        secrets.cached_secret.cache_clear()
        yield client
        shared_client.cache_clear()


@pytest.fixture
def deployed(cloud: Any, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage with the parts that the template's environment describes."""
    del cloud
    store, for_sale = ledger.store_of(settings), catalogue.catalogue_of(settings)
    reports = DynamoExceptions(inbox.records_table())
    checkpoints = DynamoCheckpoints(inbox.records_table())
    for module, parts in {
        base: base.Parts(budget=Deadline),
        ledger: ledger.Parts(store=lambda: store),
        catalogue: catalogue.Parts(catalogue=lambda: for_sale),
        inbox: inbox.Parts(exceptions=lambda: reports, audit_log=inbox.parts.audit_log),
        verification: verification.Parts(checkpoints=lambda: checkpoints),
        lists: lists.Parts(signing_key=lists.signing_key),
    }.items():
        monkeypatch.setattr(module, "parts", parts)
    seed_catalogue.handler({})
    return stage


def adjust(stage: Stage, amount: str, key: str = "a") -> Any:
    body = {"account_id": USER, "amount": amount, "reason": "test", "create": True}
    return stage.call("adjust_credits", body, role="admin", account_id="admin-1", key=key)


def test_a_credit_is_given_spent_and_seen(deployed: Stage) -> None:
    adjust(deployed, "100.00")
    spent = deployed.spend()
    again = deployed.spend()
    hold = deployed.hold()
    captured = deployed.call(
        "capture_hold",
        {"quantities": {"call": 1}, "metadata": {"ok": True}},
        key="c",
        path={"hold_id": hold.json["hold_id"]},
    )

    page = deployed.call("list_transactions", query={"limit": "2"})
    rest = deployed.call(
        "list_transactions", query={"limit": "2", "cursor": page.json["next_cursor"]}
    )
    explained = deployed.call("get_transaction", path={"entry_id": captured.json["entry_id"]})

    assert (spent.status, again.status, again.text) == (201, 200, spent.text)
    assert [entry["kind"] for entry in page.json["items"] + rest.json["items"]] == [
        "capture",
        "hold",
        "usage",
        "adjustment",
    ]
    assert page.json["items"][0] == captured.json
    assert rest.json["items"][0] == spent.json
    assert explained.json["metadata"] == {"ok": True}
    assert deployed.call("get_balance").json["available"] == "96.40"
    assert len(deployed.call("list_packages", role=None).json["items"]) == 5
    assert len(deployed.call("list_pricing", role=None).json["items"]) == 4


def test_seeding_twice_writes_once(deployed: Stage) -> None:
    assert seed_catalogue.handler({}) == {"packages": 0, "prices": 0}
    assert deployed.requests == 0


def test_the_jobs_run_on_the_tables(deployed: Stage) -> None:
    adjust(deployed, "10.00")
    deployed.hold()
    deployed.now = NOW + 60

    assert settle_due.handler({})["entries"] == 1
    assert verify_ledger.handler({}) == {
        "accounts": 1,
        "violations": 0,
        "failed": 0,
        "finished": True,
    }


def falsify(cloud: Any) -> None:
    cloud.update_item(
        TableName="user_credits",
        Key={"account_id": {"S": USER}},
        UpdateExpression="SET balance = :b",
        ExpressionAttributeValues={":b": {"N": "1"}},
    )


def found_by_verification(cloud: Any) -> list[Any]:
    """What verification kept of accounts, beside that cases of earlier releases are listed."""
    rows = cloud.scan(TableName="credit_records")["Items"]
    others = ("audit#", "dir#", "list#", "inbox")
    return [row for row in rows if not row["kind_id"]["S"].startswith(others)]


def test_drift_becomes_one_exception_a_day(cloud: Any, deployed: Stage) -> None:
    adjust(deployed, "10.00")
    falsify(cloud)

    verify_ledger.handler({})
    verify_ledger.handler({})

    rows = found_by_verification(cloud)
    assert [(row["kind_id"]["S"], row["sort"]["S"]) for row in rows] == [
        ("exception#ledger_drift", f"2026-11-18#{USER}")
    ]


def test_a_run_goes_on_from_what_the_last_one_kept_in_the_tables(
    cloud: Any, deployed: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "LONG", 3)
    adjust(deployed, "100.00")
    deployed.spend()
    deployed.hold()
    verify_ledger.handler({})
    deployed.spend(key="later")

    again = verify_ledger.handler({})

    [row] = found_by_verification(cloud)
    assert (again["accounts"], again["violations"]) == (1, 0)
    assert (row["kind_id"]["S"], row["sort"]["S"], row["entries"]["N"]) == ("verified", USER, "4")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["verify", *arguments])


def test_the_command_line_finds_a_sound_ledger_sound(deployed: Stage) -> None:
    adjust(deployed, "10.00")

    result = run()

    assert (result.exit_code, result.stdout) == (0, "1 account verified, 0 violations\n")


def test_the_command_line_names_what_was_edited_by_hand(cloud: Any, deployed: Stage) -> None:
    adjust(deployed, "10.00")
    falsify(cloud)

    output, as_json = run("--account", USER), run("--json")

    assert (output.exit_code, as_json.exit_code) == (1, 1)
    assert "user-1: balance = Σ amount: the balance is 0.01" in output.stdout
    found = json.loads(as_json.stdout)
    assert found["accounts"] == 1
    assert {each["account_id"] for each in found["violations"]} == {USER}


@pytest.mark.usefixtures("cloud")
def test_the_command_line_asks_a_stack_for_its_tables() -> None:
    resources = {
        logical: {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "TableName": f"of-stack-{variable.lower()}",
                "BillingMode": "PAY_PER_REQUEST",
                **{
                    each: tables()[variable.removesuffix("_TABLE").lower()][each]
                    for each in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
                    if each in tables()[variable.removesuffix("_TABLE").lower()]
                },
            },
        }
        for logical, variable in TABLES.items()
    }
    template = json.dumps({"Resources": resources})
    boto3.client("cloudformation").create_stack(StackName="prepaid", TemplateBody=template)

    result = run("--stack", "prepaid")

    assert (result.exit_code, result.stdout) == (0, "0 accounts verified, 0 violations\n")


@pytest.mark.usefixtures("cloud")
def test_the_command_line_says_why_it_cannot_tell() -> None:
    no_stack, no_id = run("--stack", "missing"), run("--account", "")

    assert (no_stack.exit_code, no_id.exit_code) == (2, 2)
    assert "missing" in no_stack.stderr


def test_a_store_without_its_tables_names_what_is_missing() -> None:
    with pytest.raises(MissingSetting, match="USER_CREDITS_TABLE"):
        ledger.store_of(Settings({}))

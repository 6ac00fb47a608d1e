"""What a failed first deploy leaves behind is told, cleaned up or taken back; nothing else is."""

import json
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.exceptions import WaiterError
from typer.testing import CliRunner

import tools.cli.__main__  # noqa: F401 - it puts the commands together
from tests.support.template import tables
from tools.cli.verifying import app
from tools.leftovers import Leftovers, Refused, table_names, template_of

_numbers = count(1)


@pytest.fixture
def stack(emulator: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a stack of which nothing is there yet."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    return f"failed-{next(_numbers)}"


@pytest.fixture
def left(stack: str) -> str:
    """A stack of which a failed deploy left four tables, one of them with a purchase in it."""
    for name in ("user_credits", "credit_alerts", "credit_records", "stripe_payments"):
        boto3.client("dynamodb").create_table(
            TableName=f"{stack}-{name}", DeletionProtectionEnabled=True, **tables()[name]
        )
    put(f"{stack}-stripe_payments", payment_id="pay_1")
    return stack


def put(table: str, **key: str) -> None:
    boto3.client("dynamodb").put_item(
        TableName=table, Item={name: {"S": value} for name, value in key.items()}
    )


def there(stack: str) -> set[str]:
    names = boto3.client("dynamodb").list_tables()["TableNames"]
    return {name.removeprefix(f"{stack}-") for name in names if name.startswith(f"{stack}-")}


def protected(table: str) -> bool:
    described = boto3.client("dynamodb").describe_table(TableName=table)["Table"]
    return bool(described["DeletionProtectionEnabled"])


def deployed(stack: str, do: str = "create") -> dict[str, Any]:
    """Deploy every table of the template, as an update or anew, and return the stack."""
    cloud: Any = boto3.client("cloudformation")
    body = json.dumps(template_of([*table_names(stack)]))
    getattr(cloud, f"{do}_stack")(StackName=stack, TemplateBody=body)
    cloud.get_waiter(f"stack_{do}_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    return dict(cloud.describe_stacks(StackName=stack)["Stacks"][0])


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["leftovers", *arguments])


def test_what_is_left_behind_is_told_and_left_alone(left: str) -> None:
    output = run("--stack", left)

    assert output.exit_code == 0
    assert output.stdout.splitlines() == [
        f"{left}-credit_alerts: left behind, empty",
        f"{left}-credit_records: left behind, empty",
        f"{left}-stripe_payments: left behind, holds items",
        f"{left}-user_credits: left behind, empty",
    ]
    assert there(left) == {"credit_alerts", "credit_records", "stripe_payments", "user_credits"}
    assert all(protected(f"{left}-{name}") for name in there(left))


@pytest.mark.fault("H50")
def test_a_clean_up_deletes_what_is_empty_and_nothing_else(left: str) -> None:
    output = run("--stack", left, "--clean")

    assert output.exit_code == 0
    assert f"{left}-stripe_payments: holds items, kept; --import takes it back" in output.stdout
    assert there(left) == {"stripe_payments"}
    assert protected(f"{left}-stripe_payments")


@pytest.mark.fault(
    "H50",
    "A first deploy fails and leaves protected tables, which stop the next one",
    "prepaid leftovers deletes those without items, or imports them with their items; never those "
    "of a stack that is there",
)
def test_after_a_clean_up_a_first_deploy_that_failed_goes_through(stack: str) -> None:
    cloud = boto3.client("cloudformation")
    broken = template_of([*table_names(stack)])
    broken["Resources"]["Broken"] = {
        "Type": "AWS::CloudFormation::Stack",
        "DependsOn": [*table_names(stack)],
        "Properties": {"TemplateURL": "https://nowhere.example/none"},
    }
    cloud.create_stack(StackName=stack, TemplateBody=json.dumps(broken))
    with pytest.raises(WaiterError):
        cloud.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    assert cloud.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "ROLLBACK_COMPLETE"
    assert there(stack) == set(tables())

    output = run("--stack", stack, "--clean")

    assert output.stdout.splitlines()[-1] == "Deploy again."
    assert there(stack) == set()
    assert deployed(stack)["StackStatus"] == "CREATE_COMPLETE"


@pytest.mark.fault("H50")
def test_what_is_taken_back_keeps_its_items_and_the_next_deploy_adds_the_rest(left: str) -> None:
    output = run("--stack", left, "--import")

    assert (output.exit_code, output.stdout.splitlines()[-1]) == (0, "Deploy again.")
    assert deployed(left, "update")["StackStatus"] == "UPDATE_COMPLETE"
    assert there(left) == set(tables())
    found = boto3.client("dynamodb").scan(TableName=f"{left}-stripe_payments")["Items"]
    assert found == [{"payment_id": {"S": "pay_1"}}]


@pytest.mark.fault("H50")
def test_the_tables_of_a_stack_that_is_there_are_never_touched(stack: str) -> None:
    deployed(stack)

    for option in ("--clean", "--import"):
        output = run("--stack", stack, option)
        assert (output.exit_code, output.stdout) == (2, "")
        assert "CREATE_COMPLETE" in output.stderr

    assert there(stack) == set(tables())
    assert all(protected(f"{stack}-{name}") for name in tables())


@pytest.mark.fault("H50")
def test_a_table_that_gets_an_item_meanwhile_is_kept_and_protected_again(
    left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftovers = Leftovers(left)
    protect = leftovers._protect

    def too_late(table: str, on: bool) -> None:
        protect(table, on)
        if table.endswith("user_credits") and not on:
            put(table, account_id="user-1")

    monkeypatch.setattr(leftovers, "_protect", too_late)
    _, stored = leftovers.clean()

    assert [each.logical_id for each in stored] == ["StripePaymentsTable", "UserCreditsTable"]
    assert protected(f"{left}-user_credits")


def test_nothing_can_be_taken_back_where_nothing_is_left(stack: str) -> None:
    with pytest.raises(Refused):
        Leftovers(stack).take_back()
    assert run("--stack", stack).stdout == "Nothing is left behind.\n"
    assert run("--stack", stack, "--clean", "--import").exit_code == 2

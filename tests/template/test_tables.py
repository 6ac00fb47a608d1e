"""Tables outlive mistakes, and have the indexes that are read."""

from typing import Any

import pytest
from prepaid.dynamodb import names

from tests.template.reading import Resources

# Table: its key, then each index with its key and what it holds.
LAYOUT: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "user_credits": ("account_id S", {"due": ("due_shard S, due_at N", "KEYS_ONLY")}),
    "credit_transactions": (
        "account_id S, key S",
        {"history": ("account_id S, at S", "ALL")},
    ),
    "usage_tracking": ("account_id S, day S", {}),
    "credit_packages": ("package_id S", {"shelf": ("shelf S, position N", "ALL")}),
    "credit_pricing": (
        "plan_operation S, effective_from N",
        {"by_plan": ("plan S, plan_operation S", "ALL")},
    ),
    "stripe_payments": (
        "payment_id S",
        {
            "by_intent": ("payment_intent_id S", "ALL"),
            "by_account": ("account_id S, created_at N", "ALL"),
        },
    ),
    "credit_alerts": (
        "account_id S, alert_id S",
        {
            "undelivered": ("undelivered S, alert_id S", "ALL"),
            "repeats": ("repeat_shard S, repeat_at N", "ALL"),
        },
    ),
    "credit_records": ("kind_id S, sort S", {"due": ("due_shard S, due_at N", "ALL")}),
}


def _name(table: dict[str, Any]) -> str:
    return str(table["Properties"]["TableName"]["Fn::Sub"]).removeprefix("${AWS::StackName}-")


def _key(schema: list[dict[str, str]], types: dict[str, str]) -> str:
    assert [part["KeyType"] for part in schema] == ["HASH", "RANGE"][: len(schema)]
    return ", ".join(f"{p['AttributeName']} {types[p['AttributeName']]}" for p in schema)


def test_tables_and_indexes_have_the_keys_that_the_code_uses(resources: Resources) -> None:
    found = {}
    for table in resources.tables.values():
        properties = table["Properties"]
        types = {a["AttributeName"]: a["AttributeType"] for a in properties["AttributeDefinitions"]}
        indexes = {
            index["IndexName"]: (
                _key(index["KeySchema"], types),
                index["Projection"]["ProjectionType"],
            )
            for index in properties.get("GlobalSecondaryIndexes", [])
        }
        found[_name(table)] = (_key(properties["KeySchema"], types), indexes)

    assert found == LAYOUT


def test_no_index_is_paid_for_that_nobody_reads(resources: Resources) -> None:
    read = {value for name, value in vars(names).items() if name.endswith("_INDEX")}

    found = {
        index["IndexName"]
        for table in resources.tables.values()
        for index in table["Properties"].get("GlobalSecondaryIndexes", [])
    }

    assert found == read


@pytest.mark.parametrize("promise", ["DeletionPolicy", "UpdateReplacePolicy"])
def test_a_table_outlives_its_stack_and_its_replacement(resources: Resources, promise: str) -> None:
    stored = {name for name, table in resources.tables.items() if table[promise] == "Retain"}

    assert stored == set(resources.tables)


def test_a_table_can_be_restored_is_encrypted_and_cannot_be_dropped(resources: Resources) -> None:
    for name, table in resources.tables.items():
        properties = table["Properties"]

        recovery = properties["PointInTimeRecoverySpecification"]
        assert recovery == {"PointInTimeRecoveryEnabled": True}, name
        assert properties["SSESpecification"]["SSEEnabled"] is True, name
        assert properties["DeletionProtectionEnabled"] is True, name
        assert properties["BillingMode"] == "PAY_PER_REQUEST", name


def test_every_function_is_told_the_name_of_every_table(
    template: dict[str, Any], resources: Resources
) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]

    for name, table in resources.tables.items():
        assert variables[f"{_name(table).upper()}_TABLE"] == {"Ref": name}


def test_new_alerts_are_streamed(resources: Resources) -> None:
    stream = resources["CreditAlertsTable"]["Properties"]["StreamSpecification"]

    assert stream == {"StreamViewType": "NEW_IMAGE"}


@pytest.mark.fault("A11")
@pytest.mark.parametrize("name", ["UserCredits", "CreditTransactions", "UsageTracking"])
def test_nothing_of_the_ledger_is_deleted_by_time(resources: Resources, name: str) -> None:
    assert "TimeToLiveSpecification" not in resources[f"{name}Table"]["Properties"]

"""Two stacks in one account and region never meet: not in a name, a metric, a secret or a role."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from prepaid.runtime import jobs, observability
from prepaid.runtime.settings import Settings

from tests.support.deployed import Deployed

PROD, DEV = Deployed("prepaid"), Deployed("prepaid-dev")
NAMING = {
    "TableName",
    "LayerName",
    "LogGroupName",
    "Name",
    "FunctionName",
    "QueueName",
    "AlarmName",
}
"""Properties by which a resource gets a name that nobody else in its region can have."""


def names(stack: Deployed) -> Iterator[tuple[str, str]]:
    for logical_id, resource in stack.resources.items():
        properties = resource.get("Properties", {})
        blocks = [properties, *(e["Properties"] for e in properties.get("Events", {}).values())]
        for block in blocks:
            for name in NAMING & set(block):
                yield logical_id, str(stack.resolved(block[name]))


def alarms(stack: Deployed) -> dict[str, Any]:
    return {
        name: stack.resolved(resource["Properties"])
        for name, resource in stack.resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


@pytest.mark.fault(
    "H47",
    "Two stacks in one account and region",
    "No name, metric, alarm, secret or permission of one is the other's",
)
def test_no_name_is_taken_twice() -> None:
    ours, theirs = ({name for _, name in names(stack)} for stack in (PROD, DEV))

    assert len(ours) > 15
    assert not ours & theirs


@pytest.mark.fault("H47")
def test_every_alarm_watches_its_own_stack_alone() -> None:
    ours, theirs = alarms(PROD), alarms(DEV)

    for name, alarm in ours.items():
        own = {json.dumps(each, sort_keys=True) for each in alarm["Dimensions"]}
        other = {json.dumps(each, sort_keys=True) for each in theirs[name]["Dimensions"]}
        assert own, name
        assert not own & other, name


@pytest.mark.fault("H47")
def test_what_functions_count_carries_the_dimension_that_alarms_ask_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (jobs, observability):
        monkeypatch.setattr(module, "settings", Settings(DEV.environment("record_usage")))

    observability.count("WebhookSetAside")
    observability.count("Refused", code="not_found")
    jobs.publish({"LedgerDrift": 0})

    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["service"] for each in written] == ["prepaid-dev"] * 3
    described = [each["_aws"]["CloudWatchMetrics"][0] for each in written]
    assert [each["Dimensions"] for each in described] == [
        [["service"]],
        [["service", "code"]],
        [["service"]],
    ]
    watched = [each for each in alarms(DEV).values() if each["Namespace"] == "Prepaid"]
    assert watched
    for alarm in watched:
        dimensions = [each for each in alarm["Dimensions"] if each["Name"] != "queue"]
        assert dimensions == [{"Name": "service", "Value": "prepaid-dev"}]


@pytest.mark.fault("H47")
def test_each_stack_has_secrets_of_its_own() -> None:
    for function in PROD.functions:
        ours, theirs = PROD.environment(function), DEV.environment(function)
        secretive = {name for name in ours if "SECRET" in name or "_KEY" in name}

        assert not {ours[name] for name in secretive} & {theirs[name] for name in secretive}


@pytest.mark.fault("H47")
def test_no_role_reaches_what_belongs_to_the_other_stack() -> None:
    for function in PROD.functions:
        for _, statements in DEV.policies(function):
            for statement in statements:
                for owner, wanted in _allowed(PROD):
                    for action, resource in wanted:
                        found = IAMPolicyStatement(statement).is_action_permitted(action, resource)
                        assert found is PermissionResult.NEUTRAL, (function, owner, action)


def _allowed(stack: Deployed) -> list[tuple[str, set[tuple[str, str]]]]:
    return [
        (owner, {(action, r) for action in _listed(s["Action"]) for r in _listed(s["Resource"])})
        for function in ("stripe_webhook", "create_purchase", "verify_ledger", "authorize")
        for owner, statements in stack.policies(function)
        for s in statements
    ]


def _listed(found: Any) -> list[str]:
    return [found] if isinstance(found, str) else list(found)

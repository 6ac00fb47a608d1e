"""Two stacks of one template come up side by side in one account of the emulator."""

import json
from typing import Any

import boto3
import pytest

from tests.support.template import template

CREATED = {
    "AWS::CloudWatch::Alarm",
    "AWS::DynamoDB::Table",
    "AWS::Events::EventBus",
    "AWS::IAM::ManagedPolicy",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
}
"""What CloudFormation makes without SAM: no function, and nothing that refers to one."""
STACKS = ("side-a", "side-b")


def part() -> dict[str, Any]:
    """The template without functions, examples, and what refers to them or to the API."""
    whole = template()
    resources = {
        name: resource
        for name, resource in whole["Resources"].items()
        if resource["Type"] in CREATED
        and "Condition" not in resource
        and "Function" not in json.dumps(resource)
        and '"Ref": "Api"' not in json.dumps(resource)
    }
    outputs = {name: each for name, each in whole["Outputs"].items() if "Parameter" in name}
    return {
        **{name: whole[name] for name in ("Parameters", "Conditions")},
        "Resources": resources,
        "Outputs": outputs,
    }


@pytest.fixture
def stacks(emulator: str) -> dict[str, dict[str, Any]]:
    """Both stacks as CloudFormation describes them: outputs, and names by logical ids."""
    cloud: Any = boto3.client("cloudformation", endpoint_url=emulator)
    found = {}
    for name in STACKS:
        cloud.create_stack(
            StackName=name,
            TemplateBody=json.dumps(part()),
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": "AlarmEmail", "ParameterValue": "a@example.com"}],
        )
        cloud.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
        described = cloud.describe_stacks(StackName=name)["Stacks"][0]
        listed = cloud.list_stack_resources(StackName=name)["StackResourceSummaries"]
        found[name] = {
            "outputs": {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]},
            "names": {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed},
        }
    return found


@pytest.mark.fault("H47")
def test_two_stacks_share_no_resource_and_look_for_secrets_of_their_own(
    stacks: dict[str, dict[str, Any]], emulator: str
) -> None:
    ours, theirs = (stacks[name] for name in STACKS)
    alarms = boto3.client("cloudwatch", endpoint_url=emulator).describe_alarms()["MetricAlarms"]
    services = {
        (stack, dimension["Value"])
        for stack in STACKS
        for alarm in alarms
        if alarm["AlarmName"].startswith(f"{stack}-") and alarm["Namespace"] == "Prepaid"
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "service"
    }

    assert len(ours["names"]) == len(part()["Resources"]) > 25
    assert not set(ours["names"].values()) & set(theirs["names"].values())
    assert ours["outputs"]["StripeSecretKeyParameter"] == "/side-a/stripe/secret-key"
    assert not set(ours["outputs"].values()) & set(theirs["outputs"].values())
    assert services == {(name, name) for name in STACKS}

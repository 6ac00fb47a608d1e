"""Each function's role allows every request that it makes, and nothing that none makes."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from moto import mock_aws
from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from tests.permissions.life import live
from tests.permissions.mailing import PARAMETERS
from tests.permissions.recording import Call, Recorder, deploy, recording
from tests.support.deployed import ACCOUNT, REGION, Deployed
from tests.support.stage import NOW

FUNCTIONS = sorted(Deployed().functions)


@pytest.fixture(scope="module")
def lived() -> Iterator[Recorder]:
    with mock_aws():
        stack = Deployed(parameters={**PARAMETERS, "Examples": "true"})
        deploy(stack)
        with recording(Recorder(now=NOW, stack=stack)) as recorder:
            live(recorder)
        yield recorder


def verdict(statement: dict[str, Any], call: Call) -> PermissionResult:
    """Ask moto's evaluator: wildcards in actions and resources, as IAM matches them.

    It knows no conditions; `applies` has those that the template uses.
    """
    if not applies(statement.get("Condition", {}), call):
        return PermissionResult.NEUTRAL
    return IAMPolicyStatement(statement).is_action_permitted(call.action, call.resource)


def applies(condition: dict[str, Any], call: Call) -> bool:
    """Say whether a statement with a condition is about a call.

    `ForAllValues` is true of a request that names no value at all.
    """
    if not condition:
        return True
    [(operator, about)] = condition.items()
    match operator, about:
        case "ForAllValues:StringNotEquals", {"dynamodb:EnclosingOperation": str(other)}:
            return call.enclosing != other
        case "ForAllValues:StringLike", {"dynamodb:LeadingKeys": list(patterns)}:
            return not call.leading or any(fnmatchcase(call.leading, each) for each in patterns)
    raise NotImplementedError(f"write down what {operator} of {about} means")


def allowed(statements: list[dict[str, Any]], call: Call) -> bool:
    """Say whether one statement allows a call and none denies it."""
    verdicts = {verdict(each, call) for each in statements}
    return PermissionResult.PERMITTED in verdicts and PermissionResult.DENIED not in verdicts


@pytest.mark.fault(
    "H49",
    "A function asks AWS for what its role denies",
    "CI fails: every request is recorded and held to the role",
)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_allows_all_that_its_function_asks_of_aws(lived: Recorder, function: str) -> None:
    statements = [each for _, found in lived.stack.policies(function) for each in found]

    refused = [
        call
        for call in sorted(lived.calls[function])
        if not allowed(statements, call) or not allowed(lived.stack.boundary, call)
    ]

    assert refused == []


@pytest.mark.fault("H49.2", "A role allows what its function never asks for", "CI fails")
def test_nothing_is_allowed_that_no_function_with_the_policy_uses(lived: Recorder) -> None:
    unused: set[tuple[str, ...]] = set()
    used: set[tuple[str, ...]] = set()
    for function in FUNCTIONS:
        for owner, statements in lived.stack.policies(function):
            for statement in statements:
                for single in each_alone(statement):
                    name = (owner, statement["Sid"], single.action, single.resource)
                    (used if single in asked(lived, function) else unused).add(name)

    assert sorted(unused - used) == []


@pytest.mark.fault("H49.2")
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_uses_each_policy_that_its_role_has(lived: Recorder, function: str) -> None:
    allowing = {
        owner: {single for statement in statements for single in each_alone(statement)}
        for owner, statements in lived.stack.policies(function)
    }

    unused = [
        owner for owner, all_ in allowing.items() if all_ and not all_ & asked(lived, function)
    ]

    assert unused == []


def asked(lived: Recorder, function: str) -> set[Call]:
    """Return what a function asks for, alone or in transactions."""
    return {each.bare for each in lived.calls[function]}


@pytest.mark.fault(
    "G60",
    "A function is changed so that it puts an item of the ledger outside a transaction",
    "IAM denies it; a put in a transaction stays allowed",
)
@pytest.mark.parametrize("name", ["user_credits", "credit_transactions", "usage_tracking"])
def test_the_boundary_lets_nobody_put_into_the_ledger_outside_a_transaction(
    lived: Recorder, name: str
) -> None:
    [table] = {
        call.resource
        for call in lived.calls["record_usage"] | lived.calls["settle_due"]
        if call.action == "dynamodb:PutItem" and call.resource.endswith(f"-{name}")
    }

    assert not allowed(lived.stack.boundary, Call("dynamodb:PutItem", table))
    assert not allowed(lived.stack.boundary, Call("dynamodb:PutItem", table, "TransactGetItems"))
    assert allowed(lived.stack.boundary, Call("dynamodb:PutItem", table, "TransactWriteItems"))


def test_who_commits_may_keep_lists_and_the_audit_but_no_other_records(lived: Recorder) -> None:
    statements = [each for _, found in lived.stack.policies("record_usage") for each in found]
    records = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{lived.stack.name}-credit_records"

    def may(leading: str) -> bool:
        put = Call("dynamodb:PutItem", records, "TransactWriteItems", leading)
        return allowed(statements, put)

    assert may("list#")
    assert may("audit#")
    assert not may("call#")
    assert not may("profile#")


def each_alone(statement: dict[str, Any]) -> list[Call]:
    """Every single permission of an allowing statement."""
    if statement["Effect"] != "Allow":
        return []
    actions, resources = (
        [found] if isinstance(found := statement[name], str) else found
        for name in ("Action", "Resource")
    )
    return [Call(action, resource) for action in actions for resource in resources]

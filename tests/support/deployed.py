"""What CloudFormation makes of the template for one stack: names, environments and policies.

Only the functions of the template language that the template uses are resolved; any other one
raises, so that a new one is noticed. Names that AWS would choose are made up from the stack's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.support.template import template

ACCOUNT = "123456789012"
REGION = "us-east-1"
_SERVICES = {
    "AWS::DynamoDB::Table": ("dynamodb", "table/"),
    "AWS::SecretsManager::Secret": ("secretsmanager", "secret:"),
    "AWS::Events::EventBus": ("events", "event-bus/"),
    "AWS::SQS::Queue": ("sqs", ""),
    "AWS::Serverless::Function": ("lambda", "function:"),
    "AWS::Logs::LogGroup": ("logs", "log-group:"),
}
_NAMES = {"AWS::DynamoDB::Table": "TableName", "AWS::Events::EventBus": "Name"}


@dataclass(frozen=True)
class Deployed:
    """The template as the stack *name* has it, with *parameters* in place of their defaults."""

    name: str = "prepaid"
    parameters: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources as they are written, by logical id."""
        return dict(template()["Resources"])

    @cached_property
    def functions(self) -> dict[str, dict[str, Any]]:
        """The properties of each function, by the name of its directory."""
        return {
            str(each["Properties"]["CodeUri"]).split("/")[1]: each["Properties"]
            for each in self.resources.values()
            if each["Type"] == "AWS::Serverless::Function"
        }

    @cached_property
    def environments(self) -> dict[str, dict[str, str]]:
        """What each function finds in its environment."""
        return {function: self.environment(function) for function in self.functions}

    def environment(self, function: str) -> dict[str, str]:
        """What a function finds in its environment."""
        shared = template()["Globals"]["Function"]["Environment"]["Variables"]
        own = self.functions[function].get("Environment", {}).get("Variables", {})
        return {name: str(self.resolved(value)) for name, value in {**shared, **own}.items()}

    def policies(self, function: str) -> list[tuple[str, list[dict[str, Any]]]]:
        """Each policy of a function's role: its name, or the function's, and its statements."""
        found = []
        for policy in self.functions[function].get("Policies", []):
            owner, document = function, policy
            if "Ref" in policy:
                owner = policy["Ref"]
                document = self.resources[owner]["Properties"]["PolicyDocument"]
            found.append((owner, [self.resolved(each) for each in document["Statement"]]))
        return found

    @property
    def boundary(self) -> list[dict[str, Any]]:
        """The statements of the boundary that every function's role has."""
        boundary = template()["Globals"]["Function"]["PermissionsBoundary"]["Ref"]
        document = self.resources[boundary]["Properties"]["PolicyDocument"]
        return [self.resolved(each) for each in document["Statement"]]

    def physical(self, logical_id: str) -> str:
        """The name of a resource in the account."""
        resource = self.resources[logical_id]
        given = resource.get("Properties", {}).get(_NAMES.get(resource["Type"], ""))
        return str(self.resolved(given)) if given else f"{self.name}-{logical_id}-1A2B3C"

    def arn(self, logical_id: str) -> str:
        """The ARN of a resource."""
        service, before = _SERVICES[self.resources[logical_id]["Type"]]
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{before}{self.physical(logical_id)}"

    def resolved(self, value: Any) -> Any:
        """Resolve *value* in depth. What a condition leaves out becomes None."""
        if isinstance(value, list):
            return [self.resolved(each) for each in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), *_ = value.items()
            if name in {"Ref", "Condition"} or name.startswith("Fn::"):
                return self._called(name, argument)
        return {key: self.resolved(each) for key, each in value.items()}

    def _called(self, name: str, argument: Any) -> Any:
        found: Any
        match name, argument:
            case "Ref", str():
                found = self._ref(argument)
            case "Fn::GetAtt", [logical_id, "Arn"]:
                found = self.arn(logical_id)
            case "Fn::GetAtt", [logical_id, "StreamArn"]:
                found = f"{self.arn(logical_id)}/stream/now"
            case "Fn::GetAtt", [logical_id, attribute]:
                found = f"{self.physical(logical_id)}.{attribute}"
            case "Fn::Sub", str():
                found = self._substituted(argument, {})
            case "Fn::Sub", [text, given]:
                found = self._substituted(text, self.resolved(given))
            case "Fn::If", [condition, then, otherwise]:
                found = self.resolved(then if self._holds(condition) else otherwise)
            case "Fn::Split", [separator, text]:
                found = str(self.resolved(text)).split(separator)
            case _:
                raise NotImplementedError(f"{name} of {argument}")
        return found

    def _holds(self, condition: str) -> bool:
        inner = template()["Conditions"][condition]
        if "Fn::Not" in inner:
            (compared,) = inner["Fn::Not"]
            return not self._are_equal(compared)
        return self._are_equal(inner)

    def _are_equal(self, compared: Mapping[str, Any]) -> bool:
        first, second = compared["Fn::Equals"]
        return bool(self.resolved(first) == self.resolved(second))

    def _substituted(self, text: str, given: Mapping[str, Any]) -> str:
        def found(match: re.Match[str]) -> str:
            name = match[1]
            if name in given:
                return str(given[name])
            logical_id, _, attribute = name.partition(".")
            if attribute:
                return str(self._called("Fn::GetAtt", [logical_id, attribute]))
            return str(self._ref(name))

        return re.sub(r"\$\{([\w.:]+)\}", found, text)

    def _ref(self, name: str) -> Any:
        pseudo = {
            "AWS::StackName": self.name,
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::NoValue": None,
        }
        if name in pseudo:
            return pseudo[name]
        if name in template()["Parameters"]:
            return self.parameters.get(name, self._defaults[name])
        kind = self.resources[name]["Type"]
        return self.arn(name) if kind == "AWS::SecretsManager::Secret" else self.physical(name)

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return {name: each.get("Default") for name, each in template()["Parameters"].items()}

"""Pick resources and permissions out of the template."""

from collections.abc import Iterator
from typing import Any


class Resources:
    """The template's resources by type."""

    def __init__(self, template: dict[str, Any]) -> None:
        self._all: dict[str, dict[str, Any]] = template["Resources"]

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self._all[name]

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every resource."""
        yield from self._all.items()

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The resources of one CloudFormation type, by name."""
        return {name: resource for name, resource in self._all.items() if resource["Type"] == kind}

    @property
    def functions(self) -> dict[str, dict[str, Any]]:
        """The properties of every function, by name."""
        found = self.of_type("AWS::Serverless::Function")
        return {name: resource["Properties"] for name, resource in found.items()}

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """Every table, by name."""
        return self.of_type("AWS::DynamoDB::Table")

    def events(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of each function's event of one kind, by function."""
        return {
            name: event["Properties"]
            for name, properties in self.functions.items()
            for event in properties.get("Events", {}).values()
            if event["Type"] == kind
        }

    def schedules(self) -> list[tuple[str, dict[str, Any]]]:
        """Every schedule's function and properties; a function may have several."""
        return [
            (name, event["Properties"])
            for name, properties in self.functions.items()
            for event in properties.get("Events", {}).values()
            if event["Type"] == "ScheduleV2"
        ]


def directory_of(function: str) -> str:
    """`GetBalanceFunction` → `get_balance`."""
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in function)
    return words.removesuffix("_function").removeprefix("_")


def statements(properties: dict[str, Any], resources: Resources) -> list[dict[str, Any]]:
    """Every statement of a function's policies, those it shares included."""
    found: list[dict[str, Any]] = []
    for policy in properties.get("Policies", []):
        if "Ref" in policy:
            policy = resources[policy["Ref"]]["Properties"]["PolicyDocument"]  # noqa: PLW2901 - follows the reference
        found += policy["Statement"]
    return found


def actions(statement: dict[str, Any]) -> list[str]:
    """The statement's actions as a list."""
    found = statement["Action"]
    return [found] if isinstance(found, str) else list(found)

"""Tables that a failed first deploy or a deleted stack left behind: listed, deleted, taken back.

Tables are named after their stack and outlive it, so that no mistake takes a ledger with it. What
is left of a first deploy that failed therefore stops the next one: "already exists".
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local.stack_layout import PROJECT
from local.template import read_template

NOTHING_IN_IT = ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "DELETE_COMPLETE")
"""States of a stack that never came up: it holds nothing, and can only be deleted."""
_TABLE = "AWS::DynamoDB::Table"


class Refused(Exception):
    """What is asked would touch something that is no leftover; the message says what."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A table of the template that exists although no stack holds it."""

    logical_id: str
    table: str
    empty: bool


class Leftovers:
    """The leftovers of the stack *name* in the account and region of the environment."""

    def __init__(self, name: str) -> None:
        self._stack = name
        self._dynamodb = boto3.client("dynamodb")
        self._cloud = boto3.client("cloudformation")

    def found(self) -> list[Leftover]:
        """The tables that were left behind. Raises `Refused` while the stack is in use."""
        self._require_no_stack()
        return [
            Leftover(logical_id, name, self._is_empty(name))
            for logical_id, name in sorted(table_names(self._stack).items())
            if self._exists(name)
        ]

    def clean(self) -> tuple[list[Leftover], list[Leftover]]:
        """Delete the leftovers without any item; return what was deleted, and what was kept.

        Raises `Refused` while the stack is in use.
        """
        found = self.found()
        self._delete_stack()
        deleted = [each for each in found if each.empty and self._delete_if_empty(each.table)]
        return deleted, [each for each in found if each not in deleted]

    def take_back(self) -> list[Leftover]:
        """Make the stack anew, of the leftovers alone, by CloudFormation's import.

        The next deploy is then an update, which finds its tables with all that is in them and adds
        the rest. Raises `Refused` while the stack is in use, and when nothing is left.
        """
        found = self.found()
        if not found:
            raise Refused(f"Of the stack {self._stack} nothing is left to take back.")
        self._delete_stack()
        name = "take-back"
        self._cloud.create_change_set(
            StackName=self._stack,
            ChangeSetName=name,
            ChangeSetType="IMPORT",
            TemplateBody=json.dumps(template_of([each.logical_id for each in found])),
            ResourcesToImport=[
                {
                    "ResourceType": _TABLE,
                    "LogicalResourceId": each.logical_id,
                    "ResourceIdentifier": {"TableName": each.table},
                }
                for each in found
            ],
        )
        made = self._cloud.get_waiter("change_set_create_complete")
        made.wait(StackName=self._stack, ChangeSetName=name)
        self._cloud.execute_change_set(StackName=self._stack, ChangeSetName=name)
        self._cloud.get_waiter("stack_import_complete").wait(StackName=self._stack)
        return found

    def _state(self) -> str | None:
        try:
            return self._cloud.describe_stacks(StackName=self._stack)["Stacks"][0]["StackStatus"]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise

    def _require_no_stack(self) -> None:
        state = self._state()
        if state is not None and state not in NOTHING_IN_IT:
            raise Refused(f"The stack {self._stack} is there ({state}): its tables are in use.")

    def _delete_stack(self) -> None:
        if self._state() is not None:
            self._cloud.delete_stack(StackName=self._stack)
            self._cloud.get_waiter("stack_delete_complete").wait(StackName=self._stack)

    def _exists(self, table: str) -> bool:
        try:
            self._dynamodb.describe_table(TableName=table)
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return False
        return True

    def _is_empty(self, table: str) -> bool:
        return not self._dynamodb.scan(TableName=table, ConsistentRead=True, Limit=1)["Items"]

    def _delete_if_empty(self, table: str) -> bool:
        """Take the protection off and delete; what got an item meanwhile is protected again."""
        self._protect(table, False)
        if not self._is_empty(table):
            self._protect(table, True)
            return False
        self._dynamodb.delete_table(TableName=table)
        self._dynamodb.get_waiter("table_not_exists").wait(TableName=table)
        return True

    def _protect(self, table: str, protected: bool) -> None:
        self._dynamodb.update_table(TableName=table, DeletionProtectionEnabled=protected)
        self._dynamodb.get_waiter("table_exists").wait(TableName=table)


def table_names(stack: str) -> dict[str, str]:
    """The names of a stack's tables by their logical ids."""
    return {
        logical_id: re.sub(
            r"\$\{AWS::StackName\}", stack, resource["Properties"]["TableName"]["Fn::Sub"]
        )
        for logical_id, resource in _tables().items()
    }


def template_of(logical_ids: Sequence[str]) -> dict[str, Any]:
    """A template of these tables alone, as the whole one has them: an import can add no more."""
    stored = {name: resource for name, resource in _tables().items() if name in logical_ids}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": stored}


def _tables() -> dict[str, dict[str, Any]]:
    resources: dict[str, dict[str, Any]] = read_template(PROJECT / "template.yaml")["Resources"]
    return {name: each for name, each in resources.items() if each["Type"] == _TABLE}

"""The template's tables, so that what tests create cannot drift from what is deployed."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from local.template import read_template

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
NAME_PREFIX = "${AWS::StackName}-"
CREATED = (
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "BillingMode",
    "StreamSpecification",
)
"""What of a table's properties a test's table has as well."""


@lru_cache(maxsize=1)
def template() -> dict[str, Any]:
    """Read the template; its short tags become mappings."""
    return read_template(TEMPLATE)


def tables() -> dict[str, dict[str, Any]]:
    """Return what `create_table` needs for each table, by its name without the stack's."""
    found: dict[str, dict[str, Any]] = {}
    for resource in template()["Resources"].values():
        if resource["Type"] != "AWS::DynamoDB::Table":
            continue
        properties = resource["Properties"]
        name = properties["TableName"]["Fn::Sub"].removeprefix(NAME_PREFIX)
        given = {each: properties[each] for each in CREATED if each in properties}
        if "StreamSpecification" in given:
            given["StreamSpecification"] = {"StreamEnabled": True, **given["StreamSpecification"]}
        found[name] = given
    return found

"""The template's tables, so that what tests create cannot drift from what is deployed."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

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


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short tags: `!Sub text` becomes `{"Sub": "text"}`."""


def _tagged(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {tag: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {tag: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tagged)


@lru_cache(maxsize=1)
def template() -> dict[str, Any]:
    """Read the template; its short tags become mappings."""
    loaded = yaml.load(TEMPLATE.read_text(), Loader=_Loader)  # noqa: S506 - derived from SafeLoader
    assert isinstance(loaded, dict)
    return loaded


def tables() -> dict[str, dict[str, Any]]:
    """Return what `create_table` needs for each table, by its name without the stack's."""
    found: dict[str, dict[str, Any]] = {}
    for resource in template()["Resources"].values():
        if resource["Type"] != "AWS::DynamoDB::Table":
            continue
        properties = resource["Properties"]
        name = properties["TableName"]["Sub"].removeprefix(NAME_PREFIX)
        given = {each: properties[each] for each in CREATED if each in properties}
        if "StreamSpecification" in given:
            given["StreamSpecification"] = {"StreamEnabled": True, **given["StreamSpecification"]}
        found[name] = given
    return found

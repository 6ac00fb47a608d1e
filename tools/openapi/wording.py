"""The words of the OpenAPI document: names of schemas, descriptions and examples of properties.

They stand in ``wording.toml``, outside the deployed layer: no function needs them to answer.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("wording.toml")
PREFIX = "#/components/schemas/"
DEPTH = 8
"""How deep schemas may lie in one another; ours lie four deep."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What ``wording.toml`` says."""

    names: Mapping[str, str]
    properties: Mapping[str, Mapping[str, Any]]
    models: Mapping[str, Mapping[str, Any]]
    operations: Mapping[str, Mapping[str, Any]]
    tags: Mapping[str, str]

    def name(self, model: str) -> str:
        """Return the name under which a model is published."""
        return self.names.get(model, model)

    def of_property(self, model: str, name: str) -> Mapping[str, Any]:
        """Return what is said of a property: of this model, or of all that have it."""
        return {**self.properties.get(name, {}), **self.properties.get(f"{model}.{name}", {})}


def wording(path: Path = FILE) -> Wording:
    """Read the words."""
    return Wording(**tomllib.loads(path.read_text(encoding="utf-8")))


def worded(definitions: Mapping[str, Any], words: Wording) -> dict[str, Any]:
    """Return schemas under their published names, each property described and with examples.

    Raises `ValueError` for a property of which nothing is said.
    """
    found = {name: _schema(name, schema, words) for name, schema in definitions.items()}
    renamed: dict[str, Any] = renamed_references(found, words)
    for name, schema in renamed.items():
        said = words.models.get(name, {})
        examples = said.get("examples") or [example_of(schema, renamed)]
        schema.update({key: value for key, value in said.items() if key != "examples"})
        schema["examples"] = examples
    return renamed


def _schema(model: str, schema: Mapping[str, Any], words: Wording) -> dict[str, Any]:
    found = {key: value for key, value in schema.items() if key != "title"}
    if "properties" in schema:
        found["properties"] = {
            name: _property(model, name, each, words) for name, each in schema["properties"].items()
        }
    return found


def _property(model: str, name: str, schema: Mapping[str, Any], words: Wording) -> dict[str, Any]:
    """Describe a property; a default that only says "absent" would make generators require it."""
    found = {key: value for key, value in schema.items() if key != "title"}
    if "default" in found and isinstance(found["default"], bool | None):
        del found["default"]
    found.update(words.of_property(model, name))
    if not found.get("examples", True):  # those that all have do not fit here
        del found["examples"]
    if "description" not in found:
        raise ValueError(f"wording.toml says nothing of {model}.{name}")
    return found


def renamed_references(value: Any, words: Wording) -> Any:
    """Return *value* with the published names in place of the models', as keys and references."""
    if isinstance(value, Mapping):
        return {
            words.name(key) if key in words.names else key: (
                PREFIX + words.name(each.removeprefix(PREFIX))
                if key == "$ref" and isinstance(each, str) and each.startswith(PREFIX)
                else renamed_references(each, words)
            )
            for key, each in value.items()
        }
    return [renamed_references(each, words) for each in value] if isinstance(value, list) else value


def example_of(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int = 0) -> Any:
    """Return an example of *schema*: its own, or one put together from those of its parts.

    Raises `ValueError` where a part has no example.
    """
    if depth > DEPTH:
        raise ValueError("schemas lie too deep in one another")
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return example_of(definitions[schema["$ref"].removeprefix(PREFIX)], definitions, depth + 1)
    for name in ("enum", "anyOf"):
        if name in schema:
            first = schema[name][0]
            return example_of(first, definitions, depth + 1) if name == "anyOf" else first
    match schema.get("type"):
        case "array":
            return [example_of(schema["items"], definitions, depth + 1)]
        case "object":
            return {
                name: example_of(each, definitions, depth + 1)
                for name, each in schema.get("properties", {}).items()
            }
        case "boolean":
            return False
    raise ValueError(f"no example of {schema}")


def references_in(value: Any) -> Iterator[str]:
    """Yield the name of every schema that *value* refers to."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key == "$ref" and isinstance(each, str) and each.startswith(PREFIX):
                yield each.removeprefix(PREFIX)
            else:
                yield from references_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from references_in(each)


def needed(paths: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schemas that *paths* lead to, by name."""
    found: dict[str, Any] = {}
    waiting = list(references_in(paths))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = definitions[name]
            waiting.extend(references_in(definitions[name]))
    return dict(sorted(found.items()))

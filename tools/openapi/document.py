"""Writes the OpenAPI 3.1 document from what functions declare and the routes in the template.

Run from the root of the project: ``python -m tools.openapi.document`` compares the committed
document with the code and fails if they differ; ``--write`` brings it up to date.
"""

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from prepaid.web.openapi_document import DOCUMENT
from prepaid.web.request import Spec
from pydantic.json_schema import models_json_schema

from tools.openapi.operations import Models, operation
from tools.openapi.shared import SCHEMAS, shared_components
from tools.openapi.wording import Wording, needed, renamed_references, worded, wording

if TYPE_CHECKING:
    import yaml

API_VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
_INFO = {
    "title": "Prepaid",
    "version": API_VERSION,
    "summary": "Prepaid credits for AI products.",
    "description": "Credits are decimal strings with two places. Every refusal is an RFC 9457 "
    "problem with a stable `code`; `x-problems` lists all codes.",
    "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
}
_SERVERS = [
    {"url": "/", "description": "Whoever serves this document."},
    {"url": "http://localhost:5001", "description": "The local stack, started by `make run`."},
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the template, and what its function declares."""

    method: str
    path: str
    function: str
    public: bool
    summary: str
    spec: Spec


def routes_in(template: Mapping[str, Any]) -> list[Route]:
    """Return the routes of all functions that are endpoints, by path and method.

    Raises `ValueError` where the template and a function disagree on who needs a token.
    """
    found = [
        route
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
        for event in resource["Properties"].get("Events", {}).values()
        if event["Type"] == "HttpApi" and (route := _route(resource["Properties"], event))
    ]
    for route in found:
        if route.public != route.spec.access.public:
            raise ValueError(f"{route.function}: template and @endpoint disagree on being public")
    return sorted(found, key=lambda route: (route.path, route.method))


def _route(function: Mapping[str, Any], event: Mapping[str, Any]) -> Route | None:
    name = Path(function["CodeUri"]).name
    module = importlib.import_module(f"functions.{name}.app")
    spec = getattr(module.handler, "spec", None)
    if spec is None:
        return None
    where = event["Properties"]
    return Route(
        method=where["Method"].lower(),
        path=where["Path"],
        function=name,
        public=where.get("Auth", {}).get("Authorizer") == "NONE",
        summary=(module.__doc__ or "").strip().splitlines()[0].partition(": ")[2],
        spec=spec,
    )


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the OpenAPI document of *routes*."""
    listed = list(routes)
    words = wording()
    models = _models(listed, words)
    paths: dict[str, dict[str, Any]] = {}
    for route in listed:
        paths.setdefault(route.path, {})[route.method] = {
            "operationId": route.function,
            **_said_of(route, words),
            **operation(route.spec, models, names=re.findall(r"{(\w+)}", route.path)),
        }
    shared = shared_components(models.definitions)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": _SERVERS,
        "tags": [{"name": name, "description": text} for name, text in words.tags.items()],
        "paths": paths,
        "components": {
            **shared["components"],
            "schemas": needed({**paths, "always": shared["always"]}, models.definitions),
        },
        "x-problems": shared["x-problems"],
    }


def _said_of(route: Route, words: Wording) -> dict[str, Any]:
    """Return summary, description and tag of an operation."""
    summary = route.summary[:1].upper() + route.summary[1:].rstrip(".")
    said = words.operations.get(route.function, {})
    return {
        "summary": summary,
        "description": said.get("description", f"{summary}."),
        "tags": [said["tag"]] if "tag" in said else [],
    }


def _models(routes: Iterable[Route], words: Wording) -> Models:
    taken = [
        (model, "validation")
        for route in routes
        for model in (route.spec.body, route.spec.query)
        if model is not None
    ]
    given = [(model, "serialization") for route in routes for model in route.spec.answers]
    unique: Any = list(dict.fromkeys([*taken, *given]))
    schemas, top = models_json_schema(unique, ref_template=_REF)
    found = needed({str(each): schema for each, schema in schemas.items()}, top.get("$defs", {}))
    references = {each: renamed_references(schema, words) for each, schema in schemas.items()}
    return Models(references=references, definitions=worded({**SCHEMAS, **found}, words))


def text_of(found: Mapping[str, Any]) -> str:
    """Write a document so that the same document is always the same text."""
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def read_template(path: Path) -> dict[str, Any]:
    """Read a CloudFormation template; short intrinsic functions are read as their argument."""
    import yaml  # noqa: PLC0415 - a development dependency, absent from the deployed layer

    # libyaml's parser is ten times as fast; PyYAML has it wherever its wheel was built with it
    fast: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(fast):  # type: ignore[misc, valid-type]  # chosen when it is imported
        """YAML with tags such as ``!Ref``."""

    def argument(loader: yaml.SafeLoader, _tag: str, node: "yaml.Node") -> Any:
        if isinstance(node, yaml.ScalarNode):
            return loader.construct_scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_mapping(cast("yaml.MappingNode", node), deep=True)

    Loader.add_multi_constructor("!", argument)
    text = path.read_text(encoding="utf-8")
    template: dict[str, Any] = yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader
    return template


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare or write the committed document; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--template", type=Path, default=Path("template.yaml"))
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    parser.add_argument("--write", action="store_true", help="replace the committed document")
    chosen = parser.parse_args(arguments)
    text = text_of(document(routes_in(read_template(chosen.template))))
    if chosen.write:
        chosen.output.write_text(text, encoding="utf-8")
        return 0
    if chosen.output.exists() and chosen.output.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{chosen.output} is out of date: python -m tools.openapi.document --write\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""Draw changes of modules with Cosmic Ray; run in its own environment, which knows nothing of ours.

Reads ``{"seed": …, "areas": {area: {"files": […], "count": n}}}`` and writes a list of changes. A
place is drawn first and then what it becomes, so that an operator with many others in its stead
does not come more often. What only declares (annotations, slots) is not changed.
"""

import ast
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast  # type: ignore[import-not-found]  # not in our environment
from cosmic_ray.mutating import mutate_code  # type: ignore[import-not-found]  # as above
from cosmic_ray.plugins import get_operator, operator_names  # type: ignore[import-not-found]  # as above

type Place = tuple[str, str, tuple[int, int]]
"""A file, the kind of a change, and where it is."""


class WithoutAnnotations(ast.NodeTransformer):
    """Takes annotations and declarations of types away, which no run evaluates."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "dataclass":
            node.keywords = [each for each in node.keywords if each.arg == "order"]
        return self.generic_visit(node)

    def visit_TypeAlias(self, _: ast.TypeAlias) -> None:
        return None

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if "TYPE_CHECKING" in ast.unparse(node.test) else self.generic_visit(node)


def meaning(text: str) -> str:
    """Return what a module does, without what only declares."""
    return ast.dump(WithoutAnnotations().visit(ast.parse(text)))


def places(file: str) -> Iterator[tuple[Place, str, int]]:
    """Go through what can be changed in a file: place, operator, and which of the operator's."""
    tree = get_ast(Path(file).read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        made = operator()
        found = (start for node in nodes for start, _ in made.mutation_positions(node))
        for occurrence, start in enumerate(found):
            yield (file, name.partition("_")[0], start), name, occurrence


def drawn(files: list[str], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Draw changes of some files, at most one at a place."""
    found: dict[Place, list[tuple[str, int]]] = {}
    for file in files:
        for place, name, occurrence in places(file):
            found.setdefault(place, []).append((name, occurrence))
    order = sorted(found)
    chance.shuffle(order)
    for file, _, start in order:
        if not count:
            return
        name, occurrence = chance.choice(found[file, _, start])
        text = Path(file).read_text(encoding="utf-8")
        try:
            changed = mutate_code(text, get_operator(name)(), occurrence)
            same = changed is None or meaning(changed) == meaning(text)
        except (AttributeError, SyntaxError):  # an operator fails on what it took for another node
            continue
        if not same:
            count -= 1
            yield {"file": file, "line": start[0], "operator": name, "text": changed}


def main() -> None:
    """Answer what is asked on the standard input."""
    asked = json.load(sys.stdin)
    chance = random.Random(asked["seed"])  # noqa: S311 - a sample, no secret
    made = [
        {"area": area, **change}
        for area, more in sorted(asked["areas"].items())
        for change in drawn(sorted(more["files"]), more["count"], chance)
    ]
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()

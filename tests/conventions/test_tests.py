"""Every test can fail: it asserts something, itself or through a helper."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.for_each import for_each

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted(TESTS.rglob("test_*.py"))
FAILS = {
    "assert_no_pending_responses",
    "raises",
    "warns",
    "fail",
    "validate",
    "validate_response",
    "run_state_machine_as_test",
}
"""Calls of libraries that fail a test."""
type Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def functions(path: Path) -> list[Function]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


@cache
def called(function: Function) -> set[str]:
    """Return the last name of everything that a function calls, and `assert` where it asserts."""
    names = set()
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                names.add(name)
            case ast.Assert():
                names.add("assert")
    return names


@cache
def failing() -> set[str]:
    """Return the names of what can fail a test: helpers that assert, or call one that does."""
    helpers = [
        each
        for path in TESTS.rglob("*.py")
        for each in functions(path)
        if not each.name.startswith("test_")
    ]
    names = {"assert", *FAILS}
    while more := {each.name for each in helpers if called(each) & names} - names:
        names |= more
    return names


@for_each(FILES)
def test_every_test_asserts(path: Path) -> None:
    tests = [each for each in functions(path) if each.name.startswith("test_")]

    idle = [each.name for each in tests if not called(each) & failing()]

    assert idle == []


def test_every_file_that_fails_is_named_once() -> None:
    @for_each(FILES[:3])
    def is_the_first(path: Path) -> None:
        assert path == FILES[0]

    with pytest.raises(ExceptionGroup) as failed:
        is_the_first()

    assert len(failed.value.exceptions) == 2
    assert FILES[1].name in str(failed.value)
    assert FILES[2].name in str(failed.value)


def test_no_test_depends_on_how_fast_an_example_is() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    own = {
        (path.name, deadline)
        for path in TESTS.rglob("*.py")
        for deadline in re.findall(
            r"settings\([^()]*\bdeadline=(\w+)", path.read_text(encoding="utf-8")
        )
    }
    assert "test_outbox.py" in {name for name, _ in own}
    assert {deadline for _, deadline in own} == {"None"}

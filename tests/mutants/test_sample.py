"""A sample is of every area, and the tests that run a changed line say whether they saw it."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from coverage import CoverageData

from tests.mutants import sample
from tests.mutants.contexts import Contexts, statement
from tests.mutants.mutant import ROOT
from tests.mutants.runner import INTERRUPTED, Result

FILE = "layers/prepaid/prepaid/domain/pricing.py"


def contexts(tmp_path: Path, lines: dict[str, list[int]]) -> Contexts:
    """Return contexts in which each test ran some lines of a file."""
    data = CoverageData(str(tmp_path / "contexts"))
    for test, ran in lines.items():
        data.set_context(f"{test}|run" if test else "")
        data.add_lines({f"/elsewhere/{FILE}": ran})
    data.write()
    return Contexts(tmp_path / "contexts")


def change(line: int = 3) -> dict[str, Any]:
    text = (ROOT / FILE).read_text(encoding="utf-8")
    return {
        "area": "rules",
        "file": FILE,
        "line": line,
        "text": text.replace("ONE = ", "ONE = - ", 1),
    }


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("layers/prepaid/prepaid/domain/pricing.py", "rules"),
        ("layers/prepaid/prepaid/payments/facts.py", "use cases"),
        ("layers/prepaid/prepaid/payments/web/purchases.py", "web"),
        ("layers/prepaid/prepaid/web/paging.py", "web"),
        ("layers/prepaid/prepaid/inbox/dynamodb.py", "DynamoDB adapters"),
        ("layers/prepaid/prepaid/ledger/dynamodb/store.py", "DynamoDB adapters"),
        ("layers/prepaid/prepaid/payments/stripe/events.py", "Stripe adapter"),
        ("layers/prepaid/prepaid/runtime/wiring/ledger.py", "runtime"),
        ("functions/get_balance/app.py", "functions"),
    ],
)
def test_a_module_is_of_the_area_of_its_kind(file: str, name: str) -> None:
    assert file in sample.areas()[name]


def test_as_many_changes_are_drawn_of_each_area(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def run(_: object, *, input: str, **__: object) -> Any:  # noqa: A002 - subprocess's own name
        asked.append(json.loads(input))
        return SimpleNamespace(stdout=json.dumps([change()]))

    monkeypatch.setattr(subprocess, "run", run)

    [drawn] = sample.drawn("a", 100)
    sample.drawn("a", 10, "rules")

    assert {each["count"] for each in asked[0]["areas"].values()} == {13}
    assert asked[1]["areas"].keys() == {"rules"}
    assert drawn.defence.startswith(f"{FILE}:3: ONE = ")
    assert " → ONE = - " in drawn.defence


def test_the_tests_that_run_a_line_are_tried_the_most_specific_first(tmp_path: Path) -> None:
    lines = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
    line, imported = (
        next(number for number, text in enumerate(lines, start=1) if text.startswith(begins))
        for begins in ("    return ", "ONE = ")
    )
    ran = contexts(
        tmp_path, {"wide": [line, 1, 2, 3], "other": [4], "close": [line], "": [imported]}
    )

    assert ran.tests(FILE, line) == ["close", "wide"]
    assert ran.tests(FILE, imported) == ["close", "other", "wide"], "at import: who runs the module"
    assert ran.tests("layers/prepaid/prepaid/domain/none.py", 1) == []


def test_a_line_stands_for_its_statement() -> None:
    lines = (ROOT / "functions/settle_due/app.py").read_text(encoding="utf-8").splitlines()
    first = next(n for n, text in enumerate(lines, start=1) if "settlement = Settlement(" in text)

    assert statement("functions/settle_due/app.py", first + 2) == first


@pytest.mark.parametrize(
    ("code", "text"), [(0, sample.SURVIVED), (1, sample.KILLED), (INTERRUPTED, sample.ENDLESS)]
)
def test_what_the_tests_say_is_the_verdict_and_the_copy_is_put_back(
    code: int, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sample.mutant(change(), 1)
    module = tmp_path / made.file
    module.parent.mkdir(parents=True)
    sound = (ROOT / made.file).read_text(encoding="utf-8")
    module.write_text(sound, encoding="utf-8")
    seen: list[bool] = []

    def tested_within(seconds: float, tests: list[str], _: Path) -> tuple[int, str]:
        seen.append(module.read_text(encoding="utf-8") == sound)
        assert (seconds, tests) == (60, ["-x", "close"])
        return code, ""

    monkeypatch.setattr(sample, "tested_within", tested_within)

    assert sample.Trial(contexts(tmp_path, {"close": [3]}))(made, tmp_path) == text
    assert seen == [False]
    assert module.read_text(encoding="utf-8") == sound


def test_a_line_that_no_test_runs_is_said_to_be_untested(tmp_path: Path) -> None:
    made = sample.mutant(change(), 1)

    assert sample.Trial(contexts(tmp_path, {"": [1]}))(made, tmp_path) == sample.UNTESTED


def test_what_was_seen_is_counted_for_each_area() -> None:
    made = sample.mutant(change(), 1)
    done = [Result(made, each, 1.0) for each in (sample.KILLED, sample.SURVIVED, sample.ENDLESS)]

    assert sample.counted(done).splitlines() == [
        "rules                2 of   3",
        "all                  2 of   3",
    ]

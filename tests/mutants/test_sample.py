"""A sample is of every area, and the tests that run a changed line say whether they saw it."""

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from coverage import CoverageData

from tests.mutants import contexts as contexts_module
from tests.mutants import sample
from tests.mutants.contexts import Contexts, Part, parts, statement
from tests.mutants.mutant import ROOT
from tests.mutants.runner import DID_NOT_END, Result

FILE = "layers/prepaid/prepaid/domain/pricing.py"


def contexts(
    tmp_path: Path,
    lines: dict[str, list[int]],
    seconds: dict[str, float] | None = None,
    red: str = "",
    file: str = FILE,
) -> Contexts:
    """Return contexts in which each test ran some lines of a file; each took a second or so."""
    part = Part("pricing", tmp_path / "pricing.coverage", tmp_path / "pricing.xml")
    data = CoverageData(str(part.lines))
    suites = ET.Element("testsuites")
    for test in lines | (seconds or {}):
        data.set_context(f"{test}|run" if test else "")
        data.add_lines({f"/elsewhere/{file}": lines.get(test, [])})
        module, _, name = test.partition("::")
        took = str((seconds or {}).get(test, 1.0))
        case = ET.SubElement(suites, "testcase", {"file": module, "name": name, "time": took})
        if test == red:
            ET.SubElement(case, "failure")
    data.write()
    ET.ElementTree(suites).write(part.times)
    return Contexts([part])


def change(line: int = 3) -> dict[str, Any]:
    text = (ROOT / FILE).read_text(encoding="utf-8")
    return {
        "area": "rules",
        "file": FILE,
        "line": line,
        "text": text.replace("ONE = ", "ONE = - ", 1),
    }


def runs(begins: str) -> int:
    """Return the first line of the module that begins so."""
    lines = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, text in enumerate(lines, start=1) if text.startswith(begins))


MADE = sample.mutant(change(), 1)


def placed(place: Path) -> Path:
    """Copy the module that is changed to *place*."""
    module = place / FILE
    module.parent.mkdir(parents=True)
    module.write_text((ROOT / FILE).read_text(encoding="utf-8"), encoding="utf-8")
    return module


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


def test_as_many_changes_are_drawn_of_each_area_and_each_sample_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sample, "TOOL", tmp_path)
    asked: list[dict[str, Any]] = []

    def run(_: object, *, input: str, **__: object) -> Any:  # noqa: A002 - subprocess's own name
        asked.append(json.loads(input))
        return SimpleNamespace(stdout=json.dumps([change()]))

    monkeypatch.setattr(subprocess, "run", run)

    [drawn] = sample.drawn("a", 100)
    sample.drawn("a", 10, "rules")
    assert sample.drawn("a", 100) == [drawn]

    assert len(asked) == 2
    assert {each["count"] for each in asked[0]["areas"].values()} == {13}
    assert asked[1]["areas"].keys() == {"rules"}
    assert drawn.defence.startswith(f"{FILE}:3: ONE = ")
    assert " → ONE = - " in drawn.defence


def test_the_tests_that_run_a_line_are_tried_the_most_specific_first(tmp_path: Path) -> None:
    line, imported = runs("    return "), runs("ONE = ")
    ran = contexts(
        tmp_path,
        {"t::wide": [line, 1, 2, 3], "t::other": [4, imported], "t::close": [line], "": [imported]},
    )

    assert ran.portions(FILE, line) == [["t::close", "t::wide"]]
    whole = [["t::close", "t::other", "t::wide"]]
    assert ran.portions(FILE, imported) == whole, "at import: who runs the module, first or not"
    assert ran.portions("layers/prepaid/prepaid/domain/none.py", 1) == []


def test_tests_are_tried_in_portions_and_only_those_that_are_green(tmp_path: Path) -> None:
    line = runs("    return ")
    lines = {
        "t::long": [line],
        "t::red": [line],
        "t::longer": [line, 1],
        "t::short": [line, 1, 2],
    }
    ran = contexts(tmp_path, lines, {"t::long": 8.0, "t::longer": 6.0, "t::short": 4.0}, "t::red")

    assert ran.portions(FILE, line) == [["t::long"], ["t::longer", "t::short"]]


def test_a_declaration_of_a_function_is_tried_with_tests_that_name_it(tmp_path: Path) -> None:
    file = "functions/create_hold/app.py"
    named, other = "t::key[None-create_hold]", "t::key[None-void_hold]"
    ran = contexts(tmp_path, {"t::runs": [30]}, file=file, seconds={named: 1.0, other: 1.0})

    assert ran.portions(file, 1) == [[named, "t::runs"]]


def test_a_constant_is_tried_with_tests_that_name_it(tmp_path: Path) -> None:
    named, other = "t::figure[domain.pricing.ONE]", "t::figure[domain.pricing_of.ONE]"
    line = runs("ONE = ")
    ran = contexts(tmp_path, {"t::runs": [line]}, seconds={named: 1.0, other: 1.0})

    assert ran.portions(FILE, line) == [[named, "t::runs"]]


def test_what_is_sent_is_tried_with_the_committed_document(tmp_path: Path) -> None:
    file = "layers/prepaid/prepaid/web/email.py"
    document = f"{contexts_module.DOCUMENTED}test_it"
    ran = contexts(tmp_path, {"t::runs": [9]}, file=file, seconds={document: 1.0, "t::other": 1.0})

    assert ran.portions(file, 9) == [[document, "t::runs"]]


def test_a_change_is_tried_until_a_portion_is_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(tmp_path)
    codes = iter([0, 1])
    answers = ((code, "FAILED t::b") for code in codes)
    monkeypatch.setattr(sample, "tested_within", lambda *_, **__: next(answers))
    long = dict.fromkeys(("t::a", "t::b", "t::c"), 9.0)
    trial = sample.Trial(contexts(tmp_path, {each: [3] for each in long}, long), tmp_path / "seen")

    assert trial(MADE, tmp_path) == "killed by t::b"


def test_a_line_stands_for_its_statement() -> None:
    lines = (ROOT / "functions/settle_due/app.py").read_text(encoding="utf-8").splitlines()
    first = next(n for n, text in enumerate(lines, start=1) if "settlement = Settlement(" in text)

    assert statement("functions/settle_due/app.py", first + 2) == first


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ([0], sample.SURVIVED),
        ([1], "killed by t::close[1]"),
        ([4], "killed by every test"),
        ([DID_NOT_END, 0], sample.ENDLESS),
        ([DID_NOT_END, DID_NOT_END], sample.TOO_SLOW),
    ],
)
def test_what_the_tests_say_is_the_verdict_and_the_copy_is_put_back(
    codes: list[int], verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = placed(tmp_path)
    sound = module.read_text(encoding="utf-8")
    seen: list[bool] = []

    def tested_within(
        seconds: float, tests: list[str], _: Path, **variables: str
    ) -> tuple[int, str]:
        seen.append(module.read_text(encoding="utf-8") == sound)
        assert seconds == (30 if seen[-1] else 60), "soon, where there is no change"
        assert (tests, variables) == (["-x", "t::close"], {"SHORT_TESTS": "1"})
        code = codes[len(seen) - 1]
        return code, "FAILED t::close[1] - assert 1" if code == 1 else ""

    monkeypatch.setattr(sample, "tested_within", tested_within)
    trial = sample.Trial(contexts(tmp_path, {"t::close": [3]}), tmp_path / "seen")

    assert trial(MADE, tmp_path) == verdict
    assert seen == [False, True][: len(codes)], "a change, then none to compare with"
    assert module.read_text(encoding="utf-8") == sound


@pytest.mark.parametrize(("code", "tries"), [(0, 2), (1, 1)])
def test_only_what_survived_is_tried_again(
    code: int, tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(tmp_path)
    tried: list[int] = []

    def tested_within(*_: object, **__: str) -> tuple[int, str]:
        tried.append(1)
        return code, "FAILED t::close"

    monkeypatch.setattr(sample, "tested_within", tested_within)
    trial = sample.Trial(contexts(tmp_path, {"t::close": [3]}), tmp_path / "seen")

    assert trial(MADE, tmp_path) == trial(MADE, tmp_path)
    assert len(tried) == tries


def test_a_line_that_no_test_runs_is_said_to_be_untested(tmp_path: Path) -> None:
    trial = sample.Trial(contexts(tmp_path, {"": [1]}), tmp_path / "seen")

    assert trial(MADE, tmp_path) == sample.UNTESTED


def test_what_was_seen_is_counted_for_each_area() -> None:
    verdicts = ("killed by t::a", sample.SURVIVED, sample.ENDLESS, sample.UNTESTED, sample.TOO_SLOW)

    assert sample.counted([Result(MADE, each, 1.0) for each in verdicts]).splitlines() == [
        "rules                2 of   5",
        "all                  2 of   5",
    ]


def test_a_part_is_run_again_only_when_its_tests_or_the_code_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("functions/a.py", "tests/one/test_a.py", "tests/two/test_b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "tests/e2e").mkdir()
    (tmp_path / "tests/e2e/test_stack.py").write_text("")
    monkeypatch.setattr(contexts_module, "ROOT", tmp_path)

    one, two = parts(tmp_path)
    for path in (one.lines, one.times):
        path.write_text("")
    assert [each.is_kept() for each in parts(tmp_path)] == [True, False]

    (tmp_path / "tests/two/test_b.py").write_text("another")
    changed, other = parts(tmp_path)
    assert (changed, changed.is_kept()) == (one, True)
    assert other != two

    (tmp_path / "functions/a.py").write_text("another")
    assert [each.is_kept() for each in parts(tmp_path)] == [False, False]

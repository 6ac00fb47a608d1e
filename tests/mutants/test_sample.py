"""A sample is the same for a seed, and each of its changes is one change of one module."""

import ast
import difflib
from pathlib import Path

import pytest

from tests.mutants import sample
from tests.mutants.mutant import ROOT


def test_a_seed_draws_the_same_changes_and_another_seed_others() -> None:
    assert sample.drawn("a", 12) == sample.drawn("a", 12)
    assert sample.drawn("a", 12) != sample.drawn("b", 12)


def test_a_change_is_one_line_of_python_that_says_what_it_is() -> None:
    for each in sample.drawn("c0ffee", 40):
        text = (ROOT / each.file).read_text(encoding="utf-8")
        before = ast.unparse(ast.parse(text)).splitlines()
        after = ast.unparse(ast.parse(each.applied(text))).splitlines()

        lines = [line for line in difflib.ndiff(before, after) if line[:2] == "+ "]

        assert len(lines) == 1, each.defence
        assert " → " in each.defence


def test_only_rules_and_use_cases_are_changed() -> None:
    modules = sample.pure_modules()

    assert sample.PACKAGE / "domain/pricing.py" in modules
    assert sample.PACKAGE / "payments/clawback.py" in modules
    assert not {"dynamodb.py", "web.py", "ports.py", "eventbridge.py"} & {m.name for m in modules}


@pytest.mark.parametrize(
    ("code", "text"), [(0, sample.SURVIVED), (1, sample.KILLED), (2, sample.ENDLESS)]
)
def test_what_the_tests_say_is_the_verdict_and_the_copy_is_put_back(
    code: int, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [change] = sample.drawn("a", 1)
    module = tmp_path / change.file
    module.parent.mkdir(parents=True)
    sound = (ROOT / change.file).read_text(encoding="utf-8")
    module.write_text(sound, encoding="utf-8")
    seen: list[bool] = []

    def tested(*_: object) -> tuple[int, str]:
        seen.append(module.read_text(encoding="utf-8") == sound)
        return code, ""

    monkeypatch.setattr(sample, "tested", tested)

    assert sample.verdict(change, tmp_path) == text
    assert not any(seen)
    assert module.read_text(encoding="utf-8") == sound

"""What `python -m tests.mutants` is asked for, and what it refuses."""

from collections.abc import Sequence

import pytest

from tests.mutants import __main__ as command
from tests.mutants.mutant import Mutant, read_tables


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Mutant]:
    """Collect what would be tried, and try nothing."""
    collected: list[Mutant] = []

    def collect(mutants: Sequence[Mutant], _: int) -> int:
        collected.extend(mutants)
        return 0

    monkeypatch.setattr(command, "tried", collect)
    return collected


def test_everything_is_tried_when_nothing_is_chosen(tried: list[Mutant]) -> None:
    assert command.main([]) == 0

    assert tried == read_tables()


def test_names_and_features_choose(tried: list[Mutant]) -> None:
    command.main(["--feature", "pricing", "--feature", "posting", "carry-kept", "namespaces"])

    assert [each.name for each in tried] == ["namespaces", "carry-kept"]


def test_a_few_are_one_of_each_feature_and_the_seed_is_told(
    tried: list[Mutant], capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--few", "--seed", "abc"])

    assert [each.feature for each in tried] == sorted({m.feature for m in read_tables()})
    assert "make mutants few=1 seed=abc" in capsys.readouterr().out


def test_without_a_seed_the_commit_draws(
    tried: list[Mutant], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "commit", lambda: "c0ffee")

    command.main(["--few", "--feature", "web"])

    assert [each.feature for each in tried] == ["web"]
    assert "drawn by c0ffee" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["no-such-mutant"], "there is no mutant no-such-mutant"),
        (["--feature", "nothing"], "there is no table nothing"),
        (["--feature", "web", "carry-kept"], "no mutant is of these names and of this feature"),
    ],
)
def test_what_is_not_there_is_refused(
    arguments: list[str], why: str, tried: list[Mutant], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(arguments)

    assert why in capsys.readouterr().err
    assert tried == []


def test_without_a_seed_and_a_commit_nothing_is_drawn(
    tried: list[Mutant], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "commit", str)

    with pytest.raises(SystemExit, match="2"):
        command.main(["--few"])

    assert tried == []

"""What clients rely on is stored, and what would break one stands in the changelog."""

import json
from pathlib import Path
from typing import Any

import pytest
from prepaid.web.openapi_document import openapi_text

from tools.openapi import relied_on
from tools.openapi.contract import contract


def operation(**fields: Any) -> dict[str, Any]:
    """Return the contract of one operation that answers with some fields."""
    answers = {"200": {"application/json": {"type": "object", "properties": fields}}}
    promised = {
        "public": False,
        "parameters": {},
        "body_required": False,
        "body": {},
        "answers": answers,
        "codes": [],
    }
    return {"operations": {"POST things": promised}, "schemas": {}}


BEFORE, WITHOUT = operation(note={"type": "string"}), operation()
LINE = "- **Clients:** `POST things` has no `note`\n  any more.\n"


@pytest.mark.parametrize(
    ("changelog", "left"),
    [
        (f"## [Unreleased]\n\n### Changed\n{LINE}", []),
        ("## [Unreleased]\n- **Clients:** in every operation no\n  `note`.\n- More.\n", []),
        ("## [Unreleased]\n- `POST things` has no `note`.\n", ["note"]),
        ("## [Unreleased]\n- **Clients:** `POST things`.\n- More of `note`.\n", ["note"]),
        ("## [Unreleased]\n- **Clients:** `GET things` has no `note`.\n", ["note"]),
        ("## [Unreleased]\n- **Clients:** `POST things` has no note.\n", ["note"]),
        (f"## [Unreleased]\n\n## [1.0.0]\n{LINE}", ["note"]),
        ("", ["note"]),
    ],
)
def test_a_break_is_named_by_a_line_to_clients_in_what_is_unreleased(
    changelog: str, left: list[str]
) -> None:
    assert [each.name for each in relied_on.unnamed(BEFORE, WITHOUT, changelog)] == left


@pytest.mark.fault(
    "G50.2",
    "A change of the API would break a client of the first release, or of what came since",
    "It is refused until a line of the changelog names operation and field",
)
@pytest.mark.parametrize("stored", [relied_on.FIRST_RELEASE, relied_on.SINCE])
def test_what_would_break_a_client_of_ours_stands_in_the_changelog(stored: Path) -> None:
    before, offered = relied_on.stored(stored), contract(json.loads(openapi_text()))

    assert len(before["operations"]) >= 17
    assert list(map(str, relied_on.unnamed(before, offered, changelog()))) == []


def changelog() -> str:
    return relied_on.CHANGELOG.read_text(encoding="utf-8")


def test_everything_that_is_offered_is_relied_on_from_now_on() -> None:
    offered = contract(json.loads(openapi_text()))

    assert relied_on.stored(relied_on.SINCE) == offered, "run: make openapi"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file, lines = tmp_path / "since.json", tmp_path / "CHANGELOG.md"
    offered = contract(json.loads(openapi_text()))
    offered["operations"]["GET config"]["codes"].append("418 teapot")
    file.write_text(json.dumps(offered), encoding="utf-8")
    lines.write_text("## [Unreleased]\n", encoding="utf-8")
    monkeypatch.setattr(relied_on, "SINCE", file)
    monkeypatch.setattr(relied_on, "CHANGELOG", lines)
    return file


@pytest.mark.fault("G50.2")
def test_what_clients_rely_on_is_stored_anew_only_when_each_break_is_named(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = store.read_text(encoding="utf-8")

    refused, unchanged = relied_on.main(), store.read_text(encoding="utf-8")
    said = capsys.readouterr().err
    relied_on.CHANGELOG.write_text("## [Unreleased]\n- **Clients:** `GET config`: no `teapot`.\n")
    done = relied_on.main()

    assert (refused, done, unchanged) == (1, 0, before)
    assert "GET config: no longer refuses with 418 teapot" in said
    assert relied_on.stored(store) == contract(json.loads(openapi_text()))

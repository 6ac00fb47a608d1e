"""Holds the API to what clients rely on: what breaks one is named in the changelog, or refused.

Two contracts are stored: of the first release, and of what has been offered since. ``make openapi``
adds what is new to the second one, and takes nothing out of it that the changelog does not name.
A line of the changelog names a break when it begins with ``**Clients:**`` and has the break's name
and its operation (or ``every operation``) in it: ``- **Clients:** `GET balance` has no `level` ``.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prepaid.web.openapi_document import openapi_text

from tools.openapi.breaks import Break, breaks
from tools.openapi.contract import contract

FOLDER = Path(__file__).parent / "relied_on"
FIRST_RELEASE, SINCE = FOLDER / "first_release.json", FOLDER / "since.json"
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
_MARK = "- **Clients:**"


def unnamed(before: Mapping[str, Any], now: Mapping[str, Any], changelog: str) -> list[Break]:
    """Return what breaks clients of *before* and stands in no line of what is unreleased."""
    lines = list(_lines(changelog))
    return [each for each in breaks(before, now) if not any(_names(line, each) for line in lines)]


def _lines(changelog: str) -> Iterator[str]:
    """Go through what the unreleased part says to clients, a text for each item."""
    unreleased = changelog.partition("## [Unreleased]")[2].partition("\n## [")[0]
    for item in re.split(r"\n(?=- |#)", unreleased):
        if item.startswith(_MARK):
            yield item


def _names(line: str, found: Break) -> bool:
    everywhere = "every operation" in line
    return f"`{found.name}`" in line and (everywhere or f"`{found.operation}`" in line)


def stored(path: Path) -> dict[str, Any]:
    """Return a contract that was stored."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def text_of(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a contract as it is stored: each operation and each schema is a line."""
    parts = [
        f"{json.dumps(part)}: {{\n"
        + ",\n".join(
            f" {json.dumps(name)}: {json.dumps(members[name], sort_keys=True)}"
            for name in sorted(members)
        )
        + "\n}"
        for part, members in sorted(found.items())
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> int:
    """Store what is offered now; return 1 if that breaks clients without a word."""
    now = contract(json.loads(openapi_text()))
    left = unnamed(stored(SINCE), now, CHANGELOG.read_text(encoding="utf-8"))
    for each in left:
        sys.stderr.write(f"breaks clients, and CHANGELOG.md has no line of it: {each}\n")
    if not left:
        SINCE.write_text(text_of(now), encoding="utf-8")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

"""Vapi's messages, read from the files that its SDK's models wrote, and changed at a path."""

import copy
import json
from enum import Enum
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).parents[1] / "calls" / "messages"
CALL_ID = "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f"
NUMBER_ID = "5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10"
CAMPAIGN_ID = "c4a1b2d3-0000-4000-8000-000000000001"
NAMES = sorted(path.stem for path in MESSAGES.glob("*.json") if not path.stem.startswith("call."))


class Absent(Enum):
    """What stands for a field that is not there."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


def message(name: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a body; *changes* say what stands at paths such as ``call/startedAt``."""
    body = copy.deepcopy(json.loads((MESSAGES / f"{name}.json").read_text()))
    for path, value in (changes or {}).items():
        put(body.get("message", body), path, value)
    return dict(body)


def put(parent: dict[str, Any], path: str, value: object) -> None:
    """Let *value* stand at a path; `ABSENT` takes away what stands there."""
    *above, last = path.split("/")
    for name in above:
        parent = parent.setdefault(name, {})
    if value is ABSENT:
        parent.pop(last, None)
    else:
        parent[last] = value


def raw(body: object) -> bytes:
    """Write a body as it is sent."""
    return json.dumps(body).encode()

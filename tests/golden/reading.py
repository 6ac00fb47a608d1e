"""Items as they stand in tables, word for word: nobody may change a file below this folder."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def stored(release: str, name: str) -> Any:
    """Return what a release wrote: one item, or a list of them."""
    return json.loads((HERE / release / f"{name}.json").read_text(encoding="utf-8"))

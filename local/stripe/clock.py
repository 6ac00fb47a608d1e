"""The real time, moved by the seconds in the file that CLOCK_FILE names."""

import os
import time
from pathlib import Path


def now() -> int:
    """Epoch seconds; a missing, empty or unreadable file moves nothing."""
    path = os.environ.get("CLOCK_FILE")
    if not path:
        return int(time.time())
    try:
        return int(time.time()) + int(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return int(time.time())

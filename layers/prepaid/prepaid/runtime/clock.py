"""The time now; on a local stack it can be shifted."""

import time
from pathlib import Path

from prepaid.domain.credits import Instant
from prepaid.runtime.settings import settings


def now() -> Instant:
    """Return the time, shifted by the seconds in the file that `CLOCK_FILE` names, if it is set."""
    return Instant(int(time.time()) + _shift(settings.clock_file))


def _shift(clock_file: str) -> int:
    if not clock_file:
        return 0
    try:
        return int(Path(clock_file).read_text(encoding="ascii").strip() or "0")
    except FileNotFoundError:
        return 0

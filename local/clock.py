"""Shift the clock of every function of the local stack."""

import argparse
import re
from datetime import UTC, datetime, timedelta

from local.stack_layout import StackLayout

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_FURTHEST_SECONDS = 3_650 * 86_400
_STEP = re.compile(r"(\d{1,9})([smhd]?)")


def offset(layout: StackLayout) -> int:
    """Seconds that the functions' clock is ahead of this machine's."""
    try:
        return int(layout.clock_file.read_text())
    except FileNotFoundError:
        return 0


def forward(layout: StackLayout, plus: str) -> None:
    """Move the clock *plus* (`90s`, `30m`, `2h`, `10d`) further ahead; `0` returns to real time.

    Raises SystemExit when *plus* is no such step.
    """
    match = _STEP.fullmatch(plus)
    if match is None:
        raise SystemExit(f"plus={plus!r}: use a number of s, m, h or d such as 2h, or 0")
    seconds = int(match[1]) * _UNITS[match[2] or "s"]
    ahead = offset(layout) + seconds if seconds else 0
    if ahead > _FURTHEST_SECONDS:
        raise SystemExit(f"plus={plus!r}: the clock goes at most ten years ahead (3650d)")
    layout.directory.mkdir(parents=True, exist_ok=True)
    layout.clock_file.write_text(str(ahead))


def main() -> None:
    """Show the functions' clock, after moving it when asked to."""
    parser = argparse.ArgumentParser(prog="make clock", description=__doc__)
    parser.add_argument("plus", nargs="?", help="further ahead by 90s, 30m, 2h, 10d; 0 resets")
    plus = parser.parse_args().plus
    layout = StackLayout.from_environment()
    before = offset(layout)
    if plus:
        forward(layout, plus)
    ahead = offset(layout)
    now = datetime.now(UTC) + timedelta(seconds=ahead)
    lead = f"{timedelta(seconds=ahead)} ahead" if ahead else "real time"
    print(f"{now:%Y-%m-%dT%H:%M:%SZ} ({lead})")
    if ahead < before:
        print(_what_stays(layout, now + timedelta(seconds=before)))


def _what_stays(layout: StackLayout, reached: datetime) -> str:
    return (
        "What was written while the clock was ahead stays. An account that was used in that time\n"
        "keeps the time of its last entry until real time has passed it, which is at the latest\n"
        f"{reached:%Y-%m-%dT%H:%M:%SZ}; what ended there has ended.\n"
        f"Other accounts are in real time. To forget everything: `{layout.make('reset')}`."
    )


if __name__ == "__main__":
    main()

"""Runs the command line: `.venv/bin/prepaid verify`. An exit code of 1 says a ledger is wrong.

`.venv/bin/prepaid leftovers` is for a first deploy that failed.
"""

import sys
import traceback

from tools.cli.leaving import leftovers_command
from tools.cli.verifying import app

BUG = 3
"""The exit code of an error that nobody foresaw; its traceback is for those who mend it."""

app.command("leftovers")(leftovers_command)


def main() -> int:
    """Run one command and exit with its code; 3 for what it did not foresee."""
    try:
        app(prog_name="prepaid")
    except Exception:  # noqa: BLE001 - whatever it is, it is no finding about the ledger
        traceback.print_exc()
        return BUG
    return 0


if __name__ == "__main__":
    sys.exit(main())

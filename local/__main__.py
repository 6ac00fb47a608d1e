"""The commands behind the Makefile: `python -m local run|up|down|reset|logs|job|pay|call|…`."""

import argparse
import errno
import sys

from local import bounce, call, control, jobs, logs, pay, sam_local, stack
from local.progress import StackError, say
from local.stack_layout import StackLayout

_PLAIN = {
    "run": stack.run,
    "up": control.up,
    "down": control.down,
    "reset": control.reset,
    "sam-local": sam_local.serve,
}
_OF_TWO = {
    "pay": (pay.pay, "play the customer of a payment", "payment", "outcome"),
    "bounce": (bounce.bounce, "let a mail come back", "user", "email"),
    "call": (call.call, "play a whole call", "user", "minutes"),
}
"""Commands of two words: what they do, their help, and what the words are."""
_FULL = (errno.ENOSPC, errno.EDQUOT)


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in _PLAIN.items():
        commands.add_parser(name, help=(command.__doc__ or "").splitlines()[0])
    logs_parser = commands.add_parser("logs", help="show what the functions logged")
    logs_parser.add_argument("--follow", action="store_true")
    commands.add_parser("job", help="run a job once").add_argument("name")
    for name, (_, does, *words) in _OF_TWO.items():
        word_parser = commands.add_parser(name, help=does)
        for word in words:
            word_parser.add_argument(word)
    return parser


def main() -> int:
    """Do what the command line says; 1 with a sentence when it cannot be done."""
    asked = _parser().parse_args()
    layout = StackLayout.from_environment()
    try:
        match asked.command:
            case "logs":
                logs.show(layout, follow=asked.follow)
            case "job":
                jobs.run(layout, asked.name)
            case name if name in _OF_TWO:
                play, _, first, second = _OF_TWO[name]
                play(layout, getattr(asked, first), getattr(asked, second))
            case plain:
                _PLAIN[plain](layout)
    except StackError as exc:
        say(f"\n{exc}")
        return 1
    except OSError as exc:
        if exc.errno not in _FULL:
            raise
        say(f"\nthe disk is full: {exc.filename or layout.directory} cannot be written")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

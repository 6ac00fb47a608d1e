"""`prepaid leftovers`: what a failed first deploy left behind, and the two ways out."""

from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from tools.leftovers import Leftover, Leftovers, Refused

CANNOT = 2
"""The exit code when nothing could be done."""

Stack = Annotated[str, typer.Option(help="The stack that was to be deployed, such as prepaid-dev.")]
Clean = Annotated[bool, typer.Option("--clean", help="Delete the tables that hold no item.")]
TakeBack = Annotated[
    bool, typer.Option("--import", help="Make the stack anew of the tables, with what they hold.")
]


def leftovers_command(stack: Stack, clean: Clean = False, take_back: TakeBack = False) -> None:
    """Say which tables stop the next deploy; with --clean or --import make way for it."""
    if clean and take_back:
        raise typer.BadParameter("--clean and --import are two ways out: choose one")
    try:
        lines = _done(Leftovers(stack), clean=clean, take_back=take_back)
    except (BotoCoreError, ClientError, Refused, WaiterError) as exc:
        typer.echo(f"Nothing was done, or not all: {exc}", err=True)
        raise typer.Exit(CANNOT) from exc
    for line in lines:
        typer.echo(line)


def _done(leftovers: Leftovers, *, clean: bool, take_back: bool) -> list[str]:
    if clean:
        deleted, stored = leftovers.clean()
        return [
            *(f"{each.table}: was empty, deleted" for each in deleted),
            *(f"{each.table}: holds items, kept; --import takes it back" for each in stored),
            "Deploy again." if not stored else "A deploy would still find what was kept.",
        ]
    if take_back:
        taken = leftovers.take_back()
        return [*(f"{each.table}: in the stack again" for each in taken), "Deploy again."]
    return [_described(each) for each in leftovers.found()] or ["Nothing is left behind."]


def _described(left: Leftover) -> str:
    return f"{left.table}: left behind, {'empty' if left.empty else 'holds items'}"

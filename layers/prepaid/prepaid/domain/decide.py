"""Every command and its rule."""

from prepaid.domain import crediting, extending, spending
from prepaid.domain.commands import Adjust, Command, ExpireDue, Give, SetStatus, Spend
from prepaid.domain.decisions import Decision
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void


def decide(  # noqa: PLR0911 - one return for each command
    decision: Decision, command: Command
) -> Decision:
    """Fold *command* into *decision*; raise a `Refusal`, and change nothing, when it may not be."""
    match command:
        case Spend():
            return spending.spend(decision, command)
        case OpenHold():
            return spending.open_hold(decision, command)
        case ExtendHold():
            return extending.extend_hold(decision, command)
        case Capture():
            return spending.capture(decision, command)
        case Void():
            return spending.void(decision, command)
        case Give():
            return crediting.give(decision, command)
        case Adjust():
            return crediting.adjust(decision, command)
        case SetStatus():
            return crediting.set_status(decision, command)
        case ExpireDue():
            return decision
        case _:
            raise TypeError(f"no rule for {type(command).__name__}")

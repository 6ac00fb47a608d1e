"""Every command and its rule."""

from prepaid.domain import crediting, extending, spending, voiding
from prepaid.domain.auditing import audit_of
from prepaid.domain.commands import Adjust, Command, Give, SetStatus, Spend
from prepaid.domain.decisions import Decision
from prepaid.domain.following import ExpireDue
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void
from prepaid.domain.voiding import VoidGrant


def decide(decision: Decision, command: Command) -> Decision:
    """Fold *command* into *decision*; raise a `Refusal`, and change nothing, when it may not be.

    What an admin does is written down with it.
    """
    decided = _decided(decision, command)
    if command.audit is None:
        return decided
    return decided.with_record(audit_of(command, decision.account, decided.account, decision.now))


def _decided(  # noqa: C901, PLR0911 - one case and return for each command
    decision: Decision, command: Command
) -> Decision:
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
        case VoidGrant():
            return voiding.void_grant(decision, command)
        case ExpireDue():
            return decision
        case _:
            raise TypeError(f"no rule for {type(command).__name__}")

"""Previews: what a command would do to an account, with nothing written."""

from dataclasses import dataclass, replace

from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry
from prepaid.domain.projecting import projected
from prepaid.domain.thresholds import Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An account as settled at `now`, and as *entry* would leave it, below which thresholds."""

    before: Account
    after: Account
    now: Instant
    entry: Entry
    crosses: tuple[Credits, ...]


def preview(account: Account, command: Command, clock: Instant) -> Preview:
    """Decide *command* of *account* as settled at *clock*. Raises its `Refusal`."""
    shown = projected(account, clock)
    before = replace(shown.account, as_of=shown.now)
    decided = decide(Decision(account=before, now=shown.now), command)
    alerts = [each for each in decided.also if isinstance(each, Alert)]
    return Preview(
        before=before,
        after=decided.account,
        now=shown.now,
        entry=decided.entries[-1],
        crosses=alerts[0].thresholds if alerts else (),
    )

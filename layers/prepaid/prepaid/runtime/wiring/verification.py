"""Puts together the verification: where it keeps how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.ledger.checkpoint_ports import Checkpoints
from prepaid.ledger.dynamodb.checkpoints import DynamoCheckpoints
from prepaid.runtime.wiring.inbox import records_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    checkpoints: Callable[[], Checkpoints]


parts = Parts(checkpoints=cache(lambda: DynamoCheckpoints(records_table())))


def checkpoints() -> Checkpoints:
    """Return where the verification keeps how far it has come."""
    return parts.checkpoints()

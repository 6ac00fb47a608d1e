"""What every feature needs: how long one request goes on trying against rivals."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.ledger.ports import RetryBudget
from prepaid.runtime.retries import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    budget: Callable[[], RetryBudget]


parts = Parts(budget=Deadline)


def budget() -> RetryBudget:
    """Return how long one request goes on trying, from now."""
    return parts.budget()

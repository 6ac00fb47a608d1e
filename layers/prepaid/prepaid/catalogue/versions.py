"""What admins see of prices: every version of an operation's price, and drafts of new ones."""

from dataclasses import dataclass
from enum import StrEnum

from prepaid.domain.credits import Instant
from prepaid.domain.pricing import Price, UnitPrice


class VersionState(StrEnum):
    """Where a version stands: `current` is the latest that began, in force or ended."""

    PAST = "past"
    CURRENT = "current"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPrices:
    """Every version of an operation's price in a plan, oldest first.

    `version` counts the changes that admins made; 0 is what the deployment brought.
    """

    plan: str
    operation: str
    versions: tuple[Price, ...]
    version: int = 0

    def current(self, at: Instant) -> Price | None:
        """Return the latest version that began by then, ended or not."""
        begun = [price for price in self.versions if price.effective_from <= at]
        return begun[-1] if begun else None

    def state(self, price: Price, at: Instant) -> VersionState:
        """Say where one of the versions stands at an instant."""
        if price.effective_from > at:
            return VersionState.UPCOMING
        return VersionState.CURRENT if price == self.current(at) else VersionState.PAST


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDraft:
    """A price that is not announced yet.

    `prices_version` is the version of the operation's prices that it was written for; `version`
    counts writes of the draft.
    """

    draft_id: str
    plan: str
    operation: str
    units: tuple[UnitPrice, ...]
    prices_version: int
    updated_at: Instant
    updated_by: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """What becomes of prices that were *read*: a version more, one less, a draft published."""

    read: OperationPrices
    add: Price | None = None
    remove: Price | None = None
    published: PriceDraft | None = None

"""What a page may show an end user of how this system is set up."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from prepaid.catalogue.packages import Package
from prepaid.domain.account import AccountDefaults
from prepaid.domain.runway import DAYS
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut
from prepaid.web.queries import DEFAULT_LIMIT, MAX_RANGE_SECONDS


class ConfigOut(WireOut):
    """What is the same for every account, and no secret."""

    publishable_key: str | None = Field(
        description="The provider's key for the browser; null while nothing can be bought."
    )
    live: bool = Field(description="Real money moves.")
    currencies: list[str] = Field(description="What packages for sale are priced in.")
    default_thresholds: list[CreditsOut] = Field(
        description="Balances below which an account counts as low until it chooses its own."
    )
    default_runway_thresholds: list[int] = Field(
        description="Days; an account is warned of a shorter runway until it chooses its own."
    )
    runway_days: int = Field(description="How many whole days a runway looks back.")
    default_page: int = Field(description="How many items a page of a list has by default.")
    max_range_days: int = Field(description="The longest range that a list or a report takes.")

    @classmethod
    def of(
        cls,
        packages: Iterable[Package],
        *,
        defaults: AccountDefaults,
        publishable_key: str | None,
        live: bool,
    ) -> Self:
        """Show how this system is set up."""
        return cls(
            publishable_key=publishable_key,
            live=live,
            currencies=sorted({each.currency for each in packages}),
            default_thresholds=[str(each) for each in defaults.thresholds],
            default_runway_thresholds=list(defaults.runway_thresholds),
            runway_days=DAYS,
            default_page=DEFAULT_LIMIT,
            max_range_days=MAX_RANGE_SECONDS // 86_400,
        )

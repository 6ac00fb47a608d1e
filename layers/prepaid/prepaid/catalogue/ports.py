"""What prices and packages need from outside, held to promises by contract tests."""

from collections.abc import Sequence
from typing import Protocol

from prepaid.catalogue.packages import Package
from prepaid.domain.pricing import Price


class Catalogue(Protocol):
    """Packages for sale and versions of prices. Answers may be a cache lifetime old."""

    def prices(self, plan: str, operation: str) -> Sequence[Price]:
        """Return every version of an operation's price in a plan, oldest first."""

    def price_list(self, plan: str) -> Sequence[Price]:
        """Return every version of every operation's price in a plan."""

    def packages(self) -> Sequence[Package]:
        """Return the packages for sale, in the order in which they are shown."""


class CatalogueWriter(Protocol):
    """Adds to the catalogue; what is there already stays as it is."""

    def add_price(self, price: Price) -> bool:
        """Write a version of a price unless it is there; say whether it was written.

        Raises `Unavailable`.
        """

    def add_package(self, package: Package) -> bool:
        """Write a package unless it is there; say whether it was written. Raises `Unavailable`."""

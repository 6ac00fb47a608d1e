"""What prices and packages need from outside, held to promises by contract tests."""

from collections.abc import Sequence
from typing import Protocol

from prepaid.catalogue.packages import Package
from prepaid.catalogue.versions import OperationPrices, PriceChange, PriceDraft
from prepaid.domain.auditing import AuditRow
from prepaid.domain.pricing import Price

LIFETIME_SECONDS = 60
"""How old an answer of the catalogue may be."""


class Catalogue(Protocol):
    """Packages for sale and versions of prices. Answers may be a cache lifetime old."""

    def prices(self, plan: str, operation: str) -> Sequence[Price]:
        """Return every version of an operation's price in a plan, oldest first."""

    def price_list(self, plan: str) -> Sequence[Price]:
        """Return every version of every operation's price in a plan."""

    def packages(self) -> Sequence[Package]:
        """Return the packages for sale, in the order in which they are shown."""

    def package(self, package_id: str) -> Package | None:
        """Return a package as it is now, for sale or not, or `None`."""


class PackageEditor(Protocol):
    """Reads and writes packages as admins see them, without a cache."""

    def package(self, package_id: str) -> Package | None:
        """Return a package, consistently, for sale or not. Raises `Unavailable`."""

    def every_package(self) -> Sequence[Package]:
        """Return all packages, in the order in which they are shown, archived ones last.

        May lag behind by moments. Raises `Unavailable`.
        """

    def write_package(self, package: Package, audit: AuditRow, *, new: bool) -> None:
        """Write a package that was read with the version it carries, raising it, and the audit.

        A *new* one must not be there; version 0 is of before there were versions. Raises
        `PreconditionFailed` when another write came first, and `Unavailable`.
        """


class CatalogueWriter(Protocol):
    """Adds to the catalogue; what is there already stays as it is."""

    def add_price(self, price: Price) -> bool:
        """Write a version of a price unless it is there; say whether it was written.

        Raises `Unavailable`.
        """

    def add_package(self, package: Package) -> bool:
        """Write a package unless it is there; say whether it was written. Raises `Unavailable`."""


class PriceEditor(Protocol):
    """Reads and writes versions of prices and drafts as admins see them, without a cache."""

    def prices_of(self, plan: str, operation: str) -> OperationPrices:
        """Return every version of an operation's price, consistently. Raises `Unavailable`."""

    def every_price(self, plan: str) -> Sequence[OperationPrices]:
        """Return the versions of every operation of a plan, by name.

        An operation that the deployment added may be missing for moments. Raises `Unavailable`.
        """

    def change_prices(self, change: PriceChange, audit: AuditRow) -> None:
        """Write a change of prices that were read, raising their version, and the audit.

        Raises `PreconditionFailed` when another write came first, and `Unavailable`.
        """

    def draft(self, draft_id: str) -> PriceDraft | None:
        """Return a draft, consistently, or `None`. Raises `Unavailable`."""

    def drafts(self) -> Sequence[PriceDraft]:
        """Return the drafts, by id, consistently. Raises `Unavailable`."""

    def write_draft(self, draft: PriceDraft, audit: AuditRow, *, new: bool) -> None:
        """Write a draft that was read with the version it carries, raising it, and the audit.

        A *new* one must not be there. Raises `PreconditionFailed` when another write came first,
        and `Unavailable`.
        """

    def delete_draft(self, draft: PriceDraft, audit: AuditRow) -> None:
        """Delete a draft as it was read, and write the audit.

        Raises `PreconditionFailed` when another write came first, and `Unavailable`.
        """

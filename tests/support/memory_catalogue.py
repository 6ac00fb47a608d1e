"""The catalogue in memory: the same promises as the real one, for tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from prepaid.catalogue.packages import Package
from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import PreconditionFailed
from prepaid.domain.pricing import Price


@dataclass(slots=True)
class MemoryCatalogue:
    """`Catalogue` and `CatalogueWriter` over what it was given."""

    all_prices: Sequence[Price] = ()
    all_packages: Sequence[Package] = ()
    audit: list[AuditRow] = field(default_factory=list)
    reach: Callable[[], None] = lambda: None
    """Called before what admins read and write; raises where the store cannot be reached."""

    def prices(self, plan: str, operation: str) -> Sequence[Price]:
        """Return every version of an operation's price in a plan, oldest first."""
        found = [p for p in self.all_prices if (p.plan, p.operation) == (plan, operation)]
        return sorted(found, key=lambda price: price.effective_from)

    def price_list(self, plan: str) -> Sequence[Price]:
        """Return every version of every operation's price in a plan."""
        return [price for price in self.all_prices if price.plan == plan]

    def packages(self) -> Sequence[Package]:
        """Return the packages for sale, in the order in which they are shown."""
        found = [each for each in self.all_packages if not each.archived and not each.unlisted]
        return sorted(found, key=lambda package: package.position)

    def package(self, package_id: str) -> Package | None:
        """Return a package, for sale or not, or `None`."""
        self.reach()
        return next((each for each in self.all_packages if each.package_id == package_id), None)

    def every_package(self) -> Sequence[Package]:
        """Return all packages, archived ones last."""
        self.reach()
        order = lambda each: (each.archived, each.unlisted, each.position)  # noqa: E731 - a key
        return sorted(self.all_packages, key=order)

    def write_package(self, package: Package, audit: AuditRow, *, new: bool) -> None:
        """Keep a package and the audit, or raise `PreconditionFailed`."""
        self.reach()
        known = self.package(package.package_id)
        if new is (known is not None) or (known and known.version != package.version):
            raise PreconditionFailed("Somebody changed it since you read it: read it again.")
        others = [each for each in self.all_packages if each.package_id != package.package_id]
        self.all_packages = (*others, replace(package, version=package.version + 1))
        self.audit.append(audit)

    def add_price(self, price: Price) -> bool:
        """Keep a version of a price unless it is there; say whether it was kept."""
        if price.version in {each.version for each in self.all_prices}:
            return False
        self.all_prices = (*self.all_prices, price)
        return True

    def add_package(self, package: Package) -> bool:
        """Keep a package unless it is there; say whether it was kept."""
        if package.package_id in {each.package_id for each in self.all_packages}:
            return False
        self.all_packages = (*self.all_packages, package)
        return True

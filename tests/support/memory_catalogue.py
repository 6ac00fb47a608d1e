"""The catalogue in memory: the same promises as the real one, for tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from prepaid.catalogue.packages import Package
from prepaid.catalogue.price_editing import changed
from prepaid.catalogue.versions import OperationPrices, PriceChange, PriceDraft
from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import PreconditionFailed
from prepaid.domain.pricing import Price


@dataclass(slots=True)
class MemoryCatalogue:
    """`Catalogue`, `CatalogueWriter`, `PackageEditor` and `PriceEditor` over what it was given."""

    all_prices: Sequence[Price] = ()
    all_packages: Sequence[Package] = ()
    audit: list[AuditRow] = field(default_factory=list)
    changes: dict[tuple[str, str], int] = field(default_factory=dict)
    all_drafts: dict[str, PriceDraft] = field(default_factory=dict)
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
            raise PreconditionFailed
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

    def prices_of(self, plan: str, operation: str) -> OperationPrices:
        """Return every version of an operation's price."""
        self.reach()
        return OperationPrices(
            plan=plan,
            operation=operation,
            versions=tuple(self.prices(plan, operation)),
            version=self.changes.get((plan, operation), 0),
        )

    def every_price(self, plan: str) -> Sequence[OperationPrices]:
        """Return the versions of every operation of a plan, by name."""
        self.reach()
        operations = {price.operation for price in self.price_list(plan)}
        return [self.prices_of(plan, each) for each in sorted(operations)]

    def change_prices(self, change: PriceChange, audit: AuditRow) -> None:
        """Keep a change of prices and the audit, or raise `PreconditionFailed`."""
        read, draft = change.read, change.published
        if self.prices_of(read.plan, read.operation).version != read.version:
            raise PreconditionFailed
        if draft is not None:
            self._take_draft(draft)
        after = changed(change)
        others = [
            each
            for each in self.all_prices
            if (each.plan, each.operation) != (read.plan, read.operation)
        ]
        self.all_prices = (*others, *after.versions)
        self.changes[read.plan, read.operation] = after.version
        self.audit.append(audit)

    def draft(self, draft_id: str) -> PriceDraft | None:
        """Return a draft, or `None`."""
        self.reach()
        return self.all_drafts.get(draft_id)

    def drafts(self) -> Sequence[PriceDraft]:
        """Return the drafts, by id."""
        self.reach()
        return [self.all_drafts[each] for each in sorted(self.all_drafts)]

    def write_draft(self, draft: PriceDraft, audit: AuditRow, *, new: bool) -> None:
        """Keep a draft and the audit, or raise `PreconditionFailed`."""
        known = self.draft(draft.draft_id)
        if new is (known is not None) or (known and known.version != draft.version):
            raise PreconditionFailed
        self.all_drafts[draft.draft_id] = replace(draft, version=draft.version + 1)
        self.audit.append(audit)

    def delete_draft(self, draft: PriceDraft, audit: AuditRow) -> None:
        """Forget a draft and keep the audit, or raise `PreconditionFailed`."""
        self._take_draft(draft)
        self.audit.append(audit)

    def _take_draft(self, draft: PriceDraft) -> None:
        known = self.draft(draft.draft_id)
        if known is None or known.version != draft.version:
            raise PreconditionFailed
        del self.all_drafts[draft.draft_id]

"""Packages as admins see and edit them."""

from typing import Annotated, Self

from pydantic import Field

from prepaid.catalogue.packages import Package
from prepaid.catalogue.web import PackageOut
from prepaid.domain.credits import ZERO
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn
from prepaid.web.fields import AccountIdIn, Reason, Text, WholeNumber
from prepaid.web.models import Flag, WireIn, WireOut

MAX_DAYS = 36_500
MAX_PRICE = 99_999_999
MAX_AUDIENCE = 1_000
PackageId = Annotated[str, Text(64, "[A-Za-z0-9_-]+")]
_Days = Annotated[int, WholeNumber(1, MAX_DAYS)]


class PackageTermsIn(WireIn):
    """What a package gives, costs, and for how long."""

    name: Annotated[str, Text(80)]
    description: Annotated[str, Text(500)] | None = None
    credits: CreditsIn
    bonus: CreditsOrZeroIn | None = None
    price: Annotated[int, WholeNumber(1, MAX_PRICE)] = Field(
        description="In the currency's smallest unit."
    )
    currency: Annotated[str, Text(3, "[a-z]{3}")]
    position: Annotated[int, WholeNumber(0, 10_000)]
    popular: Flag = False
    unlisted: Flag = False
    audience: Annotated[list[AccountIdIn], Field(max_length=MAX_AUDIENCE)] | None = Field(
        default=None, description="Who may buy it while it is unlisted."
    )
    validity_days: _Days | None = None
    bonus_validity_days: _Days | None = None
    reason: Reason | None = None

    def package(self, package_id: str, *, version: int, archived: bool) -> Package:
        """Return the package with these terms."""
        return Package(
            package_id=package_id,
            name=self.name,
            description=self.description or "",
            credits=self.credits,
            bonus=self.bonus or ZERO,
            price=self.price,
            currency=self.currency,
            position=self.position,
            popular=self.popular,
            archived=archived,
            unlisted=self.unlisted,
            audience=tuple(self.audience or ()),
            validity_days=self.validity_days,
            bonus_validity_days=self.bonus_validity_days,
            version=version,
        )


class NewPackageIn(PackageTermsIn):
    """A new package."""

    package_id: PackageId


class PackageChangeIn(PackageTermsIn):
    """All terms of a package, as they shall be from now on; what was bought keeps its own."""

    version: Annotated[int, WholeNumber(0, 1_000_000_000)] = Field(
        description="The version that was read; 412 where there is a later one."
    )
    archived: Flag = False


class AdminPackageOut(PackageOut):
    """A package with what only admins see."""

    position: int
    archived: bool
    unlisted: bool
    audience: list[str]
    version: int

    @classmethod
    def of(cls, package: Package) -> Self:
        """Show *package*."""
        return cls(
            **PackageOut.of(package).model_dump(),
            position=package.position,
            archived=package.archived,
            unlisted=package.unlisted,
            audience=[str(each) for each in package.audience],
            version=package.version,
        )


class AdminPackagesOut(WireOut):
    """Every package: those for sale, then unlisted ones, then archived ones."""

    items: list[AdminPackageOut]

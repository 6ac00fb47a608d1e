"""Credit packages: what can be bought."""

from dataclasses import dataclass

from prepaid.domain.credits import AccountId, Credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Credits for sale. `price` is in the currency's smallest unit; `position` orders the list.

    An `unlisted` one is in no list, and sold to the accounts in `audience` only. What is bought
    expires after `validity_days`, its bonus after `bonus_validity_days`; never where they are
    `None`. `version` counts writes by admins.
    """

    package_id: str
    name: str
    credits: Credits
    bonus: Credits
    price: int
    currency: str
    position: int
    popular: bool = False
    archived: bool = False
    description: str = ""
    unlisted: bool = False
    audience: tuple[AccountId, ...] = ()
    validity_days: int | None = None
    bonus_validity_days: int | None = None
    version: int = 0

    def is_for(self, account_id: AccountId) -> bool:
        """Say whether an account may buy it."""
        return not self.archived and (not self.unlisted or account_id in self.audience)

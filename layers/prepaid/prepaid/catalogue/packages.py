"""Credit packages: what can be bought."""

from dataclasses import dataclass

from prepaid.domain.credits import Credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Credits for sale. `price` is in the currency's smallest unit; `position` orders the list."""

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

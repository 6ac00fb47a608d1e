"""Accounts as admins see them: many in a list, or one with all that support needs."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Self

from pydantic import Field, model_validator

from prepaid.accounts.finding import AccountFilter, Found
from prepaid.accounts.grants import GrantList, PackageNames
from prepaid.accounts.ports import AccountOrder, Place
from prepaid.accounts.profiles import Profile
from prepaid.accounts.saving import Shown
from prepaid.accounts.web.grants import GrantRecordOut
from prepaid.accounts.web.profiles import ProfileOut
from prepaid.accounts.web.settings import SettingsOut
from prepaid.alerts.history import PastAlert
from prepaid.alerts.web.alerts import AlertOut
from prepaid.domain.account import Account, Status
from prepaid.domain.credits import ZERO, AccountId, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.projecting import Projection
from prepaid.domain.runway import Runway
from prepaid.inbox.ports import ExceptionCase
from prepaid.inbox.web import ExceptionOut
from prepaid.ledger.levels import Level, level_of
from prepaid.ledger.web.balance import BalanceOut
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.payments.payment import Payment
from prepaid.payments.web.purchases import PurchaseOut
from prepaid.web.csv import table
from prepaid.web.email import MAX_EMAIL
from prepaid.web.fields import Text
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.paging import Paged, Position
from prepaid.web.parsing import refuse
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer
from prepaid.web.tables import Format, wants_table

SHOWN = 20
"""How many entries, payments and alerts one account is shown with."""
SHOWN_GRANTS = 50
COLUMNS = (
    *("account_id", "balance", "held", "available", "status", "level", "unlimited", "plan"),
    *("last_activity", "drift", "name", "email"),
)
"""Of the list as a table."""


class AccountsQuery(PageQuery):
    """Which accounts to list; all of them without a filter."""

    search: Annotated[str, Text(128, ".{2,128}")] | None = Field(
        default=None, description="Accounts whose ids begin so; at least two characters."
    )
    email: Annotated[str, Text(MAX_EMAIL, "[!-~]{2,254}")] | None = Field(
        default=None,
        description="Accounts whose e-mail addresses begin so, in whatever case; at least two "
        "characters.",
    )
    status: Annotated[AccountFilter, Field(strict=False)] | None = Field(
        default=None, description="Accounts of this list only."
    )

    sort: Annotated[AccountOrder, Field(strict=False)] | None = Field(
        default=None, description="The first 1,000 of the last snapshot, the greatest first."
    )
    format: Format | None = None

    @model_validator(mode="after")
    def _one_of_all(self) -> Self:
        searches = [each for each in (self.search, self.email) if each is not None]
        if len(searches) > 1:
            refuse("range", "Search by id or by e-mail address; not both.", pointer="/email")
        if searches and self.status is not None:
            refuse("range", "Search, or choose a list; not both.", pointer="/status")
        if self.sort is not None and (searches or self.status is not None):
            refuse("range", "Only the order of all accounts is known.", pointer="/sort")
        return self

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        given = {"list": "accounts", "search": self.search, "status": self.status}
        more = {"sort": self.sort, "email": self.email}
        return given | {name: value for name, value in more.items() if value is not None}


class AccountOut(WireOut):
    """One account in a list, as it was last written."""

    account_id: str
    name: str | None = Field(description="As the host said last; null where it did not.")
    email: str | None = Field(description="As the host said last, in lower case.")
    balance: CreditsOut
    held: CreditsOut
    available: CreditsOut
    status: Status
    level: Level
    unlimited: bool
    plan: str
    last_activity: TimestampOut | None = Field(
        description="When it was last written; null where it has a profile, but nothing was "
        "written to it yet."
    )
    drift: str | None = Field(
        description="What differs from its entries; null where nothing is known to."
    )

    @classmethod
    def of(cls, account: Account, profile: Profile, now: Instant, drift: str | None) -> Self:
        """Show *account* with who it belongs to."""
        return cls(
            account_id=account.account_id,
            name=profile.name,
            email=profile.email,
            balance=str(account.balance),
            held=str(account.held(now)),
            available=str(account.available(now)),
            status=account.status,
            level=level_of(account, unlimited=False),
            unlimited=account.unlimited,
            plan=account.plan,
            last_activity=_last_activity(account),
            drift=drift,
        )


class AccountsOut(WireOut):
    """A page of accounts; it may hold fewer than asked for though more follow."""

    items: list[AccountOut]
    next_cursor: str | None
    as_of: TimestampOut | None = Field(
        description="When the order was taken; null without `sort`, or before the first snapshot."
    )


class AdminEntryOut(EntryOut):
    """An entry with what only admins see."""

    note: str | None

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show *entry*."""
        return cls.model_construct(**facts(entry), note=entry.note)


class AccountDetailOut(WireOut):
    """All that support needs to see of one account."""

    balance: BalanceOut
    profile: ProfileOut
    grants: list[GrantRecordOut]
    entries: list[AdminEntryOut] = Field(description="The latest, newest first.")
    payments: list[PurchaseOut] = Field(description="The latest purchases, newest first.")
    plan: str
    last_activity: TimestampOut | None = Field(
        description="When it was last written; null where it has a profile or purchases, but "
        "nothing was written to it yet."
    )
    settings: SettingsOut
    alerts: list[AlertOut] = Field(description="The latest warnings, newest first.")
    exceptions: list[ExceptionOut] = Field(description="Open cases of drift, newest first.")

    @classmethod
    def of(
        cls,
        shown: Projection,
        *,
        profile: Profile,
        runway: Runway | None,
        grants: GrantList,
        packages: PackageNames,
        entries: Iterable[Entry],
        payments: Iterable[Payment],
        settings: Shown,
        alerts: Iterable[PastAlert],
        cases: Iterable[ExceptionCase],
    ) -> Self:
        """Show one account as settled now."""
        return cls(
            balance=BalanceOut.of(shown, unlimited=False, runway=runway, name=profile.name),
            profile=ProfileOut.of(profile),
            grants=[GrantRecordOut.of(each, packages) for each in grants.grants[:SHOWN_GRANTS]],
            entries=[AdminEntryOut.of(each) for each in entries],
            payments=[PurchaseOut.of(each) for each in payments],
            plan=shown.account.plan,
            last_activity=_last_activity(shown.account),
            settings=SettingsOut.of(settings),
            alerts=[AlertOut.of(each) for each in alerts],
            exceptions=[ExceptionOut.of(each) for each in cases],
        )


def _last_activity(account: Account) -> str | None:
    return timestamp(account.as_of) if account.version else None


type Listing = Paged[AccountsQuery]


def place_in(listing: Listing) -> Place | None:
    """Return where the page begins. Raises `CursorInvalid`."""
    last = listing.after()
    if last is None:
        return None
    text = str(last.get("text", ""))
    return Place(int(last["shard"]), AccountId(str(last["account_id"])), text)


def page(listing: Listing, found: Found) -> Answer:
    """Answer one page of accounts, as JSON or as a table with its totals."""
    now, last = listing.request.received_at, found.last
    items = [_listed(each, found, now) for each in found.accounts]
    position: Position | None = None
    if last is not None:
        position = {"shard": last.shard, "account_id": last.account_id}
        if last.text:
            position["text"] = last.text
    if wants_table(listing.request):
        text = table(COLUMNS, [*map(_row, items), _totals(found, now)])
        return Answer.csv(text, filename="accounts.csv", headers=listing.link(position))
    as_of = None if found.as_of is None else timestamp(found.as_of)
    return listing.page(partial(AccountsOut, as_of=as_of), items, position)


def _listed(account: Account, found: Found, now: Instant) -> AccountOut:
    account_id = account.account_id
    profile = found.profiles.get(account_id) or Profile(account_id=account_id)
    return AccountOut.of(account, profile, now, found.drifts.get(account_id))


def _row(account: AccountOut) -> list[str]:
    shown = account.model_dump()
    return ["" if shown[name] is None else str(shown[name]) for name in COLUMNS]


def _totals(found: Found, now: Instant) -> list[str]:
    """Return the last line of a table: the sums of what stands above it."""
    sums = {
        "account_id": "total",
        "balance": sum((each.balance for each in found.accounts), ZERO),
        "held": sum((each.held(now) for each in found.accounts), ZERO),
        "available": sum((each.available(now) for each in found.accounts), ZERO),
    }
    return [str(sums.get(name, "")) for name in COLUMNS]

"""Finding accounts: by id, by a property, or all of them, with no scan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepaid.accounts.ports import AccountLists, AccountOrder, Place, Ranking, Rankings
from prepaid.accounts.profiles import Profile, Profiles
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.listing import AccountList, lists_of
from prepaid.inbox.ports import ExceptionCase, Inbox
from prepaid.ledger.audit import DRIFT, drifting_account

MOST_CASES = 500
"""The most open cases that are looked through for those of drift, the newest first."""
_PAGE = 100


class AccountFilter(StrEnum):
    """By what accounts are found."""

    FROZEN = "frozen"
    CLOSED = "closed"
    UNLIMITED = "unlimited"
    DEBT = "debt"
    LOW = "low"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which accounts are asked for: those whose ids or e-mail addresses begin so, those of one
    list, or those that came first in an order; else all."""

    limit: int
    after: Place | None = None
    search: str | None = None
    email: str | None = None
    only: AccountFilter | None = None
    order: AccountOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of accounts, and where the next one begins, or `None` at the end.

    An account of version 0 has a profile, but nothing was written to it yet.
    """

    accounts: tuple[Account, ...]
    profiles: Mapping[AccountId, Profile]
    last: Place | None
    drifts: Mapping[AccountId, str]
    as_of: Instant | None = None
    """When the order was taken, where there is one."""


def find_accounts(
    lists: AccountLists, profiles: Profiles, inbox: Inbox, rankings: Rankings, wanted: Wanted
) -> Found:
    """Return one page of accounts with their profiles. Raises `Unavailable`.

    A page may hold fewer accounts than asked for though there are more: rows of accounts that have
    left a list are passed over.
    """
    drifts = drifting(inbox)
    ranking = rankings.ranking(wanted.order) if wanted.order is not None else None
    if ranking is not None:
        places = _ranked(ranking, wanted)
    else:
        places = _places(lists, drifts, wanted, wanted.limit + 1)
    shown = places[: wanted.limit]
    asked = [each.account_id for each in shown]
    known, named = lists.accounts(asked), profiles.profiles(asked)
    accounts = [each for each in (_as_listed(name, known, named) for name in asked) if each]
    if wanted.only is not None and wanted.only is not AccountFilter.DRIFT:
        accounts = [each for each in accounts if AccountList(wanted.only) in lists_of(each)]
    return Found(
        accounts=tuple(accounts),
        profiles=named,
        last=shown[-1] if len(places) > wanted.limit else None,
        drifts=drifts,
        as_of=None if ranking is None else ranking.as_of,
    )


def _as_listed(
    account_id: AccountId, known: Mapping[AccountId, Account], named: Mapping[AccountId, Profile]
) -> Account | None:
    """Return an account; an empty one where it has a profile only, `None` where it has nothing."""
    if account_id in known:
        return known[account_id]
    profile = named.get(account_id)
    return None if profile is None or profile.empty else Account(account_id=account_id)


def _ranked(ranking: Ranking, wanted: Wanted) -> Sequence[Place]:
    """Return the places that follow in an order; the shard of each is its rank."""
    first = 0 if wanted.after is None else wanted.after.shard + 1
    shown = ranking.account_ids[first : first + wanted.limit + 1]
    return [Place(rank, each) for rank, each in enumerate(shown, start=first)]


def _places(
    lists: AccountLists, drifts: Mapping[AccountId, str], wanted: Wanted, limit: int
) -> Sequence[Place]:
    after = wanted.after
    if wanted.only is AccountFilter.DRIFT:
        places = [Place(0, each) for each in sorted(drifts)]
        return [each for each in places if after is None or each > after][:limit]
    if wanted.only is not None:
        return lists.listed(AccountList(wanted.only), limit=limit, after=after)
    if wanted.search is not None:
        return lists.beginning(wanted.search, limit=limit, after=after)
    if wanted.email is not None:
        return lists.with_email(wanted.email, limit=limit, after=after)
    return lists.all(limit=limit, after=after)


def drifting(inbox: Inbox) -> Mapping[AccountId, str]:
    """Return the accounts with open cases of drift, each with what differs by the latest."""
    found: dict[AccountId, str] = {}
    for case in open_cases(inbox):
        if case.kind == DRIFT:
            account_id = drifting_account(case.subject)
            found.setdefault(account_id, case.detail)
    return found


def cases_about(inbox: Inbox, account_id: AccountId) -> list[ExceptionCase]:
    """Return the open cases of drift of one account, newest first."""
    return [
        case
        for case in open_cases(inbox)
        if case.kind == DRIFT and drifting_account(case.subject) == account_id
    ]


def open_cases(inbox: Inbox) -> Iterator[ExceptionCase]:
    """Go through the newest open cases, at most `MOST_CASES`. Raises `Unavailable`."""
    after: ExceptionCase | None = None
    for _ in range(MOST_CASES // _PAGE):
        cases = inbox.open_cases(limit=_PAGE, after=after)
        yield from cases
        if len(cases) < _PAGE:
            return
        after = cases[-1]

"""Merging: when an account has as many grants as it may, two like ones become one.

What was bought stays apart: refunds take a purchase's own grants, and their cost bases differ.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from prepaid.domain.credits import Instant
from prepaid.domain.grants import Grant, GrantKind
from prepaid.domain.usage import local_day

_MAY = frozenset({GrantKind.PROMOTIONAL, GrantKind.ADJUSTMENT, GrantKind.RESTORED})

type _Rank = tuple[int, int, int, int]
"""How unlike two grants are, how far their ends lie apart, and their numbers."""


def merge_alike(
    grants: tuple[Grant, ...], now: Instant, time_zone: str
) -> tuple[tuple[Grant, ...], tuple[int, int]] | None:
    """Merge the two grants that lose least by it; return the grants, and which went into which.

    Like are grants without a cost basis, of one kind, priority, schedule and origin, that have not
    expired. Equal ends come first, then ends on one local day, then the nearest ends; both live to
    the later one. The lower number stays, for age decides what burns first. `None` without a
    like pair.
    """
    pairs = [
        (rank, first, second)
        for first, second in combinations(sorted(grants, key=lambda each: each.grant_id), 2)
        if _like(first, second, now)
        for rank in _ranks(first, second, time_zone)
    ]
    if not pairs:
        return None
    _, first, second = min(pairs, key=lambda pair: pair[0])
    one = replace(
        first,
        amount=first.amount + second.amount,
        remaining=first.remaining + second.remaining,
        expires_at=None if first.expires_at is None else _later(first, second),
    )
    left = tuple(one if each is first else each for each in grants if each is not second)
    return left, (first.grant_id, second.grant_id)


def _like(first: Grant, second: Grant, now: Instant) -> bool:
    return _terms(first) == _terms(second) and all(
        each.kind in _MAY and not each.cost_basis and not each.expired(now)
        for each in (first, second)
    )


def _terms(grant: Grant) -> tuple[object, ...]:
    return grant.kind, grant.priority, grant.schedule, grant.origin


def _ranks(first: Grant, second: Grant, time_zone: str) -> Iterator[_Rank]:
    """Yield the pair's rank; a grant without an end is like no grant with one."""
    numbers = first.grant_id, second.grant_id
    if first.expires_at == second.expires_at:
        yield 0, 0, *numbers
    elif first.expires_at is not None and second.expires_at is not None:
        apart = abs(first.expires_at - second.expires_at)
        days = {local_day(end, time_zone) for end in (first.expires_at, second.expires_at)}
        yield len(days), apart, *numbers


def _later(first: Grant, second: Grant) -> Instant:
    return max(first.expires_at or Instant(0), second.expires_at or Instant(0))

"""Spending limits: the most credits that usage may cost in an hour, in a day and in a month.

An hour is one of UTC, so that no change of clocks is in it. A day and a month are those of the
account, which no change of its time zone turns back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.holds import Hold

HOUR_SECONDS = 3_600
MAX_LIMITS = 5
"""The most that a user sets, and that an admin sets besides."""
NEAR, REACHED = 80, 100
"""The percentages of a limit that are announced, each once in a window."""


class Window(StrEnum):
    """The time in which a limit counts."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class LimitOwner(StrEnum):
    """Who set a limit. Of several for one scope the lowest counts; nobody lifts another's."""

    USER = "user"
    ADMIN = "admin"
    DEFAULT = "default"


type Scope = tuple[str | None, Window]
"""An operation, or `None` for all of them, and a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitTerms:
    """What is limited, and to how much."""

    window: Window
    amount: Credits
    operation: str | None = None

    @property
    def scope(self) -> Scope:
        """What is limited."""
        return self.operation, self.window


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `amount` in each window, of one operation or, where that is `None`, of all.

    `used` counts the window that runs: that of the account's day, of its month, or the UTC hour
    numbered `hour`. `level` is the percentage that was announced in it, or 0.
    """

    window: Window
    amount: Credits
    by: LimitOwner
    operation: str | None = None
    used: Credits = ZERO
    hour: int = 0
    level: int = 0

    @property
    def scope(self) -> Scope:
        """What is limited."""
        return self.operation, self.window

    @property
    def reached(self) -> int:
        """The highest percentage to announce that `used` is at: 100, 80 or 0."""
        return next((each for each in (REACHED, NEAR) if self._is_at(each)), 0)

    def _is_at(self, percent: int) -> bool:
        return self.used.hundredths * 100 >= self.amount.hundredths * percent

    def covers(self, operation: str) -> bool:
        """Say whether usage of *operation* counts."""
        return self.operation in (None, operation)

    def held(self, holds: Iterable[Hold]) -> Credits:
        """Add up what open *holds* set aside for usage that would count."""
        return Credits(sum(h.amount.hundredths for h in holds if self.covers(h.operation)))

    def left(self, holds: Iterable[Hold]) -> Credits:
        """Return what may still be spent or held; not below 0, though captures may pass a limit."""
        return max(self.amount - self.used - self.held(holds), ZERO)


def begin_windows(
    limits: Sequence[Limit], *, before: date, today: date, now: Instant
) -> tuple[Limit, ...]:
    """Let windows begin anew that ended with the day *before*, if that is over, or with an hour."""
    return tuple(_current(each, before, today, now) for each in limits)


def _current(limit: Limit, before: date, today: date, now: Instant) -> Limit:
    match limit.window:
        case Window.HOUR:
            hour = now // HOUR_SECONDS
            return limit if limit.hour == hour else replace(limit, used=ZERO, hour=hour, level=0)
        case Window.DAY:
            over = today != before
        case _:
            over = (today.year, today.month) != (before.year, before.month)
    return replace(limit, used=ZERO, level=0) if over else limit


def count(limits: Sequence[Limit], operation: str, spent: Credits) -> tuple[Limit, ...]:
    """Return *limits* once *spent* is counted for *operation*."""
    return tuple(
        replace(each, used=each.used + spent) if each.covers(operation) else each for each in limits
    )


def set_limits(
    before: Sequence[Limit],
    terms: Iterable[tuple[LimitOwner, LimitTerms]],
    *,
    used_in: Callable[[Scope], Credits],
    now: Instant,
) -> tuple[Limit, ...]:
    """Return the limits that *terms* set, with what is used of each in the window that runs.

    What another limit of the same scope has counted goes on; *used_in* says it where there was
    none. To set a limit announces nothing: what is passed already counts as announced.
    """
    stored = {(each.by, each.scope): each for each in before}
    counted = {each.scope: each.used for each in before}
    found: list[Limit] = []
    for by, each in terms:
        same = stored.get((by, each.scope))
        if same is not None and same.amount == each.amount:
            found.append(same)
            continue
        used = counted[each.scope] if each.scope in counted else used_in(each.scope)
        limit = Limit(
            operation=each.operation,
            window=each.window,
            amount=each.amount,
            by=by,
            used=used,
            hour=now // HOUR_SECONDS if each.window is Window.HOUR else 0,
        )
        found.append(replace(limit, level=limit.reached))
    return tuple(found)

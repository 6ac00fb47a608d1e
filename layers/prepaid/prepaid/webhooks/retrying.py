"""When a webhook is tried again: ten tries over 75 hours, later where the receiver asks for it."""

from prepaid.domain.credits import Instant

DELAYS = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds before each try, from the one before it; 75 hours and 35 minutes in all.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""
TRIES = len(DELAYS)
LONGEST_WAIT_SECONDS = 86_400
"""The most that a receiver's Retry-After puts the next try off."""
FAILING_SECONDS = 5 * 86_400
"""How long every try of a webhook may fail before it is disabled."""
REPLAY_SECONDS = 30 * 86_400
"""How long a delivery is kept and can be replayed."""
LONGEST_QUEUED_SECONDS = 900
"""The longest delay of a message in SQS; what waits longer is found by the sweep."""


def next_try(failed: int, *, at: Instant, retry_after: int | None = None) -> Instant | None:
    """Return when to try again what has *failed* so many times, last *at*; `None` for no more.

    *retry_after* are the seconds that the receiver asked for; they never bring a try forward.
    """
    if failed >= TRIES:
        return None
    asked = min(retry_after or 0, LONGEST_WAIT_SECONDS)
    return Instant(at + max(DELAYS[failed], asked))


def failed_too_long(failing_since: Instant | None, *, now: Instant) -> bool:
    """Say whether a webhook that failed first at a time, and always since, is to be disabled."""
    return failing_since is not None and now - failing_since >= FAILING_SECONDS

"""One attempt at a piece of work in this invocation, from its hold to its payment."""

import json
import secrets
from dataclasses import dataclass, replace
from typing import Self

from prepaid.domain.commands import Actor
from prepaid.domain.errors import PrepaidError
from prepaid.domain.keys import Writer
from prepaid.metering.work import ANSWER, Attempt, Work
from prepaid.middleware.bill import Bill
from prepaid.runtime import clock, jobs
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring.work import paid_work

LONGEST_SECONDS = 900
"""The longest that Lambda lets a function run."""
MARGIN_SECONDS = 60
MAX_STORED_BYTES = 900
"""An entry's metadata have at most 1 KB."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt that has begun; it ends once, by `succeed` or `fail`."""

    attempt: Attempt
    actor: Actor
    bill: Bill

    @classmethod
    def begin(cls, work: Work, actor: Actor) -> Self:
        """Set credits aside, or find that the work was paid. Raises what `PaidWork.begin` does."""
        attempt = paid_work().begin(work, actor, clock.now())
        if attempt.paid is not None:
            jobs.log("work was paid before", account_id=work.account_id, entry_seq=attempt.paid.seq)
        return cls(attempt, actor, Bill(work.expected, repeated=attempt.paid is not None))

    def succeed(self, answer_text: str | None = None) -> None:
        """Pay for what the bill says; *kept* is stored with the payment if it is short enough.

        Raises `Unavailable` when it cannot be known whether it is paid: the hold stays, and the
        work may be tried again. Raises `NothingMeasured` with the hold released.
        """
        if self.bill.repeated:
            return
        try:
            used = self.bill.total()
        except Exception:
            self.fail()
            raise
        if answer_text is not None and len(answer_text.encode()) <= MAX_STORED_BYTES:
            used = replace(used, metadata={ANSWER: answer_text})
        paid_work().pay(self.attempt, used, self.actor, clock.now())

    def fail(self) -> None:
        """Release what was set aside. What cannot be released now ends by itself."""
        if self.bill.repeated:
            return
        try:
            paid_work().release(self.attempt, self.actor, clock.now())
        except PrepaidError as error:
            jobs.log_failure(
                "a hold was left to expire", error, account_id=self.attempt.work.account_id
            )


def new_request_id(request_id: str) -> str:
    """Return an id of this try alone: Lambda's is the same whenever it tries an event again."""
    return f"{request_id}.{secrets.token_hex(8)}"


def function_actor(context: object) -> Actor:
    """Return this function as who asks, in a request of its own."""
    request_id = new_request_id(str(getattr(context, "aws_request_id", "work")))
    name = f"function:{function_name()}"
    return Actor(writer=Writer.SERVICE, name=name, request_id=request_id)


def function_name() -> str:
    """Return the name under which this function's work is known."""
    return settings.aws_lambda_function_name or "function"


def seconds_left(context: object) -> int:
    """Return how long a hold must last for this invocation to end within it."""
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    left = LONGEST_SECONDS if remaining is None else -(-int(remaining()) // 1000)
    return min(left, LONGEST_SECONDS) + MARGIN_SECONDS


def as_text(answer: object) -> str | None:
    """Write an answer as JSON, or return `None` for what is none."""
    try:
        return json.dumps(answer, separators=(",", ":"))
    except (TypeError, ValueError):
        return None

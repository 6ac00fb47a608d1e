"""Reconciliation: what the payment processor knows and no webhook told us, learned after all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from prepaid.domain.credits import Instant
from prepaid.domain.errors import RateLimited, Unavailable
from prepaid.usecases.payment_facts import Learned, PaymentFacts
from prepaid.usecases.payment_ports import Intent, News, PaymentProcessor
from prepaid.usecases.ports import Exceptions

HEALED = "payment_healed"
EVENT_DAYS = 30
"""Stripe keeps events for 30 days: https://docs.stripe.com/api/events."""
INTENT_DAYS = 3
DAY_SECONDS = 86_400

type Told = Callable[[], tuple[str, set[Learned]]]
"""Tells one thing; returns the intent that it is about and what came of it."""


@dataclass(slots=True)
class Reconciled:
    """How many events and intents were gone through, and what came of them.

    `healed` had facts that we had missed; `drifted` cannot be healed and waits for an admin;
    `failed` could not be told. *finished* unless the time was up.
    """

    told: int = 0
    healed: int = 0
    drifted: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Compares what the processor knows with our payments, and learns what is missing."""

    processor: PaymentProcessor
    facts: PaymentFacts
    exceptions: Exceptions
    time_is_up: Callable[[], bool]

    def run(self, *, request_id: str, now: Instant) -> Reconciled:
        """Learn the events of 30 days that no webhook took, then our intents of 3 days.

        Raises `Unavailable` when the processor does not list them.
        """
        done = Reconciled()
        for tell in self._everything(request_id, now):
            if self.time_is_up():
                done.finished = False
                break
            done.told += 1
            try:
                intent_id, learned = tell()
                if Learned.NEW in learned:
                    done.healed += 1
                    self.exceptions.report(
                        HEALED, intent_id, "A fact was learned that no webhook had told.", now=now
                    )
                done.drifted += any(each.doubtful for each in learned)
            except (RateLimited, Unavailable):
                done.failed += 1
        return done

    def _everything(self, request_id: str, now: Instant) -> Iterator[Told]:
        def told(news: News) -> tuple[str, set[Learned]]:
            learned = self.facts.learn(news, request_id=request_id, now=now)
            return news.intent_id, {learned}

        def compared(intent: Intent) -> tuple[str, set[Learned]]:
            learned = self.facts.learn_intent(intent, request_id=request_id, now=now)
            return intent.intent_id, learned

        yield from _each(told, self.processor.undelivered_since(_ago(now, EVENT_DAYS)))
        yield from _each(compared, self.processor.intents_since(_ago(now, INTENT_DAYS)))


def _each[T](tell: Callable[[T], tuple[str, set[Learned]]], things: Iterable[T]) -> Iterator[Told]:
    for thing in things:
        yield partial(tell, thing)


def _ago(now: Instant, days: int) -> Instant:
    return Instant(now - days * DAY_SECONDS)

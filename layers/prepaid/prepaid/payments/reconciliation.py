"""Reconciliation: what the payment provider knows and no webhook brought, recorded after all.

Four lists are read by the time at which their objects were created, each from where the last run
stopped. Events say what has changed, whoever received them; intents, refunds and disputes are
what is left when a run comes too late for the events.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions
from prepaid.payments.facts import FactOutcome, PaymentFacts
from prepaid.payments.ports import PaymentEvent
from prepaid.payments.reconciliation_ports import Found, FoundPage, ProcessorLists, Source
from prepaid.windows import ReadWindows, Window, behind, left_to_read

HEALED = "payment_healed"
UNREADABLE = "payment_object_unreadable"
DAY_SECONDS = 86_400
EVENT_DAYS = 30
"""Stripe keeps events for 30 days: https://docs.stripe.com/api/events."""
OBJECT_DAYS = 180
"""How far back objects are compared when events were missed: a dispute may take months."""
IN_FLIGHT_SECONDS = 300
"""So young, an event may have its webhook on the way: it is recorded, and nobody missed it."""


@dataclass(slots=True)
class Reconciled:
    """How many objects were gone through, and what came of them.

    `healed` had facts that we had missed, `in_flight` such as a webhook may yet bring; `drifted`
    cannot be healed and waits for an admin, as does what is `unreadable`; `failed` could not be
    recorded now and comes again in the next run. *finished* unless the time was up.
    """

    compared: int = 0
    healed: int = 0
    in_flight: int = 0
    drifted: int = 0
    unreadable: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Compares what the processor knows with our payments, and records what is missing.

    *failed* receives each object that cannot be recorded now.
    """

    lists: ProcessorLists
    windows: ReadWindows
    facts: PaymentFacts
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    failed: Callable[[Found, Exception], None]

    def run(self, *, request_id: str, now: Instant) -> Reconciled:
        """Read every list from where the last run stopped until *now*.

        Raises `Unavailable` or `RateLimited` when the processor does not list, or when it cannot
        be kept how far a list was read. What was done until then stays done.
        """
        done = Reconciled()
        young: set[_About] = set()
        self._widen_if_events_are_gone(now)
        for source in Source:
            failed_before = done.failed
            begun = self.windows.window(source) or Window(since=_start(source, now), until=now)
            for window in left_to_read(begun, now):
                process = partial(self._process, done, young, request_id, now)
                for left in self._read(source, window, done, process):
                    if done.failed == failed_before:
                        self.windows.keep_window(source, left)
                if not done.finished:
                    return done
        return done

    def _widen_if_events_are_gone(self, now: Instant) -> None:
        """Compare objects where events are gone that nobody has read."""
        events = self.windows.window(Source.EVENTS)
        if events is None or events.since >= now - EVENT_DAYS * DAY_SECONDS:
            return
        for source in Source:
            if source is not Source.EVENTS:
                self.windows.keep_window(source, Window(since=_start(source, now), until=now))

    def _read(
        self, source: Source, window: Window, done: Reconciled, process: Callable[[Found], None]
    ) -> Iterator[Window]:
        """Go through a window; yield after each page what is left to read.

        What is left counts only while nothing has failed: then the first objects are done.
        """
        for page in self._pages(source, window):
            worked = work_through(
                page.found, process, time_is_up=self.time_is_up, failed=self.failed
            )
            done.failed += worked.failed
            done.finished = worked.finished
            if worked.done:
                window = replace(window, after=page.found[worked.done - 1].object_id)
            yield window if page.more or not worked.finished else behind(window)
            if not worked.finished:
                return

    def _pages(self, source: Source, window: Window) -> Iterator[FoundPage]:
        """Go through a window page by page; from its beginning if the position is gone."""
        more = True
        while more:
            try:
                page = self.lists.page(source, window)
            except InvalidRequest:
                if window.after is None:
                    raise
                window = replace(window, after=None)
                continue
            yield page
            more = page.more and bool(page.found)
            if more:
                window = replace(window, after=page.found[-1].object_id)

    def _process(
        self, done: Reconciled, young: set["_About"], request_id: str, now: Instant, found: Found
    ) -> None:
        """Record what an object says. Events come first, and say which objects are *young*."""
        done.compared += 1
        if found.at is not None and found.at > now - IN_FLIGHT_SECONDS:
            young.update(map(_about, found.events))
        if found.unreadable is not None:
            done.unreadable += 1
            self.exceptions.report(UNREADABLE, found.object_id, found.unreadable, now=now)
        for event in found.events:
            outcome = self.facts.record_fact(event, request_id=request_id, now=now)
            if outcome is FactOutcome.NEW and _about(event) in young:
                done.in_flight += 1
            elif outcome is FactOutcome.NEW:
                done.healed += 1
                subject = event.intent_id or found.object_id
                self.exceptions.report(
                    HEALED, subject, "A fact was recorded that no webhook brought.", now=now
                )
            done.drifted += outcome.doubtful


type _About = tuple[str, str | None]
"""An intent, or a charge where only that is named."""


def _about(event: PaymentEvent) -> _About:
    return event.intent_id, event.charge_id


def _start(source: Source, now: Instant) -> Instant:
    """Return where a list is read from when nothing is known of earlier runs."""
    days = EVENT_DAYS if source is Source.EVENTS else OBJECT_DAYS
    return Instant(now - days * DAY_SECONDS)

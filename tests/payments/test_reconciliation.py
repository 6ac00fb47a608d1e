"""Reconciliation: what it heals, what it asks for, and where the next run goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest, Unavailable
from prepaid.payments.payment import Payment, PaymentStatus, Progress
from prepaid.payments.ports import PaymentEvent
from prepaid.payments.reconciliation import (
    DAY_SECONDS,
    EVENT_DAYS,
    IN_FLIGHT_SECONDS,
    OBJECT_DAYS,
    UNREADABLE,
    Reconciled,
    Reconciliation,
)
from prepaid.payments.reconciliation_ports import Found, FoundPage, Source
from prepaid.windows import OVERLAP_SECONDS, Window

from tests.support.ledger_harness import NOW
from tests.support.memory_payments import MemoryRecords
from tests.support.selling import PRICE, Counter, paid, refunded

USER = AccountId("user-1")


def reconciled(
    counter: Counter, time_is_up: Callable[[], bool] = lambda: False, now: Instant = NOW
) -> Reconciled:
    reconciliation = Reconciliation(
        lists=counter.payment_processor,
        windows=counter.records,
        facts=counter.facts,
        exceptions=counter.exceptions,
        time_is_up=time_is_up,
        failed=lambda *_: None,
    )
    return reconciliation.run(request_id="job", now=now)


def test_what_was_told_already_needs_no_healing() -> None:
    counter = Counter()
    payment = counter.buy(USER)
    counter.payment_processor.tell(str(payment.intent_id), paid(payment))

    done = reconciled(counter)

    assert done == Reconciled(compared=1)
    assert counter.exceptions.stored == {}


def ago(days: int, now: Instant = NOW) -> Instant:
    return Instant(now - days * DAY_SECONDS)


def asked(since: dict[Source, Instant], until: Instant) -> list[str]:
    return [f"{source} from {at} to {until} after None" for source, at in since.items()]


def test_the_first_run_reads_all_that_stripe_still_has_and_the_next_ones_the_news() -> None:
    counter = Counter()
    an_hour_later = Instant(NOW + 3600)

    reconciled(counter)
    first, counter.payment_processor.asked = counter.payment_processor.asked, []
    reconciled(counter, now=an_hour_later)

    whole = {source: ago(OBJECT_DAYS) for source in Source} | {Source.EVENTS: ago(EVENT_DAYS)}
    assert first == asked(whole, NOW)
    event = dict.fromkeys(Source, Instant(NOW - OVERLAP_SECONDS))
    assert counter.payment_processor.asked == asked(event, an_hour_later)


def test_objects_speak_for_events_that_went_before_anybody_read_them() -> None:
    counter = Counter()
    reconciled(counter)
    much_later = Instant(NOW + (EVENT_DAYS + 1) * DAY_SECONDS)

    counter.payment_processor.asked = []
    reconciled(counter, now=much_later)

    since = dict.fromkeys(Source, ago(OBJECT_DAYS, much_later))
    since[Source.EVENTS] = Instant(NOW - OVERLAP_SECONDS)
    assert counter.payment_processor.asked == asked(since, much_later)


@pytest.mark.fault("C30.14")
def test_a_run_that_ends_between_events_and_objects_forgets_no_gap() -> None:
    counter = Counter()
    reconciled(counter)
    much_later = Instant(NOW + (EVENT_DAYS + 1) * DAY_SECONDS)
    counter.payment_processor.listed = [Found(object_id="evt_1"), Found(object_id="evt_2")]
    counter.start(USER)
    ticks = iter([False, False, True])

    first = reconciled(counter, lambda: next(ticks), now=much_later)
    counter.payment_processor.asked = []
    reconciled(counter, now=much_later)

    assert (first.compared, first.finished) == (2, False)
    since = dict.fromkeys(Source, ago(OBJECT_DAYS, much_later))
    since[Source.EVENTS] = Instant(much_later - OVERLAP_SECONDS)
    assert counter.payment_processor.asked == asked(since, much_later)


def test_missed_events_are_learned_and_reported_once() -> None:
    counter = Counter()
    payment = counter.start(USER).payment
    intent_id = str(payment.intent_id)
    counter.payment_processor.undelivered = [
        PaymentEvent(intent_id=intent_id, fact=refunded(PRICE // 2)),
        PaymentEvent(intent_id=intent_id, payment_id=payment.payment_id, fact=paid(payment)),
    ]

    done = reconciled(counter)

    assert done == Reconciled(compared=3, healed=2)
    assert counter.balance(USER) == "275.00"
    assert list(counter.exceptions.stored) == [("payment_healed", intent_id)]


def test_what_contradicts_the_terms_is_drift() -> None:
    counter = Counter()
    payment = counter.start(USER).payment
    counter.payment_processor.tell(str(payment.intent_id), replace(paid(payment), amount=1))

    done = reconciled(counter)

    assert done == Reconciled(compared=1, drifted=1)
    assert counter.balance(USER) == "0.00"


def test_one_payment_that_cannot_be_told_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = Counter()
    stuck, sound = counter.start(USER, "stuck").payment, counter.start(USER, "sound").payment
    for payment in (stuck, sound):
        counter.payment_processor.tell(str(payment.intent_id), paid(payment))
    read = counter.stored.payment

    def unreachable(payment_id: str) -> Payment | None:
        if payment_id == stuck.payment_id:
            raise Unavailable("The ledger did not answer in time.")
        return read(payment_id)

    monkeypatch.setattr(counter.stored, "payment", unreachable)

    done = reconciled(counter)

    assert done == Reconciled(compared=2, healed=1, failed=1)
    assert counter.balance(USER) == "550.00"


@pytest.mark.fault("C30.15")
def test_what_the_time_does_not_suffice_for_is_where_the_next_run_goes_on() -> None:
    counter = Counter()
    for key in ("first", "second"):
        payment = counter.start(USER, key).payment
        counter.payment_processor.tell(str(payment.intent_id), paid(payment))
    ticks: Iterator[bool] = iter([False, True])

    first = reconciled(counter, lambda: next(ticks))
    second = reconciled(counter)

    assert first == Reconciled(compared=1, healed=1, finished=False)
    assert second == Reconciled(compared=1, healed=1)
    assert counter.balance(USER) == "1100.00"


def test_a_window_that_was_begun_is_finished_before_the_news_are_read() -> None:
    counter = Counter()
    begun = Window(since=ago(2), until=ago(1), after="evt_1")
    counter.records.windows[Source.EVENTS] = begun
    counter.payment_processor.listed = [Found(object_id="evt_2"), Found(object_id="evt_1")]

    reconciled(counter)

    assert counter.payment_processor.asked[:2] == [
        f"events from {ago(2)} to {ago(1)} after evt_1",
        f"events from {ago(1) - OVERLAP_SECONDS} to {NOW} after None",
    ]


@pytest.mark.fault("C30.15")
def test_pages_are_read_one_after_another_and_each_is_kept_when_it_is_done() -> None:
    counter = Counter()
    counter.payment_processor.page_size = 2
    counter.payment_processor.listed = [Found(object_id=f"evt_{n}") for n in range(5)]
    stored: list[Window] = []
    keep = counter.records.keep_window

    def keeping(source: str, window: Window) -> None:
        if source is Source.EVENTS:
            stored.append(window)
        keep(source, window)

    done = Reconciliation(
        lists=counter.payment_processor,
        windows=Remembering(counter.records, keeping),
        facts=counter.facts,
        exceptions=counter.exceptions,
        time_is_up=lambda: False,
        failed=lambda *_: None,
    ).run(request_id="job", now=NOW)

    whole = Window(since=ago(EVENT_DAYS), until=NOW)
    assert done == Reconciled(compared=5)
    assert stored == [
        replace(whole, after="evt_1"),
        replace(whole, after="evt_3"),
        Window(since=Instant(NOW - OVERLAP_SECONDS), until=NOW),
    ]


@dataclass(frozen=True)
class Remembering:
    """`ReadWindows` that does what a test says when a window is kept."""

    records: MemoryRecords
    keep_window: Callable[[str, Window], None]

    def window(self, source: str) -> Window | None:
        return self.records.window(source)


@pytest.mark.fault("C30.16")
def test_what_could_not_be_told_is_told_again_and_holds_up_nothing_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = Counter()
    counter.payment_processor.page_size = 1
    stuck, sound = counter.start(USER, "stuck").payment, counter.start(USER, "sound").payment
    for payment in (stuck, sound):
        counter.payment_processor.tell(str(payment.intent_id), paid(payment))
    read = counter.stored.payment

    def unreachable(payment_id: str) -> Payment | None:
        if payment_id == stuck.payment_id:
            raise Unavailable("The ledger did not answer in time.")
        return read(payment_id)

    with monkeypatch.context() as patched:
        patched.setattr(counter.stored, "payment", unreachable)
        first = reconciled(counter)
    between = counter.balance(USER)
    assert Source.INTENTS not in counter.records.windows
    second = reconciled(counter, now=Instant(NOW + 3600))

    assert (first, between) == (Reconciled(compared=2, healed=1, failed=1), "550.00")
    assert second == Reconciled(compared=2, healed=1)
    assert counter.balance(USER) == "1100.00"


def test_a_position_that_stripe_has_forgotten_begins_its_window_again() -> None:
    counter = Counter()
    counter.payment_processor.listed = [Found(object_id="evt_1")]
    begun = Window(since=ago(1), until=NOW, after="evt_gone")
    counter.records.windows[Source.EVENTS] = begun

    done = reconciled(counter)

    assert done == Reconciled(compared=1)
    assert counter.payment_processor.asked[:2] == [
        f"events from {ago(1)} to {NOW} after evt_gone",
        f"events from {ago(1)} to {NOW} after None",
    ]


def test_a_window_that_stripe_refuses_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()

    def refused(_source: Source, _window: Window) -> None:
        raise InvalidRequest("That window cannot be listed.", pointer="/created")

    monkeypatch.setattr(counter.payment_processor, "page", refused)

    with pytest.raises(InvalidRequest):
        reconciled(counter)
    assert counter.records.windows == {}


@pytest.mark.fault(
    "C30.16",
    "One object cannot be read, or the ledger cannot take it for now",
    "It is reported once, or told again by the next run; nothing waits behind it",
)
def test_what_cannot_be_read_is_reported_once_and_holds_up_nothing() -> None:
    counter = Counter()
    payment = counter.start(USER).payment
    counter.payment_processor.listed = [
        Found(object_id="evt_odd", unreadable="charge.refunded: no amount")
    ]
    counter.payment_processor.undelivered = [
        PaymentEvent(
            intent_id=str(payment.intent_id), payment_id=payment.payment_id, fact=paid(payment)
        )
    ]

    first, second = reconciled(counter), reconciled(counter)

    assert (first.unreadable, first.healed, second.unreadable) == (1, 1, 1)
    assert counter.balance(USER) == "550.00"
    assert counter.exceptions.stored[UNREADABLE, "evt_odd"] == "charge.refunded: no amount"
    assert len(counter.exceptions.stored) == 2


def test_a_list_that_cannot_be_had_fails_the_run_and_loses_nothing_of_what_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = Counter()
    counter.payment_processor.listed = [Found(object_id="evt_1")]
    page = counter.payment_processor.page

    def events_alone(source: Source, window: Window) -> FoundPage:
        if source is not Source.EVENTS:
            raise Unavailable("Stripe cannot be reached.")
        return page(source, window)

    monkeypatch.setattr(counter.payment_processor, "page", events_alone)

    with pytest.raises(Unavailable):
        reconciled(counter)
    assert counter.records.windows == {
        Source.EVENTS: Window(since=Instant(NOW - OVERLAP_SECONDS), until=NOW)
    }


def test_a_window_overlaps_the_last_one_for_what_is_listed_late() -> None:
    counter = Counter()

    reconciled(counter)

    ends = {stored.until - stored.since for stored in counter.records.windows.values()}
    assert ends == {600}


@pytest.mark.fault(
    "B60",
    "A webhook is on its way while the reconciliation runs",
    "The fact is recorded once, and not counted as one that nobody brought",
)
@pytest.mark.parametrize(("age", "healed"), [(IN_FLIGHT_SECONDS - 1, 0), (IN_FLIGHT_SECONDS, 1)])
def test_an_event_that_is_young_is_recorded_and_not_reported(age: int, healed: int) -> None:
    counter = Counter()
    payment = counter.start(USER).payment
    intent_id = str(payment.intent_id)
    event = PaymentEvent(intent_id=intent_id, payment_id=payment.payment_id, fact=paid(payment))
    counter.payment_processor.listed = [
        Found(object_id="evt_1", events=[event], at=Instant(NOW - age))
    ]

    done = reconciled(counter)

    assert (done.healed, done.in_flight) == (healed, 1 - healed)
    assert len(counter.exceptions.stored) == healed
    assert counter.balance(USER) == "550.00"


@pytest.mark.fault("B60")
def test_an_object_whose_event_is_young_is_not_reported_either() -> None:
    counter = Counter()
    young, missed = counter.start(USER, "young").payment, counter.start(USER, "missed").payment
    for payment in (young, missed):
        counter.payment_processor.tell(str(payment.intent_id), paid(payment))
    progress = PaymentEvent(
        intent_id=str(young.intent_id),
        payment_id=young.payment_id,
        fact=Progress(status=PaymentStatus.CREATED, at=Instant(0)),
    )
    counter.payment_processor.listed = [Found(object_id="evt_1", events=[progress], at=NOW)]

    done = reconciled(counter)

    assert (done.healed, done.in_flight) == (1, 1)
    assert list(counter.exceptions.stored) == [("payment_healed", missed.intent_id)]

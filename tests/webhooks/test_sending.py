"""Deliveries through time: tried, put off, disabled, resumed and replayed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prepaid.domain.credits import Instant, rfc_3339
from prepaid.domain.errors import Unavailable
from prepaid.webhooks.delivery import Delivery, DeliveryState, Outcome
from prepaid.webhooks.events import DISABLED, TEST, Event, new_event
from prepaid.webhooks.ports import Claimed, SignedMessage
from prepaid.webhooks.queueing import Queueing
from prepaid.webhooks.replaying import Replaying
from prepaid.webhooks.sending import CLAIM_SECONDS, Sending
from prepaid.webhooks.walking import PAGE, Walking, resume_walk
from prepaid.webhooks.webhook import OVERLAP_SECONDS, DisabledBecause, SigningKeys, Webhook

from tests.support.memory_payments import MemoryExceptions
from tests.support.memory_webhooks import (
    MemoryDeliveries,
    MemoryNotices,
    MemoryQueue,
    MemorySender,
    MemoryWalks,
    MemoryWebhooks,
)
from tests.webhooks.test_rules import DAY, HOUR, NOW, WEBHOOK

FAILS = Outcome(milliseconds=15_000, error="timed_out")
TAKES = Outcome(milliseconds=12, status=200)


@dataclass
class Receivers(MemorySender):
    """Receivers by URL; *meanwhile* happens during each try, *takes* seconds of the clock."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    meanwhile: Callable[[SignedMessage], object] | None = None

    def send(self, message: SignedMessage) -> Outcome:
        self.sent.append(message)
        if self.meanwhile:
            self.meanwhile(message)
        return self.outcomes.get(message.url, TAKES)


class Host:
    """A stack with webhooks on a clock that `run` moves to whatever comes next."""

    def __init__(self, *webhooks: Webhook) -> None:
        self.now = NOW
        self.webhooks = MemoryWebhooks({each.webhook_id: each for each in webhooks})
        self.deliveries, self.walks = MemoryDeliveries(), MemoryWalks()
        self.queue, self.sender = MemoryQueue(), Receivers()
        self.notices, self.exceptions = MemoryNotices(), MemoryExceptions()
        self.failures: list[Exception] = []
        self._held: list[tuple[Instant, Delivery]] = []
        self.sending = Sending(
            webhooks=self.webhooks,
            deliveries=self.deliveries,
            queue=self.queue,
            sender=self.sender,
            notices=self.notices,
            exceptions=self.exceptions,
            keys=lambda: SigningKeys({"k1": "s" * 64}),
            now=lambda: self.now,
        )
        self.walking = Walking(deliveries=self.deliveries, walks=self.walks, queue=self.queue)
        self.replaying = Replaying(deliveries=self.deliveries, walks=self.walks, queue=self.queue)
        self.queueing = Queueing(
            webhooks=self.webhooks,
            deliveries=self.deliveries,
            walks=self.walks,
            queue=self.queue,
            failed=lambda _, exc: self.failures.append(exc),
        )

    def happens(self, *numbers: int) -> None:
        """Let events happen now, and queue them."""
        events = [event(number, self.now) for number in numbers]
        self.queueing.queue_events(events, self.queueing.receivers())

    def work(self) -> None:
        """Take everything in hand that is queued for now."""
        while (due := self._due()) or self.queue.new or self.queue.walks:
            while self.queue.new:
                webhook_id, new, single = self.queue.new.pop(0)
                self.sending.event(webhook_id, new, single=single)
            while self.queue.walks:
                walk = self.queue.walks.pop(0)
                self.walking.go_on(walk.webhook_id, walk.walk_id, self.now)
            for each in due:
                self.sending.turn(each.webhook_id, each.delivery_id, each.turn)

    def _due(self) -> list[Delivery]:
        self._held += [(Instant(self.now + delay), each) for each, delay in self.queue.turns]
        self.queue.turns.clear()
        due = [each for at, each in self._held if at <= self.now]
        self._held = [(at, each) for at, each in self._held if at > self.now]
        return due

    def sweep(self) -> None:
        self.queueing.sweep(now=self.now, time_is_up=lambda: False)

    def run(self, until: int) -> None:
        """Work until a time; every five minutes the schedule sweeps, if there is anything."""
        self.work()
        while self.now < until:
            due = [each.due_at for each in self.all]
            due += [each.due_at for each in self.walks.stored.values()]
            sweeps = [each - each % -300 for each in due if each is not None]
            after = [each for each in sweeps if each > self.now]
            later = [at for at, _ in self._held]
            self.now = Instant(min([until, *after, *later]))
            self.sweep()
            self.work()

    def enable(self, webhook_id: str = "wh_1") -> None:
        saved = self.webhooks.save(self.webhooks.stored[webhook_id].enabled_again())
        self.walking.start(resume_walk(webhook_id, saved.version, self.now))

    @property
    def all(self) -> list[Delivery]:
        return list(self.deliveries.stored.values())

    def sent_to(self, url: str = WEBHOOK.url) -> list[SignedMessage]:
        return [each for each in self.sender.sent if each.url == url]


def event(number: int, at: int = NOW) -> Event:
    data = {"account_id": "user-1", "number": number}
    return new_event("credits.entry.posted", f"user-1#{number}#entry", "user-1", Instant(at), data)


def other(webhook_id: str = "wh_2", url: str = "https://other.example.com/") -> Webhook:
    return replace(WEBHOOK, webhook_id=webhook_id, url=url)


def test_what_happens_is_sent_at_once_and_once_to_each_who_wants_it() -> None:
    host = Host(WEBHOOK, other())

    host.happens(1, 2)
    host.work()

    assert [len(host.sent_to(url)) for url in (WEBHOOK.url, other().url)] == [2, 2]
    assert len({each.message_id for each in host.sender.sent}) == 4
    assert {each.state for each in host.all} == {DeliveryState.SUCCEEDED}
    assert host.webhooks.stored["wh_1"] is WEBHOOK


def test_without_any_webhook_nothing_is_queued_or_written() -> None:
    host = Host()

    host.happens(1, 2, 3)

    assert (host.queue.new, host.all) == ([], [])


@pytest.mark.fault("W1")
def test_a_dead_receiver_is_tried_for_75_hours_under_one_id_and_what_it_missed_is_replayed() -> (
    None
):
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = Outcome(milliseconds=9, status=500, excerpt="oops")

    host.happens(1)
    host.run(NOW + 80 * HOUR)

    [failed] = host.all
    began = host.sender.sent[0].at
    assert (failed.state, failed.tried) == (DeliveryState.FAILED, 10)
    assert [each.status for each in failed.tries] == [500] * 10
    assert 75 * HOUR <= host.sender.sent[-1].at - began < 77 * HOUR
    assert len({(each.message_id, each.body) for each in host.sender.sent}) == 1
    host.sender.outcomes.clear()
    again, replayed = host.replaying.one("wh_1", failed.delivery_id, "key", host.now)
    _, repeated = host.replaying.one("wh_1", failed.delivery_id, "key", host.now)
    host.work()
    assert (replayed, repeated, again.message_id) == (False, True, failed.message_id)
    assert host.all[0].state is DeliveryState.SUCCEEDED
    assert len(host.sender.sent) == 11


@pytest.mark.fault("W4")
@pytest.mark.fault(
    "W9",
    "A webhook is disabled while deliveries are still to be tried",
    "They wait, and go on from where they stopped when it is enabled",
)
def test_five_days_without_a_success_disable_it_with_one_notice_and_enabling_goes_on() -> None:
    host = Host(WEBHOOK, other())
    host.sender.outcomes[WEBHOOK.url] = FAILS

    for day in range(6):
        host.run(NOW + day * DAY)
        host.happens(day)
    host.run(NOW + 6 * DAY)

    disabled = host.webhooks.stored["wh_1"]
    assert disabled.disabled is DisabledBecause.FAILING
    assert disabled.disabled_at is not None
    assert 5 * DAY <= disabled.disabled_at - NOW < 5 * DAY + 6 * HOUR
    [notice] = host.notices.published
    assert (notice.event_type, json.loads(notice.body)["data"]) == (
        DISABLED,
        {
            "webhook_id": "wh_1",
            "url": WEBHOOK.url,
            "reason": "failing",
            "failing_since": rfc_3339(NOW),
        },
    )
    assert {kind for kind, _ in host.exceptions.stored} == {"webhook_disabled"}
    waiting = [each for each in host.all if each.state is DeliveryState.WAITING]
    assert waiting
    sent = len(host.sent_to())
    host.happens(99)
    host.run(host.now + 3 * DAY)
    assert len(host.sent_to()) == sent
    assert len(host.sent_to(other().url)) == 7
    host.sender.outcomes.clear()
    host.enable()
    host.run(host.now + HOUR)
    states = {each.state for each in host.all if each.webhook_id == "wh_1"}
    assert states == {DeliveryState.SUCCEEDED, DeliveryState.FAILED}
    assert len(host.sent_to()) == sent + len(waiting) + 1


@pytest.mark.fault("W5")
def test_a_receiver_that_is_gone_is_sent_nothing_more() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = Outcome(milliseconds=1, status=410)

    host.happens(1)
    host.work()
    host.happens(2)
    host.run(NOW + DAY)

    assert len(host.sender.sent) == 1
    assert host.webhooks.stored["wh_1"].disabled is DisabledBecause.GONE
    assert {each.state for each in host.all} == {DeliveryState.WAITING}
    assert len(host.notices.published) == 1


@pytest.mark.fault("W2")
def test_a_receiver_that_asks_for_an_hour_gets_it() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = Outcome(milliseconds=1, status=429, retry_after=HOUR)

    host.happens(1)
    host.run(NOW + 3 * HOUR)

    gaps = [each.at - NOW for each in host.sender.sent]
    assert gaps[0] == 0
    assert HOUR <= gaps[1] <= HOUR + 300
    assert len(gaps) == 3


@pytest.mark.fault("W3")
def test_a_message_that_comes_again_in_any_number_sends_once() -> None:
    host = Host(WEBHOOK)

    for _ in range(3):
        host.happens(1)
    host.work()
    host.sending.turn("wh_1", host.all[0].delivery_id, 0)

    assert len(host.sender.sent) == 1


@pytest.mark.fault(
    "W10",
    "Two invocations take the same delivery in hand, or one dies while it sends",
    "One claims it and sends; after a minute a claim of nobody's ends and it is sent again",
)
def test_a_delivery_is_claimed_before_it_is_sent() -> None:
    host = Host(WEBHOOK)
    seen: list[type[Exception]] = []

    def rival(_: SignedMessage) -> None:
        host.sender.meanwhile = None
        with pytest.raises(Claimed) as claimed:
            host.sending.event("wh_1", event(1))
        seen.append(claimed.type)

    host.sender.meanwhile = rival
    host.happens(1)
    host.work()

    assert (len(host.sender.sent), seen) == (1, [Claimed])


@pytest.mark.fault("W10")
def test_a_function_that_dies_while_it_sends_is_followed_by_another() -> None:
    host = Host(WEBHOOK)

    def dies(_: SignedMessage) -> None:
        raise SystemError("the process is gone")

    host.sender.meanwhile = dies
    with pytest.raises(SystemError):
        host.sending.event("wh_1", event(1))
    host.sender.meanwhile = None
    with pytest.raises(Claimed):
        host.sending.event("wh_1", event(1))
    host.now = Instant(NOW + CLAIM_SECONDS)
    after = host.sending.event("wh_1", event(1))

    assert after is not None
    assert after.state is DeliveryState.SUCCEEDED
    assert len(host.sender.sent) == 2


def test_a_notice_that_cannot_be_published_leaves_the_webhook_enabled_for_the_next_try() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = Outcome(milliseconds=1, status=410)

    def away() -> None:
        raise Unavailable("The bus did not take the notice.")

    host.notices.reach = away
    with pytest.raises(Unavailable):
        host.sending.event("wh_1", event(1))
    enabled = host.webhooks.stored["wh_1"].enabled
    host.notices.reach = lambda: None
    host.now = Instant(NOW + CLAIM_SECONDS)
    host.sending.event("wh_1", event(1))

    assert enabled
    assert not host.webhooks.stored["wh_1"].enabled
    assert len(host.notices.published) == 1


def test_what_waited_goes_on_with_its_tries_and_what_is_replayed_begins_anew() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = FAILS
    host.happens(1)
    host.work()
    stored = host.webhooks.stored
    stored["wh_1"] = replace(stored["wh_1"], disabled=DisabledBecause.ASKED)
    host.run(NOW + 600)
    waiting = host.all[0]
    host.enable()
    host.work()
    resumed = host.all[0]
    host.now = Instant(host.now + 1)
    host.replaying.one("wh_1", resumed.delivery_id, "again", host.now)
    host.work()
    replayed = host.all[0]

    assert waiting.state is DeliveryState.WAITING
    assert (waiting.failed, resumed.failed, replayed.failed) == (1, 2, 1)
    assert (resumed.replay_keys, len(replayed.replay_keys)) == ((), 1)


@pytest.mark.fault("W9")
def test_a_delivery_put_to_wait_while_its_webhook_is_enabled_goes_on_by_itself() -> None:
    host = Host(replace(WEBHOOK, disabled=DisabledBecause.ASKED))
    add = host.deliveries.add

    def enabled_meanwhile(delivery: Delivery) -> bool:
        host.enable()
        host.queue.walks.clear()  # the walk came before the delivery was there
        return add(delivery)

    host.deliveries.add = enabled_meanwhile  # type: ignore[method-assign]  # a rival of the store
    host.sending.event("wh_1", event(1))
    host.work()

    assert host.all[0].state is DeliveryState.SUCCEEDED


def test_health_that_somebody_changes_meanwhile_is_judged_again() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = FAILS
    changed: list[bool] = []

    def edit(_: SignedMessage) -> None:
        if not changed:
            host.webhooks.save(replace(host.webhooks.stored["wh_1"], description="new"))
            changed.append(True)

    host.sender.meanwhile = edit
    host.happens(1)
    host.work()

    stored = host.webhooks.stored["wh_1"]
    assert (stored.description, stored.failing_since) == ("new", NOW)


def test_nothing_is_sent_to_a_deleted_webhook() -> None:
    host = Host(WEBHOOK)
    host.happens(1)
    host.webhooks.save(replace(WEBHOOK, deleted_at=NOW))

    host.run(NOW + DAY)

    assert (host.sender.sent, host.all) == ([], [])


@pytest.mark.fault("W6")
def test_both_secrets_sign_for_a_day() -> None:
    host = Host(WEBHOOK)
    host.webhooks.save(WEBHOOK.rotated("k1", "second", NOW))

    host.happens(1)
    host.work()
    host.now = Instant(NOW + OVERLAP_SECONDS)
    host.happens(2)
    host.work()

    assert [len(each.secrets) for each in host.sender.sent] == [2, 1]
    assert host.sender.sent[0].secrets[0] == host.sender.sent[1].secrets[0]


def test_a_test_is_sent_once_even_to_a_disabled_webhook_and_says_nothing_of_its_health() -> None:
    host = Host(replace(WEBHOOK, disabled=DisabledBecause.ASKED))
    host.sender.outcomes[WEBHOOK.url] = FAILS

    first, again = host.replaying.test("wh_1", "key", NOW)
    host.run(NOW + HOUR)
    second, repeated = host.replaying.test("wh_1", "key", host.now)
    host.run(NOW + DAY)

    assert (again, repeated) == (False, True)
    assert (first.event_type, first.delivery_id) == (TEST, second.delivery_id)
    assert (second.state, len(host.sender.sent)) == (DeliveryState.FAILED, 1)
    assert host.webhooks.stored["wh_1"].failing_since is None


@pytest.mark.fault(
    "W11",
    "All deliveries since a time are replayed, and the request is repeated",
    "Each is sent once more, page by page; a repeat of the request sends nothing",
)
def test_everything_since_a_time_is_replayed_once_for_a_request() -> None:
    host = Host(WEBHOOK)
    host.happens(*range(PAGE + 7))
    host.run(NOW + HOUR)
    host.happens(1_000)
    host.work()
    count = len(host.sender.sent)

    walk, first = host.replaying.since(
        "wh_1", "k", Instant(NOW + 1), only_failed=False, now=host.now
    )
    host.work()
    one = len(host.sender.sent) - count
    host.replaying.since("wh_1", "all", NOW, only_failed=False, now=host.now)
    host.replaying.since("wh_1", "all", NOW, only_failed=False, now=host.now)
    host.work()

    assert (first, walk.finished, one) == (False, False, 1)
    assert len(host.sender.sent) - count - one == PAGE + 8
    again, repeated = host.replaying.since(
        "wh_1", "all", NOW, only_failed=False, now=Instant(host.now + 5)
    )
    assert (repeated, again.finished, again.found) == (True, True, PAGE + 8)


def test_what_happens_after_a_replay_was_asked_for_is_none_of_it() -> None:
    host = Host(WEBHOOK)
    host.happens(1)
    host.work()
    walk, _ = host.replaying.since("wh_1", "all", NOW, only_failed=False, now=host.now)
    host.now = Instant(host.now + 1)
    host.happens(2)
    while host.queue.new:
        webhook_id, new, single = host.queue.new.pop(0)
        host.sending.event(webhook_id, new, single=single)
    before = len(host.sender.sent)

    host.work()

    assert (before, len(host.sender.sent)) == (2, 3)
    assert host.sender.sent[0].message_id == host.sender.sent[2].message_id
    found = host.walks.find("wh_1", walk.walk_id)
    assert found is not None
    assert (found.finished, found.found) == (True, 1)


def test_a_page_that_is_gone_on_with_twice_replays_nothing_twice() -> None:
    host = Host(WEBHOOK)
    host.happens(1, 2)
    host.work()
    walk, _ = host.replaying.since("wh_1", "all", NOW, only_failed=False, now=host.now)
    host.walking.go_on("wh_1", walk.walk_id, host.now)
    host.walks.save(walk)  # as where the first one ended before it was noted

    again = host.walking.go_on("wh_1", walk.walk_id, host.now)
    host.work()

    assert again is not None
    assert (again.found, len(host.sender.sent)) == (0, 4)


def test_only_what_failed_is_replayed_where_that_is_asked_for() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = FAILS
    host.happens(1)
    host.run(NOW + 80 * HOUR)
    host.sender.outcomes.clear()
    host.happens(2)
    host.work()
    count = len(host.sender.sent)

    host.replaying.since("wh_1", "k", NOW, only_failed=True, now=host.now)
    host.work()

    assert len(host.sender.sent) - count == 1
    assert {each.state for each in host.all} == {DeliveryState.SUCCEEDED}


@pytest.mark.fault(
    "W12",
    "The message of a delayed try, or of a replay, is lost",
    "The sweep finds the delivery and queues it again",
)
def test_what_the_queue_lost_is_found_by_the_sweep() -> None:
    host = Host(WEBHOOK)
    host.sender.outcomes[WEBHOOK.url] = FAILS
    host.happens(1)
    host.sending.event(*host.queue.new.pop(0)[:2])
    host.queue.turns.clear()
    host.sender.outcomes.clear()
    host.replaying.since("wh_1", "k", Instant(NOW + 1), only_failed=False, now=host.now)
    host.queue.walks.clear()

    host.run(NOW + HOUR)

    assert host.all[0].state is DeliveryState.SUCCEEDED
    assert all(each.finished for each in host.walks.stored.values())
    assert [each.due_at for each in host.walks.stored.values()] == [None]


@pytest.mark.fault("W12")
@settings(max_examples=60)
@given(
    fails=st.lists(st.booleans(), max_size=14),
    lost=st.sets(st.integers(0, 20)),
    doubled=st.sets(st.integers(0, 20)),
)
def test_whatever_the_queue_loses_or_doubles_each_try_is_made_once_in_its_order(
    fails: list[bool], lost: set[int], doubled: set[int]
) -> None:
    host = Host(WEBHOOK)
    outcomes, messages = iter(fails), iter(range(1_000))

    def answer(_: SignedMessage) -> None:
        host.sender.outcomes[WEBHOOK.url] = FAILS if next(outcomes, False) else TAKES

    host.sender.meanwhile = answer
    turn = host.queue.turn

    def unreliable(delivery: Delivery, *, delay: int = 0) -> None:
        number = next(messages)
        for _ in range(0 if number in lost else 1 + (number in doubled)):
            turn(delivery, delay=delay)

    host.queue.turn = unreliable  # type: ignore[method-assign]  # SQS at its worst
    host.happens(1)
    host.run(NOW + 4 * DAY)

    expected = next((n for n, each in enumerate(fails, 1) if not each), len(fails) + 1)
    [made] = host.all
    assert len(host.sender.sent) == made.tried == min(expected, 10)
    assert made.state is (DeliveryState.SUCCEEDED if expected <= 10 else DeliveryState.FAILED)

"""What is tried when, which webhook hears of what, and how its secrets follow one another."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId, Instant
from prepaid.webhooks.delivery import (
    MAX_LOGGED,
    MAX_REPLAY_KEYS,
    Delivery,
    DeliveryState,
    Outcome,
    new_delivery,
)
from prepaid.webhooks.events import Event, NotAnEvent, event_of, new_event
from prepaid.webhooks.managing import By, Managing, Terms
from prepaid.webhooks.retrying import (
    DELAYS,
    FAILING_SECONDS,
    LONGEST_WAIT_SECONDS,
    TRIES,
    next_try,
)
from prepaid.webhooks.webhook import (
    MAX_REMEMBERED,
    OVERLAP_SECONDS,
    DisabledBecause,
    SecretVersion,
    SigningKeys,
    Webhook,
)

from tests.support.memory_payments import MemoryExceptions
from tests.support.memory_webhooks import MemoryWebhooks

NOW = Instant(1_795_000_000)
HOUR, DAY = 3_600, 86_400
FAILED = Outcome(milliseconds=15_000, error="timed_out")
TAKEN = Outcome(milliseconds=12, status=204)
WEBHOOK = Webhook(
    webhook_id="wh_1",
    url="https://example.com/hook",
    description="",
    event_types=(),
    account_ids=(),
    secrets=(SecretVersion(key_id="k1", number=1, made_by="first"),),
    fingerprint="v1:1",
    created_at=NOW,
    updated_at=NOW,
    updated_by="admin:admin-1",
    version=1,
)


def event(event_type: str = "credits.entry.posted", account_id: str | None = "user-1") -> Event:
    data = {} if account_id is None else {"account_id": account_id}
    return new_event(event_type, "user-1#7#entry", "user-1", NOW, data)


def delivery() -> Delivery:
    return new_delivery(event(), "wh_1", NOW)


@pytest.mark.fault(
    "W1",
    "A receiver answers 500, or not at all, for three days",
    "It is tried ten times over 75 hours, then the delivery has failed; it can be replayed",
)
def test_a_delivery_that_always_fails_is_tried_ten_times_over_75_hours() -> None:
    tried, now, times = delivery(), NOW, [NOW]

    while (tried := tried.after(FAILED, now)).next_at is not None:
        now = tried.next_at
        times.append(now)

    assert len(times) == TRIES == 10
    assert 75 * HOUR <= times[-1] - times[0] < 76 * HOUR
    assert [later - earlier for earlier, later in pairwise(times)] == [
        *(5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
    ]
    assert (tried.state, tried.tried, tried.due_at) == (DeliveryState.FAILED, 10, None)


@pytest.mark.fault(
    "W2",
    "A receiver asks by Retry-After to be left alone for a while",
    "The next try comes no sooner, and at most a day later",
)
@given(
    failed=st.integers(0, 20),
    at=st.integers(0, 4_000_000_000),
    asked=st.none() | st.integers(0, 10**9),
)
def test_a_try_is_never_sooner_than_planned_or_asked_for_and_never_a_day_later(
    failed: int, at: int, asked: int | None
) -> None:
    found = next_try(failed, at=Instant(at), retry_after=asked)

    if failed >= TRIES:
        assert found is None
        return
    assert found is not None
    waits = found - at
    assert waits >= DELAYS[failed]
    assert waits >= min(asked or 0, LONGEST_WAIT_SECONDS)
    assert waits in {DELAYS[failed], min(asked or 0, LONGEST_WAIT_SECONDS)}


def test_what_is_taken_is_not_tried_again() -> None:
    taken = delivery().after(TAKEN, NOW)

    assert (taken.state, taken.next_at, taken.due_at) == (DeliveryState.SUCCEEDED, None, None)


def test_short_waits_are_the_queue_s_and_long_ones_the_sweep_s() -> None:
    soon = delivery().after(FAILED, NOW)
    later = replace(soon, failed=2).after(FAILED, NOW)

    assert soon.queued_for(NOW) == 5
    assert soon.due_at == NOW + 5 + 600
    assert later.queued_for(NOW) is None
    assert later.due_at == later.next_at == NOW + 1_800


def test_a_single_one_is_not_tried_again() -> None:
    tried = replace(delivery(), single=True).after(FAILED, NOW)

    assert (tried.state, tried.next_at) == (DeliveryState.FAILED, None)


def test_a_replay_begins_a_new_round_under_the_same_id() -> None:
    first = replace(delivery(), failed=TRIES, state=DeliveryState.FAILED, turn=10)

    again = first.replayed("key", NOW)

    assert (again.message_id, again.failed, again.state) == (
        first.message_id,
        0,
        DeliveryState.PENDING,
    )
    assert again.after(FAILED, NOW).next_at == NOW + 5


def test_the_log_and_the_keys_of_replays_are_bounded() -> None:
    tried = delivery()
    for number in range(50):
        tried = tried.after(FAILED, NOW).replayed(f"key-{number}", NOW)

    assert (len(tried.tries), len(tried.replay_keys)) == (MAX_LOGGED, MAX_REPLAY_KEYS)
    assert (tried.tried, tried.replay_keys[-1]) == (50, "key-49")


@given(st.lists(st.sampled_from(["fail", "wait", "resume", "replay"]), max_size=30))
def test_every_decision_about_a_delivery_is_a_turn_of_its_own(steps: list[str]) -> None:
    tried = delivery()
    turns = [tried.turn]
    for step in steps:
        tried = {
            "fail": lambda d: d.after(FAILED, NOW),
            "wait": lambda d: d.waiting(),
            "resume": lambda d: d.resumed(NOW),
            "replay": lambda d: d.replayed("k", NOW),
        }[step](tried)
        turns.append(tried.turn)

    assert turns == sorted(set(turns))
    assert (tried.message_id, tried.body) == (delivery().message_id, delivery().body)


@pytest.mark.fault(
    "W3",
    "An event is queued twice, or its message comes again",
    "One delivery, under one `webhook-id` for each event and webhook",
)
def test_an_event_has_one_id_for_each_webhook_and_no_two_share_one() -> None:
    other_event = replace(event(), event_id="user-1#8#entry")

    ids = {
        new_delivery(each, webhook_id, now).message_id
        for each in (event(), other_event)
        for webhook_id in ("wh_1", "wh_2")
        for now in (NOW, Instant(NOW + 5))
    }

    assert len(ids) == 4


def test_a_webhook_hears_of_the_types_and_accounts_that_it_names() -> None:
    low, posted = event("credits.balance.low.v1"), event()
    of_nobody = event(account_id=None)

    def heard(*, types: tuple[str, ...] = (), accounts: tuple[str, ...] = ()) -> list[bool]:
        made = replace(
            WEBHOOK, event_types=types, account_ids=tuple(AccountId(each) for each in accounts)
        )
        return [made.wants(each) for each in (low, posted, of_nobody)]

    assert heard() == [True, True, True]
    assert heard(types=("credits.balance.*",)) == [True, False, False]
    assert heard(types=("credits.entry.posted",)) == [False, True, True]
    assert heard(types=("credits.entry",)) == [False, False, False]
    assert heard(accounts=("user-1",)) == [True, True, False]
    assert heard(accounts=("user-2",)) == [False, False, False]


@pytest.mark.fault(
    "W4",
    "Everything that a webhook is sent fails for five days",
    "It is disabled, which a notice on the bus, an alarm, an exception and GET tell",
)
def test_five_days_without_a_success_disable_a_webhook_and_one_success_saves_it() -> None:
    failing = WEBHOOK.after(FAILED, NOW)
    almost = failing.after(FAILED, Instant(NOW + FAILING_SECONDS - 1))

    assert failing.failing_since == NOW
    assert almost.enabled
    disabled = almost.after(FAILED, Instant(NOW + FAILING_SECONDS))
    assert (disabled.enabled, disabled.disabled) == (False, DisabledBecause.FAILING)
    saved = almost.after(TAKEN, NOW).after(FAILED, Instant(NOW + FAILING_SECONDS))
    assert saved.enabled
    assert disabled.enabled_again().after(FAILED, Instant(NOW + 9 * DAY)).enabled


@pytest.mark.fault("W5", "A receiver answers 410", "Its webhook is disabled at once, with a notice")
def test_a_receiver_that_is_gone_disables_its_webhook_at_once() -> None:
    gone = WEBHOOK.after(Outcome(milliseconds=1, status=410), NOW)

    assert gone.disabled is DisabledBecause.GONE


def test_a_webhook_that_takes_what_it_gets_is_not_written() -> None:
    assert WEBHOOK.after(TAKEN, NOW) is WEBHOOK
    failing = WEBHOOK.after(FAILED, NOW)
    assert failing.after(FAILED, Instant(NOW + 1)) is failing


@pytest.mark.fault(
    "W6",
    "A secret is rotated",
    "The old one and the new one sign for a day, then the new one alone",
)
def test_a_rotated_secret_stays_valid_for_a_day() -> None:
    rotated = WEBHOOK.rotated("k2", "second", NOW)

    def numbers(at: int) -> list[int]:
        return [each.number for each in rotated.valid_secrets(Instant(at))]

    assert numbers(NOW) == numbers(NOW + OVERLAP_SECONDS - 1) == [2, 1]
    assert numbers(NOW + OVERLAP_SECONDS) == [2]


@pytest.mark.parametrize("enabled", [True, False])
def test_a_change_neither_forgives_failures_nor_renews_why_it_is_disabled(enabled: bool) -> None:
    webhooks = MemoryWebhooks()
    stored = WEBHOOK if enabled else WEBHOOK.disabled_for(DisabledBecause.GONE, NOW)
    webhooks.stored["wh_1"] = replace(stored, failing_since=NOW)
    keys = SigningKeys({"k1": "s" * 64})
    managing = Managing(
        webhooks=webhooks, inbox=MemoryExceptions(), keys=lambda: keys, test_origin=""
    )
    terms = Terms(
        url=WEBHOOK.url, description="new", event_types=(), account_ids=(), enabled=enabled
    )

    late = By(actor="admin:a", request_id="r", now=Instant(NOW + 9))
    changed, walk = managing.update("wh_1", terms, WEBHOOK.version, late)

    assert (walk is not None) is enabled, "what waits goes on"
    assert (changed.description, changed.failing_since) == ("new", NOW)
    assert (changed.disabled, changed.disabled_at) == (stored.disabled, stored.disabled_at)


def test_secrets_are_numbered_from_1_on() -> None:
    keys = SigningKeys({"k1": "s" * 64})
    managing = Managing(
        webhooks=MemoryWebhooks(), inbox=MemoryExceptions(), keys=lambda: keys, test_origin=""
    )
    terms = Terms(url=WEBHOOK.url, description="", event_types=(), account_ids=(), enabled=True)

    made = managing.create(terms, By(actor="admin:a", request_id="r", now=NOW, key="k")).webhook
    rotated = made.rotated("k1", "second", NOW)

    assert [each.number for each in made.secrets] == [1]
    assert [each.number for each in rotated.secrets] == [2, 1]


def test_secrets_that_ended_are_remembered_so_that_no_request_makes_one_twice() -> None:
    rotated = WEBHOOK
    for number in range(30):
        rotated = rotated.rotated("k1", f"request-{number}", Instant(NOW + number * 2 * DAY))

    assert len(rotated.secrets) == MAX_REMEMBERED
    assert len({each.number for each in rotated.secrets}) == MAX_REMEMBERED
    assert len(rotated.valid_secrets(Instant(NOW + 100 * DAY))) == 1


def test_secrets_are_derived_from_the_stack_s_keys_each_its_own() -> None:
    keys = SigningKeys({"k1": "a" * 64, "k2": "b" * 64})
    versions = [
        SecretVersion(key_id=key_id, number=number, made_by="x")
        for key_id in ("k1", "k2")
        for number in (1, 2)
    ]

    found = [keys.secret(webhook_id, v) for webhook_id in ("wh_1", "wh_2") for v in versions]

    assert len(set(found)) == 8
    assert keys.secret("wh_1", versions[0]) == found[0]
    assert keys.newest == "k2"
    assert {len(each) for each in found} == {len("whsec_") + 44}


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "t", "time": "2026-11-22T12:00:00Z"},
        {"id": "1", "time": "2026-11-22T12:00:00Z"},
        {"id": "1", "type": "t"},
        {"id": "1", "type": "t", "time": "yesterday"},
        {"id": "1", "type": "t", "time": "2026-11-22T12:00:00"},
        {"id": 1, "type": "t", "time": "2026-11-22T12:00:00Z"},
    ],
)
def test_what_is_no_event_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(NotAnEvent):
        event_of(broken)


def test_an_event_of_the_bus_is_taken_as_it_is() -> None:
    found = event("credits.balance.low.v1")

    assert event_of({**_loaded(found.body)}) == found
    assert (found.account_id, found.at) == ("user-1", NOW)


def _loaded(body: str) -> dict[str, object]:

    loaded: dict[str, object] = json.loads(body)
    return loaded

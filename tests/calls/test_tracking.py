"""A call is paid once, by one account, in whatever order and however often it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

import pytest
from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.errors import CallAlreadyBound
from prepaid.calls.facts import CallEnd, CallEvent, CallStatus, Duration, DurationSource
from prepaid.calls.ports import CallSource
from prepaid.calls.reference import CallReference, signed
from prepaid.calls.settlement import CallSettlement
from prepaid.calls.tracking import CallOutcome, CallTracking
from prepaid.domain.account import Overage, Status
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import Unavailable
from prepaid.domain.usage import total

from tests.support import asking
from tests.support.asking import new_request_id
from tests.support.audits import map_source
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_calls import MemoryCalls, MemoryCallSources
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.memory_payments import MemoryExceptions
from tests.support.stores import TroubledStore, fails_with, loses_the_reply_with
from tests.support.verifying import verify

KEY = b"k" * 32
CALL = "call-1"
HOLD_SECONDS = 1500
LOST = Unavailable("The ledger did not answer in time.")


@dataclass
class Desk:
    """Calls of one account with 100.00 credits, and short words for what is told of them."""

    store: TroubledStore = field(default_factory=TroubledStore)
    calls: MemoryCalls = field(default_factory=MemoryCalls)
    sources: MemoryCallSources = field(default_factory=MemoryCallSources)
    exceptions: MemoryExceptions = field(default_factory=MemoryExceptions)
    account_id: AccountId = field(default_factory=new_account_id)

    def __post_init__(self) -> None:
        self.harness = LedgerHarness(self.store)
        self.harness.give(self.account_id, "100.00")

    @property
    def tracking(self) -> CallTracking:
        ledger = self.harness.ledger
        return CallTracking(
            calls=self.calls,
            sources=self.sources,
            ledger=ledger,
            settlement=CallSettlement(ledger, self.harness.catalogue, self.exceptions),
            exceptions=self.exceptions,
            signing_key=lambda: KEY,
            budget=MemoryRetryBudget,
        )

    def hold(self, amount: str = "6.00", key: str = "call", now: Instant = NOW) -> int:
        asked = asking.open_hold(key, "vapi_call", HOLD_SECONDS, amount=Credits.parse(amount))
        return self.harness.metering.open_hold(self.account_id, asked, now).entry.seq

    def reference(self, hold_id: int) -> str:
        expires_at = Instant(NOW + HOLD_SECONDS)
        given = CallReference(account_id=self.account_id, hold_id=hold_id, expires_at=expires_at)
        return signed(given, KEY)

    def record_event(
        self, call_event: CallEvent, now: Instant = NOW, *, from_api: bool = False
    ) -> CallOutcome:
        return self.tracking.record_event(
            call_event, request_id=new_request_id(), now=now, from_api=from_api
        )

    def bind(self, hold_id: int | None, account_id: AccountId | None = None) -> CallOutcome:
        binding = Binding(
            account_id=account_id or self.account_id, hold_id=hold_id, by=BoundBy.SERVICE
        )
        return self.tracking.bind(CALL, binding, request_id=new_request_id(), now=NOW)

    def bind_another(self, call_id: str, hold_id: int) -> CallOutcome:
        binding = Binding(account_id=self.account_id, hold_id=hold_id, by=BoundBy.SERVICE)
        return self.tracking.bind(call_id, binding, request_id=new_request_id(), now=NOW)

    @property
    def call(self) -> Call:
        return self.calls.call(CALL)

    @property
    def balance(self) -> str:
        return str(self.store.load(self.account_id).balance)

    @property
    def held(self) -> str:
        return str(self.store.load(self.account_id).held(NOW))

    def entries(self) -> list[Entry]:
        return [
            e for e in self.harness.entries(self.account_id) if e.kind is not EntryKind.ADJUSTMENT
        ]

    def kinds(self) -> list[str]:
        return [str(entry.kind) for entry in self.entries()]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ended(seconds: int | None = 192, reason: str = "customer-ended-call", **more: Any) -> CallEvent:
    duration = None
    if seconds is not None:
        source = DurationSource.REPORT_TIMES if seconds else DurationSource.NEVER_STARTED
        duration = Duration(milliseconds=seconds * 1000, source=source)
    end = CallEnd(
        duration=duration,
        ended_reason=reason,
        provider_cost=318_500,
        ended_at=Instant(NOW + 202),
    )
    reported = CallEvent(call_id=CALL, status=CallStatus.ENDED, end=end, created_at=NOW)
    return replace(reported, **more)


RUNNING = CallEvent(call_id=CALL, status=CallStatus.IN_PROGRESS, created_at=NOW)


def cost_of_day(desk: Desk, day: int = 0) -> int:
    """Return what providers took for calls on the account's open day, or on a closed one."""
    account = desk.store.load(desk.account_id)
    days = [total(each.portions) for each in desk.store.closed_days(desk.account_id)]
    counters = [*days, total(account.usage)][day - 1]
    return counters["vapi_call"].provider_cost


def test_what_the_provider_takes_stands_on_the_capture_and_in_its_day(desk: Desk) -> None:
    desk.bind(desk.hold())
    desk.record_event(ended())
    desk.bind_another("call-2", desk.hold(key="second"))
    desk.record_event(ended(call_id="call-2"))

    assert [each.provider_cost for each in desk.entries()] == [None, 318_500, None, 318_500]
    assert cost_of_day(desk) == 637_000
    assert verify(desk.store, desk.account_id) == []

    desk.harness.spend(desk.account_id, "next", now=Instant(NOW + DAY_SECONDS))
    assert cost_of_day(desk, -1) == 637_000
    assert verify(desk.store, desk.account_id) == []


def test_what_the_provider_takes_for_a_call_without_hold_stands_on_its_usage(desk: Desk) -> None:
    desk.bind(None)

    desk.record_event(ended())

    assert [each.provider_cost for each in desk.entries()] == [318_500]
    assert cost_of_day(desk) == 318_500


def test_a_call_that_nobody_pays_costs_us_all_the_same(desk: Desk) -> None:
    desk.bind(desk.hold())

    desk.record_event(ended(reason="call.in-progress.error-vapifault-worker-died"))

    release = desk.entries()[-1]
    assert (release.kind, release.provider_cost) == ("release", 318_500)
    assert cost_of_day(desk) == 318_500
    counted = total(desk.store.load(desk.account_id).usage)["vapi_call"]
    assert (counted.count, str(counted.credits), counted.units) == (0, "0.00", {})
    assert verify(desk.store, desk.account_id) == []


@pytest.mark.parametrize("cost", [None, 0])
def test_a_cost_that_is_nothing_or_not_told_is_in_no_day(desk: Desk, cost: int | None) -> None:
    desk.bind(desk.hold())
    end = ended(0).end
    assert end is not None

    desk.record_event(ended(0, end=replace(end, provider_cost=cost)))

    assert (desk.entries()[-1].kind, desk.entries()[-1].provider_cost) == ("release", cost)
    assert desk.store.load(desk.account_id).usage == {}


def test_a_report_that_comes_again_adds_no_cost(desk: Desk) -> None:
    desk.bind(desk.hold())

    for _ in range(3):
        desk.record_event(ended())

    assert cost_of_day(desk) == 318_500


def test_a_bound_call_is_captured_for_its_real_duration(desk: Desk) -> None:
    hold_id = desk.hold()
    desk.bind(hold_id)

    outcome = desk.record_event(ended())

    assert outcome is CallOutcome.SETTLED
    assert (desk.balance, desk.held) == ("97.40", "0.00")
    capture = desk.entries()[-1]
    assert (capture.kind, capture.hold_id, capture.reference) == ("capture", hold_id, CALL)
    assert capture.metadata["duration_ms"] == "192000"
    assert (desk.call.settled, desk.call.due_at) == ("paid", None)


@pytest.mark.fault(
    "B28.4",
    "A call is told of in another order, twice, or differently",
    "Paid once; a report that differs is an exception",
)
@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_call_is_paid_once_in_every_order_and_however_often_it_is_told(
    desk: Desk, order: tuple[int, ...]
) -> None:
    hold_id = desk.hold()
    reference = desk.reference(hold_id)
    steps: list[Callable[[], object]] = [
        lambda: desk.bind(hold_id),
        lambda: desk.record_event(replace(RUNNING, references=(reference,))),
        lambda: desk.record_event(CallEvent(call_id=CALL, status=CallStatus.ENDED, created_at=NOW)),
        lambda: desk.record_event(ended()),
    ]

    for index in (*order, *order):
        steps[index]()

    assert desk.balance == "97.40"
    assert desk.kinds() == ["hold", "capture"]
    assert desk.call.settled == "paid"


def test_a_report_binds_by_its_signed_reference(desk: Desk) -> None:
    hold_id = desk.hold()

    desk.record_event(ended(references=("unsigned", desk.reference(hold_id))))

    assert desk.balance == "97.40"
    assert desk.call.binding == Binding(
        account_id=desk.account_id, hold_id=hold_id, by=BoundBy.REFERENCE
    )


@pytest.mark.fault(
    "B28.2",
    "Metadata name an account, and we did not sign them, or for an earlier call",
    "They select no account",
)
@pytest.mark.parametrize("text", ["user-1", "", "A" * 300])
def test_metadata_that_nobody_signed_selects_no_account(desk: Desk, text: str) -> None:
    desk.hold()

    outcome = desk.record_event(ended(references=(text,)))

    assert outcome is CallOutcome.UNKNOWN_ACCOUNT
    assert desk.kinds() == ["hold"]


def test_a_reference_signed_with_another_key_selects_no_account(desk: Desk) -> None:
    given = CallReference(
        account_id=desk.account_id, hold_id=desk.hold(), expires_at=Instant(NOW + 10)
    )

    outcome = desk.record_event(ended(references=(signed(given, b"x" * 32),)))

    assert outcome is CallOutcome.UNKNOWN_ACCOUNT


@pytest.mark.fault("B28.2")
@pytest.mark.parametrize(
    ("created_at", "bound"), [(NOW + HOLD_SECONDS - 1, True), (NOW + HOLD_SECONDS, False)]
)
def test_a_reference_is_good_for_calls_that_began_before_it_expired(
    desk: Desk, created_at: int, bound: bool
) -> None:
    hold_id = desk.hold()

    desk.record_event(
        ended(references=(desk.reference(hold_id),), created_at=Instant(created_at)),
        now=Instant(NOW + 9_000),
    )

    assert (desk.call.binding is not None) is bound


def test_a_call_longer_than_its_hold_takes_what_is_available(desk: Desk) -> None:
    hold_id = desk.hold("1.20")
    desk.bind(hold_id)

    desk.record_event(ended(192))

    assert desk.balance == "97.40"


def test_what_a_call_costs_beyond_hold_and_credits_is_absorbed(desk: Desk) -> None:
    desk.harness.give(desk.account_id, "-98.80", key="down")
    desk.bind(desk.hold("1.20"))

    desk.record_event(ended(192))

    assert desk.balance == "0.00"
    assert str(desk.entries()[-1].shortfall) == "1.40"


@pytest.mark.fault(
    "B28.6",
    "A call never started, or the provider failed it",
    "Nothing is billed, the hold is released, the entry says why",
)
@pytest.mark.parametrize("with_hold", [True, False])
def test_a_call_that_never_started_costs_nothing_and_releases_its_hold(
    desk: Desk, with_hold: bool
) -> None:
    desk.bind(desk.hold() if with_hold else None)

    outcome = desk.record_event(ended(0, "customer-did-not-answer"))

    assert outcome is CallOutcome.SETTLED
    assert (desk.balance, desk.held) == ("100.00", "0.00")
    assert desk.call.settled == "not_billed"
    if with_hold:
        release = desk.entries()[-1]
        assert (release.kind, release.reason, release.reference) == (
            "release",
            "never started",
            CALL,
        )
        assert release.metadata["ended_reason"] == "customer-did-not-answer"


@pytest.mark.fault("B28.6")
@pytest.mark.parametrize(
    ("reason", "billed"),
    [
        ("call.in-progress.error-vapifault-worker-died", False),
        ("call.start.error-vapifault-get-org", False),
        ("call.start.error-subscription-insufficient-credits", False),
        ("call.in-progress.error-providerfault-openai-llm-failed", True),
        ("exceeded-max-duration", True),
        ("", True),
    ],
)
def test_a_call_that_the_provider_failed_costs_nothing(
    desk: Desk, reason: str, billed: bool
) -> None:
    desk.bind(desk.hold())

    desk.record_event(ended(192, reason))

    assert desk.balance == ("97.40" if billed else "100.00")
    assert desk.held == "0.00"


def test_an_empty_account_of_ours_at_the_provider_is_for_an_admin(desk: Desk) -> None:
    desk.bind(desk.hold())

    desk.record_event(ended(0, "call.start.error-subscription-insufficient-credits"))

    assert [kind for kind, _ in desk.exceptions.stored] == ["provider_account"]


@pytest.mark.fault(
    "D37",
    "A call is reported after its hold expired, was voided, or paid for another call",
    "Paid once under the call's own key",
)
@pytest.mark.parametrize("settled_before", [True, False])
def test_a_report_after_the_hold_expired_is_paid_under_the_calls_own_key(
    desk: Desk, settled_before: bool
) -> None:
    desk.bind(desk.hold())
    late = Instant(NOW + HOLD_SECONDS)
    if settled_before:
        desk.harness.settle(desk.account_id, late)

    desk.record_event(ended(), now=late)
    desk.record_event(ended(), now=late)

    assert desk.balance == "97.40"
    assert desk.kinds() == ["hold", "release", "usage"]
    assert desk.entries()[-1].key == f"call:{CALL}"
    assert desk.exceptions.stored == {}


@pytest.mark.fault("D37")
def test_usage_of_a_late_call_beyond_the_credits_is_absorbed_or_debt(desk: Desk) -> None:
    desk.harness.give(desk.account_id, "-99.00", key="down")
    desk.bind(None)

    desk.record_event(ended())

    usage = desk.entries()[-1]
    assert (desk.balance, str(usage.amount), str(usage.shortfall)) == ("0.00", "-1.00", "1.60")


def test_a_late_call_of_an_account_with_overage_becomes_debt(desk: Desk) -> None:
    desk.harness.give(desk.account_id, "-99.00", key="down")
    account = desk.store.load(desk.account_id)
    desk.store._accounts[desk.account_id] = replace(account, overage=Overage.DEBT)
    desk.bind(None)

    desk.record_event(ended())

    assert desk.balance == "-1.60"


def test_a_frozen_account_keeps_its_credits_and_the_shortfall_is_shown(desk: Desk) -> None:
    desk.bind(None)
    desk.harness.set_status(desk.account_id, "freeze", status=Status.FROZEN)

    desk.record_event(ended())

    usage = desk.entries()[-1]
    assert (desk.balance, str(usage.shortfall)) == ("100.00", "2.60")


@pytest.mark.fault("D37")
def test_a_hold_that_was_voided_does_not_make_a_call_free(desk: Desk) -> None:
    hold_id = desk.hold()
    desk.bind(hold_id)
    desk.harness.void(desk.account_id, hold_id, "v")

    desk.record_event(ended())

    assert desk.balance == "97.40"
    assert [kind for kind, _ in desk.exceptions.stored] == ["call_hold_voided"]


def test_a_hold_that_a_service_captured_has_paid_for_the_call(desk: Desk) -> None:
    hold_id = desk.hold()
    desk.bind(hold_id)
    capture = asking.capture("c", hold_id, amount=Credits.parse("2.60"))
    desk.harness.metering.capture(desk.account_id, capture, NOW)

    desk.record_event(ended())

    assert (desk.balance, desk.kinds()) == ("97.40", ["hold", "capture"])


@pytest.mark.fault("D37")
def test_a_second_call_on_one_hold_is_paid_for_itself(desk: Desk) -> None:
    reference = desk.reference(desk.hold())

    desk.record_event(ended(references=(reference,)))
    desk.record_event(ended(references=(reference,), call_id="call-2"))

    assert desk.balance == "94.80"
    assert desk.kinds() == ["hold", "capture", "usage"]
    assert list(desk.exceptions.stored) == [("call_hold_of_another", "call-2")]


def test_a_hold_that_is_not_there_does_not_make_a_call_free(desk: Desk) -> None:
    desk.bind(999)

    desk.record_event(ended())

    assert desk.balance == "97.40"
    assert [kind for kind, _ in desk.exceptions.stored] == ["call_hold_unknown"]


@pytest.mark.fault("B28.4")
def test_a_report_that_differs_pays_nothing_more_and_is_for_an_admin(desk: Desk) -> None:
    desk.bind(desk.hold())

    desk.record_event(ended(192))
    desk.record_event(ended(600))

    assert desk.balance == "97.40"
    assert [kind for kind, _ in desk.exceptions.stored] == ["call_report_differs"]


def test_a_call_of_nobody_is_kept_for_an_admin_once(desk: Desk) -> None:
    outcomes = [desk.record_event(ended()) for _ in range(2)]

    assert outcomes == [CallOutcome.UNKNOWN_ACCOUNT] * 2
    assert list(desk.exceptions.stored) == [("unknown_call", CALL)]
    assert desk.call.due_at is None


def test_a_call_was_seen_to_run_also_where_that_is_told_after_its_end() -> None:
    new = Call(call_id=CALL)

    told_late = new.merged(ended(), NOW).merged(RUNNING, Instant(NOW + 5))
    in_order = new.merged(RUNNING, NOW).merged(ended(), Instant(NOW + 5))

    assert (told_late.status, told_late.in_progress_at) == (CallStatus.ENDED, NOW + 5)
    assert (in_order.status, in_order.in_progress_at) == (CallStatus.ENDED, NOW)
    assert new.merged(ended(), NOW).in_progress_at is None


@pytest.mark.parametrize(
    ("late", "due"), [(0, True), (35 * 86_400, True), (35 * 86_400 + 1, False)]
)
def test_a_call_is_asked_for_until_usage_of_its_time_is_not_taken_any_more(
    late: int, due: bool
) -> None:
    asked = Call(call_id=CALL, first_seen_at=NOW).asked_in_vain(Instant(NOW + late))

    assert (asked.due_at is not None, asked.asked) == (due, 1)


@pytest.mark.parametrize("source", DurationSource)
def test_only_a_call_that_is_said_never_to_have_started_is_doubted(source: DurationSource) -> None:
    end = CallEnd(duration=Duration(milliseconds=0, source=source))
    said = CallEvent(call_id=CALL, status=CallStatus.ENDED, end=end)
    seen = replace(Call(call_id=CALL, first_seen_at=NOW), in_progress_at=NOW)

    assert seen.doubts(said) is (source is DurationSource.NEVER_STARTED)
    assert not replace(seen, in_progress_at=None).doubts(said)


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"phone_number_id": "n", "campaign_id": "c", "assistant_id": "a"}, "n"),
        ({"campaign_id": "c", "assistant_id": "a"}, "c"),
        ({"assistant_id": "a"}, "a"),
        ({}, "nowhere known"),
    ],
)
def test_a_call_of_nobody_says_where_it_came_from(
    desk: Desk, known: dict[str, Any], place: str
) -> None:
    desk.record_event(ended(**known))

    assert desk.exceptions.stored == {("unknown_call", CALL): f"192000 ms, from {place}"}


def test_a_call_of_nobody_that_never_started_is_nothing_to_look_at(desk: Desk) -> None:
    desk.record_event(ended(0))

    assert desk.exceptions.stored == {}


def test_a_call_without_reference_belongs_to_its_number(desk: Desk) -> None:
    map_source(
        desk.sources,
        CallSource(
            source_id="number-1",
            account_id=desk.account_id,
            assistant_id=None,
            updated_at=NOW,
            updated_by="admin:a",
        ),
    )

    desk.record_event(ended(phone_number_id="number-1"))

    assert (desk.balance, desk.kinds()) == ("97.40", ["usage"])


def test_a_bound_call_is_not_bound_to_another(desk: Desk) -> None:
    hold_id = desk.hold()
    desk.bind(hold_id)

    with pytest.raises(CallAlreadyBound):
        desk.bind(hold_id + 1)
    with pytest.raises(CallAlreadyBound):
        desk.bind(hold_id, new_account_id())

    desk.record_event(ended())
    assert desk.balance == "97.40"
    with pytest.raises(CallAlreadyBound):
        desk.bind(None)


def test_a_report_without_duration_pays_nothing_until_the_provider_is_asked(desk: Desk) -> None:
    desk.bind(desk.hold())

    outcome = desk.record_event(ended(None))

    assert outcome is CallOutcome.RECORDED
    assert (desk.balance, desk.held) == ("100.00", "6.00")
    assert desk.call.due_at == NOW


@pytest.mark.fault("B28.6")
def test_a_call_that_was_seen_to_run_is_not_believed_never_to_have_started(desk: Desk) -> None:
    desk.bind(desk.hold())
    desk.record_event(RUNNING)

    desk.record_event(ended(0))
    assert (desk.held, desk.call.due_at) == ("6.00", NOW)

    desk.record_event(ended(192), from_api=True)
    assert desk.balance == "97.40"


@pytest.mark.fault("B28.5")
@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("place", range(4))
def test_a_lost_reply_anywhere_is_settled_by_telling_it_again(
    desk: Desk, place: int, landed: bool
) -> None:
    desk.bind(desk.hold())
    trouble = loses_the_reply_with(LOST) if landed else fails_with(LOST)
    desk.store.at_commit = [trouble] if place == 0 else []
    if place:
        desk.calls.trouble += [*[(LOST, True)] * (place - 1), (LOST, landed)]

    for _ in range(2):
        desk.record_event(ended())

    assert (desk.balance, desk.kinds()) == ("97.40", ["hold", "capture"])
    assert desk.call.settled == "paid"


@pytest.mark.fault("B28.5")
def test_a_process_that_dies_before_it_settles_leaves_the_call_due(desk: Desk) -> None:
    desk.bind(desk.hold())
    desk.store.at_commit = [fails_with(KeyboardInterrupt())]  # type: ignore[arg-type]  # it dies
    with pytest.raises(KeyboardInterrupt):
        desk.record_event(ended())

    assert desk.call.due_at is not None
    assert desk.call.settled is None


def test_a_clock_an_hour_off_pays_a_call_once(desk: Desk) -> None:
    desk.bind(desk.hold())

    desk.record_event(ended(), now=Instant(NOW - 3600))
    desk.record_event(ended(), now=Instant(NOW + 3600))

    assert desk.balance == "97.40"


def test_a_call_of_an_unlimited_account_is_waived(desk: Desk) -> None:
    desk.harness.set_status(desk.account_id, "free", unlimited=True)
    desk.bind(desk.hold())

    desk.record_event(ended())

    assert (desk.balance, str(desk.entries()[-1].waived)) == ("100.00", "2.60")


def test_a_call_without_a_price_is_for_an_admin_and_stays_due(desk: Desk) -> None:
    desk.harness.catalogue = MemoryCatalogue(())
    desk.bind(None)

    outcome = desk.record_event(ended())

    assert outcome is CallOutcome.REFUSED
    assert desk.exceptions.stored == {("call_not_billed", CALL): "unknown_operation"}
    assert desk.call.due_at is not None

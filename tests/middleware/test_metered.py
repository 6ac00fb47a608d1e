"""`@metered`: done only if it can be paid, and paid once for each event, whatever happens."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from prepaid.domain.account import Status
from prepaid.domain.commands import SetStatus
from prepaid.domain.errors import InsufficientCredits, Unavailable
from prepaid.domain.keys import Key
from prepaid.middleware import Bill, metered
from prepaid.middleware.bill import NothingMeasured
from prepaid.middleware.metered import NoAccount
from prepaid.middleware.sources import ManyRecords, NoKey
from prepaid.runtime.wiring import ledger

from tests.support import records
from tests.support.event_sources.invocation import Context
from tests.support.stage import Stage

type Handler = Callable[..., Any]


def payer(_: object) -> str:
    return "user-1"


def sender(done: list[Any], **more: Any) -> Handler:
    """Return a function that notes what it did, 0.10 for each."""

    @metered("message", account=payer, **more)
    def send(record: Any, *_: Any) -> str:
        done.append(record)
        return "sent"

    return send


def kinds(stage: Stage) -> list[str]:
    return [str(each.kind) for each in stage.entries()][1:]


@pytest.mark.parametrize(
    "record", [records.sqs(), records.stream(), records.s3(), records.sns(), records.bus()]
)
def test_an_event_of_each_source_is_done_and_paid_once(record: Any, on_stage: Stage) -> None:
    done: list[Any] = []
    send = sender(done)

    answers = [send(record), send(record)]

    assert (done, answers) == ([record], ["sent", None])
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], "99.90")


def test_two_events_are_paid_for_each(on_stage: Stage) -> None:
    send = sender([])

    send(records.sqs("a"))
    send(records.sqs("b"))

    assert on_stage.balance() == "99.80"


def test_two_functions_are_paid_for_one_event(
    on_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []
    send = sender(done)
    send(records.bus())
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "another")

    send(records.bus())

    assert (len(done), on_stage.balance()) == (2, "99.80")


def test_an_exception_releases_and_the_next_try_holds_again(on_stage: Stage) -> None:
    tries: list[int] = []

    @metered("message", account=payer)
    def send(_: Any) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not yet")

    for _ in range(2):
        with pytest.raises(RuntimeError, match="not yet"):
            send(records.sqs())
    send(records.sqs())

    assert kinds(on_stage) == ["hold", "release", "hold", "release", "hold", "capture"]
    assert on_stage.balance() == "99.90"


@pytest.mark.fault(
    "D34.7",
    "Lambda tries an asynchronous event again under the same request id",
    "It is seen as a repeat",
)
def test_lambda_tries_an_asynchronous_event_again_under_the_same_request_id(
    on_stage: Stage,
) -> None:
    done: list[Any] = []
    send = sender(done)
    context = Context("the-same-id")

    send(records.bus(), context)
    send(records.bus(), context)

    assert (len(done), on_stage.balance()) == (1, "99.90")


def test_without_credits_nothing_is_done(on_stage: Stage) -> None:
    done: list[Any] = []
    on_stage.fund("-100.00", key="gone")

    with pytest.raises(InsufficientCredits):
        sender(done)(records.sqs())

    assert done == []


def test_a_ledger_that_is_silent_lets_nothing_be_done(on_stage: Stage) -> None:
    done: list[Any] = []
    on_stage.store.broken = True

    with pytest.raises(Unavailable):
        sender(done)(records.sqs())

    assert done == []


@pytest.mark.fault(
    "D34.8",
    "Whether paid work was paid is unknown",
    "Nothing is released; the next try settles it",
    no_mutant="the payment stands outside of what an exception releases",
)
def test_a_payment_that_is_unknown_releases_nothing_and_the_next_try_settles_it(
    on_stage: Stage,
) -> None:
    @metered("message", account=payer)
    def send(_: Any) -> None:
        on_stage.store.broken = True

    with pytest.raises(Unavailable):
        send(records.sqs())
    on_stage.store.broken = False
    held = on_stage.store.load(on_stage.entries()[0].account_id).holds
    sender([])(records.sqs())

    assert len(held) == 1
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], "99.90")


def test_an_exception_is_raised_as_it_is_although_nothing_can_be_released(
    on_stage: Stage,
) -> None:
    @metered("message", account=payer)
    def send(_: Any) -> None:
        on_stage.store.broken = True
        raise RuntimeError("its own")

    with pytest.raises(RuntimeError, match="its own"):
        send(records.sqs())


def test_a_size_known_afterwards_is_paid_as_it_was(on_stage: Stage) -> None:
    @metered("file_upload", account=payer, at_most="25.00")
    def upload(_: Any, *, bill: Bill) -> None:
        bill.used(mb="3.2")

    upload(records.s3())

    assert on_stage.balance() == "99.20"


def test_a_size_that_is_not_told_is_a_mistake_and_costs_nothing(on_stage: Stage) -> None:
    @metered("file_upload", account=payer, at_most="25.00")
    def upload(_: Any) -> None:
        return None

    with pytest.raises(NothingMeasured):
        upload(records.s3())

    assert (kinds(on_stage), on_stage.balance()) == (["hold", "release"], "100.00")


def test_several_units_are_expected_by_name(on_stage: Stage) -> None:
    @metered("vapi_call", account=payer, expected={"call": 1, "minute": "3.2"})
    def call(_: Any) -> None:
        return None

    call(records.sqs())

    assert on_stage.balance() == "97.40"


def test_an_unlimited_account_is_waived(on_stage: Stage) -> None:
    unlimit = SetStatus(
        key=Key("a:status:u"),
        actor="super_admin:root-1",
        request_id="r",
        unlimited=True,
    )
    on_stage.post(on_stage.entries()[0].account_id, unlimit)

    sender([])(records.sqs())

    assert str(on_stage.entries()[-1].waived) == "0.10"
    assert on_stage.balance() == "100.00"


def test_a_frozen_account_does_nothing(on_stage: Stage) -> None:
    done: list[Any] = []
    freeze = SetStatus(
        key=Key("a:status:f"),
        actor="admin:admin-1",
        request_id="r",
        status=Status.FROZEN,
    )
    on_stage.post(on_stage.entries()[0].account_id, freeze)

    with pytest.raises(Exception, match="frozen"):
        sender(done)(records.sqs())

    assert done == []


def test_a_key_is_given_where_the_source_has_none(on_stage: Stage) -> None:
    done: list[Any] = []
    send = sender(done, key=lambda event: event["job"])

    for job in ("a", "a", "b c"):
        send({"job": job})

    assert (len(done), on_stage.balance()) == (2, "99.80")


@pytest.mark.parametrize(
    ("event", "error"),
    [({"job": 1}, NoKey), ({"Records": [records.sqs("a"), records.sqs("b")]}, ManyRecords)],
)
def test_what_cannot_be_paid_once_is_refused_before_anything_is_done(
    event: Any, error: type[Exception], on_stage: Stage
) -> None:
    done: list[Any] = []

    with pytest.raises(error):
        sender(done)(event)

    assert (done, kinds(on_stage)) == ([], [])


def test_somebody_must_pay(on_stage: Stage) -> None:
    with pytest.raises(NoAccount):
        metered("message")(lambda _: None)(records.sqs())

    assert kinds(on_stage) == []


def test_a_kept_answer_is_what_a_repeat_gets(on_stage: Stage) -> None:
    send = sender([], keep=True)

    assert [send(records.sqs()), send(records.sqs())] == ["sent", "sent"]
    assert on_stage.balance() == "99.90"


@pytest.mark.parametrize("answer", ["x" * 1_000, object()])
def test_an_answer_that_cannot_be_kept_is_paid_all_the_same(answer: Any, on_stage: Stage) -> None:
    @metered("message", account=payer, keep=True)
    def send(_: Any) -> Any:
        return answer

    assert send(records.sqs()) is answer
    assert send(records.sqs()) is None
    assert on_stage.balance() == "99.90"


def test_a_handler_that_awaits_is_paid_as_any_other(on_stage: Stage) -> None:
    done: list[int] = []

    @metered("message", account=payer)
    async def send(_: Any, *, bill: Bill) -> str:
        await asyncio.sleep(0)
        bill.used(message=2)
        done.append(1)
        return "sent"

    answers = [asyncio.run(send(records.sqs())) for _ in range(2)]

    assert (done, answers) == ([1], ["sent", None])
    assert on_stage.balance() == "99.80"


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
def test_a_handler_that_awaits_and_fails_releases(
    error: type[BaseException], on_stage: Stage
) -> None:
    @metered("message", account=payer)
    async def send(_: Any) -> None:
        raise error

    with pytest.raises(error):
        asyncio.run(send(records.sqs()))

    assert kinds(on_stage) == ["hold", "release"]


def test_a_generator_is_refused_when_it_is_decorated() -> None:
    def steps(_: Any) -> Any:
        yield 1

    async def later_steps(_: Any) -> Any:
        yield 1

    for each in (steps, later_steps):
        with pytest.raises(TypeError, match="generator"):
            metered("message", account=payer)(each)


def test_an_answer_whose_work_has_not_begun_is_refused(on_stage: Stage) -> None:
    @metered("message", account=payer)
    def send(_: Any) -> Any:
        return (each for each in [1])

    with pytest.raises(TypeError, match="done when it returns"):
        send(records.sqs())

    assert kinds(on_stage) == ["hold", "release"]


def test_a_guarded_invocation_is_two_round_trips_before_and_two_after(on_stage: Stage) -> None:
    calls = on_stage.store.calls
    before: list[int] = []

    @metered("message", account=payer)
    def send(_: Any) -> None:
        before.append(calls.total())

    calls.clear()
    send(records.sqs())

    assert (before, calls.total()) == ([2], 4)
    assert ledger.store() is on_stage.store

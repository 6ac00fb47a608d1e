"""What Vapi's messages say, whatever is missing or odd in them."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.calls.facts import CallStatus, DurationSource
from prepaid.calls.vapi.fields import microseconds_in
from prepaid.calls.vapi.messages import (
    AssistantRequest,
    Ignored,
    MessageInvalid,
    Predial,
    StateOfCall,
    event_of_call,
    read_message,
)
from prepaid.web import json_body
from prepaid.web.errors import MalformedRequest

from tests.support.vapi_messages import (
    ABSENT,
    CALL_ID,
    CAMPAIGN_ID,
    NAMES,
    NUMBER_ID,
    message,
    put,
    raw,
)

TIMES = ("startedAt", "endedAt", "call/startedAt", "call/endedAt")
NO_TIMES: dict[str, Any] = dict.fromkeys(TIMES, ABSENT)
NO_COSTS: dict[str, Any] = {"costs": ABSENT, "call/costs": ABSENT}
ODD: tuple[Any, ...] = (
    None,
    "",
    "soon",
    "2026-13-40T99:99:99Z",
    0,
    -1,
    True,
    [],
    {},
    "1795000010",
    1e400,
)


def duration(changes: dict[str, Any]) -> tuple[int, str] | None:
    read = read_message(raw(message("end-of-call-report", changes)))
    assert isinstance(read, StateOfCall)
    assert read.call_event.end is not None
    found = read.call_event.end.duration
    return (found.milliseconds, str(found.source)) if found else None


def test_a_report_says_how_a_call_ended() -> None:
    read = read_message(raw(message("end-of-call-report")))

    assert isinstance(read, StateOfCall)
    call_event, end = read.call_event, read.call_event.end
    assert (call_event.call_id, call_event.phone_number_id) == (CALL_ID, NUMBER_ID)
    assert (call_event.status, call_event.created_at) == (CallStatus.ENDED, 1_795_000_000)
    assert end is not None
    assert end.duration is not None
    assert end.duration.milliseconds == 192_000
    assert (end.ended_reason, end.provider_cost, end.ended_at) == (
        "customer-ended-call",
        318_500,
        1_795_000_202,
    )


@pytest.mark.fault(
    "B28.3",
    "A report lacks its times, or they are odd, negative or of a day",
    "The next source in order; never a guess: else the call is asked for",
)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (192_000, "report_times")),
        ({"durationSeconds": 5}, (192_000, "report_times")),
        ({"startedAt": ABSENT}, (192_000, "call_times")),
        ({**NO_TIMES, "durationSeconds": 191.5}, (191_500, "duration_seconds")),
        ({**NO_TIMES, "durationSeconds": "191.5"}, (191_500, "duration_seconds")),
        (NO_TIMES, (192_000, "costs")),
        ({**NO_TIMES, "costs": ABSENT}, (192_000, "costs")),
        ({**NO_TIMES, **NO_COSTS}, (0, "never_started")),
        ({**NO_TIMES, **NO_COSTS, "startedAt": "soon"}, None),
        ({**NO_TIMES, **NO_COSTS, "call/startedAt": "2026-11-18T11:06:50Z"}, None),
        ({**NO_TIMES, **NO_COSTS, "durationSeconds": "a while"}, None),
        ({**NO_TIMES, **NO_COSTS, "durationSeconds": -3}, None),
        ({**NO_TIMES, **NO_COSTS, "durationSeconds": 86_400}, None),
        ({"endedAt": "2026-11-19T11:06:50Z"}, (192_000, "call_times")),
        ({"endedAt": "2026-11-18T11:06:49.999Z"}, (192_000, "call_times")),
        ({"startedAt": "2026-11-18T11:06:50.0004999Z"}, (192_000, "report_times")),
        ({"startedAt": "2026-11-18T12:06:50.123+01:00"}, (191_877, "report_times")),
    ],
)
def test_a_duration_comes_from_the_first_source_that_has_one(
    changes: dict[str, Any], expected: tuple[int, str] | None
) -> None:
    assert duration(changes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1970-01-01T00:00:01.5+00:00", 1_500_000),
        ("1969-12-31T23:59:59.999999Z", None),
    ],
)
def test_a_time_is_read_to_the_microsecond_from_1970_on(text: str, expected: int | None) -> None:
    assert microseconds_in({"at": text}, "at") == expected


@pytest.mark.fault("B28.3")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", TIMES)
def test_an_odd_time_is_never_guessed_at(path: str, odd: object) -> None:
    assert duration({path: odd}) in {(192_000, "report_times"), (192_000, "call_times")}


@pytest.mark.parametrize("odd", [each for each in ODD if each is not None])
def test_a_start_that_cannot_be_read_is_no_call_that_never_started(odd: object) -> None:
    assert duration({**NO_TIMES, **NO_COSTS, "startedAt": odd}) is None


def test_vapis_minutes_of_several_kinds_add_up() -> None:
    rows = [{"type": "vapi", "minutes": 2}, {"type": "vapi", "minutes": 1.2, "cost": 1}]

    assert duration({**NO_TIMES, "costs": rows}) == (192_000, "costs")


def test_minutes_of_which_one_kind_cannot_be_read_are_not_believed() -> None:
    rows = [{"type": "vapi", "minutes": 2}, {"type": "vapi", "minutes": None}]

    assert duration({**NO_TIMES, **NO_COSTS, "costs": rows}) is None


def test_a_call_lasts_no_longer_than_one_may_and_its_grace() -> None:
    most = 43_200 + 900
    lasted = {**NO_TIMES, **NO_COSTS, "startedAt": "2026-11-18T00:00:00.000Z"}

    longest = duration({**lasted, "endedAt": "2026-11-18T12:15:00.000Z"})
    longer = duration({**lasted, "endedAt": "2026-11-18T12:15:00.001Z"})

    assert longest == (most * 1_000, str(DurationSource.REPORT_TIMES))
    assert longer is None or longer[1] != str(DurationSource.REPORT_TIMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_message_of_the_sdk_is_read(name: str) -> None:
    kinds = {"assistant-request": AssistantRequest, "campaign.predial": Predial}
    kinds |= {"hang": Ignored, "transcript": Ignored}

    read = read_message(raw(message(name)))

    assert isinstance(read, kinds.get(name, StateOfCall))


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("status-update.ringing", CallStatus.RINGING),
        ("status-update.in-progress", CallStatus.IN_PROGRESS),
        ("status-update.ended", CallStatus.ENDED),
    ],
)
def test_a_status_is_read_in_our_words(name: str, status: CallStatus) -> None:
    read = read_message(raw(message(name)))

    assert isinstance(read, StateOfCall)
    assert (read.call_event.status, read.call_event.end) == (status, None)


def test_a_status_that_is_not_known_changes_nothing() -> None:
    read = read_message(raw(message("status-update.ended", {"status": "not-found"})))

    assert isinstance(read, StateOfCall)
    assert read.call_event.status is None


def test_a_campaign_asks_by_its_id() -> None:
    assert read_message(raw(message("campaign.predial"))) == Predial(campaign_id=CAMPAIGN_ID)


def test_references_are_found_wherever_metadata_are_repeated() -> None:
    places = ("call/assistantOverrides", "call/assistant", "assistant", "call")
    changes = {
        f"{place}/metadata/prepaid_reference": f"reference-{index}"
        for index, place in enumerate(places)
    }

    read = read_message(raw(message("end-of-call-report", changes)))

    assert isinstance(read, StateOfCall)
    assert read.call_event.references == tuple(f"reference-{index}" for index in range(4))


def test_a_number_is_also_named_beside_the_call() -> None:
    changes = {"call/phoneNumberId": ABSENT, "phoneNumber/id": "number-2"}

    read = read_message(raw(message("assistant-request", changes)))

    assert isinstance(read, AssistantRequest)
    assert read.call_event.phone_number_id == "number-2"


@pytest.mark.parametrize(
    "body",
    [[], 1, {}, {"message": []}, {"message": {"type": None}}, {"message": {"type": "x" * 999}}],
)
def test_what_is_no_message_is_refused(body: object) -> None:
    with pytest.raises(MessageInvalid):
        read_message(raw(body))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"message": 1, "message": 2}'])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedRequest):
        read_message(body)


@pytest.mark.parametrize("odd", [ABSENT, None, "", 7, "x" * 129, "a\tb", {}])
@pytest.mark.parametrize("name", ["assistant-request", "end-of-call-report", "status-update.ended"])
def test_a_message_about_no_call_is_refused(name: str, odd: object) -> None:
    with pytest.raises(MessageInvalid):
        read_message(raw(message(name, {"call/id": odd})))


def paths(value: object, above: str = "") -> list[str]:
    if not isinstance(value, dict):
        return []
    found = [f"{above}{name}" for name in value]
    return found + [below for name in value for below in paths(value[name], f"{above}{name}/")]


ODDITIES = st.sampled_from([ABSENT, *ODD, "x" * 300, [[]], {"id": 1}, -0.5, 10**30, "\u2028"])


@pytest.mark.fault("B28.3")
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_whatever_stands_in_a_field_a_message_is_read_or_refused(
    data: st.DataObject, name: str
) -> None:
    body = message(name)
    for path in data.draw(st.lists(st.sampled_from(paths(body["message"])), max_size=4)):
        try:
            put(body["message"], path, copy.deepcopy(data.draw(ODDITIES)))
        except (AttributeError, TypeError):
            continue  # what stands above it was replaced before

    try:
        read = read_message(raw(body))
    except (MessageInvalid, MalformedRequest):
        return

    if isinstance(read, StateOfCall) and read.call_event.end and read.call_event.end.duration:
        assert 0 <= read.call_event.end.duration.milliseconds <= 44_100_000


def test_a_call_of_the_api_says_the_same_as_its_report() -> None:
    call = json_body.parse(json.dumps(message("call.ended")).encode())
    assert isinstance(call, dict)

    call_event = event_of_call(call)

    assert call_event.status is CallStatus.ENDED
    assert call_event.end is not None
    assert call_event.end.duration is not None
    assert call_event.end.duration.milliseconds == 192_000
    assert call_event.end.duration.source is DurationSource.CALL_TIMES
    assert call_event.end.provider_cost == 318_500


@pytest.mark.parametrize("written", [str, int])
def test_a_cost_is_read_up_to_twelve_digits(written: Callable[[str], object]) -> None:
    def cost(digits: int) -> int | None:
        said = {"cost": written("1" * digits), "call/cost": ABSENT}
        read = read_message(raw(message("end-of-call-report", said)))
        assert isinstance(read, StateOfCall)
        assert read.call_event.end is not None
        return read.call_event.end.provider_cost

    assert cost(12) == 111_111_111_111_000_000
    assert cost(13) is None


def test_a_call_of_the_api_that_runs_has_no_end() -> None:
    call = json_body.parse(json.dumps(message("call.in-progress")).encode())
    assert isinstance(call, dict)

    call_event = event_of_call(call)

    assert (call_event.status, call_event.end) == (CallStatus.IN_PROGRESS, None)

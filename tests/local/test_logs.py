from typing import Any

from local.logs import named

FUNCTIONS = {"prepaid-GetBalance-1": "GetBalance", "prepaid-SettleDue-2": "SettleDue"}


def event(stream: str, at: int, message: str) -> dict[str, Any]:
    return {"logStreamName": stream, "timestamp": at, "message": message}


def test_every_line_of_a_stream_is_of_the_function_that_one_of_them_names() -> None:
    events = [
        event("a", 1, "START RequestId: 1"),
        event("b", 2, "START RequestId: 2"),
        event("b", 3, '{"message":"settled","function":"prepaid-SettleDue-2"}'),
        event("a", 4, '{"message":"answered","function":"prepaid-GetBalance-1"}'),
    ]

    output = [(each["timestamp"], each["function"]) for each in named(events, FUNCTIONS)]

    assert output == [(1, "GetBalance"), (2, "SettleDue"), (3, "SettleDue"), (4, "GetBalance")]


def test_on_aws_the_stream_itself_names_the_function() -> None:
    events = [event("2026/11/18/prepaid-SettleDue-2[$LATEST]abc", 1, "START RequestId: 1")]

    assert [each["function"] for each in named(events, FUNCTIONS)] == ["SettleDue"]


def test_lines_are_told_in_order_of_time_also_those_that_nobody_signed() -> None:
    events = [event("a", 2, "END"), event("b", 1, "Traceback")]

    output = [(each["timestamp"], each["function"]) for each in named(events, FUNCTIONS)]

    assert output == [(1, "?"), (2, "?")]

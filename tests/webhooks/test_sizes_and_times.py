"""How long a receiver is waited for, what is read of its answer, and what one call holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from prepaid.domain.errors import InvalidRequest
from prepaid.webhooks import https
from prepaid.webhooks.addresses import refuse_url, target_of
from prepaid.webhooks.https import HttpsSender
from prepaid.webhooks.sqs import SqsDeliveryQueue, event_from_message

from tests.webhooks.test_https import message
from tests.webhooks.test_rules import NOW


@pytest.mark.parametrize(
    ("chosen", "connect", "read"), [({}, 5.0, 15.0), ({"seconds": 2.0}, 2.0, 2.0)]
)
def test_a_receiver_is_waited_for_fifteen_seconds_five_of_them_to_connect(
    chosen: dict[str, Any], connect: float, read: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[tuple[object, ...]] = []

    @contextmanager
    def pool(_target: object, _address: str, timeout: Any, late: Any) -> Iterator[None]:
        waited.append((timeout.connect_timeout, timeout.read_timeout))
        assert not late.passed
        raise ConnectionRefusedError
        yield

    monkeypatch.setattr(https, "_pool", pool)
    moments = iter([1.0, 1.25])
    sender = HttpsSender(clock=lambda: next(moments), resolve=lambda *_: "93.184.216.34", **chosen)

    outcome = sender.send(message())

    assert waited == [(connect, read)]
    assert (outcome.error, outcome.milliseconds) == ("connection_failed", 250)


def test_of_an_answer_a_kilobyte_is_read_and_500_characters_are_shown() -> None:
    asked: list[int] = []

    def read(most: int) -> bytes:
        asked.append(most)
        return b"x" * most

    answer: Any = SimpleNamespace(read=read)
    late: Any = SimpleNamespace(passed=False)

    assert https._excerpt(answer, late) == "x" * 500
    assert asked == [1_024]


@pytest.mark.parametrize(
    ("port", "free"), [(442, False), (443, True), (444, False), (1_023, False), (1_024, True)]
)
def test_only_the_port_of_https_and_free_ports_are_reached(port: int, free: bool) -> None:
    url = f"https://example.com:{port}/"

    if free:
        refuse_url(url)
        assert target_of(url).port == port
    else:
        with pytest.raises(InvalidRequest):
            refuse_url(url)


def test_a_url_has_at_most_2000_characters() -> None:
    longest = "https://example.com/".ljust(2_000, "a")

    refuse_url(longest)
    with pytest.raises(InvalidRequest):
        refuse_url(f"{longest}a")


@pytest.mark.parametrize(("size", "calls"), [(200_000, [2]), (200_001, [1, 1])])
def test_one_call_to_the_queue_holds_at_most_200_kilobytes(size: int, calls: list[int]) -> None:
    made: list[list[dict[str, Any]]] = []

    def send(Entries: list[dict[str, Any]], **_: object) -> dict[str, Any]:  # noqa: N803 - AWS's name
        made.append(Entries)
        return {}

    def events(length: int) -> list[Any]:
        plain = {"event_id": "1", "event_type": "t", "at": NOW, "account_id": None}
        bodies = ["x" * length, ""]
        return [("wh_1", event_from_message({**plain, "body": body})) for body in bodies]

    queue = SqsDeliveryQueue(SimpleNamespace(send_message_batch=send), "url")  # type: ignore[arg-type]  # in its place
    queue.events(events(0))
    empty = sum(len(each["MessageBody"]) for each in made.pop())

    queue.events(events(size - empty))

    assert [len(each) for each in made] == calls

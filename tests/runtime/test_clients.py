"""What must not be sent twice, or must be answered at once, is sent once."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError
from prepaid.dynamodb.client import PROMPT_CONFIG, new_client
from prepaid.runtime.wiring import contacts


def sent(client: Any, call: Callable[[Any], object]) -> int:
    """Return how often a call goes out when each connection breaks."""
    count = 0

    def breaks(request: Any, **_: object) -> None:
        nonlocal count
        count += 1
        raise ConnectionClosedError(endpoint_url=request.url)

    client.meta.events.register("before-send", breaks)
    with pytest.raises(ConnectionClosedError):
        call(client)
    return count


@pytest.mark.parametrize(
    ("client", "call"),
    [
        (lambda: contacts.new_client("sns"), lambda on: on.publish(TopicArn="t", Message="m")),
        (
            lambda: contacts.new_client("sesv2"),
            lambda on: on.send_email(Content={"Raw": {"Data": b"m"}}),
        ),
        (lambda: new_client(PROMPT_CONFIG), lambda on: on.describe_endpoints()),
    ],
    ids=["topic", "mail", "prompt client"],
)
def test_what_is_sent_once_is_not_sent_again(
    client: Callable[[], Any], call: Callable[[Any], object]
) -> None:
    assert sent(client(), call) == 1


@pytest.mark.parametrize(
    ("sender", "url", "sends"),
    [
        ("credits@example.com", "https://api.example.com", True),
        ("", "https://api.example.com", False),
        ("credits@example.com", "", False),
        ("", "", False),
    ],
)
def test_mail_is_sent_where_a_sender_and_the_address_of_its_links_are_known(
    sender: str, url: str, sends: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_SENDER", sender)
    monkeypatch.setenv("PUBLIC_URL", url)

    assert (contacts._mailer() is not None) is sends

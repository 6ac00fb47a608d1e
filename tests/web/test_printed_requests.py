"""The requests that README and pages print are answered as they say, by the functions."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.commands import Command, commands
from tests.support.sales import Sales
from tests.support.served import served, token
from tests.support.stage import Stage

CURLS = [each for each in commands() if each.text.startswith("curl")]


@pytest.fixture
def api(sales: Sales, funded: Stage) -> Iterator[str]:
    assert sales.stage is funded
    with served(funded) as url:
        yield url


def sent(api: str, command: Command, said: dict[str, str]) -> Any:
    """Send what a page prints; ids of earlier answers replace the placeholders for them."""
    text = re.sub(r"<(\w+)>", lambda match: said[match[1]], command.text)
    done = subprocess.run(  # noqa: S603 - what our own documents print
        ["/bin/bash", "-c", text.replace("http://localhost:5001", api)],
        env={"PATH": "/usr/bin:/bin", "JWT": token("user-1"), "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_every_request_is_accepted_in_the_order_of_its_page(api: str) -> None:
    said: dict[str, str] = {}
    for command in CURLS:
        answer = sent(api, command, said)

        assert "code" not in answer, answer
        assert "message" not in answer, answer
        said |= {name: text for name, text in answer.items() if isinstance(text, str)}

    assert len(CURLS) >= 7


def test_the_first_use_costs_what_the_readme_says_and_its_repeat_nothing(
    api: str, funded: Stage
) -> None:
    use = next(each for each in CURLS if "/usage" in each.text)

    first = sent(api, use, {})
    again = sent(api, use, {})

    assert first["amount"] == "-2.60"
    assert again == first
    assert funded.balance() == "97.40"

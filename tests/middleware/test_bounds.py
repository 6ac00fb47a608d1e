"""How large what paid work takes and stores may be, and how long it may take."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from prepaid.middleware import metered
from prepaid.middleware.run import seconds_left

from tests.middleware.test_examples import call
from tests.middleware.test_metered_http import request
from tests.support.stage import Stage


@pytest.mark.parametrize(
    ("name", "path"), [("run_workflow", "workflows"), ("upload_file", "files")]
)
def test_an_example_takes_six_million_bytes_and_not_one_more(
    name: str, path: str, on_stage: Stage
) -> None:
    assert on_stage.balance() == "100.00"

    assert call(name, path, "x" * 6_000_000)["statusCode"] == 201
    assert call(name, path, "x" * 6_000_001, "more")["statusCode"] == 413


@pytest.mark.parametrize(
    ("remaining", "seconds"),
    [(None, 960), (0, 60), (1, 61), (1_000, 61), (1_001, 62), (900_000, 960), (2_000_000, 960)],
)
def test_a_hold_lasts_a_minute_longer_than_its_function_can(
    remaining: int | None, seconds: int
) -> None:
    context = SimpleNamespace(get_remaining_time_in_millis=lambda: remaining)

    assert seconds_left(None if remaining is None else context) == seconds


@pytest.mark.parametrize(("size", "stored"), [(900, True), (901, False)])
def test_an_answer_of_up_to_900_bytes_is_stored_for_a_repeat(
    size: int, stored: bool, on_stage: Stage
) -> None:
    form = {"statusCode": 200, "body": ""}
    answer = {**form, "body": "x" * (size - len(json.dumps(form, separators=(",", ":"))))}

    @metered("workflow_execution", keep=True)
    def run(_event: Any, _: Any = None) -> dict[str, Any]:
        return answer

    first = run(request())
    again = run(request())

    assert first["statusCode"] == 200
    assert again["statusCode"] == (200 if stored else 409)
    assert on_stage.balance() == "98.00"

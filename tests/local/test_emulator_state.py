"""What the emulator saves and would misread when it starts again."""

import json
from pathlib import Path

import pytest

from local import emulator


@pytest.mark.fault(
    "N6",
    "The local stack is restarted: the emulator knows how far it read streams, not what they had",
    "It reads them from their beginning, so that webhooks are sent for what is written then",
)
def test_how_far_streams_were_read_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    others = {"functions": {"f": 1}, "kinesis_positions": {}}
    saved = {
        "__ministack_format__": 2,
        "payload": {**others, "dynamodb_stream_positions": {"a": 7}},
    }
    path = tmp_path / "lambda.json"
    path.write_text(json.dumps(saved))

    for _ in range(2):
        emulator.forget_positions(tmp_path)

    assert json.loads(path.read_text()) == {"__ministack_format__": 2, "payload": others}
    assert list(tmp_path.iterdir()) == [path]


def test_a_stack_that_starts_anew_has_nothing_to_forget(tmp_path: Path) -> None:
    emulator.forget_positions(tmp_path)

    assert list(tmp_path.iterdir()) == []

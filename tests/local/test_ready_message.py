"""What a stack says once it is ready."""

from pathlib import Path

import pytest

from local import stack, tokens
from local.stack_layout import StackLayout


def test_the_ready_message_gets_a_token_by_a_command_and_never_shows_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = StackLayout(5150, tmp_path)
    layout.directory.mkdir()
    tokens.keep_secret(layout, '{"1": "a secret of at least thirty-two bytes"}')

    stack._introduce(layout)

    said = capsys.readouterr().out
    assert said.count("JWT=$(make token user=user-1 role=user PORT=5150)") == 1
    assert "eyJ" not in said
    assert max(len(line) for line in said.splitlines()) <= 100

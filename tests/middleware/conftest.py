"""A function of somebody else's, on the stage of ours."""

import pytest

from tests.support.stage import Stage


@pytest.fixture
def lambda_name(monkeypatch: pytest.MonkeyPatch) -> str:
    """Run as a function with a name, as Lambda says it."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "send_message")
    return "send_message"


@pytest.fixture(autouse=True)
def on_stage(funded: Stage, lambda_name: str) -> Stage:
    """Let every test begin with 100.00 credits for user-1."""
    del lambda_name
    return funded

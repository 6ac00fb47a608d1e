"""What tests of functions share."""

import pytest

from tests.support.stage import Stage, set_up
from tests.support.till import Sales, set_up_sales


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Functions on memory, with the catalogue that the product comes with."""
    return set_up(monkeypatch)


@pytest.fixture
def funded(stage: Stage) -> Stage:
    """The same with 100.00 credits for user-1."""
    stage.fund("100.00")
    return stage


@pytest.fixture
def sales(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Sales:
    """Functions that sell, on memory."""
    return set_up_sales(stage, monkeypatch)

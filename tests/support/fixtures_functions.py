"""What tests of functions share."""

import io
import logging
from collections.abc import Iterator

import pytest
from prepaid.runtime import observability

from tests.support.sales import Sales, set_up_sales
from tests.support.stage import Stage, set_up


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
def log() -> Iterator[io.StringIO]:
    """Everything that functions log, as their own formatter writes it."""
    handler = observability.logger().registered_handler
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.stream
    handler.stream = written  # setStream() would flush the stream of a test that has ended
    yield written
    handler.stream = before


@pytest.fixture
def sales(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Sales:
    """Functions that sell, on memory."""
    return set_up_sales(stage, monkeypatch)

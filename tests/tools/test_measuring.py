"""Of a law, coverage measures the first examples; of whatever comes after it, everything."""

from unittest.mock import Mock, call, create_autospec

import pytest
from coverage import Coverage
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.laws import tried
from tests.support.measuring import MEASURED_EXAMPLES, first_examples, measured_at_first


def test_measuring_stops_after_so_many_examples_and_goes_on_at_the_end() -> None:
    coverage = create_autospec(Coverage, instance=True)

    with first_examples(coverage, most=2) as begin:
        begin()
        begin()
        measured = list(coverage.mock_calls)
        begin()
        begin()

    assert measured == []
    assert coverage.mock_calls == [call.stop(), call.start()]


def test_a_law_of_few_examples_is_measured_whole() -> None:
    coverage = create_autospec(Coverage, instance=True)

    with first_examples(coverage, most=2) as begin:
        begin()

    assert coverage.mock_calls == []


def test_every_example_of_a_law_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    coverage = create_autospec(Coverage, instance=True)
    monkeypatch.setattr(Coverage, "current", lambda: coverage)
    seen = []

    @tried(500)
    @given(st.integers())
    def law(number: int) -> None:
        seen.append(number)

    item = Mock(obj=law, get_closest_marker=lambda _: None)
    with measured_at_first(item):
        law()

    assert len(seen) > MEASURED_EXAMPLES
    assert coverage.mock_calls == [call.stop(), call.start()]

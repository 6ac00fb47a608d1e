"""`with spending(…)`: a part of a function, paid once for each key."""

import pytest
from prepaid.domain.errors import InsufficientCredits
from prepaid.middleware import spending

from tests.support.stage import Stage


def kinds(stage: Stage) -> list[str]:
    return [str(each.kind) for each in stage.entries()][1:]


def test_what_is_done_inside_is_paid(on_stage: Stage) -> None:
    with spending("message", account="user-1", key="k", expected=3):
        held = str(on_stage.entries()[-1].held_change)

    assert held == "0.30"
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], "99.70")


def test_a_size_known_afterwards_is_told_inside(on_stage: Stage) -> None:
    with spending("file_upload", account="user-1", key="k", at_most="5.00") as bill:
        bill.used(mb=4)

    assert on_stage.balance() == "99.00"


def test_an_exception_releases(on_stage: Stage) -> None:
    with (
        pytest.raises(RuntimeError, match="its own"),
        spending("message", account="user-1", key="k"),
    ):
        raise RuntimeError("its own")

    assert (kinds(on_stage), on_stage.balance()) == (["hold", "release"], "100.00")


def test_a_repeat_is_told_and_not_paid_again(on_stage: Stage) -> None:
    said = []
    for _ in range(2):
        with spending("message", account="user-1", key="k") as bill:
            said.append(bill.repeated)

    assert (said, on_stage.balance()) == ([False, True], "99.90")


def test_a_repeat_that_fails_takes_nothing_back(on_stage: Stage) -> None:
    with spending("message", account="user-1", key="k"):
        pass

    with pytest.raises(RuntimeError), spending("message", account="user-1", key="k"):
        raise RuntimeError

    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], "99.90")


def test_without_credits_nothing_inside_is_done(on_stage: Stage) -> None:
    done = []

    with (
        pytest.raises(InsufficientCredits),
        spending("message", account="user-1", key="k", expected=1_001),
    ):
        done.append(1)

    assert (done, kinds(on_stage)) == ([], [])

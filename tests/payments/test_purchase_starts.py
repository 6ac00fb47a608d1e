"""How often an account may start to buy."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import RateLimited
from prepaid.payments.purchase_starts import MAX_STARTED, STARTED_WITHIN_SECONDS, PurchaseStarts

from tests.support.ledger_harness import NOW

EMPTY = PurchaseStarts(account_id=AccountId("user-1"), version=3)


def started(*times: int) -> PurchaseStarts:
    starts = EMPTY
    for at in times:
        starts = starts.started(Instant(at))
    return starts


def test_the_eleventh_start_of_an_hour_waits_until_the_first_is_an_hour_old() -> None:
    starts = started(*range(NOW, NOW + MAX_STARTED))

    with pytest.raises(RateLimited) as refused:
        starts.started(Instant(NOW + 1_000))
    later = starts.started(Instant(NOW + STARTED_WITHIN_SECONDS))

    assert refused.value.retry_after_seconds == STARTED_WITHIN_SECONDS - 1_000
    assert later.at == (*range(NOW + 1, NOW + MAX_STARTED), NOW + STARTED_WITHIN_SECONDS)
    assert later.version == EMPTY.version


@pytest.mark.fault("E36.2")
@given(st.lists(st.integers(0, 20_000), max_size=60))
def test_no_hour_ever_holds_more_than_ten_starts(waits: list[int]) -> None:
    starts, now, accepted = EMPTY, NOW, list[int]()
    for wait in waits:
        now = Instant(now + wait % 900)
        try:
            starts = starts.started(now)
        except RateLimited:
            continue
        accepted.append(now)

    assert len(starts.at) <= MAX_STARTED
    for first, eleventh in zip(accepted, accepted[MAX_STARTED:], strict=False):
        assert eleventh - first >= STARTED_WITHIN_SECONDS
    assert all(one <= other for one, other in pairwise(starts.at))

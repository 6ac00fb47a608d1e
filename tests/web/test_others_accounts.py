"""One's own account is empty until somebody writes it; another's is not there until then."""

import pytest
from prepaid.domain.credits import AccountId

from tests.support.stage import Stage

CALLER = "m"
READS = (
    *("get_balance", "get_settings", "get_usage_analytics", "list_grants", "list_purchases"),
    "list_transactions",
)


@pytest.mark.parametrize("name", READS)
def test_the_callers_own_account_is_empty_before_anybody_writes_it(name: str, stage: Stage) -> None:
    for query in ({}, {"account_id": CALLER}):
        reply = stage.call(name, role="admin", account_id=CALLER, query=query)

        assert reply.status == 200, reply.text


@pytest.mark.parametrize("other", ["a", "mm", "l", "z"])
@pytest.mark.parametrize("name", READS)
def test_another_account_is_found_only_when_somebody_has_written_it(
    name: str, other: str, stage: Stage
) -> None:
    ask = {"role": "admin", "account_id": CALLER}
    before = stage.call(name, **ask, query={"account_id": other})  # type: ignore[arg-type]  # by name
    stage.fund("1.00", AccountId(other))

    after = stage.call(name, **ask, query={"account_id": other})  # type: ignore[arg-type]  # as above

    assert (before.status, before.code, after.status) == (404, "not_found", 200)

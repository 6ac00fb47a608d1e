"""Lists of accounts: a commit that crosses a border writes rows, and no other commit does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account, Status, Threshold
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.listing import (
    MAX_ROWS,
    AccountList,
    DirectoryRow,
    ListRow,
    lists_of,
    with_lists,
)

from tests.domain.laws import tried

OLD = Account(account_id=AccountId("a"), version=1, balance=Credits(50_00), listed=True)  # type: ignore[arg-type]  # a plain number


def rows(before: Account, after: Account) -> list[tuple[str, bool]]:
    decision = with_lists(Decision(account=after, now=Instant(0)), before)
    assert decision.account.listed
    return [(each.list, each.present) for each in decision.also if isinstance(each, ListRow)]


@pytest.mark.parametrize(
    ("balance", "lists"),
    [(20_00, []), (19_99, ["low"]), (0, ["low"]), (-1, ["debt", "low"])],
)
def test_a_balance_belongs_to_lists_as_thresholds_judge_it(balance: int, lists: list[str]) -> None:
    assert sorted(lists_of(replace(OLD, balance=Credits(balance)))) == lists


def test_a_spend_that_crosses_nothing_writes_no_row() -> None:
    assert rows(OLD, replace(OLD, balance=Credits(20_00))) == []
    low = replace(OLD, balance=Credits(5_00))
    assert rows(low, replace(low, balance=Credits(4_00))) == []


def test_crossings_write_and_delete_rows() -> None:
    low = replace(OLD, balance=Credits(-1))
    assert rows(OLD, low) == [("debt", True), ("low", True)]
    assert rows(low, OLD) == [("debt", False), ("low", False)]
    assert rows(OLD, replace(OLD, status=Status.FROZEN)) == [("frozen", True)]
    assert rows(replace(OLD, status=Status.FROZEN), replace(OLD, status=Status.CLOSED)) == [
        ("closed", True),
        ("frozen", False),
    ]
    assert rows(OLD, replace(OLD, unlimited=True)) == [("unlimited", True)]
    assert rows(OLD, replace(OLD, thresholds=(Threshold(at=Credits(60_00)),))) == [("low", True)]


def test_a_new_account_is_in_the_directory_once() -> None:
    new = Account(account_id=AccountId("a"))

    first = with_lists(Decision(account=replace(new, balance=Credits(1)), now=Instant(0)), new)
    second = with_lists(Decision(account=first.account, now=Instant(0)), first.account)

    assert [each.kind for each in first.also] == ["list", "directory"]
    assert first.also[1] == DirectoryRow(account_id=AccountId("a"))
    assert second.also == ()


def test_an_account_of_before_there_were_lists_gets_all_its_rows() -> None:
    before = replace(OLD, listed=False, balance=Credits(-5), status=Status.FROZEN)

    assert rows(before, before) == [("debt", True), ("frozen", True), ("low", True)]
    assert rows(before, replace(before, balance=Credits(50_00))) == [("frozen", True)]


accounts = st.builds(
    Account,
    account_id=st.just(AccountId("a")),
    balance=st.integers(-30_00, 30_00).map(Credits),
    status=st.sampled_from(Status),
    unlimited=st.booleans(),
)


@tried(100)
@given(history=st.lists(accounts, min_size=1, max_size=8))
def test_after_any_history_the_lists_hold_what_the_account_is(history: list[Account]) -> None:
    stored: set[AccountList] = set()
    before = Account(account_id=AccountId("a"))
    for after in history:
        decision = with_lists(
            Decision(account=replace(after, listed=before.listed), now=Instant(0)), before
        )
        assert len(decision.also) <= MAX_ROWS
        for row in decision.also:
            if isinstance(row, ListRow):
                (stored.add if row.present else stored.discard)(row.list)
        before = decision.account

    assert stored == lists_of(before)

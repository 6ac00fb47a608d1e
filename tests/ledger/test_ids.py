import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import NotFound
from prepaid.domain.keys import Key
from prepaid.ledger.web import ids
from prepaid.web.identity import account_id_of, is_text

accounts = st.text(min_size=1, max_size=128).filter(is_text).map(account_id_of)


@given(accounts, st.integers(1, 999_999_999_999))
def test_a_holds_id_names_the_hold_and_its_account(account_id: AccountId, number: int) -> None:
    written = ids.hold_id(account_id, number)

    found = ids.hold_in(written, own=AccountId("calls"), any_account=True)

    assert found == ids.HoldId(account_id, number)


@given(accounts, accounts, st.integers(1, 999_999_999_999))
def test_without_leave_a_hold_is_one_of_the_own_account(
    owner: AccountId, actor: AccountId, number: int
) -> None:
    found = ids.hold_in(ids.hold_id(owner, number), own=actor, any_account=False)

    assert found.account_id == actor
    assert (found.number == ids.NO_HOLD) is (owner != actor)


@pytest.mark.fault("F39.2")
@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_ids(text: str) -> None:
    try:
        found = ids.hold_in(text, own=AccountId("me"), any_account=True)
    except NotFound:
        return

    assert ids.hold_id(found.account_id, found.number) == text


@given(st.text(min_size=1, max_size=255).filter(is_text))
def test_an_entrys_id_is_its_key(text: str) -> None:
    assert ids.key_in(ids.entry_id(Key(text))) == text


@pytest.mark.parametrize(
    "text", ["", "=", "dTp1c2FnZTpr=", "dTp1c2FnZTpr\n", "d p1", "é", "/w", "gA", "AA", "dQBr"]
)
def test_what_is_no_id_of_ours_names_no_entry(text: str) -> None:
    with pytest.raises(NotFound):
        ids.key_in(text)


@pytest.mark.fault("A10")
@pytest.mark.parametrize("plain", ["", "1", "1:", "0:me", "01:me", "1:a\x00b", "1:" + "x" * 129])
def test_what_is_no_id_of_a_hold_names_none(plain: str) -> None:
    with pytest.raises(NotFound):
        ids.hold_in(ids.entry_id(Key(plain)), own=AccountId("me"), any_account=True)


@pytest.mark.fault("F39.2")
def test_one_entry_has_one_id() -> None:
    written = ids.entry_id(Key("u:usage:ab"))
    twin = written[:-1] + chr(ord(written[-1]) + 1)

    with pytest.raises(NotFound):
        ids.key_in(twin)

"""Signed references: nothing but what we signed selects an account."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.calls.reference import CallReference, read_reference, signed
from prepaid.domain.credits import AccountId, Instant
from prepaid.web.paging import Cursors

KEY = b"k" * 32
REFERENCE = CallReference(
    account_id=AccountId("user-1"), hold_id=7, expires_at=Instant(1_795_001_500)
)


def test_a_reference_is_read_as_it_was_signed() -> None:
    assert read_reference(signed(REFERENCE, KEY), KEY) == REFERENCE


def test_a_reference_of_another_key_is_none() -> None:
    assert read_reference(signed(REFERENCE, b"x" * 32), KEY) is None


@pytest.mark.fault("B28.2")
@given(position=st.integers(0, 200), letter=st.sampled_from("Aa0_-"))
def test_a_changed_reference_is_none(position: int, letter: str) -> None:
    text = signed(REFERENCE, KEY)
    at = position % (len(text) - 1)  # the last letter holds bits that nothing reads
    changed = text[:at] + letter + text[at + 1 :]

    assert changed == text or read_reference(changed, KEY) is None


@pytest.mark.parametrize("text", ["", "user-1", "ünï", "=" * 5, "A" * 2000, "A"])
def test_other_text_is_none(text: str) -> None:
    assert read_reference(text, KEY) is None


def test_unsigned_content_is_none() -> None:
    payload = json.dumps(["user-1", 7, 1_795_001_500]).encode()
    text = base64.urlsafe_b64encode(b"\0" * 32 + payload).rstrip(b"=").decode()

    assert read_reference(text, KEY) is None


def test_a_cursor_of_the_same_key_is_no_reference() -> None:
    cursor = Cursors(KEY).write({"seq": 7}, account="user-1", filters={})

    assert read_reference(cursor, KEY) is None

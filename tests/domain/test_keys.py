"""Keys and fingerprints: namespaces that cannot be forged, and content that cannot be confused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain import keys
from prepaid.domain.keys import Writer

from tests.domain.laws import tried

contents = st.dictionaries(
    st.text(max_size=5),
    st.none() | st.integers() | st.text(max_size=5) | st.dictionaries(st.text(), st.integers()),
    max_size=5,
)


@pytest.mark.fault(
    "F39.2",
    "Text in an id or a key that imitates our own keys",
    "It stays in its place",
)
@given(st.text(max_size=20), st.text(max_size=20))
@tried(200)
def test_no_text_of_a_client_reaches_another_namespace(mine: str, other: str) -> None:
    of_users = {keys.usage(Writer.USER, mine), keys.hold(Writer.USER, mine)}
    of_services = {keys.usage(Writer.SERVICE, other), keys.hold(Writer.SERVICE, other)}
    of_admins = {keys.adjustment(other), keys.status(other)}
    that_follow = {keys.hold_end(1), keys.expiry(1, 2)}

    spaces = [of_users, of_services, of_admins, that_follow]

    assert sum(map(len, spaces)) == len(set().union(*spaces))


def test_keys_name_their_writer_first_and_put_the_clients_text_last() -> None:
    assert keys.usage(Writer.USER, "k") == "u:usage:k"
    assert keys.usage(Writer.SERVICE, "k") == "s:usage:k"
    assert keys.hold(Writer.SERVICE, "k") == "s:hold:k"
    assert keys.adjustment("k") == "a:adjust:k"
    assert keys.status("k") == "a:status:k"
    assert keys.hold_end(7) == "hold-end:7"
    assert keys.expiry(3, 9) == "expiry:3:9"


@given(contents)
@tried(100)
def test_a_fingerprint_knows_neither_order_nor_what_is_left_out(
    content: dict[str, object],
) -> None:
    backwards = dict(reversed(content.items()))
    padded = {**backwards, "unused": None, "empty": {}, "blank": ""}

    assert keys.fingerprint(padded) == keys.fingerprint(content)


@given(contents, contents)
@tried(200)
def test_another_content_has_another_fingerprint(
    a: dict[str, object], b: dict[str, object]
) -> None:
    empty: tuple[object, ...] = (None, "", {})
    given_a = {name: each for name, each in a.items() if each not in empty}
    given_b = {name: each for name, each in b.items() if each not in empty}

    assert (keys.fingerprint(a) == keys.fingerprint(b)) == (given_a == given_b)


def test_a_quantity_of_zero_is_not_a_quantity_left_out() -> None:
    assert keys.fingerprint({"quantity": 0}) != keys.fingerprint({})


def test_a_fingerprint_names_its_version() -> None:
    assert keys.fingerprint({}).startswith("v1:")
    assert len(keys.fingerprint({})) == 3 + 64

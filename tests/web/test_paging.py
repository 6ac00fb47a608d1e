import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId, Instant
from prepaid.web import paging
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import OWN
from prepaid.web.models import WireOut
from prepaid.web.paging import Cursors, Paged, next_link
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

cursors = Cursors(b"k" * 32)
positions = st.dictionaries(st.text(max_size=9), st.text(max_size=20) | st.integers(), max_size=4)
LAST = {"account_id": "user-1", "at": "0000000001#7"}
FILTERS = {"kind": "usage", "from": 1767225600, "to": None}
WRITTEN = cursors.write(LAST, account="user-1", filters=FILTERS)


@given(positions, st.text(), st.dictionaries(st.text(), st.text() | st.none()))
def test_what_was_written_is_read(
    last: dict[str, str | int], account: str, filters: dict[str, object]
) -> None:
    cursor = cursors.write(last, account=account, filters=filters)

    assert cursors.read(cursor, account=account, filters=filters) == last
    assert cursor.isascii()


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_garbage_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        cursors.read(cursor, account="user-1", filters={})


@pytest.mark.fault("F40.3", "A cursor that was changed, is another's or of another time", "400")
@given(st.integers(0, len(WRITTEN) - 1), st.sampled_from("ABCabc019-_="))
def test_a_changed_cursor_is_refused(place: int, letter: str) -> None:
    changed = WRITTEN[:place] + letter + WRITTEN[place + 1 :]

    if changed != WRITTEN:
        with pytest.raises(CursorInvalid):
            cursors.read(changed, account="user-1", filters=FILTERS)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_cursor_has_one_spelling(length: int) -> None:
    cursor = cursors.write({"a": "x" * length}, account="user-1", filters={})
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [cursor[:-1] + letter for letter in letters if letter != cursor[-1]]

    for other in [*others, cursor + "=", cursor + "==", cursor + "\n", " " + cursor]:
        with pytest.raises(CursorInvalid):
            cursors.read(other, account="user-1", filters={})


@pytest.mark.fault("F40.3")
def test_another_accounts_cursor_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        cursors.read(WRITTEN, account="user-2", filters=FILTERS)


@pytest.mark.fault("F40.3")
def test_a_cursor_of_another_filter_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        cursors.read(WRITTEN, account="user-1", filters=FILTERS | {"kind": "grant"})


@pytest.mark.fault("F40.3")
def test_a_cursor_under_another_key_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        Cursors(b"x" * 32).read(WRITTEN, account="user-1", filters=FILTERS)


def test_a_cursor_without_a_signature_is_refused() -> None:
    forged = base64.urlsafe_b64encode(json.dumps({"v": 1, "last": LAST}).encode()).decode()

    with pytest.raises(CursorInvalid):
        cursors.read(forged.rstrip("="), account="user-1", filters=FILTERS)


def test_a_cursor_that_is_too_long_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        cursors.read("A" * 4000, account="user-1", filters=FILTERS)


@pytest.mark.fault("F40.3")
def test_a_short_key_signs_nothing() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Cursors(b"short")


def test_the_next_page_is_linked_with_the_same_filters() -> None:
    link = next_link("/api/credits/transactions", {"limit": "2", "kind": "a&b", "cursor": "x"}, "y")

    assert link == {"link": '</api/credits/transactions?limit=2&kind=a%26b&cursor=y>; rel="next"'}


def test_the_last_page_links_nowhere() -> None:
    assert next_link("/api/credits/transactions", {}, None) == {}


@pytest.mark.fault("F40.3")
def test_a_cursor_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(paging, "VERSION", paging.VERSION - 1)
        old = cursors.write(LAST, account="user-1", filters=FILTERS)

    with pytest.raises(CursorInvalid):
        cursors.read(old, account="user-1", filters=FILTERS)


class Colours(PageQuery):
    """A list that nobody has."""

    shade: str | None = None

    def filters(self) -> dict[str, object]:
        return {"list": "colours", "shade": self.shade}


class Notes(Colours):
    """Another."""

    def filters(self) -> dict[str, object]:
        return {"list": "notes"}


class TextsOut(WireOut):
    """Texts."""

    items: list[str]
    next_cursor: str | None


def listed(query: Colours, account_id: str = "user-1") -> Paged[Colours]:
    request = Request(
        body=None,
        query=query,
        path={},
        params={"limit": "1"},
        url="/colours",
        key="",
        request_id="req-1",
        received_at=Instant(0),
        identity=None,
        meant=AccountId(account_id),
        access=OWN,
    )
    return Paged(request, cursors)


def answered(answer: Answer) -> TextsOut:
    assert isinstance(answer.body, TextsOut)
    return answer.body


def test_a_page_of_any_list_leads_to_what_comes_after_its_last_item() -> None:
    first = listed(Colours()).page(TextsOut, ["red"], {"at": 7, "id": "red"})
    shown = answered(first)

    last = listed(Colours(cursor=shown.next_cursor))

    assert (listed(Colours()).after(), shown.items) == (None, ["red"])
    assert last.after() == {"at": 7, "id": "red"}
    assert first.headers["link"] == next_link("/colours", {"limit": "1"}, shown.next_cursor)["link"]
    end = last.page(TextsOut, ["blue"], None)
    assert (answered(end).next_cursor, end.headers, last.link(None)) == (None, {}, {})


@pytest.mark.parametrize(
    "other",
    [
        lambda cursor: listed(Colours(cursor=cursor), "user-2"),
        lambda cursor: listed(Colours(cursor=cursor, shade="dark")),
        lambda cursor: listed(Notes(cursor=cursor)),
    ],
)
def test_a_page_of_one_list_leads_to_no_other(
    other: Callable[[str | None], Paged[Colours]],
) -> None:
    cursor = answered(listed(Colours()).page(TextsOut, ["red"], {"id": "red"})).next_cursor

    with pytest.raises(CursorInvalid):
        other(cursor).after()

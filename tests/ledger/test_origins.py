"""The entries that gave credits are found by their numbers, within a bounded number of reads."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Burn
from prepaid.ledger.origins import MAX_READS, origins
from prepaid.ledger.ports import HistoryQuery, Page

from tests.domain.laws import tried
from tests.ledger.test_explanation import entry

DECADE = 10 * 365 * 86_400


@dataclass
class History:
    """The part of a ledger's store that is asked for history."""

    entries: list[Entry]
    reads: list[HistoryQuery] = field(default_factory=list)

    def history(self, query: HistoryQuery) -> Page:
        self.reads.append(query)
        until = query.until or 0
        found = [each for each in reversed(self.entries) if each.posted_at <= until]
        return Page(entries=tuple(found[: query.limit]), next_position=None)


def history(times: list[int]) -> History:
    made = entry(EntryKind.GRANT)
    return History(
        [replace(made, seq=n, posted_at=Instant(at)) for n, at in enumerate(sorted(times), 1)]
    )


@given(st.lists(st.integers(1, DECADE), min_size=1, max_size=300, unique=True), st.data())
@tried(200)
def test_an_entry_is_found_by_its_number(times: list[int], data: st.DataObject) -> None:
    store = history(times)
    last = store.entries[-1]
    number = data.draw(st.integers(1, last.seq))
    burn = replace(last, burned=(Burn(number, Credits(1)),))

    found = origins(store, burn)  # type: ignore[arg-type]  # the part that is asked

    assert {n: each.seq for n, each in found.items()} == {number: number}
    assert len(store.reads) <= MAX_READS


@pytest.mark.parametrize("number", [1, 2, 2_500, 4_999])
def test_an_entry_of_years_ago_is_found_among_thousands(number: int) -> None:
    store = history([1 + 17_000 * each for each in range(5_000)])
    burn = replace(store.entries[-1], burned=(Burn(number, Credits(1)),))

    found = origins(store, burn)  # type: ignore[arg-type]  # the part that is asked

    assert {n: each.seq for n, each in found.items()} == {number: number}
    assert len(store.reads) <= MAX_READS


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_entry_is_found_a_second_before_a_page_of_one_second(number: int) -> None:
    store = history([DECADE - 2, DECADE - 1, DECADE - 1, *[DECADE] * 26])
    burn = replace(store.entries[-1], burned=(Burn(number, Credits(1)),))

    found = origins(store, burn)  # type: ignore[arg-type]  # the part that is asked

    assert {n: each.seq for n, each in found.items()} == {number: number}


def test_what_is_not_there_is_not_looked_for_for_ever() -> None:
    store = history([1, DECADE])
    burn = replace(store.entries[-1], burned=tuple(Burn(n, Credits(1)) for n in range(7, 90)))

    assert origins(store, burn) == {}  # type: ignore[arg-type]  # the part that is asked
    assert len(store.reads) == MAX_READS


@pytest.mark.parametrize("grant_id", [2, None])
def test_an_entry_that_gives_credits_is_no_origin_of_itself(grant_id: int | None) -> None:
    store = history([1, 2])
    giving = replace(store.entries[-1], grant_id=grant_id)

    assert origins(store, giving) == {}  # type: ignore[arg-type]  # the part that is asked
    assert store.reads == []

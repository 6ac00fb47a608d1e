import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.web.csv import safe, table

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_a_table_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(table(("a", "b"), rows), newline="")))

    assert read == [["a", "b"], *([safe(cell) for cell in row] for row in rows)]


@given(texts)
def test_no_cell_begins_a_formula(text: str) -> None:
    shown = safe(text)

    assert shown.lstrip("'") == text.lstrip("'")
    if shown[:1] in set("=+-@\t\r\n＝＋－＠"):
        float(shown)


@pytest.mark.parametrize("number", ["-2.60", "0.00", "12", "-1"])
def test_a_number_stays_a_number(number: str) -> None:
    assert safe(number) == number


@pytest.mark.parametrize(
    "text", ["+1", "-1-1", "--1", "-1e3", "-", "-１", "=1", "@x", "\t=1", "＝1"]
)
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe(text) == f"'{text}"

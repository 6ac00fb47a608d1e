import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.web.csv import safe, sent_bytes, table

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_a_table_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(table(("a", "b"), rows), newline="")))

    assert read == [["a", "b"], *([safe(cell) for cell in row] for row in rows)]


FORMULA = tuple("=+-@＝＋－＠")
hostile = st.text(st.sampled_from([*FORMULA, *"',;|\t\r\n\v\x85\u2028 \xa0\"a1."]), max_size=12)


@pytest.mark.fault(
    "G46.10",
    "A client's text would be a formula in a spreadsheet, at once or after a separator or a blank",
    "An apostrophe stands before it; numbers stay numbers",
)
@given(texts | hostile)
def test_no_part_of_a_cell_begins_a_formula(text: str) -> None:
    shown = safe(text)

    if shown != text or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", shown):
        for part in re.split(r"[,;|\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]", shown):
            assert not re.sub(r'^[\s"]+', "", part).startswith(FORMULA)
        for word in shown.split():
            assert not word.startswith(FORMULA) or len(word) == 1


@given(texts | hostile)
def test_a_cell_only_gains_apostrophes_and_only_once(text: str) -> None:
    shown = safe(text)

    assert shown.replace("'", "") == text.replace("'", "")
    assert safe(shown) == shown


@given(texts)
def test_the_bytes_that_are_sent_are_at_least_those_of_any_encoding(text: str) -> None:
    assert sent_bytes(text) == len(json.dumps(text)) - 2
    assert sent_bytes(text) >= len(json.dumps(text, ensure_ascii=False).encode()) - 2
    assert sent_bytes(text) >= len(text.encode())


@pytest.mark.parametrize("number", ["-2.60", "0.00", "12", "-1"])
def test_a_number_stays_a_number(number: str) -> None:
    assert safe(number) == number


@pytest.mark.parametrize("text", ["+1", "-1-1", "--1", "-1e3", "-", "-１", "=1", "@x", "＝1"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.fault("G46.10")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" =1", " '=1"),
        ("\t=1", "'\t'=1"),
        ("\u00a0=1", "\u00a0'=1"),
        ("\n=1", "'\n'=1"),
        ("a;=1", "a;'=1"),
        ("a, =1", "a, '=1"),
        ("a|@x", "a|'@x"),
        ('a";"=1', 'a";"\'=1'),
        ("a\r\n=1", "a\r\n'=1"),
        ("a =1+1", "a '=1+1"),
        ("a +1", "a '+1"),
    ],
)
def test_a_formula_after_a_separator_or_a_blank_is_quoted_where_it_begins(
    text: str, shown: str
) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize("text", ["cats - dogs", "a=b", "x@y.example", "2026-11-18", "3.2 minute"])
def test_what_no_spreadsheet_would_run_stays(text: str) -> None:
    assert safe(text) == text

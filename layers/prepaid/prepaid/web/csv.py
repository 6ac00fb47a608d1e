"""Tables as CSV that a spreadsheet shows and never runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a heading and rows as RFC 4180; a cell that would be a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def safe(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA_STARTS) and _NUMBER.fullmatch(cell) is None:
        return f"'{cell}"
    return cell

"""Tables as CSV that a spreadsheet shows and never runs."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA = r"[=+\-@＝＋－＠]"
_SEPARATOR = r"[,;|\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]"
_RUN = re.compile(rf'(^[\s"]*|{_SEPARATOR}[\s"]*)(?={_FORMULA})|(\s)(?={_FORMULA}[^\s])')
"""Where a formula could begin: a cell, after what a spreadsheet may take for a separator, and, as
a blank may be one too, after a blank unless another follows at once."""
_LINE_STARTS = ("\t", "\r", "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a heading and rows as RFC 4180; no cell is or holds a formula."""
    return lines([columns]) + lines([safe(cell) for cell in row] for row in rows)


def lines(rows: Iterable[Sequence[str]]) -> str:
    """Write rows as they are."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def safe(cell: str) -> str:
    """Return *cell* with an apostrophe before whatever a spreadsheet could take for a formula.

    Numbers stay numbers. https://owasp.org/www-community/attacks/CSV_Injection
    """
    if _NUMBER.fullmatch(cell) is not None:
        return cell
    shown = _RUN.sub(r"\1\2'", cell)
    return f"'{shown}" if shown.startswith(_LINE_STARTS) else shown


def sent_bytes(text: str) -> int:
    """Return the most bytes that *text* takes in a function's answer: escaped as JSON of ASCII."""
    return len(json.dumps(text)) - len('""')

"""Answers as tables: who asks for one, and how much of one Lambda sends."""

import re
from typing import Literal, Protocol

from prepaid.web.request import Request

MAX_SENT_BYTES = 4_500_000
"""What fits into the 6 MB that Lambda sends (a quota of its), even when encoded in base64."""
Format = Literal["json", "csv"]
_Q = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


class Formatted(Protocol):
    """A query that may say how it is answered."""

    @property
    def format(self) -> Format | None:
        """The format that is asked for, if any."""


def wants_table[Q: Formatted](request: Request[None, Q]) -> bool:
    """Say whether CSV is asked for, by `format` or else by the Accept header."""
    if request.query.format is not None:
        return request.query.format == "csv"
    return _quality(request.accept, "text/csv") > _quality(request.accept, "application/json")


def _quality(accept: str, media_type: str) -> float:
    """Return how much an Accept header wants a media type by its name, from 0 to 1."""
    for each in accept.lower().split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        if name == media_type:
            given = [_Q.fullmatch(parameter) for parameter in parameters]
            return min((float(match[1]) for match in given if match), default=1.0)
    return 0.0

"""Conditional reads (RFC 9110, 8.8 and 13): whoever has what is shown gets no body again."""

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from prepaid.web.request import Answer

if TYPE_CHECKING:
    from pydantic import BaseModel

ETAG = "etag"
_STRONG = re.compile(r'(?:W/"[^"]*")|"([\x21\x23-\x7e\x80-\xff]*)"')
_OPAQUE = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')


def weak_tag(*parts: str) -> str:
    """Return the weak entity tag of an answer that means the same whenever *parts* are the same."""
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def named_tags(if_match: str) -> frozenset[str] | None:
    """Return what the strong tags of an ``If-Match`` say; `None` for ``*``, which names any.

    A weak tag never matches (RFC 9110, 13.1.1).
    """
    if if_match.strip() == "*":
        return None
    strong = _STRONG.findall(if_match)
    return frozenset(each for each in strong if each)


def unless_known(answer: "Answer | BaseModel", if_none_match: str) -> "Answer | BaseModel":
    """Return *answer*, or 304 without a body where *if_none_match* names its tag, or any."""
    if not if_none_match or not isinstance(answer, Answer) or ETAG not in answer.headers:
        return answer
    tags = _OPAQUE.findall(if_none_match)
    if if_none_match.strip() != "*" and answer.headers[ETAG].removeprefix("W/") not in tags:
        return answer
    return replace(answer, body="", status=304)

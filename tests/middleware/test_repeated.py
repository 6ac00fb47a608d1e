"""A kept answer is given again as it was; over HTTP it says that it is a repeat."""

import json
from dataclasses import replace
from typing import Any

import pytest
from prepaid.domain.entries import Entry
from prepaid.domain.errors import HoldEnded
from prepaid.metering.work import ANSWER
from prepaid.middleware.http import repeated

from tests.support.ledger_harness import new_account_id
from tests.support.samples import entry


def with_answer(answer: object) -> Entry:
    return replace(entry(new_account_id()), metadata={ANSWER: json.dumps(answer)})


@pytest.mark.parametrize("answer", ["text", 7, None, ["statusCode"], {"done": True}])
@pytest.mark.parametrize("over_http", [True, False])
def test_what_is_no_http_answer_comes_again_as_it_was(answer: Any, over_http: bool) -> None:
    assert repeated(with_answer(answer), over_http=over_http) == answer


def test_an_http_answer_says_that_it_is_a_repeat_where_somebody_reads_its_headers() -> None:
    answer = {"statusCode": 200, "body": "x", "headers": {"a": "b"}}

    assert repeated(with_answer(answer), over_http=False) == answer
    assert repeated(with_answer(answer), over_http=True) == {
        **answer,
        "headers": {"a": "b", "idempotency-replayed": "true"},
    }


def test_without_an_answer_there_is_nothing_to_give_again() -> None:
    nothing = entry(new_account_id())

    assert repeated(nothing, over_http=False) is None
    assert repeated(None, over_http=False) is None
    for paid in (nothing, None):
        with pytest.raises(HoldEnded):
            repeated(paid, over_http=True)

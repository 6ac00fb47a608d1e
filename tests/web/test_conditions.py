import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.web.conditions import ETAG, unless_known, weak_tag
from prepaid.web.request import Answer

TAG = weak_tag("1", "{}")
ANSWER = Answer("{}", headers={ETAG: TAG})


def test_the_same_parts_have_the_same_weak_tag_and_others_another() -> None:
    tags = {weak_tag("1", "{}"), weak_tag("1", "{} "), weak_tag("1{}"), weak_tag("", "1{}")}

    assert weak_tag("1", "{}") == TAG
    assert TAG.startswith('W/"')
    assert len(tags) == 4


@pytest.mark.parametrize(
    "header",
    [TAG, TAG.removeprefix("W/"), f'"a", {TAG}', f'W/"a,b",{TAG}  ,"c"', "*", " * "],
)
def test_what_is_known_has_no_body(header: str) -> None:
    answer = unless_known(ANSWER, header)

    assert isinstance(answer, Answer)
    assert (answer.status, answer.text(), answer.headers) == (304, "", {ETAG: TAG})


@pytest.mark.fault("G46.7")
@pytest.mark.parametrize(
    "header", ["", '"a"', "W/", TAG.strip('W/"'), TAG.lower()[:-1], f'x"{TAG}x"', "*, *"]
)
def test_what_is_not_known_is_answered(header: str) -> None:
    assert unless_known(ANSWER, header) is ANSWER


def test_an_answer_without_a_tag_is_never_known() -> None:
    bare = Answer("{}")

    assert unless_known(bare, "*") is bare


@given(st.text())
def test_no_header_breaks_a_read(header: str) -> None:
    answer = unless_known(ANSWER, header)

    assert isinstance(answer, Answer)
    assert answer.status in {200, 304}

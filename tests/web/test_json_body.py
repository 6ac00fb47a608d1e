import base64
import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.web import json_body
from prepaid.web.errors import InvalidFields, MalformedRequest, TooLarge, UnsupportedMediaType
from prepaid.web.json_body import Number, parse, read_body

from tests.support.http_events import http_event

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
values = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_json_can_say_without_numbers_is_read_as_it_was_written(value: object) -> None:
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary() | st.text(alphabet='[]{}",:\\u0dD8eE+-.1 tnN').map(str.encode))
def test_arbitrary_bytes_are_read_or_refused(raw: bytes) -> None:
    found: object = None
    with suppress(MalformedRequest):
        found = parse(raw)

    assert isinstance(found, dict | list | str | bool | Number | None)


@given(st.text(), st.booleans())
def test_arbitrary_bodies_are_read_or_refused(body: str, in_base64: bool) -> None:
    found: object = {}
    with suppress(MalformedRequest, InvalidFields):
        found = read_body(http_event("POST", body=body, base64=in_base64))

    assert isinstance(found, dict)


@pytest.mark.fault("F37")
@pytest.mark.parametrize("literal", ["2.60", "3.2", "1e400", "1.001", "9" * 4301, "-0", "NaN"])
def test_a_number_stays_as_it_was_written(literal: str) -> None:
    assert parse(b'{"amount": %s}' % literal.encode()) == {"amount": Number(literal)}


@pytest.mark.fault("F38.2", "Nested a hundred thousand deep", "400 before it is parsed")
@pytest.mark.fault(
    "F38.3",
    "The same key twice in an object, or half of a surrogate pair",
    "400: two readers could differ",
)
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": 1, "a": 2}',
        b'{"o": [{"a": 1, "\\u0061": 2}]}',
        b'{"a": "\\ud800"}',
        b'{"\\udc00": 1}',
        b'[["\\ude00\\ud83d"]]',
        b'{"a": "\\u0000"}',
        b'{"a": "\x00"}',
        b'{"a": "\n"}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
    ],
)
def test_what_readers_could_differ_on_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequest):
        parse(raw)


def test_nesting_is_counted_outside_texts_only() -> None:
    deep = "[" * json_body.MAX_DEPTH + '"[[[[{{{{\\"[[["' + "]" * json_body.MAX_DEPTH

    assert json.dumps(parse(deep.encode())) == json.dumps(json.loads(deep))


def test_hostile_text_is_refused_in_linear_time() -> None:
    started = time.process_time()

    with pytest.raises(MalformedRequest):
        parse(b'"' + b'\\"' * 500_000)

    assert time.process_time() - started < 2


def test_a_body_in_base64_is_decoded_first() -> None:
    body = base64.b64encode(b'{"a": "b"}').decode()

    assert read_body(http_event("POST", body=body, base64=True)) == {"a": "b"}


@pytest.mark.fault("F38.4", "Base64 that is broken", "400")
@pytest.mark.parametrize("body", ["e30", "e30=!", "{}", "e3\n0=", "\u00e9", "e30==="])
def test_bad_base64_is_refused(body: str) -> None:
    with pytest.raises(MalformedRequest):
        read_body(http_event("POST", body=body, base64=True))


@pytest.mark.fault("F38", "A body of megabytes", "413 before it is read")
@pytest.mark.parametrize("in_base64", [True, False])
def test_a_body_may_be_as_large_as_the_limit_and_no_larger(in_base64: bool) -> None:
    def event(size: int) -> dict[str, Any]:
        raw = b'{"a": "' + b"x" * (size - 9) + b'"}'
        body = base64.b64encode(raw).decode() if in_base64 else raw.decode()
        return http_event("POST", body=body, base64=in_base64)

    assert len(str(read_body(event(1000), limit_bytes=1000)["a"])) == 991
    with pytest.raises(TooLarge):
        read_body(event(1001), limit_bytes=1000)


@pytest.mark.fault("F38")
def test_a_body_of_six_megabytes_is_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read_body(http_event("POST", body="[" * 6_000_000))


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "Application/JSON", "application/json; charset=utf-8",
     'application/json;charset="UTF-8"'],
)  # fmt: skip
def test_json_in_utf8_is_taken(media_type: str) -> None:
    event = http_event("POST", body="{}", headers={"content-type": media_type})

    assert read_body(event) == {}


@pytest.mark.fault("F38.5", "Declared as something else than JSON", "415")
@pytest.mark.parametrize(
    "media_type",
    ["", "text/plain", "application/jsonp", "application/json; charset=latin-1",
     "application/x-www-form-urlencoded", "application/json, text/plain"],
)  # fmt: skip
def test_other_media_types_are_refused(media_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        read_body(http_event("POST", body="{}", headers={"content-type": media_type}))


def test_the_name_of_a_header_is_found_in_any_case() -> None:
    event = http_event("POST", body="{}")
    event["headers"] = {"Content-Type": "application/json"}

    assert read_body(event) == {}


@pytest.mark.parametrize("body", ["[]", '"a"', "1", "null", "true"])
def test_a_body_that_is_no_object_is_pointed_at(body: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        read_body(http_event("POST", body=body))

    assert refused.value.errors[0]["pointer"] == ""


def test_no_body_reads_as_an_empty_object() -> None:
    assert read_body(http_event("POST")) == {}
    assert read_body(http_event("POST", body="")) == {}


def test_headers_and_bodies_of_a_strange_form_are_refused() -> None:
    with pytest.raises(MalformedRequest):
        read_body({**http_event("POST"), "body": ["{}"]})
    with pytest.raises(UnsupportedMediaType):
        read_body({"body": "{}", "headers": None})

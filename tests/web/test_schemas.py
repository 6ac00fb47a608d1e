import json
from datetime import date
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import MAX_HUNDREDTHS, Credits, Instant
from prepaid.domain.pricing import MAX_QUANTITY, Quantity, format_millionths
from prepaid.metering.web.quantities import QuantityIn, Reading
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn, SignedCreditsIn
from prepaid.web.email import EmailIn
from prepaid.web.errors import InvalidFields
from prepaid.web.fields import (
    AccountIdIn,
    DayIn,
    Metadata,
    OperationName,
    Reason,
    TimestampIn,
    WholeNumber,
)
from prepaid.web.json_body import Number, parse
from prepaid.web.models import WireIn
from prepaid.web.outputs import timestamp
from prepaid.web.parsing import MAX_ERRORS, parsed
from prepaid.web.queries import Nothing, PageQuery, RangeQuery


class Everything(WireIn):
    amount: CreditsIn | None = None
    signed: SignedCreditsIn | None = None
    limit: CreditsOrZeroIn | None = None
    quantities: dict[OperationName, QuantityIn] | None = None
    account_id: AccountIdIn | None = None
    metadata: Metadata | None = None
    reason: Reason | None = None
    at: TimestampIn | None = None
    day: DayIn | None = None
    seconds: Annotated[int, WholeNumber(1, 86_400)] | None = None
    email: EmailIn | None = None
    force: bool = False


class Strict(WireIn):
    amount: CreditsIn


def body(text: str) -> Everything:
    data = parse(text.encode())
    assert isinstance(data, dict)
    return parsed(Everything, data, where="body")


def faults(text: str) -> dict[str, str]:
    with pytest.raises(InvalidFields) as refused:
        body(text)
    return {each["pointer"]: each["code"] for each in refused.value.errors}


@given(st.integers(1, MAX_HUNDREDTHS))
def test_credits_are_exact_as_text_and_as_number(hundredths: int) -> None:
    amount = Credits(hundredths)

    assert body(f'{{"amount": "{amount}"}}').amount == amount
    assert body(f'{{"amount": {amount}}}').amount == amount


@given(st.integers(0, MAX_QUANTITY))
def test_quantities_are_exact_as_text_and_as_number(millionths: int) -> None:
    text = format_millionths(millionths)

    exact = {"minute": Reading(Quantity(millionths), rounded=False)}
    assert body(f'{{"quantities": {{"minute": {text}}}}}').quantities == exact
    assert body(f'{{"quantities": {{"minute": "{text}"}}}}').quantities == exact


@pytest.mark.fault(
    "F37",
    "An amount that is no plain decimal, too large, too exact, nothing or negative",
    "422 that points at the field",
)
@pytest.mark.parametrize(
    "literal",
    ["NaN", "Infinity", "-Infinity", "1e400", "-1", "0", "0.00", "true", "null_", '"1e3"',
     '"1_000"', '"１２"', "10000000000000", "9" * 4301, "1.001", '"1.001"', "1e-3", '" 1"', '"+1"',
     '"10000000000000"', '""', '"0x1"', "[]", "{}", '"NaN"', '"1."', '".5"', '"1\\n"'],
)  # fmt: skip
def test_what_is_no_amount_is_pointed_at(literal: str) -> None:
    if literal == "null_":
        with pytest.raises(InvalidFields) as refused:
            parsed(Strict, {"amount": None}, where="body")
        assert refused.value.errors[0]["pointer"] == "/amount"
        return

    assert list(faults(f'{{"amount": {literal}}}')) == ["/amount"]


@pytest.mark.fault("F37.2", "A quantity of the same kind", "422 that points at the field")
@pytest.mark.parametrize(
    "literal",
    [
        "-0.000001",
        '"-1"',
        "1000000000.0000001",
        "1e10",
        "1e999999999999",
        "true",
        "NaN",
        "-Infinity",
        '"1e3"',
        '"1."',
        '".5"',
        '""',
        '"1000000000.1"',
        "-1e-999999999999",
        "null",
        "[]",
    ],
)
def test_what_is_no_quantity_is_pointed_at(literal: str) -> None:
    assert list(faults(f'{{"quantities": {{"minute": {literal}}}}}')) == ["/quantities/minute"]


def test_signed_credits_may_be_negative_but_not_nothing() -> None:
    assert body('{"signed": "-12.5"}').signed == Credits(-1250)
    assert faults('{"signed": "-0.00"}') == {"/signed": "range"}
    assert body('{"limit": 0}').limit == Credits(0)
    assert faults('{"limit": "-0.01"}') == {"/limit": "range"}


@given(st.integers(2, 253_000_000_000))
def test_a_time_is_read_as_it_is_written(seconds: int) -> None:
    instant = Instant(40_000_000 + seconds % 250_000_000_000)

    assert body(f'{{"at": "{timestamp(instant)}"}}').at == instant


def test_times_have_offsets_and_lose_fractions() -> None:
    assert body('{"at": "2026-11-22T23:24:16.987+01:00"}').at == 1795386256
    assert body('{"at": "2026-11-22t22:24:16z"}').at == 1795386256


@pytest.mark.parametrize(
    "text",
    ["2026-11-22", "2026-11-22T22:24:16", "2026-02-30T00:00:00Z", "1795386256",
     "1969-12-31T00:00:00Z",
     "2026-11-22T25:00:00Z", "2026-11-22T22:24:16+24:00", "9999-12-31T23:59:59-23:00", "",
     "２026-11-22T22:24:16Z"],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    assert faults(f'{{"at": "{text}"}}') == {"/at": "timestamp"}


def test_the_first_and_the_last_time_and_day_are_taken_and_none_beyond() -> None:
    assert body('{"at": "1971-01-01T00:00:00Z"}').at == 365 * 86_400
    assert body('{"at": "9998-12-31T23:59:59Z"}').at == 253_370_764_799
    assert faults('{"at": "1970-12-31T23:59:59Z"}') == {"/at": "timestamp"}
    assert faults('{"at": "9999-01-01T00:00:00Z"}') == {"/at": "timestamp"}
    assert body('{"day": "1970-01-01"}').day == date(1970, 1, 1)
    assert body('{"day": "9998-12-31"}').day == date(9998, 12, 31)


def test_days_exist_and_are_written_in_full() -> None:
    assert body('{"day": "2028-02-29"}').day == date(2028, 2, 29)
    for text in ("2027-02-29", "20280229", "1969-12-31", "9999-01-01"):
        assert faults(f'{{"day": "{text}"}}') == {"/day": "day"}
    assert faults('{"day": 1}') == {"/day": "day"}
    assert faults('{"at": 1}') == {"/at": "timestamp"}


@pytest.mark.fault(
    "F39",
    "Account ids that are long, odd or look alike",
    "Taken as they are up to 128 characters; control characters are refused; two spellings are two"
    " accounts",
)
@pytest.mark.parametrize(
    "text", ["\u00e9", "e\u0301", "#", "USER#1", "🙂", "../", "x" * 128, "a b"]
)
def test_account_ids_are_opaque(text: str) -> None:
    assert parsed(Everything, {"account_id": text}, where="body").account_id == text


CONTROLS = ["\0", "\n", "\r", "\x1b", "\x7f", "\x85", "\ud800"]


@pytest.mark.parametrize("bad", CONTROLS, ids=ascii)
@pytest.mark.parametrize("form", ["{}good", "go{}od", "good{}", "gé{}", "{}🙂"], ids=ascii)
def test_one_bad_character_among_good_ones_is_refused(form: str, bad: str) -> None:
    with pytest.raises(InvalidFields):
        parsed(Everything, {"account_id": form.format(bad)}, where="body")
    with pytest.raises(InvalidFields):
        parsed(Everything, {"metadata": {form.format(bad): "x"}}, where="body")
    with pytest.raises(InvalidFields):
        parsed(Everything, {"reason": form.format(bad)}, where="body")


@pytest.mark.fault("F39")
@pytest.mark.parametrize("text", ["", "x" * 129, "x" * 5000, "a\nb", "\x7f", "\x85", "\ud800"])
def test_account_ids_are_bounded_and_can_be_shown(text: str) -> None:
    with pytest.raises(InvalidFields):
        parsed(Everything, {"account_id": text}, where="body")


def test_metadata_keeps_texts_and_booleans_and_numbers_as_written() -> None:
    found = body('{"metadata": {"a": "x", "b": true, "c": 1.50}}').metadata

    assert found == {"a": "x", "b": True, "c": "1.50"}


@pytest.mark.fault("F38.6", "A thousand keys or a megabyte of metadata", "422")
@pytest.mark.parametrize(
    "metadata",
    ['"a"', '{"a": null}', '{"a": []}', '{"a": {}}', '{"": 1}', '{"%s": 1}' % ("k" * 41),
     '{"a": "%s"}' % ("x" * 1024), json.dumps(dict.fromkeys(map(str, range(17)), "x")),
     json.dumps(dict.fromkeys(map(str, range(1000)), "x")), '{"a": "%s"}' % ("é" * 510),
     '{"a\\n": 1}'],
)  # fmt: skip
def test_metadata_is_small_and_flat(metadata: str) -> None:
    assert list(faults(f'{{"metadata": {metadata}}}')) == ["/metadata"]


@pytest.mark.parametrize("last", ["x", "é"])
def test_metadata_of_any_script_have_1024_bytes(last: str) -> None:
    text = "é" * 507 + last  # 9 bytes of JSON around it

    if len(last.encode()) == 1:
        assert body(f'{{"metadata": {{"a": "{text}"}}}}').metadata == {"a": text}
    else:
        assert faults(f'{{"metadata": {{"a": "{text}"}}}}') == {"/metadata": "too_long"}


def test_an_address_of_mail_has_254_characters_at_most() -> None:
    domain = f"{'b' * 63}.{'c' * 63}.{'d' * 57}"
    longest, longer = f"{'a' * 64}@{domain}.com", f"{'a' * 64}@{domain}.info"

    assert body(f'{{"email": "{longest}"}}').email == longest
    assert body('{"email": "A@Example.com"}').email == "a@example.com"
    assert faults(f'{{"email": "{longer}"}}') == {"/email": "email"}


def test_names_reasons_and_whole_numbers_are_bounded() -> None:
    assert faults('{"quantities": {"a\\u0007": 1}}') == {"/quantities/a\x07": "text"}
    assert faults('{"reason": ""}') == {"/reason": "text"}
    assert faults('{"reason": 12}') == {"/reason": "type"}
    assert faults('{"reason": "a\\u0007"}') == {"/reason": "text"}
    for literal in ("86400", "86400.0", "864e2"):
        assert body(f'{{"seconds": {literal}}}').seconds == 86_400
    for literal in ("0", "86401", '"60"', "60.5", "true", "9" * 50, "1e9", "-1", "NaN"):
        assert list(faults(f'{{"seconds": {literal}}}')) == ["/seconds"]


def test_nothing_is_coerced_and_unknown_fields_are_refused() -> None:
    assert faults('{"force": "true", "role": "admin", "a/~b": 1}') == {
        "/force": "type",
        "/role": "unknown",
        "/a~1~0b": "unknown",
    }


def test_a_refusal_repeats_no_value_and_is_bounded() -> None:
    data = {f"k{n}": "secret" for n in range(100)} | {"reason": Number("4242"), "x" * 999: "secret"}

    with pytest.raises(InvalidFields) as refused:
        parsed(Everything, data, where="body")

    assert len(refused.value.errors) == MAX_ERRORS
    assert "secret" not in str(refused.value.errors)
    assert "4242" not in str(refused.value.errors)
    assert max(len(each["pointer"]) for each in refused.value.errors) <= 200


def test_a_number_is_no_account_id() -> None:
    assert faults('{"account_id": 7}') == {"/account_id": "type"}


def test_an_empty_body_may_be_all_that_is_asked_for() -> None:
    assert parsed(Nothing, {}, where="body") == Nothing()


@pytest.mark.fault("F40", "A limit that is no count, or too large", "422, or taken as 100")
@pytest.mark.parametrize("limit", ["0", "-1", "1e3", "abc", "", " 1", "1,2", "１", "1.0"])
def test_a_limit_is_a_whole_number_of_at_least_one(limit: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        parsed(PageQuery, {"limit": limit}, where="query")

    assert dict(refused.value.errors[0]) | {"detail": ""} == {
        "pointer": "/limit",
        "code": "pattern",
        "detail": "",
        "in": "query",
    }


@pytest.mark.fault("F40")
@pytest.mark.parametrize(("limit", "taken"), [("1", 1), ("100", 100), ("10000", 100)])
def test_a_limit_is_capped(limit: str, taken: int) -> None:
    assert parsed(PageQuery, {"limit": limit}, where="query").limit == taken


def test_a_range_of_days_includes_its_last_day() -> None:
    found = parsed(RangeQuery, {"from": "2026-01-01", "to": "2026-01-01"}, where="query")

    assert (found.from_, found.to) == (1767225600, 1767225600 + 86_400)


@pytest.mark.fault("F40.2", "A range that runs backwards or over years", "422")
@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-01-02", "2025-12-31"), ("2016-01-01", "2026-01-01"), ("2026-01-01", "2027-01-03")],
)
def test_a_range_runs_forward_for_a_year_at_most(start: str, end: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        parsed(RangeQuery, {"from": start, "to": end}, where="query")

    assert refused.value.errors[0]["pointer"] == "/to"
    assert refused.value.errors[0]["code"] == "range"


def test_a_range_may_be_open() -> None:
    found = parsed(RangeQuery, {"from": "2026-01-01T00:00:00Z", "cursor": "x"}, where="query")

    assert (found.from_, found.to, found.cursor) == (1767225600, None, "x")

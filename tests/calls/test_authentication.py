"""Each way in which Vapi proves itself, and all that proves nothing."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from prepaid.calls.vapi.authentication import (
    Hmac,
    NotVapi,
    PlansInvalid,
    Received,
    read_plans,
    verify,
)
from prepaid.domain.credits import Instant

NOW = Instant(1_795_000_000)
BODY = b'{"message": {"type": "hang", "note": "{timestamp}"}}'
URL = "https://example.com/api/credits/vapi/webhook"


def received(headers: dict[str, str], body: bytes = BODY) -> Received:
    lowered = {name.lower(): value for name, value in headers.items()}
    return Received(body=body, header=lambda name: lowered.get(name, ""), method="POST", url=URL)


def accepted(configured: object, headers: dict[str, str], body: bytes = BODY) -> bool:
    text = configured if isinstance(configured, str) else json.dumps(configured)
    try:
        verify(received(headers, body), read_plans(text), NOW)
    except NotVapi:
        return False
    return True


def made(secret: bytes, signed: bytes, algorithm: str = "sha256") -> bytes:
    return hmac.new(secret, signed, getattr(hashlib, algorithm)).digest()


def signature(algorithm: str = "sha256") -> str:
    return made(b"s3cret", b"%d." % NOW + BODY, algorithm).hex()


def signed_headers(at: object = NOW, secret: bytes = b"s3cret") -> dict[str, str]:
    return {
        "X-Timestamp": str(at),
        "X-Signature": made(secret, f"{at}.".encode() + BODY).hex(),
    }


@pytest.mark.parametrize(
    "headers", [{"Authorization": "Bearer vapi_local"}, {"X-Vapi-Secret": "vapi_local"}]
)
def test_a_bare_token_is_believed_as_a_bearer_and_in_the_legacy_header(
    headers: dict[str, str],
) -> None:
    assert accepted("vapi_local", headers)
    assert accepted("old_one, vapi_local", headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "vapi_local"},
        {"Authorization": "bearer vapi_local"},
        {"Authorization": "Bearer vapi_local "},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer vapi_locals"},
        {"Authorization": "Bearer vàpi"},
        {"X-Vapi-Secret": ""},
        {"X-Vapi-Secret": "Bearer vapi_local"},
        {"X-Vapi-Secret": "vapi_local\udc80"},
        {"X-Signature": "vapi_local"},
    ],
)
def test_anything_else_is_not_believed(headers: dict[str, str]) -> None:
    assert not accepted("vapi_local", headers)


@pytest.mark.parametrize("configured", ["", "  ", ",", "[]"])
def test_without_a_secret_nobody_is_believed(configured: str) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"X-Vapi-Secret": ""}):
        assert not accepted(configured, headers)


def test_a_bearer_may_stand_in_another_header_without_its_prefix() -> None:
    plan = {"bearer": {"token": "t0ken", "header": "X-Key", "prefix": False}}

    assert accepted(plan, {"x-key": "t0ken"})
    assert not accepted(plan, {"Authorization": "Bearer t0ken"})


def test_an_hmac_signs_timestamp_and_body() -> None:
    plan = {"hmac": {"secret": "s3cret"}}

    assert accepted(plan, signed_headers())
    assert accepted(plan, signed_headers(NOW * 1000))
    assert not accepted(plan, signed_headers(secret=b"other"))
    assert not accepted(plan, signed_headers(), body=BODY + b" ")
    assert not accepted(plan, {**signed_headers(), "X-Timestamp": str(NOW + 1)})
    assert not accepted(plan, {})


@pytest.mark.fault("B28")
@pytest.mark.parametrize(
    ("at", "believed"),
    [
        (NOW - 300, True),
        (NOW - 301, False),
        (NOW + 300, True),
        (NOW + 301, False),
        (NOW + 3600, False),
        ((NOW - 301) * 1000, False),
        ((NOW + 299) * 1000, True),
        (-1, False),
        ("", False),
        ("1e9", False),
        ("１７９５０００００００", False),
        ("9" * 400, False),
    ],
)
def test_an_hmac_is_believed_for_five_minutes(at: object, believed: bool) -> None:
    assert accepted({"hmac": {"secret": "s3cret"}}, signed_headers(at)) is believed


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        (
            {"algorithm": "sha512"},
            {"X-Signature": signature("sha512")},
        ),
        (
            {"algorithm": "sha1"},
            {"X-Signature": signature("sha1")},
        ),
        (
            {"signature_prefix": "sha256="},
            {"X-Signature": "sha256=" + signature()},
        ),
        (
            {"encoding": "base64"},
            {"X-Signature": base64.b64encode(made(b"s3cret", b"%d." % NOW + BODY)).decode()},
        ),
        (
            {"secret": base64.b64encode(b"s3cret").decode(), "secret_is_base64": True},
            {"X-Signature": signed_headers()["X-Signature"]},
        ),
        ({"include_timestamp": False}, {"X-Signature": made(b"s3cret", BODY).hex()}),
        (
            {"signature_header": "X-Sig", "timestamp_header": "X-At"},
            {"X-Sig": signed_headers()["X-Signature"], "X-At": str(NOW)},
        ),
        (
            {"payload_format": "{svix-id}|{method}|{url}|{timestamp}|{body}"},
            {
                "svix-id": "{body}",
                "X-Signature": made(
                    b"s3cret", b"{body}|POST|" + URL.encode() + b"|%d|" % NOW + BODY
                ).hex(),
            },
        ),
    ],
)
def test_each_setting_of_an_hmac(settings: dict[str, Any], headers: dict[str, str]) -> None:
    plan = {"hmac": {"secret": "s3cret", **settings}}

    assert accepted(plan, {"X-Timestamp": str(NOW), **headers})
    assert not accepted(plan, {"X-Timestamp": str(NOW), **headers}, body=b"{}")


def test_one_way_of_several_is_enough() -> None:
    plans = [{"bearer": {"token": "next"}}, {"hmac": {"secret": "s3cret"}}]

    assert accepted(plans, signed_headers())
    assert accepted(plans, {"Authorization": "Bearer next"})


@pytest.mark.fault("B28")
@pytest.mark.parametrize(
    "configured",
    [
        "{",
        "{}",
        '{"oauth2": {}}',
        '{"bearer": {}}',
        '{"bearer": {"token": ""}}',
        '{"bearer": {"token": 7}}',
        '{"bearer": {"token": "t", "prefix": "no"}}',
        '{"bearer": {"token": "t", "hint": "x"}}',
        '{"hmac": {"secret": null}}',
        '{"hmac": {"secret": "s", "algorithm": "md5"}}',
        '{"hmac": {"secret": "s", "encoding": "raw"}}',
        '{"hmac": {"secret": "s", "payload_format": "{timestamp}"}}',
        '{"hmac": {"secret": "s", "payload_format": "{body}"}}',
        '["t"]',
        '{"bearer": {"token": "t"}, "hmac": {"secret": "s"}}',
    ],
)
def test_a_way_that_cannot_be_read_lets_nobody_in(configured: str) -> None:
    with pytest.raises(PlansInvalid):
        read_plans(configured)


def test_a_secret_that_is_no_base64_lets_nobody_in() -> None:
    plan = Hmac(secret="???", secret_is_base64=True)

    with pytest.raises(PlansInvalid):
        plan.accepts(received(signed_headers()), NOW)

"""Fingerprints stand in the ledger for ever: the same content has the same one in every release."""

from collections.abc import Mapping

import pytest
from prepaid.domain.keys import fingerprint
from prepaid.ledger.web import ids

from tests.support.stage import OTHER, USER, Stage

USED = {"operation": "vapi_call", "quantities": {"call": 1, "minute": "3.2"}}
MESSAGES = {"operation": "message", "quantity": 2}
NOTED = {"reference": "für Jürgen", "metadata": {"room": "7", "test": True}}
LATE = {"account_id": "user-1", "occurred_at": "2026-11-18T00:00:00+01:00"}
HELD = {"operation": "vapi_call", "expires_in": 60}
FIXED = {**HELD, "amount": "5.00"}
RANGE = {**HELD, "at_most": "5.00"}
ADDED = {"account_id": "user-1", "amount": "5.00", "reason": "goodwill"}


@pytest.fixture
def held(stage: Stage) -> Stage:
    """100.00 credits for user-1, of which entry 2 holds 5.00 for a service."""
    stage.fund("100.00")
    stage.hold(role="service", account_id=OTHER, body={"account_id": "user-1"})
    return stage


def test_a_fingerprint_with_text_beyond_ascii_is_the_one_that_was_stored() -> None:
    content = {"gift": 2000, "für": "jürgen 👍", "none": None, "empty": {}, "amount": "1.50"}

    made = fingerprint(content)

    assert made == "v1:7ec63a7b77977a98adfc0e09081ac29c2e23d2743a9d2d58f3fa07ddd96f59c2"


@pytest.mark.parametrize(
    ("name", "role", "body", "stored"),
    [
        (
            "record_usage",
            "user",
            USED,
            "v1:65cc58bc61781e2650fc935c13d905df3980cc084b8f3ad53aa9dc599e00fbf7",
        ),
        (
            "record_usage",
            "user",
            MESSAGES,
            "v1:aed248f11431b143c248e854a6d8fd5a3d137edfde3ed31dd716aca543a46160",
        ),
        (
            "record_usage",
            "user",
            {**MESSAGES, **NOTED},
            "v1:58a54ac3d0d1b8212a0529db66cb7362b0e35d03b3f00bb145cbfb4310daa87e",
        ),
        (
            "record_usage",
            "service",
            {**USED, **LATE},
            "v1:3fa352c8ca3f918f0419a5f563929924d91293f3f4c84140a398df34f7296a4a",
        ),
        (
            "create_hold",
            "user",
            FIXED,
            "v1:3995b4eaf18d8f7f45dee2b72da0beab2921ae2ec4bb0e2c0d4226fea151360b",
        ),
        (
            "create_hold",
            "user",
            {**FIXED, **NOTED},
            "v1:9a69aaf034e3562732b1be66024c6f32860224004aab4730c63f836af7a649e3",
        ),
        (
            "create_hold",
            "user",
            {**HELD, "quantities": {"call": 1, "minute": 1}},
            "v1:2b2b0fea034bd9acc081f75db4df16ba9dbc15a6ea9464bf23c1b3476ae4f77e",
        ),
        (
            "create_hold",
            "user",
            RANGE,
            "v1:76972a5a1fec6755d149b85244b4c0775686aee0cc4cef25104d698595f60321",
        ),
        (
            "create_hold",
            "user",
            {**RANGE, "at_least": "0.01"},
            "v1:8c126b38a8f7e0cd8d94123966c5dcb437f3cf997c59c036b21f35c01049c76e",
        ),
        (
            "extend_hold",
            "service",
            {"amount": "1.00"},
            "v1:3a1ee6c8a5c458035fd1c14c3cd66a2353466522b10dd3f96013244913bd55ed",
        ),
        (
            "extend_hold",
            "service",
            {"expires_in": 90, **NOTED},
            "v1:cebf08188fab21fb93d76f36b4e6f2322833b639d87b730ecae8a53c44fa5b7a",
        ),
        (
            "capture_hold",
            "service",
            {"amount": "0.00"},
            "v1:a5fcb62c4a0d4c9a8af4e9b6eac9a5d65071343cd56666229e1c4c8ad775dc28",
        ),
        (
            "capture_hold",
            "service",
            {"quantities": {"call": 1, "minute": 2}, **NOTED},
            "v1:77153110f2b9c87c286473003252fd40bc8726e0eb9f6ffec523708ccaf3425e",
        ),
        (
            "capture_hold",
            "service",
            {"quantities": {"call": 0, "minute": 0}, "final": False},
            "v1:09543a4b72828e296192825f924608c897fb19b655df82e168989a3974ca8872",
        ),
        (
            "capture_hold",
            "service",
            {"amount": "1.00", "final": False},
            "v1:e2e3c021652e53a195f13a5a592c6b75c3c34b82b948875383f6f4c2dabb12d1",
        ),
        (
            "void_hold",
            "service",
            {},
            "v1:ae69b7b38ebff90891ea940c7eeb68ba2012123d8bc535726e7a958e387bbe79",
        ),
        (
            "adjust_credits",
            "admin",
            ADDED,
            "v1:60b376d3d7b42be05bfed250fd9b65917ce3b7dcaf6b1bd5f6c3f48690f30055",
        ),
        (
            "adjust_credits",
            "admin",
            {**ADDED, "create": True, "force": True, **NOTED},
            "v1:55a53feecb3edf31c82e1fbcb96c8099c250a3bb4b769b045b891e74124b1307",
        ),
    ],
)
def test_a_request_has_the_fingerprint_that_was_stored_for_it(
    held: Stage, name: str, role: str, body: Mapping[str, object], stored: str
) -> None:
    asks = USER if role == "user" else OTHER
    path = {"hold_id": ids.hold_id(USER, 2)}

    reply = held.call(name, body, role=role, account_id=asks, key="k", path=path)

    assert reply.status == 201
    assert held.entries()[-1].fingerprint == stored

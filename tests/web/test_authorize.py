import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from prepaid.runtime import jwks, observability
from prepaid.runtime.secrets import CachedText, Unreadable
from prepaid.web.tokens import SharedSecrets, TokenRefused, Verifier, secrets_in

from functions.authorize import app

SECRET, NEXT = "s" * 32, "n" * 64
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK_RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - what must be refused
EC_KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_CURVE = ec.generate_private_key(ec.SECP384R1())
PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
DER = RSA_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def rsa_jwk(key: rsa.RSAPrivateKey, **more: str) -> dict[str, Any]:
    return {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), **more}


def ec_jwk(key: ec.EllipticCurvePrivateKey, **more: str) -> dict[str, Any]:
    return {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), **more}


KEYS = [
    rsa_jwk(RSA_KEY, kid="r1", use="sig", alg="RS256"),
    rsa_jwk(RSA_KEY, kid="for-encryption", use="enc"),
    rsa_jwk(RSA_KEY, kid="other-algorithm", alg="RS512"),
    rsa_jwk(WEAK_RSA_KEY, kid="weak"),
    ec_jwk(EC_KEY, kid="e1"),
    ec_jwk(OTHER_CURVE, kid="other-curve"),
    {"kty": "oct", "kid": "symmetric", "k": base64.urlsafe_b64encode(SECRET.encode()).decode()},
]


class Stack:
    """An authorizer whose secrets and published keys can be changed."""

    def __init__(self) -> None:
        self.secrets: str | None = json.dumps({"k1": SECRET})
        self.jwks: str | None = json.dumps({"keys": KEYS})
        self.reads = 0
        self.time = 0.0

    def read_secrets(self) -> str:
        self.reads += 1
        if self.secrets is None:
            raise Unreadable("down")
        return self.secrets

    def read_jwks(self) -> str:
        self.reads += 1
        if self.jwks is None:
            raise Unreadable("down")
        return self.jwks

    def kept_secret(self, name: str) -> CachedText:
        assert name == "token-secret"
        return CachedText(self.read_secrets, now=lambda: self.time)

    def kept_jwks(self, url: str) -> CachedText:
        assert url == "https://issuer.example/keys"
        return CachedText(self.read_jwks, now=lambda: self.time)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    stack = Stack()
    logging.Logger.manager.loggerDict.pop("prepaid", None)
    observability.logger.cache_clear()
    app.verifier.cache_clear()
    monkeypatch.setattr(app, "cached_secret", stack.kept_secret)
    monkeypatch.setattr(app, "cached_jwks", stack.kept_jwks)
    monkeypatch.setenv("TOKEN_SECRET", "token-secret")
    return stack


@pytest.fixture
def published(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """The same with an issuer that publishes its keys."""
    monkeypatch.setenv("TOKEN_JWKS_URL", "https://issuer.example/keys")
    return stack


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    given = {"iss": "prepaid", "aud": "prepaid", "sub": "user-1", "iat": now, "exp": now + 600}
    return {name: value for name, value in {**given, **changed}.items() if value is not ...}


def token(
    *, key: Any = SECRET, alg: str = "HS256", kid: Any = "k1", header: Any = None, **changed: Any
) -> str:
    headers = {**({} if kid is None else {"kid": kid}), **(header or {})}
    return jwt.encode(claims(**changed), key, algorithm=alg, headers=headers)


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header: object, payload: object, key: bytes = SECRET.encode()) -> str:
    text = f"{part(header)}.{part(payload)}"
    return f"{text}.{part(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def ask(authorization_header: str | None, **headers: str) -> Any:
    sent = dict(headers)
    if authorization_header is not None:
        sent["authorization"] = authorization_header
    event = {
        "version": "2.0",
        "type": "REQUEST",
        "identitySource": [authorization_header],
        "headers": sent,
        "queryStringParameters": {"role": "admin"},
    }
    return app.handler(event, None)


def bearer(text: str) -> Any:
    return ask(f"Bearer {text}")


HS = {"alg": "HS256", "typ": "JWT", "kid": "k1"}


def test_a_good_token_becomes_a_caller(stack: Stack) -> None:
    del stack

    assert bearer(token()) == {
        "isAuthorized": True,
        "context": {"account_id": "user-1", "role": "user", "subject": "user-1"},
    }


@pytest.mark.parametrize("role", ["user", "service", "admin", "super_admin"])
def test_a_role_comes_from_its_claim(stack: Stack, role: str) -> None:
    del stack

    assert bearer(token(role=role))["context"]["role"] == role


@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [(RSA_KEY, "RS256", "r1"), (EC_KEY, "ES256", "e1")],
)
def test_published_keys_are_believed(published: Stack, key: Any, alg: str, kid: str) -> None:
    del published

    assert bearer(token(key=key, alg=alg, kid=kid))["isAuthorized"]


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_is_read_in_any_case(stack: Stack, scheme: str) -> None:
    del stack

    assert ask(f"{scheme} {token()}")["isAuthorized"]


def refused() -> dict[str, Callable[[], str]]:
    """Every way not to be believed; each makes its token when it is needed."""
    soon = int(time.time()) + 3600
    return {
        "alg none": lambda: f"{part({'alg': 'none', 'kid': 'k1'})}.{part(claims())}.",
        "alg none, signed": lambda: by_hand({"alg": "none", "kid": "k1"}, claims()),
        "alg NONE": lambda: by_hand({"alg": "NoNe", "kid": "k1"}, claims()),
        "HS256 with the public key as PEM": lambda: by_hand(HS | {"kid": "r1"}, claims(), PEM),
        "HS256 with the public key as DER": lambda: by_hand(HS | {"kid": "r1"}, claims(), DER),
        "HS256 with a symmetric JWK": lambda: token(kid="symmetric"),
        "RS256 with the id of a secret": lambda: token(key=RSA_KEY, alg="RS256", kid="k1"),
        "RS256 with the id of an EC key": lambda: token(key=RSA_KEY, alg="RS256", kid="e1"),
        "ES256 with the id of an RSA key": lambda: token(key=EC_KEY, alg="ES256", kid="r1"),
        "ES384": lambda: token(key=OTHER_CURVE, alg="ES384", kid="other-curve"),
        "another curve": lambda: _signed({"alg": "ES256", "kid": "other-curve"}, _on_other_curve),
        "RS512": lambda: token(key=RSA_KEY, alg="RS512", kid="r1"),
        "PS256": lambda: token(key=RSA_KEY, alg="PS256", kid="r1"),
        "HS512": lambda: token(key=NEXT, alg="HS512"),
        "a key for encryption": lambda: token(key=RSA_KEY, alg="RS256", kid="for-encryption"),
        "a key for RS512": lambda: token(key=RSA_KEY, alg="RS256", kid="other-algorithm"),
        "a weak RSA key": lambda: _signed({"alg": "RS256", "kid": "weak"}, _weakly),
        "an empty secret": lambda: by_hand(HS, claims(), b""),
        "another secret": lambda: token(key=NEXT),
        "a changed payload": lambda: _swapped(token(), token(role="admin")),
        "no signature": lambda: token().rpartition(".")[0] + ".",
        "unknown kid": lambda: token(kid="k9"),
        "no kid": lambda: token(kid=None),
        "numeric kid": lambda: by_hand(HS | {"kid": 1}, claims()),
        "wrong aud": lambda: token(aud="another"),
        "wrong iss": lambda: token(iss="another"),
        "list iss": lambda: by_hand(HS, claims(iss=["prepaid"])),
        **{f"no {name}": _without(name) for name in ("exp", "iss", "aud", "sub")},
        "expired": lambda: token(exp=int(time.time()) - 61),
        "exp as text": lambda: by_hand(HS, claims(exp=str(soon))),
        "exp true": lambda: by_hand(HS, claims(exp=True)),
        "exp null": lambda: by_hand(HS, claims(exp=None)),
        "exp infinite": lambda: by_hand(HS, claims(exp=float("inf"))),
        "exp NaN": lambda: by_hand(HS, claims(exp=float("nan"))),
        "exp astronomical": lambda: by_hand(HS, claims(exp=10**400)),
        "future nbf": lambda: token(nbf=soon),
        "future iat": lambda: token(iat=soon),
        "iat as text": lambda: by_hand(HS, claims(iat="now")),
        "numeric sub": lambda: by_hand(HS, claims(sub=7)),
        "empty sub": lambda: token(sub=""),
        "sub with a control character": lambda: token(sub="a\nb"),
        "sub with half a pair": lambda: token(sub="\ud800"),
        "long sub": lambda: token(sub="x" * 129),
        "crit": lambda: by_hand(HS | {"crit": ["exp"]}, claims()),
        "unknown crit": lambda: by_hand(HS | {"crit": ["x"], "x": 1}, claims()),
        "b64 crit": lambda: by_hand(HS | {"crit": ["b64"], "b64": False}, claims()),
        "a crit that PyJWT knows": lambda: by_hand(HS | {"crit": ["b64"], "b64": True}, claims()),
        "an ID token by its use": lambda: token(token_use="id"),
        "an ID token by its nonce": lambda: token(nonce="n"),
        "an ID token by its hash": lambda: token(at_hash="h"),
        "role unknown": lambda: token(role="root"),
        "role in capitals": lambda: token(role="ADMIN"),
        "role with a space": lambda: token(role="admin "),
        "role as a list": lambda: token(role=["admin"]),
        "role as text of a list": lambda: token(role="[admin]"),
        "role null": lambda: token(role=None),
        "role true": lambda: token(role=True),
        "payload is no object": lambda: by_hand(HS, []),
        "payload is no JSON": lambda: by_hand(HS, b"{"),
        "header is no object": lambda: by_hand([], claims()),
        "header is deep": lambda: by_hand(b"[" * 3000, claims()),
        "header names a key": lambda: by_hand({"alg": "RS256", "jwk": KEYS[0]}, claims()),
        "alg is a list": lambda: by_hand(HS | {"alg": ["HS256"]}, claims()),
        "too long": lambda: token(more="x" * 9000),
    }


def _signed(header: object, sign: Callable[[bytes], bytes]) -> str:
    text = f"{part(header)}.{part(claims())}"
    return f"{text}.{part(sign(text.encode()))}"


def _weakly(text: bytes) -> bytes:
    return WEAK_RSA_KEY.sign(text, PKCS1v15(), SHA256())


def _on_other_curve(text: bytes) -> bytes:
    r, s = decode_dss_signature(OTHER_CURVE.sign(text, ec.ECDSA(SHA256())))
    return r.to_bytes(48) + s.to_bytes(48)


def _without(name: str) -> Callable[[], str]:
    changed: dict[str, Any] = {name: ...}
    return lambda: token(**changed)


def _swapped(one: str, other: str) -> str:
    head, _, signature = one.split(".")
    return ".".join([head, other.split(".")[1], signature])


REFUSED = refused()


@pytest.mark.fault(
    "G41",
    "A token without a signature (`alg: none`)",
    "Refused",
    no_mutant="refused by PyJWT itself as well",
)
@pytest.mark.fault(
    "G41.2",
    "A token signed with a public key as its secret, or with none",
    "Refused: a key serves one algorithm",
    no_mutant="refused by PyJWT itself as well",
)
@pytest.mark.fault("G41.3")
@pytest.mark.fault("G41.4")
@pytest.mark.fault("G41.5", "A key id that is unknown or missing", "Refused")
@pytest.mark.fault("G41.7")
@pytest.mark.fault("G41.10", "Another audience or issuer", "Refused")
@pytest.mark.fault(
    "G41.11",
    "No end, ended, not begun yet, or times that are no numbers",
    "Refused",
)
@pytest.mark.fault("G41.13", "A critical header", "Refused")
@pytest.mark.fault("G41.14", "An ID token where an access token belongs", "Refused")
@pytest.mark.fault("G43.3")
@pytest.mark.parametrize("keys", ["stack", "published"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_believed(
    name: str, keys: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    request.getfixturevalue(keys)
    sent = REFUSED[name]()

    assert bearer(sent) == {"isAuthorized": False}

    out = capsys.readouterr().out
    assert sent.split(".")[1] not in out
    assert '"reason":"' in out
    assert '"level":"ERROR"' not in out


@pytest.mark.fault("G41.9", "A claim is missing", "Refused; the log names the claim")
@pytest.mark.parametrize("name", ["exp", "iss", "aud", "sub", "org_id"])
def test_a_missing_claim_is_named_in_the_log(
    stack: Stack, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del stack
    monkeypatch.setenv("TOKEN_ACCOUNT_CLAIM", "org_id")
    changed: dict[str, Any] = {"org_id": "org-1", name: ...}

    assert bearer(token(**changed)) == {"isAuthorized": False}

    logged = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (logged["reason"], logged["claim"]) == ("missing_claim", name)


@pytest.mark.parametrize(
    ("changed", "reason", "claim"),
    [
        ({"sub": ""}, "strange_claim", "sub"),
        ({"role": "root"}, "unknown_role", "role"),
        ({"nbf": "now"}, "strange_time", "nbf"),
    ],
)
def test_a_strange_claim_is_named_in_the_log(
    stack: Stack,
    changed: dict[str, Any],
    reason: str,
    claim: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del stack

    assert bearer(by_hand(HS, claims(**changed))) == {"isAuthorized": False}

    logged = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (logged["reason"], logged["claim"]) == (reason, claim)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.fault(
    "G41.7",
    "A signed token that says strange things",
    "It is believed or refused, never a failure",
)
@given(
    header=st.dictionaries(st.sampled_from(["typ", "cty", "b64", "crit", "jwk"]), JSON),
    changed=st.dictionaries(
        st.sampled_from(["iss", "aud", "sub", "exp", "nbf", "iat", "jti", "role", "nonce"]), JSON
    ),
)
def test_a_signed_token_is_believed_or_refused_whatever_it_says(
    header: dict[str, Any], changed: dict[str, Any]
) -> None:
    sources = {"HS256": SharedSecrets(lambda _: json.dumps({"k1": SECRET}))}
    verifier = Verifier(sources=sources, issuer="prepaid", audience="prepaid")
    sent = by_hand({**HS, **header}, {**claims(), **changed})

    with suppress(TokenRefused):
        assert verifier.caller(f"Bearer {sent}").account_id


@pytest.mark.parametrize(
    "sent",
    [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a.b", "Bearer a.b.c.d",
     "Bearer a.b.c, Bearer a.b.c", "Bearer é.b.c", "Bearer a.b.c\n", "\x00"],
)  # fmt: skip
def test_without_a_bearer_token_nobody_is_believed(stack: Stack, sent: str | None) -> None:
    del stack

    assert ask(sent) == {"isAuthorized": False}


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    verifier = Verifier(sources={}, issuer="prepaid", audience="prepaid")

    with pytest.raises(TokenRefused):
        verifier.caller(text)


@pytest.mark.fault("G43.3")
def test_a_role_from_anywhere_else_changes_nothing(stack: Stack) -> None:
    del stack
    elsewhere: dict[str, Any] = {"roles": ["admin"], "cognito:groups": "[admin]", "scope": "admin"}
    sent = token(**elsewhere)

    answer = ask(f"Bearer {sent}", role="admin", **{"x-role": "super_admin"})

    assert answer["context"]["role"] == "user"


@pytest.mark.fault("G41.12")
@pytest.mark.fault(
    "G43.3",
    "A role in another claim, or written in another way",
    "Only the configured claim counts, and only an exact role",
)
def test_the_configured_claims_are_the_only_ones(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stack
    monkeypatch.setenv("TOKEN_ACCOUNT_CLAIM", "org_id")
    monkeypatch.setenv("TOKEN_ROLE_CLAIM", "prepaid_role")

    own = bearer(token(role="admin", org_id="org-1"))
    both = bearer(token(**{"role": "admin", "org_id": "org-1", "prepaid_role": "service"}))
    without = bearer(token(role="admin"))
    numeric = bearer(token(org_id=7))

    assert own["context"] == {"account_id": "org-1", "role": "user", "subject": "user-1"}
    assert both["context"]["role"] == "service"
    assert without == numeric == {"isAuthorized": False}


@pytest.mark.parametrize("account", ["x" * 128, "🙂", "e\u0301", "a#b", "USER#1"])
def test_an_account_is_any_text_of_up_to_128_characters(stack: Stack, account: str) -> None:
    del stack

    assert bearer(token(sub=account))["context"]["account_id"] == account


@pytest.mark.fault("G41.11")
def test_clocks_may_differ_by_a_minute(stack: Stack) -> None:
    del stack
    now = int(time.time())

    assert bearer(token(exp=now - 50))["isAuthorized"]
    assert bearer(token(nbf=now + 50, iat=now + 50))["isAuthorized"]


def test_a_rotation_is_noticed_when_its_first_token_arrives(stack: Stack) -> None:
    assert bearer(token())["isAuthorized"]

    stack.secrets, stack.time = json.dumps({"k1": SECRET, "k2": NEXT}), 31
    assert bearer(token(key=NEXT, kid="k2"))["isAuthorized"]
    assert bearer(token())["isAuthorized"]

    assert stack.reads == 2


@pytest.mark.parametrize(
    ("keys", "key", "alg", "kid"),
    [("stack", SECRET, "HS256", "k1"), ("published", RSA_KEY, "RS256", "r1")],
)
def test_a_known_key_is_read_again_only_after_five_minutes(
    keys: str, key: Any, alg: str, kid: str, request: pytest.FixtureRequest
) -> None:
    authorizer = request.getfixturevalue(keys)
    sent = token(key=key, alg=alg, kid=kid)

    reads = []
    for seconds in (0, 31, 299, 301):
        authorizer.time = seconds
        assert bearer(sent)["isAuthorized"]
        reads.append(authorizer.reads)

    assert reads == [1, 1, 1, 2]


def test_a_secret_that_was_taken_away_is_forgotten_within_minutes(stack: Stack) -> None:
    assert bearer(token())["isAuthorized"]

    stack.secrets, stack.time = json.dumps({"k2": NEXT}), 301

    assert not bearer(token())["isAuthorized"]
    assert bearer(token(key=NEXT, kid="k2"))["isAuthorized"]


@pytest.mark.fault("G41.5")
def test_strangers_cannot_make_it_read_the_secret_at_will(stack: Stack) -> None:
    for number in range(50):
        assert not bearer(token(kid=f"guess-{number}"))["isAuthorized"]

    assert stack.reads == 1


def test_a_new_published_key_is_found(published: Stack) -> None:
    published.jwks = json.dumps({"keys": []})
    sent = token(key=RSA_KEY, alg="RS256", kid="r1")
    assert not bearer(sent)["isAuthorized"]

    published.jwks, published.time = json.dumps({"keys": KEYS}), 31

    assert bearer(sent)["isAuthorized"]


@pytest.mark.fault(
    "G41.4",
    "A shared secret below 32 bytes, or a weak published key",
    "Nobody comes in",
)
@pytest.mark.parametrize(
    "secrets",
    ['{"k1": "short"}', '{"k1": ""}', "{}", "[]", "not json",
     json.dumps({"k1": SECRET, "k2": "x"})],
)  # fmt: skip
def test_a_weak_secret_lets_nobody_in(
    stack: Stack, secrets: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.secrets = secrets

    with pytest.raises(app.CannotJudge):
        bearer(token())

    out = capsys.readouterr().out
    assert '"level":"ERROR"' in out
    assert SECRET not in out


@pytest.mark.fault("G41.6")
@pytest.mark.parametrize("jwks", [None, "not json", "[]", "{}", '{"keys": [1]}', "[" * 100_000])
def test_published_keys_that_cannot_be_read_let_nobody_in_and_are_told(
    published: Stack, jwks: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    published.jwks = jwks

    with pytest.raises(app.CannotJudge):
        bearer(token(key=RSA_KEY, alg="RS256", kid="r1"))

    assert '"level":"ERROR"' in capsys.readouterr().out


@pytest.mark.fault(
    "G41.8",
    "A token signed with a shared secret where an issuer publishes its keys",
    "Refused",
)
def test_beside_published_keys_a_shared_secret_opens_nothing(published: Stack) -> None:
    assert bearer(token()) == {"isAuthorized": False}
    assert published.reads == 0


def test_where_keys_are_published_no_secret_is_needed(
    published: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    del published
    monkeypatch.delenv("TOKEN_SECRET")

    assert bearer(token(key=EC_KEY, alg="ES256", kid="e1"))["isAuthorized"]


@pytest.mark.fault("G41.4")
def test_a_secret_of_31_bytes_is_weak() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        secrets_in(json.dumps({"k1": "s" * 31}))

    assert secrets_in(json.dumps({"k1": "s" * 32})) == {"k1": b"s" * 32}


@pytest.mark.fault(
    "G41.6",
    "Keys, secrets or settings of the authorizer cannot be read",
    "It raises: 500, not cached, and its alarm rings; every request is refused",
)
def test_an_outage_lets_nobody_in_and_ends(stack: Stack) -> None:
    stack.secrets = None
    with pytest.raises(app.CannotJudge):
        bearer(token())

    stack.secrets, stack.time = json.dumps({"k1": SECRET}), 31

    assert bearer(token())["isAuthorized"]


def test_what_was_raised_is_told_without_the_words_of_its_cause(stack: Stack) -> None:
    stack.secrets = None

    with pytest.raises(app.CannotJudge) as raised:
        bearer(token())

    assert str(raised.value) == "The token cannot be judged."


@pytest.mark.fault("G41.6")
def test_a_missing_setting_lets_nobody_in(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    del stack
    monkeypatch.delenv("TOKEN_SECRET")

    with pytest.raises(app.CannotJudge):
        bearer(token())


def test_a_jwks_url_that_is_not_https_lets_nobody_in(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stack
    monkeypatch.setattr(app, "cached_jwks", jwks.cached_jwks)
    monkeypatch.setenv("TOKEN_JWKS_URL", "http://issuer.example/keys")

    with pytest.raises(app.CannotJudge):
        bearer(token(key=RSA_KEY, alg="RS256", kid="r1"))


def test_without_a_jwks_url_only_shared_secrets_are_believed(stack: Stack) -> None:
    del stack

    assert bearer(token())["isAuthorized"]
    assert not bearer(token(key=RSA_KEY, alg="RS256", kid="r1"))["isAuthorized"]


@pytest.mark.fault("G45")
def test_what_is_logged_tells_no_account(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    del stack

    bearer(token(sub="mail@example.com", role="service"))

    out = capsys.readouterr().out
    assert "mail@example.com" not in out
    assert len(out.splitlines()) == 1


def test_an_event_without_headers_lets_nobody_in(stack: Stack) -> None:
    del stack

    assert app.handler({}) == {"isAuthorized": False}


@pytest.mark.fault("G41.3", "A token of an algorithm that its key is not for", "Refused")
@pytest.mark.parametrize("alg", ["HS384", "HS512"])
def test_a_secret_serves_one_algorithm_only(stack: Stack, alg: str) -> None:
    stack.secrets = json.dumps({"k1": NEXT})

    assert bearer(token(key=NEXT))["isAuthorized"]
    assert bearer(token(key=NEXT, alg=alg)) == {"isAuthorized": False}


@pytest.mark.fault("G41.12", "No subject, or one that is no text", "Refused")
def test_a_token_needs_a_subject_beside_its_account(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stack
    nameless: dict[str, Any] = {"org_id": "org-1", "sub": ...}
    monkeypatch.setenv("TOKEN_ACCOUNT_CLAIM", "org_id")

    assert bearer(token(org_id="org-1"))["isAuthorized"]
    assert bearer(token(**nameless)) == {"isAuthorized": False}

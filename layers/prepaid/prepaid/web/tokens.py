"""From a bearer token to a caller, or to a reason why not; the only place where roles are read.

A key belongs to one algorithm: shared secrets to HS256, published keys to RS256 or ES256 by their
own type. So a token cannot choose how it is checked.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from prepaid.domain.credits import AccountId
from prepaid.web.identity import Caller, Role, account_id_of, is_text

MIN_SECRET_BYTES = 32
MIN_RSA_BITS = 2048
LEEWAY_SECONDS = 60
LAST_TIME = 253_402_300_800
"""The year 10000: neither infinity nor a number of a thousand digits is a time."""
MAX_TOKEN = 8192
MAX_SUBJECT = 256
_BEARER = re.compile(r"Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.IGNORECASE)
_TIMES = ("exp", "nbf", "iat")
_ONLY_IN_ID_TOKENS = ("nonce", "at_hash", "c_hash")

type PublicKey = RSAPublicKey | EllipticCurvePublicKey
type Claims = Mapping[str, Any]


class TokenRefused(Exception):
    """A token that is not believed; *reason* is a word for the log, not for the caller.

    *claim* names the claim that is missing or strange.
    """

    def __init__(self, reason: str, *, claim: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.claim = claim


class KeySource(Protocol):
    """Keys of one kind by their id."""

    def find(self, kid: str, algorithm: str) -> bytes | PublicKey | None:
        """Return the key *kid* for *algorithm*, or `None` if there is no such key."""


class SharedSecrets:
    """HMAC secrets by id, read from a JSON object ``{kid: secret}``.

    *read* is called with `True` when a token names an id that is not known: the secret may have
    been rotated.
    """

    def __init__(self, read: Callable[[bool], str]) -> None:
        self._read = read

    def find(self, kid: str, algorithm: str) -> bytes | PublicKey | None:
        """Return a secret; raise `ValueError` if any of them is short: a weak one opens all."""
        del algorithm
        return secrets_in(self._read(False)).get(kid) or secrets_in(self._read(True)).get(kid)


def secrets_in(text: str) -> dict[str, bytes]:
    """Read ``{kid: secret}``; raise `ValueError` unless every secret has at least 32 bytes."""
    found = json.loads(text)
    if not isinstance(found, dict) or not found:
        raise ValueError("the token secrets are a JSON object of at least one id and secret")
    secrets = {kid: str(secret).encode() for kid, secret in found.items()}
    if any(len(secret) < MIN_SECRET_BYTES for secret in secrets.values()):
        raise ValueError(f"every token secret needs at least {MIN_SECRET_BYTES} bytes")
    return secrets


class PublishedKeys:
    """Public keys from a JWKS document.

    *read* is called with `True` when a token names an id that is not in the document.
    """

    def __init__(self, read: Callable[[bool], str]) -> None:
        self._read = read

    def find(self, kid: str, algorithm: str) -> bytes | PublicKey | None:
        """Return a public key whose own type, use and strength fit *algorithm*."""
        for again in (False, True):
            found = _jwk(self._read(again), kid)
            if found is not None:
                return _public_key(found, algorithm)
        return None


def _jwk(text: str, kid: str) -> dict[str, Any] | None:
    keys = json.loads(text)["keys"]
    return next((key for key in keys if key.get("kid") == kid), None)


def _public_key(found: dict[str, Any], algorithm: str) -> PublicKey | None:
    if found.get("use", "sig") != "sig" or found.get("alg", algorithm) != algorithm:
        return None
    if found.get("kty") != {"RS256": "RSA", "ES256": "EC"}[algorithm]:
        return None
    with _refusing():
        key = jwt.PyJWK(found, algorithm).key
    if isinstance(key, RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
        return key
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Believes tokens of one issuer for one audience.

    *sources* gives the keys of each algorithm; an algorithm without a source is refused.
    """

    sources: Mapping[str, KeySource]
    issuer: str
    audience: str
    account_claim: str = "sub"
    role_claim: str = "role"
    now: Callable[[], float] = time.time

    def caller(self, authorization: str) -> Caller:
        """Return whom an `Authorization` header speaks for; raise `TokenRefused` otherwise.

        Whatever else it raises, from reading keys, is no fault of the token.
        """
        match = _BEARER.fullmatch(authorization) if len(authorization) <= MAX_TOKEN else None
        if match is None:
            raise TokenRefused("no_bearer_token")
        claims = self._claims(match[1])
        self._check_times(claims)
        if claims.get("token_use", "access") != "access":
            raise TokenRefused("not_an_access_token")
        if any(name in claims for name in _ONLY_IN_ID_TOKENS):
            raise TokenRefused("not_an_access_token")
        return Caller(
            account_id=_account(claims, self.account_claim),
            role=self._role(claims),
            subject=_text(claims, "sub"),
        )

    def _claims(self, token: str) -> Claims:
        with _refusing():
            header = jwt.get_unverified_header(token)
        algorithm, key = self._key(header)
        with _refusing():
            return jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self.audience,
                issuer=self.issuer,
                options={
                    "require": ["exp", "iss", "aud", "sub", self.account_claim],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )

    def _key(self, header: Mapping[str, Any]) -> tuple[str, Any]:
        algorithm, kid = header.get("alg"), header.get("kid")
        source = self.sources.get(algorithm) if isinstance(algorithm, str) else None
        if source is None or not isinstance(algorithm, str):
            raise TokenRefused("algorithm")
        if "crit" in header:
            raise TokenRefused("critical_header")
        if not isinstance(kid, str):
            raise TokenRefused("no_key_id")
        key = source.find(kid, algorithm)
        if key is None:
            raise TokenRefused("unknown_key")
        return algorithm, key

    def _check_times(self, claims: Claims) -> None:
        """Judge the times with the issuer's clock, which is the real one, 60 s either way."""
        now = self.now()
        times = {name: claims[name] for name in _TIMES if name in claims}
        for name, value in times.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise TokenRefused("strange_time", claim=name)
            if not abs(value) < LAST_TIME:
                raise TokenRefused("strange_time", claim=name)
        if times["exp"] <= now - LEEWAY_SECONDS:
            raise TokenRefused("expired")
        if any(times.get(name, now) > now + LEEWAY_SECONDS for name in ("nbf", "iat")):
            raise TokenRefused("not_yet_valid")

    def _role(self, claims: Claims) -> Role:
        if self.role_claim not in claims:
            return Role.USER
        try:
            return Role(_text(claims, self.role_claim))
        except ValueError as exc:
            raise TokenRefused("unknown_role", claim=self.role_claim) from exc


def _account(claims: Claims, name: str) -> AccountId:
    try:
        return account_id_of(_text(claims, name))
    except ValueError as exc:
        raise TokenRefused("strange_claim", claim=name) from exc


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_SUBJECT or not is_text(value):
        raise TokenRefused("strange_claim", claim=name)
    return value


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what PyJWT says of a token, or of the key that it names, into a refusal."""
    try:
        yield
    except jwt.MissingRequiredClaimError as exc:
        raise TokenRefused("missing_claim", claim=exc.claim) from exc
    except (jwt.PyJWTError, RecursionError) as exc:
        raise TokenRefused(_snake(type(exc).__name__)) from exc


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()

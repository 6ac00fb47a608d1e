"""AUTHORIZER of every route but the public ones: a bearer token becomes an account and a role.

A token that is not believed gets no (403, cached); what cannot be judged raises (500, not cached).
"""

from collections.abc import Mapping
from functools import cache

from prepaid.runtime.jwks import cached_jwks
from prepaid.runtime.observability import count, described, logger
from prepaid.runtime.secrets import cached_secret
from prepaid.runtime.settings import settings
from prepaid.runtime.startup import start
from prepaid.web.json_body import header
from prepaid.web.tokens import KeySource, PublishedKeys, SharedSecrets, TokenRefused, Verifier

type Verdict = dict[str, bool | dict[str, str]]


class CannotJudge(Exception):
    """Keys, secrets or settings cannot be read; the log says where."""


def key_sources() -> dict[str, KeySource]:
    """Return the keys of each algorithm; where keys are published, no shared secret opens."""
    if settings.token_jwks_url:
        published = PublishedKeys(cached_jwks(settings.token_jwks_url).get)
        return {"RS256": published, "ES256": published}
    return {"HS256": SharedSecrets(cached_secret(settings.token_secret).get)}


@cache
def verifier() -> Verifier:
    """Return the verifier that the settings describe."""
    return Verifier(
        sources=key_sources(),
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        account_claim=settings.token_account_claim,
        role_claim=settings.token_role_claim,
    )


def handler(event: Mapping[str, object], _context: object = None) -> Verdict:
    """Answer a Lambda authorizer request (payload format 2.0, simple responses)."""
    try:
        caller = verifier().caller(header(event, "authorization"))
    except TokenRefused as refused:
        logger().info("refused", extra={"reason": refused.reason, "claim": refused.claim})
        count("TokenRefused", reason=refused.reason)
        return {"isAuthorized": False}
    except Exception as exc:
        logger().error("authorizer failed", extra={"bug": described(exc)})
        raise CannotJudge("The token cannot be judged.") from exc
    logger().info("authorized", extra={"role": caller.role})
    context = {"account_id": caller.account_id, "role": caller.role, "subject": caller.subject}
    return {"isAuthorized": True, "context": context}


start()

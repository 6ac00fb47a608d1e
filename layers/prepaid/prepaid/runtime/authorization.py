"""What the Lambda authorizer answers: whom a token speaks for, or no; it never fails open."""

from collections.abc import Mapping
from functools import cache

from prepaid.runtime.jwks import cached_jwks
from prepaid.runtime.observability import count, described, logger
from prepaid.runtime.secrets import cached_secret
from prepaid.runtime.settings import settings
from prepaid.web.json_body import header
from prepaid.web.tokens import PublishedKeys, SharedSecrets, TokenRefused, Verifier

type Verdict = dict[str, bool | dict[str, str]]


@cache
def verifier() -> Verifier:
    """Return the verifier that the settings describe; an algorithm has keys of one kind only."""
    secrets = SharedSecrets(cached_secret(settings.token_secret).get)
    sources: dict[str, SharedSecrets | PublishedKeys] = {"HS256": secrets}
    if settings.token_jwks_url:
        published = PublishedKeys(cached_jwks(settings.token_jwks_url).get)
        sources |= {"RS256": published, "ES256": published}
    return Verifier(
        sources=sources,
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        account_claim=settings.token_account_claim,
        role_claim=settings.token_role_claim,
    )


def verdict(event: Mapping[str, object]) -> Verdict:
    """Answer an authorizer event, payload format 2.0, simply: yes with the caller, or no."""
    try:
        caller = verifier().caller(header(event, "authorization"))
    except TokenRefused as refused:
        return _no(refused.reason)
    except Exception as exc:  # noqa: BLE001 - fails closed: what cannot be judged is refused
        logger().error("authorizer failed", extra={"bug": described(exc)})
        return _no("failed")
    logger().info("authorized", extra={"role": caller.role})
    context = {
        "account_id": caller.account_id,
        "role": str(caller.role),
        "subject": caller.subject,
    }
    return {"isAuthorized": True, "context": context}


def _no(reason: str) -> Verdict:
    logger().info("refused", extra={"reason": reason})
    count("TokenRefused", reason=reason)
    return {"isAuthorized": False}

"""AUTHORIZER of every route but the public ones: a bearer token becomes an account and a role."""

from collections.abc import Mapping

from prepaid.runtime.authorization import Verdict, verdict
from prepaid.runtime.startup import start


def handler(event: Mapping[str, object], _context: object = None) -> Verdict:
    """Answer a Lambda authorizer request (payload format 2.0, simple responses)."""
    return verdict(event)


start()

"""What carries requests to Stripe, and takes only what Stripe says for an answer."""

import json
from collections.abc import Mapping
from typing import Any, override

import stripe

REDIRECTION, REFUSAL = 300, 400


class ReadableClient(stripe.RequestsClient):
    """The SDK's client, to which an empty body or a proxy's page is a connection that failed.

    The SDK then tries again under the same idempotency key, and raises in the end. What Stripe
    answers is a JSON object that names its kind: https://docs.stripe.com/api. A refusal the SDK
    reads by itself.
    """

    @override
    def request(  # type: ignore[override]  # as the class above declares it
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,  # as the SDK hands it over
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send a request; raise `stripe.APIConnectionError` for what is no answer of Stripe's."""
        answer: tuple[bytes, int, Mapping[str, str]] = super().request(
            method, url, headers, post_data
        )
        body, status, _ = answer
        if status < REFUSAL and (status >= REDIRECTION or not _is_stripes(body)):
            raise stripe.APIConnectionError(  # type: ignore[no-untyped-call]  # the SDK's
                f"The answer ({status}) is not one of Stripe's.", should_retry=True
            )
        return answer


def _is_stripes(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and isinstance(answer.get("object"), str)

"""The wire to Stripe, which shares its count with the wire to DynamoDB."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, override

import requests  # type: ignore[import-untyped]  # the SDK's own client, for its session
import stripe
from prepaid.payments.stripe.processor import StripeProcessor
from prepaid.payments.stripe.transport import ReadableClient

from tests.support.wire import Fault, Killed, Plan, unharmed


@dataclass
class Line:
    """Counts every attempt of a writer, to DynamoDB or to Stripe, and says what becomes of it."""

    plan: Plan = unharmed
    sent: list[str] = field(default_factory=list)

    def fate(self, name: str) -> Any:
        """Count one attempt; return what happens to it."""
        self.sent.append(name)
        return self.plan(len(self.sent))


class StripeWire(ReadableClient):
    """Sends the SDK's requests, unless the plan says otherwise."""

    def __init__(self, line: Line, session: requests.Session) -> None:
        super().__init__(timeout=10, session=session)
        self._line = line

    @override
    def request(  # type: ignore[override]  # as the SDK's own client declares it
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
    ) -> tuple[bytes, int, Mapping[str, str]]:
        name = f"{method.upper()} {url.partition('/v1/')[2].partition('?')[0].partition('/')[0]}"
        fate = self._line.fate(name)
        if fate is Fault.NOT_SENT:
            raise _lost("not sent")
        if fate is Fault.KILLED_BEFORE:
            raise Killed
        answer = super().request(method, url, headers, post_data)
        if fate is Fault.REPLY_LOST:
            raise _lost("reply lost")
        if fate is Fault.KILLED_AFTER:
            raise Killed
        return answer


def _lost(how: str) -> stripe.APIConnectionError:
    return stripe.APIConnectionError(how, should_retry=True)  # type: ignore[no-untyped-call]  # the SDK's


@contextmanager
def processor(
    url: str, line: Line | None = None, key: str = "sk_test_1"
) -> Iterator[StripeProcessor]:
    """Return a processor that talks to a stand-in and tries each call once."""
    with requests.Session() as session:
        wire = StripeWire(line or Line(), session)
        yield StripeProcessor(key, api_base=url, http_client=wire, retries=0)

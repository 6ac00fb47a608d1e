"""Invocations that nobody waits for, as schedules and topics make them, and how Lambda retries.

The rules are those of Lambda's page "Invoking a Lambda function asynchronously": two retries, a
minute and then two minutes apart, unless configured otherwise; events may come more than once; what
is given up goes to the destination with its payload.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.event_sources.invocation import FUNCTION_ARN, Clock, Handler, Outcome, invoke
from tests.support.event_sources.settings import AsyncSettings

PAUSES_SECONDS = (60, 120)


@dataclass(slots=True)
class AsyncDriver:
    """Invokes *handler* as Lambda would under *settings*; `destination` holds what it gave up."""

    settings: AsyncSettings
    handler: Handler
    clock: Clock
    destination: list[dict[str, Any]] = field(default_factory=list)
    invocations: int = 0

    def invoke(self, payload: dict[str, Any], *, times: int = 1) -> None:
        """Let an event come, perhaps several *times*, until it succeeds or is given up."""
        for _ in range(times):
            self._until_it_ends(payload)

    def _until_it_ends(self, payload: dict[str, Any]) -> None:
        began = self.clock.now
        for attempt in range(1 + self.settings.retries):
            self.invocations += 1
            outcome = invoke(self.handler, payload)
            if outcome.error is None:
                return
            if attempt == self.settings.retries:
                self._give_up(payload, outcome, "RetriesExhausted", attempt + 1)
                return
            pause = PAUSES_SECONDS[attempt]
            if self.clock.now + pause - began > self.settings.longest_age:
                self._give_up(payload, outcome, "EventAgeExceeded", attempt + 1)
                return
            self.clock.now += pause

    def _give_up(
        self, payload: dict[str, Any], outcome: Outcome, condition: str, count: int
    ) -> None:
        if not self.settings.keeps_failures:
            return
        error = outcome.error
        self.destination.append(
            {
                "version": "1.0",
                "timestamp": datetime.fromtimestamp(self.clock.now, UTC).isoformat(),
                "requestContext": {
                    "requestId": outcome.request_id,
                    "functionArn": f"{FUNCTION_ARN}:$LATEST",
                    "condition": condition,
                    "approximateInvokeCount": count,
                },
                "requestPayload": payload,
                "responseContext": {
                    "statusCode": 200,
                    "executedVersion": "$LATEST",
                    "functionError": "Unhandled",
                },
                "responsePayload": {"errorType": type(error).__name__, "errorMessage": str(error)},
            }
        )

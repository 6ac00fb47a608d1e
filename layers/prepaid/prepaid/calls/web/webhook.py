"""What Vapi sends and is answered: in its own words, because it reads them."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from prepaid.calls.inbound import Answered
from prepaid.calls.vapi.authentication import Received
from prepaid.calls.vapi.webhook import ELIGIBLE, NOT_ELIGIBLE, Outcome
from prepaid.web import json_body
from prepaid.web.models import WireOut
from prepaid.web.request import Event, mapping

LARGEST_MESSAGE = 6 * 1024 * 1024
"""What Lambda takes at most: a report carries the whole transcript."""


class OverridesOut(WireOut):
    """What an admitted inbound call must keep to."""

    max_duration_seconds: Annotated[int, Field(serialization_alias="maxDurationSeconds")]
    metadata: Mapping[str, str]


class AssistantOut(WireOut):
    """The assistant that answers an inbound call."""

    assistant_id: Annotated[str, Field(serialization_alias="assistantId")]
    overrides: Annotated[OverridesOut, Field(serialization_alias="assistantOverrides")]

    @classmethod
    def of(cls, answered: Answered) -> Self:
        """Show an inbound call that may begin."""
        admitted = answered.admitted
        overrides = OverridesOut(
            max_duration_seconds=admitted.max_duration_seconds, metadata=admitted.metadata
        )
        return cls(assistant_id=answered.assistant_id, overrides=overrides)


class SpokenOut(WireOut):
    """Why an inbound call is refused: Vapi says it to the caller."""

    error: str


class EligibleOut(WireOut):
    """Whether a campaign may dial."""

    eligible: bool


class ReceivedOut(WireOut):
    """A message that needs no answer was taken."""

    received: bool = True


type Out = AssistantOut | EligibleOut | ReceivedOut | SpokenOut


def received(event: Event) -> Received:
    """Return the request as it arrived. Raises `MalformedRequest` and `TooLarge`."""
    context = mapping(event, "requestContext")
    path, query = str(event.get("rawPath", "")), str(event.get("rawQueryString", ""))
    return Received(
        body=json_body.raw_body(event, limit_bytes=LARGEST_MESSAGE),
        header=lambda name: json_body.header(event, name),
        method=str(mapping(context, "http").get("method", "")),
        url=f"https://{context.get('domainName', '')}{path}{f'?{query}' if query else ''}",
    )


def answer_to(outcome: Outcome, refused_text: str) -> Out:
    """Return what Vapi is answered; the caller of a refused call hears *refused_text*."""
    if outcome.answered is not None:
        return AssistantOut.of(outcome.answered)
    if outcome.refused:
        return SpokenOut(error=refused_text)
    if outcome.word in {ELIGIBLE, NOT_ELIGIBLE}:
        return EligibleOut(eligible=outcome.word == ELIGIBLE)
    return ReceivedOut()

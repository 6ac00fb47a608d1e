"""What Vapi is answered: in its own words, because it reads them."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from prepaid.calls.inbound import Answered
from prepaid.web.models import WireOut


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

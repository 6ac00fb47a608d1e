"""Write the messages of Vapi that tests send, each from the models of Vapi's own SDK.

The SDK's pins clash with ours, so it has an environment of its own::

    uv venv --python 3.13 /tmp/vapi && VIRTUAL_ENV=/tmp/vapi uv pip install vapi-server-sdk==3.0.0
    /tmp/vapi/bin/python tests/calls/make_messages.py
"""

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

vapi: Any = importlib.import_module("vapi")
jsonable: Any = importlib.import_module("vapi.core.jsonable_encoder").jsonable_encoder

MESSAGES = Path(__file__).parent / "messages"
CREATED, STARTED, ENDED = (
    datetime(2026, 11, 18, 11, minute, second, tzinfo=UTC)
    for minute, second in ((6, 40), (6, 50), (10, 2))
)
CALL_ID = "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f"
NUMBER_ID = "5f0c6c1e-02b7-4d0a-a5b2-3a1d8e7f9c10"
ORG_ID = "7d1f0c2e-5a8b-4c39-9e6d-0b1a2c3d4e5f"
CAMPAIGN_ID = "c4a1b2d3-0000-4000-8000-000000000001"
SOCKET = "phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai"
MONITOR = {
    "listenUrl": f"wss://{SOCKET}/{CALL_ID}/listen",
    "controlUrl": f"https://{SOCKET}/{CALL_ID}/control",
}


def call(**more: Any) -> dict[str, Any]:
    """Return a call as `GET /call/{id}` shows it."""
    return {
        "id": CALL_ID,
        "orgId": ORG_ID,
        "createdAt": CREATED,
        "updatedAt": CREATED,
        "type": "inboundPhoneCall",
        "status": "ringing",
        "phoneNumberId": NUMBER_ID,
        "phoneCallProvider": "twilio",
        "phoneCallProviderId": "CA00000000000000000000000000000001",
        "customer": {"number": "+14155550100"},
        "monitor": MONITOR,
        **more,
    }


COSTS = [
    {"type": "transport", "provider": "twilio", "minutes": 3.2, "cost": 0.0272},
    {
        "type": "transcriber",
        "transcriber": {"provider": "deepgram", "model": "nova-2"},
        "minutes": 3.2,
        "cost": 0.032,
    },
    {
        "type": "model",
        "model": {"provider": "openai", "model": "gpt-4o"},
        "promptTokens": 9120,
        "completionTokens": 412,
        "cost": 0.0551,
    },
    {
        "type": "voice",
        "voice": {"provider": "vapi", "voiceId": "Elliot"},
        "characters": 1840,
        "cost": 0.0442,
    },
    {"type": "vapi", "subType": "normal", "minutes": 3.2, "cost": 0.16},
]
ENDED_CALL = call(
    status="ended",
    updatedAt=ENDED,
    startedAt=STARTED,
    endedAt=ENDED,
    endedReason="customer-ended-call",
    cost=0.3185,
    costs=COSTS,
)
REPORT = {
    "type": "end-of-call-report",
    "timestamp": 1795000205123,
    "endedReason": "customer-ended-call",
    "startedAt": STARTED,
    "endedAt": ENDED,
    "cost": 0.3185,
    "costs": COSTS,
    "artifact": {"transcript": "AI: Hello. User: Goodbye."},
    "analysis": {"successEvaluation": "true"},
}
STATUS = {"type": "status-update", "timestamp": 1795000000123}
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "assistant-request": (
        "ServerMessageAssistantRequest",
        {
            "type": "assistant-request",
            "timestamp": 1795000000123,
            "call": call(),
            "customer": {"number": "+14155550100"},
        },
    ),
    "campaign.predial": (
        "ServerMessageCampaignPredial",
        {
            "type": "campaign.predial",
            "timestamp": 1795000000123,
            "campaignId": CAMPAIGN_ID,
            "contact": {
                "id": "d5b2c3e4-0000-4000-8000-000000000002",
                "campaignId": CAMPAIGN_ID,
                "orgId": ORG_ID,
                "createdAt": CREATED,
                "number": "+14155550100",
            },
        },
    ),
    "status-update.ringing": (
        "ServerMessageStatusUpdate",
        {**STATUS, "status": "ringing", "call": call()},
    ),
    "status-update.in-progress": (
        "ServerMessageStatusUpdate",
        {
            **STATUS,
            "status": "in-progress",
            "call": call(status="in-progress", startedAt=STARTED),
        },
    ),
    "status-update.ended": (
        "ServerMessageStatusUpdate",
        {
            **STATUS,
            "status": "ended",
            "endedReason": "customer-ended-call",
            "call": ENDED_CALL,
        },
    ),
    "end-of-call-report": ("ServerMessageEndOfCallReport", {**REPORT, "call": ENDED_CALL}),
    "hang": ("ServerMessageHang", {"type": "hang", "call": call(status="in-progress")}),
    "transcript": (
        "ServerMessageTranscript",
        {
            "type": "transcript",
            "role": "user",
            "transcriptType": "final",
            "transcript": "Goodbye.",
            "call": call(status="in-progress"),
        },
    ),
}


def written(model: str, content: dict[str, Any]) -> Any:
    """Read *content* into a model of the SDK's and write that as Vapi sends it."""
    parsed = getattr(vapi, model).model_validate(content)
    return jsonable(parsed.model_dump(by_alias=True, exclude_none=True, mode="json"))


def main() -> None:
    """Write every message, and a call as the API shows it."""
    files = {name: {"message": written(*each)} for name, each in MODELS.items()}
    files["call.in-progress"] = written("Call", call(status="in-progress", startedAt=STARTED))
    files["call.ended"] = written("Call", ENDED_CALL)
    for name, content in files.items():
        text = json.dumps(content, indent=2, sort_keys=True) + "\n"
        (MESSAGES / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

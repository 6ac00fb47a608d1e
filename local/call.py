"""Play a whole call: admit it, make it, bind it, and let it last."""

import re
import uuid
from decimal import Decimal
from typing import Any

import httpx

from local import tokens
from local.control import require_up
from local.progress import StackError, say
from local.stack_layout import StackLayout

_MINUTES = re.compile(r"\d{1,4}(?:\.\d{1,3})?", re.ASCII)
_KEY = "vapi_key_local"


def call(layout: StackLayout, user: str, minutes: str) -> None:
    """Let *user* call for *minutes*, or as long as the credits allow, and say what it cost.

    Raises StackError for minutes that are no number, or when the call is not admitted.
    """
    if not _MINUTES.fullmatch(minutes):
        example = layout.make("call user=user-1 minutes=3.2")
        raise StackError(f"how many minutes? {minutes!r} is no number: `{example}`")
    require_up(layout)
    bearer = f"Bearer {tokens.token(layout, user='calls', role='service')}"
    with (
        httpx.Client(base_url=f"{layout.url}/api/credits", timeout=60, trust_env=False) as api,
        httpx.Client(base_url=layout.vapi_url, timeout=60, trust_env=False) as vapi,
    ):
        api.headers["authorization"] = bearer
        vapi.headers["authorization"] = f"Bearer {_KEY}"
        admitted = _admitted(api, user)
        overrides = {
            "maxDurationSeconds": admitted["max_duration_seconds"],
            "metadata": admitted["metadata"],
        }
        made = _json(vapi.post("/call", json={"assistantOverrides": overrides}))
        path, body = f"/calls/{made['id']}", {"hold_id": admitted["hold_id"]}
        _json(api.put(path, json=body))
        lasted = int(Decimal(minutes) * 60_000)
        played = _json(
            vapi.post("/_standin/play", json={"call_id": made["id"], "milliseconds": lasted})
        )
        bound = _json(api.put(path, json=body))
        say(f"{made['id']}: {played['call']['endedReason']} after {bound['duration_seconds']} s")
        say(f"  {bound['settled'] or 'not settled yet'}; balance: {_balance(api, user)}")


def _admitted(api: httpx.Client, user: str) -> dict[str, Any]:
    answer = _json(
        api.post(
            "/calls",
            json={"account_id": user},
            headers={"idempotency-key": f"make-call-{uuid.uuid4()}"},
        )
    )
    if not answer["allowed"]:
        raise StackError(
            f"{user} may not call: {answer['reason']}, {answer['required']} credits are required,"
            f" {answer['available']} are available"
        )
    return answer


def _balance(api: httpx.Client, user: str) -> str:
    return str(_json(api.get("/balance", params={"account_id": user}))["balance"])


def _json(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise StackError(f"{answer.request.url.path} answered {answer.status_code}: {answer.text}")
    return dict(answer.json())

"""Voice calls in the life of a stack: admitted, reported, assigned, and collected."""

import json
from typing import Any

from prepaid.calls.vapi.messages import event_of_call
from prepaid.web import json_body

from tests.permissions.recording import VAPI_SECRET, Recorder
from tests.support.http_events import http_event
from tests.support.stage import Reply
from tests.support.vapi_messages import CALL_ID, NUMBER_ID, message, raw

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
CALLER = "caller-1"


def call(stack: Recorder) -> None:
    """Make calls out and in, one of them over a number that is nobody's."""
    _outbound(stack)
    _inbound(stack)
    _collected(stack)


def _outbound(stack: Recorder) -> None:
    _bound(stack, CALL_ID)
    for name in ("status-update.in-progress", "end-of-call-report"):
        _tell(stack, message(name))
    _tell(stack, message("end-of-call-report", {"call/id": "call-early"}))
    _bound(stack, "call-early")


def _inbound(stack: Recorder) -> None:
    _tell(stack, message("assistant-request"))
    _tell(stack, message("end-of-call-report", {"call/id": "call-of-nobody"}))
    listed = _done(stack.request("list_exceptions", query={"limit": "1"}, **ADMIN)).json
    cursor = {"limit": "50", "cursor": listed["next_cursor"]}
    others = _done(stack.request("list_exceptions", query=cursor, **ADMIN)).json["items"]
    [case] = [each for each in (*listed["items"], *others) if each["subject"] == "call-of-nobody"]
    path = {"exception_id": case["exception_id"]}
    given = {"account_id": CALLER, "reason": "theirs"}
    _done(stack.request("assign_exception", given, key="a", path_parameters=path, **ADMIN))
    numbers = [NUMBER_ID, "number-2"]
    for number in numbers:
        mapped = {"account_id": CALLER, "assistant_id": "assistant-1"}
        path = {"phone_number_id": number}
        _done(stack.request("put_phone_number", mapped, path_parameters=path, **ADMIN))
    listed = _done(stack.request("list_phone_numbers", query={"limit": "1"}, **ADMIN)).json
    cursor = {"limit": "1", "cursor": listed["next_cursor"]}
    _done(stack.request("list_phone_numbers", query=cursor, **ADMIN))
    _tell(stack, message("assistant-request", {"call/id": "call-in"}))
    path = {"phone_number_id": "number-2"}
    _done(stack.request("delete_phone_number", path_parameters=path, **ADMIN))


def _collected(stack: Recorder) -> None:
    _bound(stack, "call-lost")
    _tell(stack, message("status-update.in-progress", {"call/id": "call-late"}))
    metadata = _admitted(stack, "call-late").json["metadata"]
    body = json_body.parse(raw(message("call.ended", {"id": "call-late", "metadata": metadata})))
    assert isinstance(body, dict)
    stack.vapi.known["call-late"] = event_of_call(body)
    began = stack.now
    stack.now += 2 * 86_400
    assert stack.run("collect_calls", {})["settled"] > 0
    stack.now = began


def _bound(stack: Recorder, call_id: str) -> None:
    hold_id = _admitted(stack, call_id).json["hold_id"]
    service = {"role": "service", "account_id": "calls"}
    path = {"call_id": call_id}
    _done(stack.request("bind_call", {"hold_id": hold_id}, path_parameters=path, **service))


def _admitted(stack: Recorder, key: str) -> Reply:
    return _done(stack.request("admit_call", {}, key=key, account_id=CALLER))


def _tell(stack: Recorder, reported: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {VAPI_SECRET}"}
    route = "/api/credits/vapi/webhook"
    sent = http_event("POST", route, role=None, body=json.dumps(reported), headers=headers)
    assert stack.run("vapi_webhook", sent)["statusCode"] == 200


def _done(reply: Reply) -> Reply:
    assert reply.status in (200, 201), reply.text
    return reply

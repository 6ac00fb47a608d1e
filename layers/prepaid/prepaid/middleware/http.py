"""Metered handlers over HTTP: who pays, what is refused, and what a repeat is answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prepaid.domain.commands import Actor
from prepaid.domain.credits import AccountId
from prepaid.domain.entries import Entry
from prepaid.domain.errors import HoldEnded, PrepaidError
from prepaid.metering.work import ANSWER
from prepaid.middleware.run import new_request_id
from prepaid.runtime import clock, observability
from prepaid.web.actor import account_charged, actor
from prepaid.web.errors import problem_of
from prepaid.web.identity import METERING, refuse_role, target_account
from prepaid.web.request import REPLAYED, Request, RequestLog, Response, caller_of, request_id_of
from prepaid.web.responses import refused

LOWEST_FAILURE = 400
NOT_STORED = "The work under this key was done and paid for; its answer was not kept."


@dataclass(frozen=True, slots=True)
class _Payer:
    account_id: AccountId | None


def payer(
    event: Mapping[str, Any], context: object, named: AccountId | None
) -> tuple[Actor, AccountId]:
    """Return who asks and which account pays: the caller's own, unless a service names another.

    A super admin's own work is waived. Raises `Forbidden`, also where no authorizer found a caller.
    """
    caller = caller_of(event)
    refuse_role(caller, METERING)
    request: Request[_Payer, None] = Request(
        body=_Payer(named),
        query=None,
        path={},
        params={},
        url="",
        key="",
        request_id=new_request_id(request_id_of(event, context)),
        received_at=clock.now(),
        identity=caller,
        meant=target_account(caller, named, METERING),
        access=METERING,
    )
    return actor(request), account_charged(request)


def failed(answer: object) -> bool:
    """Say whether an answer tells that the work failed."""
    status = answer.get("statusCode") if isinstance(answer, Mapping) else None
    return isinstance(status, int) and status >= LOWEST_FAILURE


def repeated(paid: Entry | None, *, over_http: bool) -> Any:
    """Return the answer that was kept with a payment. Raises `HoldEnded` over HTTP without one."""
    answer_text = paid.metadata.get(ANSWER) if paid is not None else None
    if not isinstance(answer_text, str):
        if over_http:
            raise HoldEnded(NOT_STORED)
        return None
    answer = json.loads(answer_text)
    if over_http and isinstance(answer, dict) and "statusCode" in answer:
        answer["headers"] = {**answer.get("headers", {}), REPLAYED: "true"}
    return answer


def problem(event: Mapping[str, Any], context: object, error: PrepaidError) -> Response:
    """Answer and log what was refused, as every endpoint of the API does."""
    request_id = request_id_of(event, context)
    response = refused(problem_of(error), str(event.get("rawPath", "")), request_id)
    observability.record(
        RequestLog(
            request_id=request_id,
            route=str(event.get("routeKey", "")),
            status=response["statusCode"],
            code=error.code,
            duration_ms=0,
            cause=error if response["statusCode"] >= observability.LOWEST_FAULT else None,
        )
    )
    return response

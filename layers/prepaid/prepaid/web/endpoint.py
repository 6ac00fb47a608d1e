'''`@endpoint`: from an HTTP API event to a typed request, and from an answer or a refusal back.

A function declares what it takes and tells one story; nothing is caught in it. `runtime.http`
gives this edge the clock and the log, so functions import the decorator from there::

    """POST /api/credits/usage: record usage and spend credits for it."""

    from prepaid.web.identity import METERING
    from prepaid.web.request import Answer, Request
    from prepaid.metering.web.usage import EntryOut, UsageIn
    from prepaid.domain.errors import InsufficientCredits
    from prepaid.runtime.http import endpoint
    from prepaid.runtime.wiring.metering import metering


    @endpoint(
        allow=METERING, body=UsageIn, answer=EntryOut, keyed=True, refuses=(InsufficientCredits,)
    )
    def handler(request: Request[UsageIn]) -> Answer:
        entry, replayed = metering().record(...)
        return Answer.posted(EntryOut.of(entry), replayed=replayed)

A read may return its model alone. Which account is meant: the caller's own, unless the query (GET)
or a body field `account_id` names another and *allow* lets the caller's role do so.
'''

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import PrepaidError, Unavailable
from prepaid.web import json_body
from prepaid.web.errors import OUR_FAULT, InvalidFields, PreconditionRequired, problem_of
from prepaid.web.identity import Access, account_id_of, refuse_role, target_account
from prepaid.web.request import (
    ACCOUNT_ID,
    Answer,
    Event,
    Request,
    RequestLog,
    Response,
    Spec,
    caller_of,
    key_of,
    request_id_of,
    texts,
)
from prepaid.web.responses import answered, refused

if TYPE_CHECKING:
    from pydantic import BaseModel

CARRIES_KEYS = "carries_keys"
"""True of a body with a key for each of its parts; the request as a whole needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAdapter:
    """What every endpoint needs from outside: the time, and what records answers."""

    now: Callable[[], Instant]
    record: Callable[[RequestLog], None]

    def endpoint[B = None, Q = None](
        self,
        *,
        allow: Access,
        body: type[B] | None = None,
        query: type[Q] | None = None,
        answer: "type[BaseModel] | tuple[type[BaseModel], ...]" = (),
        keyed: bool = False,
        limit_bytes: int = json_body.SMALL_BODY,
        refuses: tuple[type[PrepaidError], ...] = (),
        media_types: tuple[str, ...] = ("application/json",),
        tagged: bool = False,
        guarded: bool = False,
        creates: bool = False,
    ) -> "Callable[[Callable[[Request[B, Q]], Answer | BaseModel]], Handler]":
        """Declare an endpoint.

        *answer* is the model of what it answers (or several), *refuses* the refusals that its
        story is known for, *media_types* what it can answer as; what it answers is *tagged* if it
        has an entity tag, by which a client asks only for news. What is *guarded* has a tag as
        well, and is replaced only by whoever saw it: with it in an ``If-Match``. One that *creates*
        something under a name that the request gives, and so needs no key, answers 201.
        """
        spec = Spec(
            access=allow,
            body=cast("type[BaseModel] | None", body),
            query=cast("type[BaseModel] | None", query),
            answers=answer if isinstance(answer, tuple) else (answer,),
            keyed=keyed,
            limit_bytes=limit_bytes,
            refuses=refuses,
            media_types=media_types,
            tagged=tagged,
            guarded=guarded,
            creates=creates,
        )
        return lambda handler: Handler(self, handler, spec)

    def serve(
        self, event: Event, context: object, handler: "Callable[[str], Answer | BaseModel]"
    ) -> Response:
        """Answer one HTTP API event with what *story* makes of its request id, or refuse it."""
        started = time.perf_counter()
        request_id = request_id_of(event, context)
        url = str(event.get("rawPath", ""))
        code, bug, cause = "ok", None, None
        try:
            answer = handler(request_id)
            response = answered(answer, request_id)
            cause = answer.cause if isinstance(answer, Answer) else None
        except PrepaidError as error:
            code = error.code
            response = refused(problem_of(error), url, request_id)
            cause = error if isinstance(error, Unavailable) else None
        except Exception as exc:  # noqa: BLE001 - the edge: a bug is answered and logged, once
            code, bug = OUR_FAULT.code, exc
            response = refused(OUR_FAULT, url, request_id)
        self.record(
            RequestLog(
                request_id=request_id,
                route=str(event.get("routeKey", "")),
                status=response["statusCode"],
                code=code,
                duration_ms=(time.perf_counter() - started) * 1000,
                bug=bug,
                cause=cause,
            )
        )
        return response


class Handler:
    """A function as Lambda calls it; *spec* is what it declared."""

    def __init__(
        self,
        edge: HttpAdapter,
        handler: "Callable[[Request[Any, Any]], Answer | BaseModel]",
        spec: Spec,
    ) -> None:
        self.spec = spec
        self.__doc__ = handler.__doc__
        self._edge = edge
        self._handler = handler

    def __call__(self, event: Event, context: object = None) -> Response:
        """Answer one HTTP API event (payload format 2.0), whatever the client put into it."""
        return self._edge.serve(event, context, lambda request_id: self._answer(event, request_id))

    def _answer(self, event: Event, request_id: str) -> "Answer | BaseModel":
        answer = self._handler(self._request(event, request_id))
        if not self.spec.tagged:
            return answer
        from prepaid.web.conditions import unless_known  # noqa: PLC0415 - only what is tagged

        return unless_known(answer, json_body.header(event, "if-none-match"))

    def _request(self, event: Event, request_id: str) -> Request[Any, Any]:
        spec = self.spec
        caller = None if spec.access.public else caller_of(event)
        if caller is not None:
            refuse_role(caller, spec.access)
        params = texts(event, "queryStringParameters")
        query, named = _query(params, spec)
        body = _body(event, spec)
        key = key_of(event) if spec.keyed and not getattr(body, CARRIES_KEYS, False) else ""
        named = getattr(body, ACCOUNT_ID, None) or named
        return Request(
            body=body,
            query=query,
            path=texts(event, "pathParameters"),
            params=params,
            url=str(event.get("rawPath", "")),
            key=key,
            request_id=request_id,
            received_at=self._edge.now(),
            identity=caller,
            meant=target_account(caller, named, spec.access) if caller is not None else None,
            if_match=_tags_seen(event) if spec.guarded and spec.body is not None else None,
            access=spec.access,
            accept=json_body.header(event, "accept"),
        )


def _body(event: Event, spec: Spec) -> object:
    if spec.body is None:
        return None
    from prepaid.web.parsing import parsed  # noqa: PLC0415 - pydantic only where needed

    required = any(each.is_required() for each in spec.body.model_fields.values())
    raw = json_body.read_body(event, limit_bytes=spec.limit_bytes, required=required)
    return parsed(spec.body, raw, where="body")


def _query(params: dict[str, str], spec: Spec) -> tuple[object, AccountId | None]:
    """Parse the query; `account_id` selects the account wherever there is no body to do it."""
    rest, named = dict(params), None
    if spec.body is None and not spec.access.public and ACCOUNT_ID in rest:
        named = _account_named(rest.pop(ACCOUNT_ID))
    if spec.query is None:
        if rest:
            raise InvalidFields([_fault(each, "unknown", "Unknown parameter.") for each in rest])
        return None, named
    from prepaid.web.parsing import parsed  # noqa: PLC0415 - pydantic only where needed

    return parsed(spec.query, rest, where="query"), named


def _tags_seen(event: Event) -> frozenset[str] | None:
    from prepaid.web.conditions import named_tags  # noqa: PLC0415 - only what is guarded

    if_match = json_body.header(event, "if-match")
    if not if_match:
        raise PreconditionRequired("Send the ETag of what you saw in an If-Match header.")
    return named_tags(if_match)


def _account_named(text: str) -> AccountId:
    try:
        return account_id_of(text)
    except ValueError as exc:
        raise InvalidFields([_fault(ACCOUNT_ID, "account_id", f"Must be {exc}.")]) from exc


def _fault(name: str, code: str, detail: str) -> dict[str, str]:
    return {"pointer": f"/{name}", "code": code, "detail": detail, "in": "query"}

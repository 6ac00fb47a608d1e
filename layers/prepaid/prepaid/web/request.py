"""What handlers receive and answer, and what they declare about themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict, cast

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Forbidden, NotFound, PrepaidError
from prepaid.web import json_body
from prepaid.web.errors import KeyInvalid, KeyMissing
from prepaid.web.identity import Access, Caller, Role, account_id_of, is_text

if TYPE_CHECKING:
    from pydantic import BaseModel

type Event = Mapping[str, object]

ACCOUNT_ID = "account_id"
REPLAYED = "idempotency-replayed"
MAX_PATH_BYTES = 1024
"""The longest sort key of DynamoDB, in UTF-8; a partition key may have 2,048 bytes.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""
PATH_ID = f"[A-Za-z0-9_-]{{1,{MAX_PATH_BYTES}}}"
"""What every id that we give out looks like."""
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_=+/-]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What an endpoint declares: enough to check a request, to document it and to test it."""

    access: Access
    body: "type[BaseModel] | None" = None
    query: "type[BaseModel] | None" = None
    answers: "tuple[type[BaseModel], ...]" = ()
    keyed: bool = False
    limit_bytes: int = json_body.SMALL_BODY
    refuses: tuple[type[PrepaidError], ...] = ()
    media_types: tuple[str, ...] = ("application/json",)
    tagged: bool = False
    guarded: bool = False
    creates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request[B = None, Q = None]:
    """One parsed request.

    `account_id` is the account that is meant, `caller` who asks; both raise `Forbidden` at a
    public endpoint. `key` is the Idempotency-Key, empty where none is required, and `accept` the
    Accept header. `if_match` are the tags of what the caller saw, or `None` for any.
    """

    body: B
    query: Q
    path: Mapping[str, str]
    params: Mapping[str, str]
    url: str
    key: str
    request_id: str
    received_at: Instant
    identity: Caller | None
    meant: AccountId | None
    access: Access
    accept: str = ""
    if_match: frozenset[str] | None = None

    @property
    def caller(self) -> Caller:
        """Whoever the token speaks for."""
        if self.identity is None:
            raise Forbidden("This needs a caller.")
        return self.identity

    @property
    def account_id(self) -> AccountId:
        """The account that the request is about."""
        if self.meant is None:
            raise Forbidden("This needs a caller.")
        return self.meant

    def path_id(self, name: str) -> str:
        """Return an id of ours from the path; raise `NotFound` for what cannot be one."""
        text = self.path.get(name, "")
        if re.fullmatch(PATH_ID, text) is None:
            raise NotFound("There is nothing under this path.")
        return text

    def path_text(self, name: str) -> str:
        """Return an id of the client's from the path, as it may be kept.

        Raises `NotFound` for one that can name nothing: empty, longer than a key of a table, or
        with control characters or lone surrogates.
        """
        text = percent_decoded(self.path.get(name, ""))
        if not text or not is_text(text) or len(text.encode()) > MAX_PATH_BYTES:
            raise NotFound("There is nothing under this path.")
        return text


def percent_decoded(text: str) -> str:
    """Return a path parameter of a gateway that decodes every escape but the one of `%` itself.

    Where another `%` stands in it, the gateway has decoded all of them. Only that an HTTP API keeps
    `%25` is seen of the emulator; what AWS documents is that path parameters come decoded.
    """
    return text if re.search("%(?!25)", text) else text.replace("%25", "%")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler answers: a model, or text of another media type.

    `cause` is why a part of it is unavailable, for the log.
    """

    body: "BaseModel | str"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    cause: PrepaidError | None = None

    @classmethod
    def created_or_replayed(cls, body: "BaseModel", *, replayed: bool) -> "Answer":
        """Answer a write: 201 for a new one, 200 and a header for the repeat of an earlier one."""
        if replayed:
            return cls(body, 200, {REPLAYED: "true"})
        return cls(body, 201)

    @classmethod
    def csv(cls, text: str, *, filename: str, headers: Mapping[str, str] | None = None) -> "Answer":
        """Answer a table to be saved under *filename*."""
        disposition = {"content-disposition": f'attachment; filename="{filename}"'}
        return cls(text, 200, {**disposition, **(headers or {})}, "text/csv; charset=utf-8")

    def text(self) -> str:
        """Write the body as it is sent."""
        if isinstance(self.body, str):
            return self.body
        return self.body.model_dump_json(by_alias=True)


class Response(TypedDict):
    """An HTTP API's answer, payload format 2.0."""

    statusCode: int
    headers: dict[str, str]
    body: str
    isBase64Encoded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLog:
    """What is worth knowing about an answered request; nothing in it is secret or personal.

    `bug` is a mistake of ours, `cause` why the request, or a part of a batch, is unavailable.
    """

    request_id: str
    route: str
    status: int
    code: str
    duration_ms: float
    bug: Exception | None = None
    cause: PrepaidError | None = None


def mapping(parent: Event, name: str) -> Event:
    """Return the object under *name*; an absent or strange one is empty."""
    found = parent.get(name)
    return cast("Event", found) if isinstance(found, Mapping) else {}


def texts(parent: Event, name: str) -> dict[str, str]:
    """Return the texts of the object under *name*."""
    return {key: value for key, value in mapping(parent, name).items() if isinstance(value, str)}


def caller_of(event: Event) -> Caller:
    """Return the caller that the authorizer found; raise `Forbidden` where there was none."""
    found = texts(mapping(mapping(event, "requestContext"), "authorizer"), "lambda")
    try:
        return Caller(
            account_id=account_id_of(found["account_id"]),
            role=Role(found["role"]),
            subject=found["subject"],
        )
    except (KeyError, ValueError) as exc:
        raise Forbidden("This needs a caller.") from exc


def key_of(event: Event) -> str:
    """Return the Idempotency-Key; raise `KeyMissing` or `KeyInvalid`."""
    key = json_body.header(event, "idempotency-key")
    if not key:
        raise KeyMissing("Send an Idempotency-Key header: repeating it makes a retry safe.")
    if _KEY.fullmatch(key) is None:
        raise KeyInvalid("An Idempotency-Key has 1 to 255 printable ASCII characters.")
    return key


def request_id_of(event: Event, context: object) -> str:
    """Return the gateway's id of the request, or the invocation's where there is no gateway."""
    found = mapping(event, "requestContext").get("requestId")
    if isinstance(found, str) and _REQUEST_ID.fullmatch(found):
        return found
    return str(getattr(context, "aws_request_id", "unknown"))

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.errors import InsufficientCredits, PrepaidError, Unavailable
from prepaid.web.actor import account_of_part
from prepaid.web.amounts import CreditsIn
from prepaid.web.endpoint import Handler, HttpAdapter
from prepaid.web.fields import AccountIdIn
from prepaid.web.identity import ADMINISTERING, METERING, OWN, PUBLIC, READING, SUPER, Access, Role
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import CreditsOut
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request, RequestLog, Response

from tests.support.http_events import http_event

NOW = Instant(1795386256)
served: list[RequestLog] = []
edge = HttpAdapter(now=lambda: NOW, record=served.append)


class AmountIn(WireIn):
    amount: CreditsIn
    account_id: AccountIdIn | None = None


class AmountOut(WireOut):
    amount: CreditsOut
    account_id: str


@edge.endpoint(allow=METERING, body=AmountIn, answer=AmountOut, keyed=True)
def spend(request: Request[AmountIn]) -> Answer:
    out = AmountOut(amount=str(request.body.amount), account_id=request.account_id)
    return Answer.created_or_replayed(out, replayed=request.key == "again")


@edge.endpoint(allow=READING, query=PageQuery, answer=AmountOut)
def read(request: Request[None, PageQuery]) -> AmountOut:
    assert request.received_at == NOW
    return AmountOut(amount=f"{request.query.limit}.00", account_id=request.account_id)


@pytest.fixture(autouse=True)
def nothing_served() -> None:
    served.clear()


def post(body: str = '{"amount": 2.60}', *, key: str | None = "k1", **event: Any) -> Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return spend(http_event("POST", "/api/credits/usage", body=body, headers=headers, **event))


def problem(response: Response) -> Any:
    assert response["headers"]["content-type"] == "application/problem+json"
    found = json.loads(response["body"])
    assert found["status"] == response["statusCode"]
    return found


def raising(error: Exception) -> Handler:
    @edge.endpoint(allow=PUBLIC)
    def handler(_request: Request) -> Answer:
        raise error

    return handler


def test_a_new_write_is_created() -> None:
    response = post()

    assert response["statusCode"] == 201
    assert json.loads(response["body"]) == {"amount": "2.60", "account_id": "user-1"}
    assert response["headers"] == {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-request-id": "req-1",
    }


def test_a_replay_says_so() -> None:
    response = post(key="again")

    assert response["statusCode"] == 200
    assert response["headers"]["idempotency-replayed"] == "true"


def test_a_read_answers_its_model() -> None:
    response = read(http_event(query={"limit": "7"}))

    assert response["statusCode"] == 200
    assert json.loads(response["body"])["amount"] == "7.00"


def test_a_table_is_sent_as_a_file() -> None:
    @edge.endpoint(allow=OWN, media_types=("application/json", "text/csv"))
    def handler(_request: Request) -> Answer:
        return Answer.csv("a,b\r\n", filename="entries.csv", headers={"link": "x"})

    response = handler(http_event())

    assert response["body"] == "a,b\r\n"
    assert response["headers"]["content-type"] == "text/csv; charset=utf-8"
    assert response["headers"]["content-disposition"] == 'attachment; filename="entries.csv"'
    assert response["headers"]["link"] == "x"


@pytest.mark.fault("A10.2")
def test_a_missing_key_is_refused() -> None:
    response = post(key=None)

    assert response["statusCode"] == 400
    assert problem(response)["code"] == "idempotency_key_missing"


@pytest.mark.fault("A10.2")
@pytest.mark.parametrize("key", ["x" * 256, "a b", "a\x00", "é", "a\n", "\x7f"])
def test_a_strange_key_is_refused(key: str) -> None:
    response = post(key=key)

    assert problem(response)["code"] == "idempotency_key_invalid"


def test_the_longest_key_is_taken() -> None:
    assert post(key="x" * 255)["statusCode"] == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "malformed_request"),
        ("{", 400, "malformed_request"),
        ("[]", 422, "invalid_request"),
        ('{"amount": true}', 422, "invalid_request"),
        ('{"amount": 1, "role": "admin"}', 422, "invalid_request"),
        ('{"amount": 1, "account_id": ""}', 422, "invalid_request"),
        ('{"amount": "%s"}' % ("1" * 300_000), 413, "too_large"),
    ],
)
def test_a_bad_body_is_refused_with_its_code(body: str, status: int, code: str) -> None:
    response = post(body)

    assert (response["statusCode"], problem(response)["code"]) == (status, code)


def test_a_body_of_another_type_is_refused() -> None:
    headers = {"idempotency-key": "k", "content-type": "text/plain"}

    response = spend(http_event("POST", body="{}", headers=headers))

    assert (response["statusCode"], problem(response)["code"]) == (415, "unsupported_media_type")


def test_a_field_that_is_wrong_is_pointed_at_but_not_repeated() -> None:
    response = post('{"amount": "hunter2"}')

    assert problem(response)["errors"][0]["pointer"] == "/amount"
    assert "hunter2" not in response["body"]


def test_an_unknown_parameter_is_refused() -> None:
    for handler, method in ((read, "GET"), (spend, "POST")):
        headers = {"idempotency-key": "k"}
        event = http_event(method, body='{"amount": 1}', query={"role": "admin"}, headers=headers)
        response = handler(event)
        assert problem(response)["errors"][0] | {"detail": ""} == {
            "pointer": "/role", "code": "unknown", "detail": "", "in": "query",
        }  # fmt: skip


def test_a_refusal_carries_its_members() -> None:
    error = InsufficientCredits(required=Credits(2), available=Credits(1))

    response = raising(error)(http_event(path="/api/credits/usage"))

    assert response["statusCode"] == 402
    assert problem(response) | {"detail": "", "title": "", "type": ""} == {
        "type": "", "title": "", "detail": "", "status": 402, "instance": "/api/credits/usage",
        "code": "insufficient_credits", "request_id": "req-1", "required": "0.02",
        "available": "0.01",
    }  # fmt: skip


def test_an_unknown_outcome_asks_for_a_repeat() -> None:
    unavailable = Unavailable("No answer.", retry_after_seconds=2)
    response = raising(unavailable)(http_event())

    assert (response["statusCode"], response["headers"]["retry-after"]) == (503, "2")
    assert "same Idempotency-Key" in problem(response)["detail"]
    assert (served[0].cause, served[0].bug) == (unavailable, None)


def test_a_refusal_is_recorded_without_a_cause() -> None:
    raising(InsufficientCredits(required=Credits(2), available=Credits(1)))(http_event())

    assert (served[0].cause, served[0].bug) == (None, None)


@pytest.mark.fault("G45")
def test_a_bug_is_answered_without_detail_and_recorded_with_it() -> None:
    bug = KeyError("secret")

    response = raising(bug)(http_event())

    assert (response["statusCode"], problem(response)["code"]) == (500, "internal")
    assert "secret" not in response["body"]
    assert served[0].bug is bug


def test_an_answer_that_cannot_be_written_is_a_bug() -> None:
    @edge.endpoint(allow=PUBLIC, answer=AmountOut)
    def handler(_request: Request) -> AmountOut:
        return AmountOut.model_construct(amount=object())

    response = handler(http_event())

    assert problem(response)["code"] == "internal"


def test_every_request_is_recorded_once() -> None:
    post()
    post(key=None)

    assert [(each.status, each.code) for each in served] == [
        (201, "ok"), (400, "idempotency_key_missing"),
    ]  # fmt: skip
    assert served[0].route == "POST /api/credits/usage"
    assert served[0].request_id == "req-1"
    assert served[0].duration_ms >= 0


def test_without_a_gateways_id_the_invocations_is_used() -> None:
    class Context:
        aws_request_id = "invocation-1"

    event = http_event() | {"requestContext": {"requestId": "a\r\nx: y"}}

    assert read(event, Context())["headers"]["x-request-id"] == "invocation-1"


NAMED = "user-2"
RULES: list[tuple[str, Access, Mapping[Role, int]]] = [
    ("METERING", METERING,
     {Role.USER: 403, Role.SERVICE: 200, Role.ADMIN: 403, Role.SUPER_ADMIN: 403}),
    ("READING", READING,
     {Role.USER: 403, Role.SERVICE: 200, Role.ADMIN: 200, Role.SUPER_ADMIN: 200}),
    ("OWN", OWN, dict.fromkeys(Role, 403)),
    ("ADMINISTERING", ADMINISTERING,
     {Role.USER: 403, Role.SERVICE: 403, Role.ADMIN: 200, Role.SUPER_ADMIN: 200}),
    ("SUPER", SUPER, {Role.USER: 403, Role.SERVICE: 403, Role.ADMIN: 403, Role.SUPER_ADMIN: 200}),
]  # fmt: skip


@pytest.mark.fault("G42")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("name", "access", "expected"), RULES)
def test_who_may_mean_anothers_account(
    name: str, access: Access, expected: Mapping[Role, int], role: Role
) -> None:
    @edge.endpoint(allow=access, answer=AmountOut)
    def by_query(request: Request) -> AmountOut:
        return AmountOut(amount=name, account_id=request.account_id)

    @edge.endpoint(allow=access, body=AmountIn, answer=AmountOut)
    def by_body(request: Request[AmountIn]) -> AmountOut:
        assert account_of_part(request, request.body) == NAMED
        return AmountOut(amount=name, account_id=request.account_id)

    named = by_query(http_event(role=role, query={"account_id": NAMED}))
    body = json.dumps({"amount": "1", "account_id": NAMED})
    in_body = by_body(http_event("POST", role=role, body=body))

    assert named["statusCode"] == in_body["statusCode"] == expected[role]
    if expected[role] == 200:
        assert json.loads(named["body"])["account_id"] == NAMED
        assert json.loads(in_body["body"])["account_id"] == NAMED
    else:
        assert problem(named)["code"] == problem(in_body)["code"] == "forbidden"


@pytest.mark.parametrize("role", list(Role))
def test_anyone_may_name_their_own_account(role: Role) -> None:
    response = read(http_event(role=role, query={"account_id": "user-1"}))

    assert json.loads(response["body"])["account_id"] == "user-1"
    assert post('{"amount": 1, "account_id": "user-1"}', role=role)["statusCode"] == 201


def test_a_role_that_may_not_call_is_refused_before_the_body_is_read() -> None:
    @edge.endpoint(allow=ADMINISTERING, body=AmountIn)
    def handler(_request: Request[AmountIn]) -> Answer:
        raise AssertionError

    response = handler(http_event("POST", body="{", role="service"))

    assert (response["statusCode"], problem(response)["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "context",
    [None, {}, {"account_id": "user-1", "role": "user"}, {"role": "admin", "subject": "x"},
     {"account_id": "user-1", "role": "root", "subject": "x"},
     {"account_id": "user-1", "role": "ADMIN", "subject": "x"},
     {"account_id": "user-1", "role": ["admin"], "subject": "x"},
     {"account_id": "", "role": "user", "subject": "x"},
     {"account_id": 7, "role": "user", "subject": "x"}],
)  # fmt: skip
def test_without_a_caller_from_the_authorizer_nothing_is_done(context: object) -> None:
    event = http_event()
    event["requestContext"]["authorizer"] = {"lambda": context}

    response = read(event)

    assert (response["statusCode"], problem(response)["code"]) == (403, "forbidden")


@pytest.mark.fault("G43.2")
def test_a_role_in_a_header_changes_nothing() -> None:
    headers = {"role": "admin", "x-role": "admin"}

    response = read(http_event(query={"account_id": "user-2"}, headers=headers))

    assert response["statusCode"] == 403


@pytest.mark.parametrize("text", ["", "x" * 129, "a\x00", "\ud800"])
def test_a_strange_account_id_in_the_query_is_pointed_at(text: str) -> None:
    response = read(http_event(role="service", query={"account_id": text}))

    assert problem(response)["errors"][0]["pointer"] == "/account_id"


def test_a_public_endpoint_has_no_caller() -> None:
    @edge.endpoint(allow=PUBLIC)
    def handler(request: Request) -> Answer:
        with pytest.raises(PrepaidError):
            _ = request.caller
        with pytest.raises(PrepaidError):
            _ = request.account_id
        return Answer("{}")

    assert handler(http_event(role=None))["statusCode"] == 200


@pytest.mark.fault("A10")
@pytest.mark.parametrize(
    "text", ["", "x" * 1025, "é" * 513, "€" * 342, "𝕏" * 257, "a\x00b", "\x7f", "a\ud800"]
)
def test_a_path_that_can_name_nothing_is_not_found(text: str) -> None:
    @edge.endpoint(allow=OWN)
    def handler(request: Request) -> Answer:
        return Answer(request.path_text("call_id"))

    for sound in ("7", "x" * 1024, "é" * 512, "𝕏" * 256, "a b/..%00"):
        assert handler(http_event(path_parameters={"call_id": sound}))["body"] == sound
    assert handler(http_event(path_parameters={"call_id": text}))["statusCode"] == 404


@pytest.mark.fault(
    "V7.2",
    "The gateway decodes a path but for the escape of %, or decodes all of it",
    "An id with a % is the same with either",
)
@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("100%25", "100%"),
        ("100%", "100%"),
        ("a %25 b%25c", "a % b%c"),
        ("%2523", "%23"),
        ("%23", "%23"),
        ("a%25b%c", "a%25b%c"),
        ("%", "%"),
    ],
)
def test_an_id_with_a_percent_sign_comes_as_the_gateway_writes_it(sent: str, meant: str) -> None:
    @edge.endpoint(allow=OWN)
    def handler(request: Request) -> Answer:
        return Answer(request.path_text("call_id"))

    event = http_event() | {"pathParameters": {"call_id": sent}}

    assert handler(event)["body"] == meant


@pytest.mark.parametrize("text", ["", ".", "..", "%2e", "pay%5F1", "a b", "é", "a/b", "x" * 1025])
def test_a_path_that_is_no_id_of_ours_is_not_found(text: str) -> None:
    @edge.endpoint(allow=OWN)
    def handler(request: Request) -> Answer:
        return Answer(request.path_id("payment_id"))

    assert handler(http_event(path_parameters={"payment_id": "pay_1-Z"}))["body"] == "pay_1-Z"
    assert handler(http_event(path_parameters={"payment_id": text}))["statusCode"] == 404


def test_a_handler_shows_what_it_declared() -> None:
    assert spend.spec.keyed
    assert spend.spec.access == METERING
    assert spend.spec.body is AmountIn
    assert spend.spec.answers == (AmountOut,)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")), st.booleans())
def test_no_body_gives_a_5xx(raw: bytes, in_base64: bool) -> None:
    response = post(raw.decode("latin-1"), base64=in_base64)

    assert 200 <= response["statusCode"] < 500


@given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_no_query_and_no_header_gives_a_5xx(query: dict[str, str], headers: dict[str, str]) -> None:
    event = http_event(query=query, headers=headers, path="/\ud800")

    assert 200 <= read(event)["statusCode"] < 500

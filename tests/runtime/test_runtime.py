import json
import logging
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import override

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from prepaid.domain.errors import PrepaidError, Unavailable
from prepaid.runtime import clock, http, observability
from prepaid.runtime.jwks import MAX_BYTES, cached_jwks, read_jwks
from prepaid.runtime.secrets import (
    Absent,
    CachedText,
    Unreadable,
    cached_secret,
    read_parameter,
    read_secret,
)
from prepaid.runtime.settings import MissingSetting, Settings
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Answer, Request, RequestLog

from tests.support.http_events import http_event
from tests.support.wire import received


class Source:
    """A text that can change and fail, and counts how often it is read."""

    def __init__(self, text: str) -> None:
        self.text: str | None = text
        self.reads = 0
        self.time = 0.0

    def read(self) -> str:
        self.reads += 1
        if self.text is None:
            raise Unreadable("down")
        return self.text

    def stored(self) -> CachedText:
        return CachedText(self.read, now=lambda: self.time)


def test_a_missing_setting_names_itself() -> None:
    with pytest.raises(MissingSetting, match="USER_CREDITS_TABLE"):
        _ = Settings({}).user_credits_table


def test_what_the_template_names_is_read_from_the_variable_of_its_name() -> None:
    names = [name for name in vars(Settings) if name.endswith(("_table", "_secret"))]
    settings = Settings({name.upper(): f"physical {name}" for name in names})

    assert len(names) >= 10
    for name in names:
        assert getattr(settings, name) == f"physical {name}"


def test_every_setting_is_a_value() -> None:
    names = [name for name in vars(Settings) if not name.startswith("_") and name != "environment"]

    assert len(names) >= 40
    assert [name for name in names if not isinstance(vars(Settings)[name], property)] == []


def test_settings_with_a_default_need_no_variable() -> None:
    settings = Settings({})

    assert (settings.token_issuer, settings.token_audience) == ("prepaid", "prepaid")
    assert (settings.token_account_claim, settings.token_role_claim) == ("sub", "role")
    assert (settings.token_jwks_url, settings.clock_file) == ("", "")


def test_the_clock_is_shifted_by_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.9)
    monkeypatch.delenv("CLOCK_FILE", raising=False)
    file = tmp_path / "clock"

    plain = clock.now()
    monkeypatch.setenv("CLOCK_FILE", str(file))
    absent = clock.now()
    file.write_text("7200\n", encoding="ascii")
    later = clock.now()
    file.write_text("-60", encoding="ascii")
    earlier = clock.now()
    file.write_text("", encoding="ascii")
    empty = clock.now()

    assert (plain, absent, later, earlier, empty) == (1000, 1000, 8200, 940, 1000)


def test_a_kept_text_is_read_again_when_it_is_old() -> None:
    source = Source("old")
    stored = source.stored()

    first = stored.get()
    source.text, source.time = "new", 299
    young = stored.get()
    source.time = 300

    assert (first, young, stored.get()) == ("old", "old", "new")
    assert source.reads == 2


def test_what_is_missed_is_looked_for_but_not_more_often_than_twice_a_minute() -> None:
    source = Source("old")
    stored = source.stored()
    stored.get()

    source.text, source.time = "new", 29
    assert stored.get(True) == "old"
    source.time = 30
    assert stored.get(True) == "new"
    for _ in range(100):
        stored.get(True)

    assert source.reads == 2


def test_a_kept_text_outlives_an_outage_of_less_than_an_hour() -> None:
    source = Source("old")
    stored = source.stored()
    stored.get()

    source.text, source.time = None, 3599
    assert stored.get() == "old"
    source.time = 3600
    with pytest.raises(Unreadable):
        stored.get()
    source.text, source.time = "new", 3700
    assert stored.get() == "new"


def test_what_was_never_read_is_unreadable() -> None:
    source = Source("")
    source.text = None

    with pytest.raises(Unreadable):
        source.stored().get()


@pytest.mark.fault(
    "A4.3",
    "A secret was never readable",
    "503, and it is read again only after a pause that doubles up to 30 s",
)
def test_what_was_never_readable_is_read_again_only_after_pauses_that_double() -> None:
    source = Source("")
    source.text = None
    stored = source.stored()
    tries: list[float] = []
    while source.time < 100:
        before = source.reads
        with pytest.raises(Unreadable):
            stored.get(True)
        tries += [source.time] * (source.reads - before)
        source.time += 0.5

    source.text = "here at last"

    assert tries == [0, 1, 3, 7, 15, 31, 61, 91]
    with pytest.raises(Unreadable):
        stored.get()
    source.time = 121
    assert stored.get() == "here at last"
    source.text, source.time = "newer", 151
    assert stored.get(True) == "newer"


@pytest.mark.fault("A4.3")
def test_the_reason_why_a_text_cannot_be_read_stays_known_during_the_pause() -> None:
    source = Source("")
    source.text = None
    stored = source.stored()
    for _ in range(2):
        with pytest.raises(Unreadable) as unreadable:
            stored.get()

    assert source.reads == 1
    assert str(unreadable.value.__cause__) == "down"


def test_a_parameter_that_nobody_set_up_is_absent_and_stays_known_as_such() -> None:
    with mock_aws():
        stored = CachedText(lambda: read_parameter("/nobody"))
        for _ in range(2):
            with pytest.raises(Absent):
                stored.get()


def test_pauses_are_bounded_however_often_a_text_was_not_readable() -> None:
    source = Source("")
    source.text = None
    stored = source.stored()
    for _ in range(3000):
        source.time += 30
        with pytest.raises(Unreadable):
            stored.get()

    assert source.reads == 3000


@mock_aws
def test_a_secret_is_read_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    client = boto3.client("secretsmanager")
    client.create_secret(Name="signing", SecretString="s" * 32)

    assert cached_secret("signing").get() == "s" * 32
    with pytest.raises(Unreadable) as unreadable:
        read_secret("absent")
    assert "absent" not in str(unreadable.value)
    cached_secret.cache_clear()


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"status": "ok"}', b"\x80"])
@pytest.mark.parametrize("read", [read_secret, read_parameter])
def test_a_secret_is_unreadable_where_the_answer_is_not_of_aws(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[str], str], body: bytes
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setattr(
        "botocore.httpsession.URLLib3Session.send",
        lambda _, request: received(request.url, 200, body),
    )

    with pytest.raises(Unreadable):
        read("signing")


class Issuer(BaseHTTPRequestHandler):
    """Publishes what the path asks for."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("location", "/keys")
        self.end_headers()
        bodies = {"/keys": b'{"keys": []}', "/large": b"x" * (MAX_BYTES + 1), "/bytes": b"\xff"}
        self.wfile.write(bodies.get(self.path, b""))

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def issuer() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Issuer) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_published_keys_are_fetched(issuer: str) -> None:
    assert cached_jwks(f"{issuer}/keys").get() == '{"keys": []}'


@pytest.mark.parametrize("path", ["/moved", "/large", "/bytes"])
def test_published_keys_come_from_where_they_were_asked_for(issuer: str, path: str) -> None:
    with pytest.raises(Unreadable):
        read_jwks(issuer + path)


def test_an_issuer_that_does_not_answer_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_jwks("http://127.0.0.1:9/keys")


@pytest.mark.parametrize(
    "url", ["http://issuer.example/keys", "file:///etc/passwd", "http://localhost.example/", "x"]
)
def test_published_keys_are_fetched_over_https_only(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        cached_jwks(url)


def lines(captured: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.splitlines()]


def served(
    *,
    status: int = 200,
    code: str = "ok",
    bug: Exception | None = None,
    cause: PrepaidError | None = None,
) -> RequestLog:
    return RequestLog(
        request_id="r1",
        route="GET /x",
        status=status,
        code=code,
        duration_ms=1.26,
        bug=bug,
        cause=cause,
    )


@pytest.fixture(autouse=True)
def fresh_logger() -> None:
    logging.Logger.manager.loggerDict.pop("prepaid", None)
    observability.logger.cache_clear()


def test_an_answer_is_one_line_of_facts(capsys: pytest.CaptureFixture[str]) -> None:
    observability.record(served())

    (line,) = lines(capsys.readouterr().out)
    facts = ("request_id", "route", "status", "code", "duration_ms", "level", "service")
    assert [line[name] for name in facts] == ["r1", "GET /x", 200, "ok", 1.3, "INFO", "prepaid"]


def test_a_refusal_is_counted_by_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    observability.record(served(status=402, code="insufficient_credits"))

    line, metric = lines(capsys.readouterr().out)
    assert line["level"] == "INFO"
    assert (metric["Refused"], metric["code"]) == ([1.0], "insufficient_credits")


def test_a_bug_is_logged_with_its_place_and_without_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        try:
            raise KeyError("secret-1")
        except KeyError as exc:
            raise ValueError("secret-2") from exc

    try:
        fail()
    except ValueError as exc:
        observability.record(served(status=500, code="internal", bug=exc))

    out = capsys.readouterr().out
    line = lines(out)[0]
    bug = line["bug"]
    assert isinstance(bug, list)
    assert line["level"] == "ERROR"
    assert bug[0] == "ValueError"
    assert "KeyError" in bug
    assert any("test_runtime.py" in each and each.endswith(" fail") for each in bug)
    assert "secret" not in out


def denied(code: object, message: str, request_id: object = "AWS-1") -> ClientError:
    response = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"RequestId": request_id, "HTTPStatusCode": 400},
    }
    return ClientError(response, "GetItem")  # type: ignore[arg-type]  # as on the wire


@pytest.mark.fault(
    "A4.2",
    "A request, or a part of a batch, is unavailable",
    "The log says why: the causes by type and place, AWS's error code and request id, never its "
    "words",
)
def test_what_is_unavailable_is_logged_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    unavailable = Unavailable("secret-1")
    unavailable.__cause__ = denied("ThrottlingException", "secret-2")

    observability.record(served(status=503, code="unavailable", cause=unavailable))

    out = capsys.readouterr().out
    line = lines(out)[0]
    assert (line["level"], line["request_id"], line["code"]) == ("ERROR", "r1", "unavailable")
    assert line["cause"] == ["Unavailable", "ClientError ThrottlingException GetItem AWS-1"]
    assert "secret" not in out


@pytest.mark.parametrize("strange", ["two words", "", "é", "x" * 129, None, 7, ["list"]])
def test_what_aws_says_is_logged_only_where_it_is_a_code_or_an_id(strange: object) -> None:
    assert observability.described(denied(strange, "text", strange)) == ["ClientError GetItem"]


def test_an_exception_with_a_foreign_response_is_described_by_its_type() -> None:
    error = ValueError("text")
    error.response = "secret"  # type: ignore[attr-defined]  # as libraries of HTTP do

    assert observability.described(error) == ["ValueError"]


def test_an_endpoint_logs_nothing_that_a_client_sent(capsys: pytest.CaptureFixture[str]) -> None:
    @http.endpoint(allow=PUBLIC)
    def handler(request: Request) -> Answer:
        raise RuntimeError(str(request.params))

    secret = "hunter2"
    event = http_event("POST", body=secret, headers={"authorization": f"Bearer {secret}"})
    event["requestContext"]["authorizer"]["lambda"]["account_id"] = "mail@hunter2.example"
    handler(event)
    handler({**event, "queryStringParameters": {"token": secret}})

    assert secret not in capsys.readouterr().out

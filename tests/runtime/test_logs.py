"""Nothing secret and nothing personal is logged, whatever a request holds and however it ends."""

import io
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prepaid.runtime import observability

from local.stripe.signing import signature
from tests.support.sales import Sales
from tests.support.stage import NOW, PATHS, Stage
from tests.web.test_edge_of_functions import BODIES, PATH, role_for

SECRETS = {
    "authorization": "Bearer aaaa.secret-token.bbbb",
    "cookie": "session=secret-cookie",
    "stripe-signature": "t=1,v1=secret-signature",
    "x-forwarded-for": "203.0.113.77",
}
BODY_SECRET = "card-4242-ann@example.com"
KEY_SECRET = "secret-idempotency-key"
MARKS = [
    "secret-token",
    "secret-cookie",
    "secret-signature",
    "203.0.113.77",
    BODY_SECRET,
    KEY_SECRET,
    "Bearer",
]
TEXT_FIELDS: dict[str, dict[str, Any]] = {
    "record_usage": {"reference": BODY_SECRET, "metadata": {"mail": BODY_SECRET}},
    "create_hold": {"reference": BODY_SECRET},
    "capture_hold": {"reference": BODY_SECRET},
    "adjust_credits": {"reason": BODY_SECRET},
}


def break_nothing(_stage: Stage, _body: Any) -> Any:
    return _body


def send_a_foreign_field(_stage: Stage, _body: Any) -> Any:
    return {BODY_SECRET: BODY_SECRET}


def send_no_json(_stage: Stage, _body: Any) -> Any:
    return f'{{"x": "{BODY_SECRET}'


def break_the_store(stage: Stage, body: Any) -> Any:
    stage.store.broken = True
    return body


def have_a_bug(stage: Stage, body: Any) -> Any:
    def buggy(*_: object, **__: object) -> None:
        raise KeyError(BODY_SECRET)

    for name in ("load", "entries", "history", "commit"):
        setattr(stage.store, name, buggy)
    return body


def freeze_out(stage: Stage, body: Any) -> Any:
    stage.catalogue.all_prices = ()
    return body


@pytest.mark.fault(
    "G45",
    "Something fails while a request holds secrets",
    "Logs and answers repeat none of them",
)
@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize(
    "trouble",
    [
        break_nothing,
        send_a_foreign_field,
        send_no_json,
        break_the_store,
        have_a_bug,
        freeze_out,
    ],
)
def test_no_secret_reaches_the_log(
    funded: Stage, log: io.StringIO, capsys: pytest.CaptureFixture[str], name: str, trouble: Any
) -> None:
    body = trouble(funded, {**BODIES.get(name, {}), **TEXT_FIELDS.get(name, {})})

    funded.call(
        name,
        body if name in BODIES else None,
        role=role_for(name),
        key=KEY_SECRET,
        headers=SECRETS,
        path=PATH.get(name),
    )

    logged = log.getvalue() + "".join(capsys.readouterr())
    assert "answered" in logged
    assert [mark for mark in MARKS if mark in logged] == []


PAID = {"amount": 4500, "receipt_email": BODY_SECRET, "client_secret": "pi_1_secret_2"}


@pytest.mark.fault("G45")
@pytest.mark.parametrize(
    ("body", "signed"),
    [
        ("{}", False),
        (f'{{"x": "{BODY_SECRET}', True),
        (json.dumps({"object": "event", "data": {"object": PAID}}), True),
        (json.dumps({"id": "evt_1", "object": "event", "type": "customer.created", "created": 1,
                     "livemode": True, "data": {"object": PAID}}), True),
    ],
    ids=["forged", "no-json", "no-event", "foreign"],
)  # fmt: skip
def test_no_secret_of_a_webhook_reaches_the_log(
    sales: Sales,
    log: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    body: str,
    signed: bool,
) -> None:
    header = signature(body.encode(), ("whsec_local",), NOW)

    sales.send(body, header=header if signed else SECRETS["stripe-signature"])

    logged = log.getvalue() + "".join(capsys.readouterr())
    assert "answered" in logged
    assert [mark for mark in [*MARKS, header, "whsec_local", "_secret_"] if mark in logged] == []


@pytest.mark.fault("G45")
def test_no_client_secret_reaches_the_log(
    sales: Sales, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = sales.buy().json["client_secret"]
    sales.buy()

    logged = log.getvalue() + "".join(capsys.readouterr())
    assert "answered" in logged
    assert secret not in logged


@contextmanager
def new_logger(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Let a logger be made anew; give what it writes."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    logging.Logger.manager.loggerDict.pop("prepaid", None)
    observability.logger.cache_clear()
    try:
        yield stream
    finally:
        logging.Logger.manager.loggerDict.pop("prepaid", None)
        observability.logger.cache_clear()


def test_in_lambda_each_line_names_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "prepaid-GetBalance-1")

    with new_logger(monkeypatch) as stream:
        observability.logger().info("answered")

    assert json.loads(stream.getvalue())["function"] == "prepaid-GetBalance-1"


def test_times_in_the_log_are_utc_wherever_the_process_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()

    with new_logger(monkeypatch) as stream:
        observability.logger().info("answered")
    monkeypatch.undo()
    time.tzset()

    assert json.loads(stream.getvalue())["timestamp"].endswith("+0000")

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from prepaid.domain.errors import Unavailable

from functions.seed_catalogue import app
from tests.support.stage import Stage


class CloudFormation:
    """Takes answers as the signed address of a custom resource does."""

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.content_types: list[str | None] = []
        self.failures = 0

        class ResponseReceiver(BaseHTTPRequestHandler):
            def do_PUT(receiver) -> None:  # noqa: N805 - named by http.server; self is outside
                body = receiver.rfile.read(int(receiver.headers["content-length"]))
                if self.failures:
                    self.failures -= 1
                    receiver.send_error(503)
                    return
                self.answers.append(json.loads(body))
                self.content_types.append(receiver.headers["content-type"])
                receiver.send_response(200)
                receiver.end_headers()

            def log_message(receiver, *_: object) -> None:  # noqa: N805 - as above
                return None

        self.server = HTTPServer(("127.0.0.1", 0), ResponseReceiver)
        self.url = f"http://127.0.0.1:{self.server.server_port}/answer?signature=secret-signature"


@pytest.fixture
def cloud() -> Iterator[CloudFormation]:
    cloud = CloudFormation()
    thread = threading.Thread(target=cloud.server.serve_forever, args=(0.01,))
    thread.start()
    yield cloud
    cloud.server.shutdown()
    thread.join()
    cloud.server.server_close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepaid.runtime.custom_resource.time.sleep", lambda _seconds: None)


def event(cloud: CloudFormation, request_type: str, **more: str) -> dict[str, Any]:
    return {
        "RequestType": request_type,
        "ResponseURL": cloud.url,
        "StackId": "arn:stack",
        "RequestId": "r-1",
        "LogicalResourceId": "Catalogue",
        "ResourceProperties": {},
        **more,
    }


def emptied(stage: Stage) -> Stage:
    stage.catalogue.all_packages = stage.catalogue.all_prices = ()
    return stage


def test_as_a_job_it_writes_what_is_missing_and_then_nothing(stage: Stage) -> None:
    emptied(stage)

    first, second = app.handler({}), app.handler({})

    assert first == {"packages": 5, "prices": 4}
    assert second == {"packages": 0, "prices": 0}


@pytest.mark.parametrize("request_type", ["Create", "Update"])
def test_a_deployment_seeds_and_is_told_so(
    stage: Stage, cloud: CloudFormation, request_type: str
) -> None:
    emptied(stage)

    app.handler(event(cloud, request_type))

    assert len(stage.catalogue.all_packages) == 5
    assert cloud.answers == [
        {
            "Status": "SUCCESS",
            "Reason": "Done.",
            "PhysicalResourceId": "Catalogue",
            "StackId": "arn:stack",
            "RequestId": "r-1",
            "LogicalResourceId": "Catalogue",
            "Data": {"packages": 5, "prices": 4},
        }
    ]
    assert cloud.content_types == [""]


def test_a_deletion_takes_nothing_away(stage: Stage, cloud: CloudFormation) -> None:
    app.handler(event(cloud, "Delete", PhysicalResourceId="p-1"))

    assert len(stage.catalogue.all_packages) == 5
    assert (cloud.answers[0]["Status"], cloud.answers[0]["PhysicalResourceId"]) == (
        "SUCCESS",
        "p-1",
    )


def test_a_failure_is_told_without_its_details(
    stage: Stage,
    cloud: CloudFormation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def failing(_harness: object) -> None:
        raise Unavailable("internal detail")

    monkeypatch.setattr(app, "seed", failing)

    app.handler(event(cloud, "Create"))

    assert cloud.answers[0]["Status"] == "FAILED"
    assert "internal detail" not in json.dumps(cloud.answers)
    output = capsys.readouterr().out
    assert "secret-signature" not in output
    assert stage.requests == 0


def test_the_answer_is_sent_again_until_it_arrives(stage: Stage, cloud: CloudFormation) -> None:
    cloud.failures = 2

    app.handler(event(cloud, "Create"))

    assert len(cloud.answers) == 1
    assert stage.requests == 0


@pytest.mark.usefixtures("stage")
def test_an_answer_that_never_arrives_fails_the_function(cloud: CloudFormation) -> None:
    cloud.failures = 3

    with pytest.raises(OSError, match="503"):
        app.handler(event(cloud, "Create"))


@pytest.mark.usefixtures("stage")
def test_an_answer_goes_nowhere_but_the_web(cloud: CloudFormation) -> None:
    with pytest.raises(ValueError, match="web"):
        app.handler({**event(cloud, "Create"), "ResponseURL": "file:///etc/passwd"})

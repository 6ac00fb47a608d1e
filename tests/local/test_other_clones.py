"""A stack of another folder on the same port is refused, and never touched."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from local import jobs, pay
from local.control import down, healthy, hold_place, require_up
from local.progress import StackError
from local.stack_layout import StackLayout
from tests.e2e.running import free_place


@dataclass
class Gateway:
    """What answers on a port as a stack's gateway, and what it was asked."""

    stack: str
    status: str = "ready"
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def layout(tmp_path: Path) -> StackLayout:
    return free_place(tmp_path / "ours")


@pytest.fixture
def other(layout: StackLayout, tmp_path: Path) -> Iterator[Gateway]:
    gateway = Gateway(StackLayout(layout.port, tmp_path / "theirs").identity)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gateway.asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            said = {"status": gateway.status, "stack": gateway.stack}
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", layout.port), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_not_taken_for_ours(layout: StackLayout, other: Gateway) -> None:
    theirs = healthy(layout)
    other.stack = layout.identity
    ours = healthy(layout)

    assert (theirs, ours) == (False, True)


def test_a_stack_that_is_still_starting_is_not_healthy(layout: StackLayout, other: Gateway) -> None:
    other.stack, other.status = layout.identity, "starting"

    assert not healthy(layout)


@pytest.mark.fault(
    "G47",
    "Another clone's stack runs on the same port",
    "Every command says so and touches nothing of it; ours does not start",
)
def test_commands_refuse_it_and_say_what_to_do(layout: StackLayout, other: Gateway) -> None:
    with pytest.raises(StackError, match=f"another folder.*make up PORT={layout.port + 10}"):
        require_up(layout)

    assert set(other.asked) == {"/_local/health"}


@pytest.mark.fault("G47")
def test_ours_does_not_start_over_it(layout: StackLayout, other: Gateway) -> None:
    with pytest.raises(StackError, match="another folder"), hold_place(layout):
        pytest.fail("the place was given")

    assert set(other.asked) == {"/_local/health"}


@pytest.mark.fault("G47")
def test_nobody_pays_at_its_stand_in(
    layout: StackLayout, other: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pay, "takes_payments", lambda _place: pytest.fail("it was asked"))

    with pytest.raises(StackError, match="another folder"):
        pay.pay(layout, "pay_1", "succeed")

    assert set(other.asked) == {"/_local/health"}


def test_no_job_runs_in_it(layout: StackLayout, other: Gateway) -> None:
    with pytest.raises(StackError, match="another folder"):
        jobs.run(layout, "settle_due")

    assert set(other.asked) == {"/_local/health"}


def test_stopping_ours_leaves_it_running(
    layout: StackLayout, other: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    layout.directory.mkdir(parents=True)

    down(layout)

    assert "Nothing runs" in capsys.readouterr().out
    assert other.asked == []

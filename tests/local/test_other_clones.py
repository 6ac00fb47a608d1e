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
from local.places import Place
from local.progress import StackError
from tests.e2e.running import free_place


@dataclass
class Gateway:
    """What answers on a port as a stack's gateway, and what it was asked."""

    stack: str
    status: str = "ready"
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return free_place(tmp_path / "ours")


@pytest.fixture
def other(place: Place, tmp_path: Path) -> Iterator[Gateway]:
    gateway = Gateway(Place(place.port, tmp_path / "theirs").identity)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gateway.asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            said = {"status": gateway.status, "stack": gateway.stack}
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", place.port), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_not_taken_for_ours(place: Place, other: Gateway) -> None:
    theirs = healthy(place)
    other.stack = place.identity
    ours = healthy(place)

    assert (theirs, ours) == (False, True)


def test_a_stack_that_is_still_starting_is_not_healthy(place: Place, other: Gateway) -> None:
    other.stack, other.status = place.identity, "starting"

    assert not healthy(place)


def test_commands_refuse_it_and_say_what_to_do(place: Place, other: Gateway) -> None:
    with pytest.raises(StackError, match=f"another folder.*make up PORT={place.port + 10}"):
        require_up(place)

    assert set(other.asked) == {"/_local/health"}


def test_ours_does_not_start_over_it(place: Place, other: Gateway) -> None:
    with pytest.raises(StackError, match="another folder"), hold_place(place):
        pytest.fail("the place was given")

    assert set(other.asked) == {"/_local/health"}


def test_nobody_pays_at_its_stand_in(
    place: Place, other: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pay, "takes_payments", lambda _place: pytest.fail("it was asked"))

    with pytest.raises(StackError, match="another folder"):
        pay.pay(place, "pay_1", "succeed")

    assert set(other.asked) == {"/_local/health"}


def test_no_job_runs_in_it(place: Place, other: Gateway) -> None:
    with pytest.raises(StackError, match="another folder"):
        jobs.run(place, "settle_due")

    assert set(other.asked) == {"/_local/health"}


def test_stopping_ours_leaves_it_running(
    place: Place, other: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    place.directory.mkdir(parents=True)

    down(place)

    assert "Nothing runs" in capsys.readouterr().out
    assert other.asked == []

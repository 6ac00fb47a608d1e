"""Whether there is a container engine is asked of the engine itself, as `sam` does."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import MagicMock

import pytest

from local import sam_local
from local.stack_layout import StackLayout


class _Engine(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = (
            b"OK" if self.path.endswith("/_ping") else json.dumps({"ApiVersion": "1.43"}).encode()
        )
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def engine() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Engine)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"tcp://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_engine_without_a_command_line_is_found(
    engine: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCKER_HOST", engine)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert sam_local.engine_answers()


def test_without_an_engine_it_says_so_and_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{nobody.getsockname()[1]}")

    sam_local.serve(StackLayout(5150, tmp_path))

    assert "no container engine answers" in capsys.readouterr().out


def test_containers_stay_warm_between_requests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []

    def popen(command: list[str], **_: object) -> MagicMock:
        started.append(command)
        return MagicMock()

    monkeypatch.setattr(sam_local, "engine_answers", lambda: True)
    monkeypatch.setattr(sam_local, "healthy", lambda _: True)
    monkeypatch.setattr(sam_local, "reachable_emulator", lambda _: "http://127.0.0.1:1")
    monkeypatch.setattr(sam_local, "_template", lambda *_: {})
    monkeypatch.setattr(sam_local, "TEMPLATE", tmp_path / "template.yaml")
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(subprocess, "Popen", popen)

    sam_local.serve(StackLayout(5150, tmp_path))

    [command] = started
    assert command[command.index("--warm-containers") + 1] == "LAZY"

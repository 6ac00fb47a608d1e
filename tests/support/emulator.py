"""MiniStack for the tests: started once, on a free port, forgetting everything at the end."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from local.stack_layout import clean_environment

READY_SECONDS = 60
END_SECONDS = 30


@contextmanager
def running(directory: Path) -> Iterator[str]:
    """Run the emulator with its files in *directory*; yield its URL once it answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    (directory / "tmp").mkdir(parents=True)
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter's tool, no shell
            [str(Path(sys.executable).with_name("ministack"))],
            cwd=directory,
            env=clean_environment() | _settings(port, directory),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(url, process, directory / "log")
        yield url
    finally:
        _end(process)


def _settings(port: int, directory: Path) -> dict[str, str]:
    return {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "PERSIST_STATE": "0",
        "STATE_DIR": str(directory / "state"),
        "TMPDIR": str(directory / "tmp"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_WORKER_THREADS": "64",
        "LOG_LEVEL": "WARNING",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_ministack/ready", timeout=1) as answer:  # noqa: S310 - our own URL
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the emulator did not start:\n{log.read_text()[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

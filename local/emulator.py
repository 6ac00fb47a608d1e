"""Start and stop MiniStack, the AWS emulator, so that its state survives."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from enum import Enum, auto
from pathlib import Path

import httpx

from local import processes
from local.progress import StackError
from local.stack_layout import PROJECT, StackLayout, clean_environment

_READY_WITHIN_SECONDS = 60
_SAVED_WITHIN_SECONDS = 120
_POSITIONS = "dynamodb_stream_positions"


class Left(Enum):
    """What an earlier stack left behind."""

    NOTHING = auto()
    SAVED = auto()  # its emulator ran on, and has saved its state now
    LOST = auto()  # its emulator was killed as well


def recover(layout: StackLayout) -> Left:
    """Stop in order what a killed stack's emulator goes on running as, and only that.

    Raises StackError if it does not end.
    """
    if not layout.running_file.exists():
        return Left.NOTHING
    ended = processes.end(
        layout.running_file, within_seconds=_SAVED_WITHIN_SECONDS, name="the emulator"
    )
    layout.running_file.unlink()
    return Left.SAVED if ended else Left.LOST


def start(layout: StackLayout) -> subprocess.Popen[bytes]:
    """Start the emulator and return once it answers.

    Raises StackError if it does not, or when a port of this place is taken.
    """
    _check_ports(layout)
    shutil.rmtree(layout.temporary, ignore_errors=True)
    for directory in (layout.temporary, layout.state / "s3"):
        directory.mkdir(parents=True, exist_ok=True)
    forget_positions(layout.state)
    with layout.log("emulator").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [sys.executable, "-P", str(PROJECT / "local" / "environments.py")],
            cwd=layout.directory,
            env=clean_environment() | _settings(layout),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the stack, which stops the emulator in order
        )
    processes.record(process.pid, layout.running_file)
    try:
        _wait_until_ready(layout, process)
    except BaseException:
        stop(layout, process)
        raise
    return process


def forget_positions(state: Path) -> None:
    """Let the streams of tables be read from their beginning again.

    The emulator saves how far it had read each, but not their records: after a restart it would
    pass over as many new ones, and no webhook would be sent for them.
    """
    path = state / "lambda.json"
    if not path.exists():
        return
    saved = json.loads(path.read_text())
    if saved.get("payload", {}).pop(_POSITIONS, None) is None:
        return
    rewritten = path.with_suffix(".rewritten")
    rewritten.write_text(json.dumps(saved))
    rewritten.replace(path)


def stop(layout: StackLayout, process: subprocess.Popen[bytes]) -> bool:
    """Ask the emulator to save and end, and wait for it. False if it had to be killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_SAVED_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    layout.running_file.unlink(missing_ok=True)
    shutil.rmtree(layout.temporary, ignore_errors=True)
    return True


def _settings(layout: StackLayout) -> dict[str, str]:
    return {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(layout.emulator_port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(layout.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(layout.state / "s3"),
        "TMPDIR": str(layout.temporary),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_WORKER_THREADS": "512",
        "LOG_LEVEL": "WARNING",
        "CLOCK_FILE": str(layout.clock_file),
        "PYTHONNOUSERSITE": "1",  # functions have their layers, not what this person installed
    }


def _check_ports(layout: StackLayout) -> None:
    purposes = {
        layout.port: "the gateway (PORT)",
        layout.emulator_port: "the emulator (PORT+1)",
        layout.standin_port: "the stand-in for Stripe (PORT+2)",
        layout.vapi_port: "the stand-in for Vapi (PORT+4)",
    }
    for port, purpose in purposes.items():
        if not _is_free(port):
            raise StackError(
                f"port {port}, which {purpose} needs, is taken by another program;"
                f" choose other ports: `make up PORT={layout.port + 10}`"
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_until_ready(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{layout.emulator_url}/_ministack/ready", timeout=1).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise StackError(f"the emulator did not start; see {layout.log('emulator')}")

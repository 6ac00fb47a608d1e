"""Start and stop MiniStack, the AWS emulator, so that its state survives."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from local.places import Place, clean_environment
from local.progress import StackError

_READY_WITHIN_SECONDS = 60
_SAVED_WITHIN_SECONDS = 120


def recover(place: Place) -> bool:
    """Clear up after a stack that was killed; True when its emulator saved nothing.

    An emulator that it left behind is stopped in order. Raises StackError if it does not end.
    """
    if not place.running_file.exists():
        return False
    pid = int(place.running_file.read_text() or 0)
    if not _is_emulator(pid):
        return True
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _SAVED_WITHIN_SECONDS
    while _is_emulator(pid):
        if time.monotonic() > deadline:
            raise StackError(f"an earlier emulator (process {pid}) does not end")
        time.sleep(0.1)
    place.running_file.unlink()
    return False


def start(place: Place) -> subprocess.Popen[bytes]:
    """Start the emulator and return once it answers.

    Raises StackError if it does not, or when a port of this place is taken.
    """
    for port in (place.port, place.emulator_port, place.standin_port):
        _check_free(port)
    shutil.rmtree(place.temporary, ignore_errors=True)
    for directory in (place.temporary, place.state / "s3"):
        directory.mkdir(parents=True, exist_ok=True)
    with place.log("emulator").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [str(Path(sys.executable).with_name("ministack"))],
            cwd=place.directory,
            env=clean_environment() | _settings(place),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the stack, which stops the emulator in order
        )
    place.running_file.write_text(str(process.pid))
    try:
        _wait_until_ready(place, process)
    except BaseException:
        stop(place, process)
        raise
    return process


def stop(place: Place, process: subprocess.Popen[bytes]) -> bool:
    """Ask the emulator to save and end, and wait for it. False if it had to be killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_SAVED_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    place.running_file.unlink(missing_ok=True)
    shutil.rmtree(place.temporary, ignore_errors=True)
    return True


def _settings(place: Place) -> dict[str, str]:
    return {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(place.emulator_port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.state / "s3"),
        "TMPDIR": str(place.temporary),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "MINISTACK_WORKER_THREADS": "512",
        "LOG_LEVEL": "WARNING",
        "CLOCK_FILE": str(place.clock_file),
    }


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as exc:
            raise StackError(f"port {port} is taken; choose another with PORT=…") from exc


def _wait_until_ready(place: Place, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{place.emulator_url}/_ministack/ready", timeout=1).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise StackError(f"the emulator did not start; see {place.log('emulator')}")


def _is_emulator(pid: int) -> bool:
    if pid <= 1:
        return False
    command = subprocess.run(  # noqa: S603 - fixed command, no shell
        ["ps", "-o", "stat=,command=", "-p", str(pid)],  # noqa: S607 - ps is where POSIX puts it
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return "ministack" in command and not command.startswith("Z")

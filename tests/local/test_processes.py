"""A process is ended only when it is the very one that was recorded."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import processes

type Process = subprocess.Popen[bytes]


@pytest.fixture
def sleeper() -> Iterator[Process]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_what_was_recorded_is_ended(sleeper: Process, tmp_path: Path) -> None:
    file = tmp_path / "process"
    processes.record(sleeper.pid, file)

    ended = processes.end(file, within_seconds=10, name="it")

    assert ended
    assert sleeper.wait(10) != 0


@pytest.mark.fault(
    "G48",
    "A killed stack's process id belongs to another program by now",
    "It lives on: only the process that was recorded, with its start time, is ended",
)
def test_another_process_with_the_same_id_lives_on(sleeper: Process, tmp_path: Path) -> None:
    file = tmp_path / "process"
    file.write_text(json.dumps({"pid": sleeper.pid, "started": "at another time"}))

    assert not processes.end(file, within_seconds=1, name="it")
    assert sleeper.poll() is None


@pytest.mark.parametrize("text", ["", "4711", "[]", "{}", '{"pid": null, "started": null}'])
def test_a_record_that_cannot_be_read_means_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "process"
    file.write_text(text)

    assert processes.recorded(file) is None


def test_a_process_that_has_ended_is_not_found_again(sleeper: Process, tmp_path: Path) -> None:
    file = tmp_path / "process"
    processes.record(sleeper.pid, file)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)  # a zombie keeps its id

    assert processes.recorded(file) is None

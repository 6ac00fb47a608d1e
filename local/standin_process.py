"""The process of a stand-in: it is started beside the stack, waited for, and ended with it."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from local import processes
from local.progress import StackError
from local.stack_layout import PROJECT, clean_environment

_READY_WITHIN_SECONDS = 20
_ENDS_WITHIN_SECONDS = 10


@dataclass(frozen=True, slots=True)
class StandInProcess:
    """A stand-in at *url*, called *name* in messages; *file* records its process."""

    name: str
    url: str
    log: Path
    file: Path

    def start(self, arguments: Sequence[str], *, clock_file: Path) -> subprocess.Popen[bytes]:
        """Run `python -m` with *arguments* and return once it answers.

        Raises StackError if it does not.
        """
        with self.log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                [sys.executable, "-m", *arguments],
                cwd=PROJECT,
                env=clean_environment() | {"CLOCK_FILE": str(clock_file)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the stack, which stops it in order
            )
        processes.record(process.pid, self.file)
        try:
            self._wait_until_ready(process)
        except BaseException:
            self.stop(process)
            raise
        return process

    def end_leftover(self) -> bool:
        """End one that a killed stack left running; whether there was one."""
        ended = processes.end(self.file, within_seconds=_ENDS_WITHIN_SECONDS, name=self.name)
        self.file.unlink(missing_ok=True)
        return ended

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End it; what it keeps, it has written before it answered."""
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(_ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.file.unlink(missing_ok=True)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                health = f"{self.url}/_standin/health"
                if httpx.get(health, timeout=1, trust_env=False).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise StackError(f"{self.name} did not start; see {self.log}")

"""`python -m benchmarks.memory`: what a local stack, every function warm, and a browser take.

Of each process its proportional share (Pss): pages that several share are counted once in all.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from botocore.exceptions import BotoCoreError

from local import control, deploy
from local.aws import client
from local.progress import StackError, say
from local.stack_layout import PROJECT, StackLayout
from local.template import read_template

_PAGE_SECONDS = 15
_FUNCTION = "AWS::Serverless::Function"


def main() -> int:
    """Measure the stack that is up on PORT and print it; 1 with a sentence when it cannot be."""
    layout = StackLayout.from_environment()
    try:
        control.require_up(layout)
        runner = control.running(layout)
        if runner is None:
            raise StackError("the stack ends just now")
        warm = _call_each_function(layout)
        with _browser(f"{layout.url}/gallery?page=credits") as browser:
            stack, page = taken(runner), taken(browser)
    except StackError as error:
        say(str(error))
        return 1
    files = _files(layout.temporary)
    say(f"the stack, {warm} functions warm   {_mebibytes(stack)}")
    say(f"a browser on the credits page   {_mebibytes(page)}")
    say(f"files in memory                 {_mebibytes(files)}")
    say(f"in all                          {_mebibytes(stack + page + files)}")
    return 0


def _call_each_function(layout: StackLayout) -> int:
    """Invoke each once, two at a time, whatever it answers; how many there are."""
    found = read_template(PROJECT / "template.yaml")["Resources"]
    deployed = deploy.resources(layout)
    names = [
        deployed[each] for each in found if found[each]["Type"] == _FUNCTION if each in deployed
    ]
    functions = client(layout, "lambda")

    def call(name: str) -> None:
        try:
            functions.invoke(FunctionName=name, Payload=b"{}")["Payload"].read()
        except BotoCoreError as error:
            say(f"  ! {name}: {error}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(call, names))
    return len(names)


@contextmanager
def _browser(url: str) -> Iterator[int]:
    """A browser that has loaded *url*; the id of its first process."""
    script = PROJECT / "frontend" / "find-chromium"
    found = subprocess.run([script], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - a file of this project
    if not found:
        raise StackError("there is no Chromium: set CHROMIUM to its path")
    with tempfile.TemporaryDirectory(prefix="prepaid-browser-", ignore_cleanup_errors=True) as home:
        words = [found, "--headless=new", "--no-sandbox", f"--user-data-dir={home}"]
        words += ["--remote-debugging-port=0", url]
        with (Path(home) / "log").open("w") as log:
            browser = subprocess.Popen(  # noqa: S603 - found above
                words, stdout=log, stderr=log, start_new_session=True
            )
        try:
            time.sleep(_PAGE_SECONDS)
            yield browser.pid
        finally:
            os.killpg(browser.pid, signal.SIGTERM)  # what was found may be a script around it
            browser.wait()


def taken(root: int) -> int:
    """The bytes of *root* and of all processes below it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        found += _share(process)
        waiting += children.get(process, [])
    return found


def _share(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _files(directory: Path) -> int:
    """The bytes of *directory* where it lies in memory, as functions' code does on this machine."""
    if not directory.is_relative_to("/dev/shm"):  # noqa: S108 - looked at, not written to
        return 0
    stats = [path.lstat() for path in directory.rglob("*") if path.is_file()]
    return sum(
        each.st_blocks * 512 for each in {(one.st_dev, one.st_ino): one for one in stats}.values()
    )


def _mebibytes(count: int) -> str:
    return f"{count / 2**20:8,.0f} MiB"


if __name__ == "__main__":
    sys.exit(main())

"""What README and pages print works when it is typed, in order, into one shell's variables."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from local.stack_layout import PROJECT
from tests.e2e.running import Stack
from tests.support.commands import Command, commands, make_commands

RUN = [each for each in commands() if each.runs]
SAFE = ("help", "job", "logs", "token", "verify", "clock")


def typed(text: str, stack: Stack, answers: Path) -> str:
    """Run one command as a person would; an answer's ids replace the placeholders for them."""
    said = answers.read_text() if answers.exists() else ""
    for name in set(re.findall(r"<(\w+)>", text)):
        text = text.replace(f"<{name}>", re.findall(rf'"{name}":"([^"]+)"', said)[-1])
    token = answers.with_name("jwt")
    token.touch()
    layout = stack.layout
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shell = f"JWT=$(<'{token}')\n{text}\nstatus=$?\nprintf %s \"$JWT\" >'{token}'\nexit $status"
    done = subprocess.run(  # noqa: S603 - what our own documents print
        ["/bin/bash", "-c", shell.replace("localhost:5001", f"localhost:{layout.port}")],
        cwd=PROJECT,
        env=own | {"PORT": str(layout.port), "PREPAID_LOCAL_DIR": str(layout.root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with answers.open("a") as stored:
        stored.write(done.stdout + "\n")
    return done.stdout


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed") / "answers"


@pytest.mark.parametrize("command", RUN, ids=str)
def test_a_command_of_a_page_does_what_it_says(
    stack: Stack, answers: Path, command: Command
) -> None:
    said = typed(command.text, stack, answers)

    if command.text.startswith("curl"):
        assert '"code":' not in said
        assert '"message":' not in said
        assert said.startswith("{")


@pytest.mark.parametrize(
    "command", sorted(each for each in make_commands() if each.split()[0] in SAFE)
)
def test_a_make_command_of_the_readme_works(stack: Stack, tmp_path: Path, command: str) -> None:
    said = typed(f"make {command}", stack, tmp_path / "answers")

    assert said.strip()
    if command.startswith("clock"):
        typed("make clock plus=0", stack, tmp_path / "answers")


def test_most_commands_are_run() -> None:
    assert len(RUN) >= 10

"""Clients generated from the published document do what a program does first, without help."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from prepaid.domain.credits import AccountId
from prepaid.web.openapi_document import DOCUMENT

from tests.support.served import served, token
from tests.support.stage import Stage

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".clients"
PYTHON = TOOLS / "python/bin/python"
MODULES = TOOLS / "node_modules"
DONE = [
    "packages: 5",
    "balance: 100.00",
    "usage: 201 -2.60 null",
    "replay: 200 -2.60 true",
    "batch: 201",
    "transactions: message vapi_call",
    "402: 402 insufficient_credits 10.00",
    "403: 403 forbidden",
    "token: 403 Forbidden",
]


def run(command: Sequence[str | Path], cwd: Path, **environment: str) -> str:
    """Run a tool; what it printed."""
    done = subprocess.run(  # noqa: S603 - our own tools, no shell
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def needed(tool: Path) -> None:
    """Go on only where a tool is installed; in CI it must be."""
    if not tool.exists():
        assert not os.environ.get("CI"), f"{tool} is missing: make clients"
        pytest.skip(f"{tool.name} is not installed: make clients")


@pytest.fixture
def api(stage: Stage) -> Iterator[str]:
    stage.fund("100.00")
    stage.fund("1.00", AccountId("user-2"), key="little")
    with served(stage) as url:
        yield url


@pytest.mark.fault(
    "G50",
    "A generated client demands fields that are optional, or fails on the gateway's message",
    "The document is what generators read rightly: two clients are generated and used",
)
def test_a_typescript_client_is_generated_compiled_strictly_and_used(
    api: str, tmp_path: Path
) -> None:
    needed(MODULES)
    for name in ("use.ts", "tsconfig.json", "package.json"):
        shutil.copy(HERE / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(MODULES)
    tools = MODULES / ".bin"

    run([tools / "openapi-typescript", DOCUMENT, "-o", "schema.ts"], tmp_path)
    run([tools / "tsc", "--project", "."], tmp_path)
    said = run(["node", "use.js", api, token("user-1"), token("user-2")], tmp_path)

    assert said.splitlines() == DONE


@pytest.mark.fault("G50")
def test_a_python_client_is_generated_checked_and_used(api: str, tmp_path: Path) -> None:
    needed(PYTHON)
    shutil.copy(HERE / "use.py", tmp_path / "use.py")
    (tmp_path / "generator.yaml").write_text("post_hooks: []\n")
    options = ["--path", str(DOCUMENT), "--meta", "none", "--fail-on-warning"]
    options += ["--config", "generator.yaml", "--output-path", "prepaid_client"]

    run([PYTHON.with_name("openapi-python-client"), "generate", *options], tmp_path)
    strictly = ["--strict", "--follow-imports=silent", "--python-executable", str(PYTHON)]
    run([sys.executable, "-m", "mypy", *strictly, "use.py"], tmp_path)
    said = run([PYTHON, "use.py", api, token("user-1"), token("user-2")], tmp_path)

    assert said.splitlines() == DONE

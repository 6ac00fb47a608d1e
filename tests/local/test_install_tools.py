"""How the tools are installed where a company's own certificate stands between us and PyPI."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL = """#!/bin/sh
echo "{name} $1 PIP_CERT=$PIP_CERT UV_SYSTEM_CERTS=$UV_SYSTEM_CERTS SSL_CERT_FILE=$SSL_CERT_FILE" \\
  >>"{log}"
"""


def installed(folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Run the script in a copy whose Python and uv only write down how they were called."""
    for name in ("local/install-tools", "tools/prepaid", "requirements-dev.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    log = folder / "log"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("python", "uv"):
        tool = folder / ".venv/bin" / name
        tool.write_text(TOOL.format(name=name, log=log))
        tool.chmod(0o755)
    subprocess.run(  # noqa: S603 - our own script
        [folder / "local/install-tools"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment},
        check=True,
        capture_output=True,
    )
    lines = log.read_text().splitlines()
    return [line for line in lines if " -m " in line or line.startswith("uv")]


@pytest.mark.fault(
    "G49",
    "A company's certificate stands before PyPI",
    "pip and uv trust the machine's certificates, or the file that `SSL_CERT_FILE` names",
)
def test_tools_trust_what_the_machine_trusts(tmp_path: Path) -> None:
    pip, uv = installed(tmp_path, {})

    assert pip.startswith("python -m")
    assert "UV_SYSTEM_CERTS=true" in uv


@pytest.mark.fault("G49")
def test_a_certificate_that_is_named_is_given_to_pip_and_to_uv(tmp_path: Path) -> None:
    pip, uv = installed(tmp_path, {"SSL_CERT_FILE": "/company.pem"})

    assert "PIP_CERT=/company.pem" in pip
    assert "SSL_CERT_FILE=/company.pem" in uv
    assert "UV_SYSTEM_CERTS= " in uv


@pytest.mark.parametrize("name", ["PIP_CERT", "UV_SYSTEM_CERTS"])
def test_what_somebody_has_set_stays(tmp_path: Path, name: str) -> None:
    called = installed(tmp_path, {"SSL_CERT_FILE": "/company.pem", name: "own"})

    assert all(f"{name}=own" in line for line in called)

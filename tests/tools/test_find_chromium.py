"""`frontend/find-chromium` takes the browser that is there, or Debian's."""

import shutil
import subprocess
from pathlib import Path

import pytest

from local.stack_layout import PROJECT

APT = """#!/bin/sh
case "$*" in
  *{missing}) echo "E: Unable to locate package" >&2; exit 100 ;;
  install*) for last; do :; done; printf '#!/bin/sh\\n' > {place}/$last; chmod +x {place}/$last ;;
esac
"""
NOTHING_MISSING = "no-such-package"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory that is all of PATH; whoever looks is root."""
    bash = shutil.which("bash")
    assert bash is not None
    for name in ("bash", "chmod"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    executable(tmp_path / "id", "#!/bin/sh\necho 0\n")
    return tmp_path


def executable(path: Path, text: str = "#!/bin/sh\n") -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


def apt(place: Path, *, missing: str = NOTHING_MISSING) -> None:
    executable(place / "apt-get", APT.format(missing=missing, place=place))


def find(place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    script = PROJECT / "frontend" / "find-chromium"
    return subprocess.run(  # noqa: S603 - a file of this project
        [place / "bash", script],
        env={"PATH": str(place), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_one_without_windows_comes_first(place: Path) -> None:
    executable(place / "chromium")
    shell = executable(place / "chromium-headless-shell")

    assert find(place).stdout.strip() == str(shell)


def test_one_that_is_named_comes_before_all(place: Path) -> None:
    executable(place / "chromium-headless-shell")
    own = executable(place / "my-browser")

    assert find(place, CHROMIUM=str(own)).stdout.strip() == str(own)


def test_a_machine_with_another_needs_nothing_new(place: Path) -> None:
    apt(place)
    other = executable(place / "google-chrome")

    assert find(place).stdout.strip() == str(other)


@pytest.mark.parametrize(
    ("missing", "installed"),
    [
        (NOTHING_MISSING, "chromium-headless-shell"),
        ("chromium-headless-shell", "chromium"),
    ],
)
def test_debian_s_is_installed_where_there_is_none(
    place: Path, missing: str, installed: str
) -> None:
    apt(place, missing=missing)

    assert find(place).stdout.strip() == str(place / installed)


def test_whoever_may_not_install_is_told_what_is_missing(place: Path) -> None:
    apt(place)
    executable(place / "id", "#!/bin/sh\necho 1000\n")

    done = find(place)

    assert (done.returncode, done.stdout) == (1, "")
    assert "install it" in done.stderr
    assert "CHROMIUM" in done.stderr

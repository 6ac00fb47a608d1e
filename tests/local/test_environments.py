"""A layer is unzipped once, however many functions' environments need it."""

import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ministack.core import lambda_runtime  # type: ignore[import-untyped]  # it has no stubs

from local import environments
from local.environments import LayerZip, leave_tools, share

FILES = {"python/prepaid/__init__.py": "", "python/prepaid/rules.py": "SPENT = 1\n"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Begin without copies, and put new ones where the test sees them."""
    monkeypatch.setattr(environments, "_copies", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(lambda_runtime, "zipfile", zipfile)


def unzipped(target: Path, files: dict[str, str] = FILES) -> Path:
    """Unzip *files* into *target* as MiniStack does: written, checked, extracted."""
    target.mkdir(parents=True)
    path = target.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    with lambda_runtime.zipfile.ZipFile(path) as opened:
        for name in opened.namelist():
            assert (target / name).resolve().is_relative_to(target.resolve())
        opened.extractall(target)
    return target


def test_two_environments_read_the_same_files(tmp_path: Path) -> None:
    share()

    one, two = (unzipped(tmp_path / each / "layer_0") for each in ("one", "two"))

    found = [each / "python/prepaid/rules.py" for each in (one, two)]
    assert [each.read_text() for each in found] == ["SPENT = 1\n"] * 2
    assert found[0].resolve() == found[1].resolve()
    assert len(list(tmp_path.glob("layer-*"))) == 1


def test_a_zip_in_memory_goes_once_its_files_are_there(tmp_path: Path) -> None:
    share()

    layer = unzipped(tmp_path / "layer_0")

    assert not layer.with_suffix(".zip").exists()


def test_another_layer_has_files_of_its_own(tmp_path: Path) -> None:
    share()

    one = unzipped(tmp_path / "one" / "layer_0")
    two = unzipped(tmp_path / "two" / "layer_0", FILES | {"python/prepaid/rules.py": "SPENT = 2\n"})

    read = [(each / "python/prepaid/rules.py").read_text() for each in (one, two)]
    assert read == ["SPENT = 1\n", "SPENT = 2\n"]


def test_a_function_s_code_stays_its_own(tmp_path: Path) -> None:
    share()

    one, two = (unzipped(tmp_path / each / "code") for each in ("one", "two"))

    assert not (one / "python").is_symlink()
    assert (two.with_suffix(".zip")).exists()


def test_names_are_checked_the_first_time(tmp_path: Path) -> None:
    path = tmp_path / "layer_0.zip"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("python/rules.py", "")

    with LayerZip(path) as opened:
        names = opened.namelist()

    assert names == ["python/rules.py"]


def test_environments_that_start_together_share_too(tmp_path: Path) -> None:
    share()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(unzipped, (tmp_path / str(each) / "layer_0" for each in range(8))))

    assert len({(each / "python").resolve() for each in found}) == 1


def test_functions_start_with_the_python_behind_the_virtual_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", sys.executable)

    leave_tools()

    [python, _script] = lambda_runtime._detect_runtime_binary("python3.13")
    say = "import sys; print(sys.prefix == sys.base_prefix, sys.version)"
    said = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [python, "-c", say], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == f"True {sys.version}".replace("\n", " ").strip()

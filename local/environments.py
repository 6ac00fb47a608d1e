"""MiniStack, with environments for functions that are closer to AWS's.

MiniStack unzips every layer anew for each environment that it starts: of ours, 2,500 files, half a
second of a processor and 70 MB of memory, for each of 86 functions. On AWS, an environment sees a
layer's files where it cannot change them; here it gets links to the one copy. MiniStack also lets
functions import whatever it is installed with; here, as on AWS, they have their layers and Python.

`local.emulator` runs this file instead of the command `ministack`.
"""

import hashlib
import sys
import tempfile
import threading
import zipfile
from os import PathLike
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack.app import main  # type: ignore[import-untyped]  # it has no stubs
from ministack.core import lambda_runtime  # type: ignore[import-untyped]  # it has no stubs

_copies: dict[bytes, Path] = {}
_one_at_a_time = threading.Lock()


class LayerZip(zipfile.ZipFile):
    """A zip that is unzipped as any other, unless into a directory that is for a layer."""

    def __init__(self, file: str | PathLike[str], *rest: Any) -> None:
        super().__init__(file, *rest)
        self._path = Path(file)
        self._digest = hashlib.sha256(self._path.read_bytes()).digest()

    def namelist(self) -> list[str]:
        """The names that MiniStack checks before it unzips: none, if it has checked them before."""
        return [] if self._digest in _copies else super().namelist()

    def extractall(
        self, path: str | PathLike[str] | None = None, *rest: Any, **options: Any
    ) -> None:
        """Link what *path* should hold to the one copy of it, and delete the zip."""
        target = Path(path or ".")
        if not target.name.startswith("layer_"):
            super().extractall(target, *rest, **options)
            return
        with _one_at_a_time:
            if self._digest not in _copies:
                copy = Path(tempfile.mkdtemp(prefix="layer-"))
                super().extractall(copy)
                _copies[self._digest] = copy
        for each in _copies[self._digest].iterdir():
            (target / each.name).symlink_to(each)
        self._path.unlink()


def share() -> None:
    """Let MiniStack unzip what functions need with `LayerZip`."""
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": LayerZip})


def leave_tools() -> None:
    """Let MiniStack start functions with the Python that made this virtual environment.

    It starts them with `sys.executable`, which in a virtual environment is a link to that Python.
    """
    sys.executable = str(Path(sys.executable).resolve())


if __name__ == "__main__":
    share()
    leave_tools()
    main()

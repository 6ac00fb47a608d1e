"""What tests share: one emulator, and clean surroundings for the AWS SDK."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import emulator as ministack

pytest_plugins = [
    "tests.support.fixtures_shop",
    "tests.support.fixtures_stores",
    "tests.support.fixtures_functions",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes the emulator, so that ``-m "not emulator"`` is quick."""
    for item in items:
        if isinstance(item, pytest.Function):
            call = getattr(item, "callspec", None)
            backends = (
                [each for each in call.params.values() if isinstance(each, str)] if call else []
            )
            if "emulator" in item.fixturenames or "ministack" in backends:
                item.add_marker("emulator")


@pytest.fixture(scope="session", autouse=True)
def no_aws_account() -> Iterator[None]:
    """Keep every test away from the machine's AWS credentials and settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a MiniStack that all tests share: each makes tables of its own."""
    directory: Path = tmp_path_factory.mktemp("emulator") / "files"
    with ministack.running(directory) as url:
        yield url

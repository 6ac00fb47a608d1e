"""What tests share: one emulator, and clean surroundings for the AWS SDK."""

import gc
import os
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import create_loader
from hypothesis import settings

from tests.domain.laws import tried
from tests.support import emulator as ministack
from tests.support.places import DAY, draw
from tests.support.scheduling import STACK, OneStack, by_length

pytest_plugins = [
    "tests.support.fixtures_ledger",
    "tests.support.fixtures_stores",
    "tests.support.fixtures_functions",
]
settings.register_profile(
    "unhurried", deadline=None, print_blob=True, max_examples=tried(100).max_examples
)
settings.load_profile("unhurried")

AGAIN = tuple(
    f"tests/{each}"
    for each in (
        *("clients/", "conventions/", "event_sources/", "faults/", "golden/", "openapi/"),
        *("permissions/", "statemachine/"),
        *("runtime/test_cold_starts.py", "runtime/test_consistent_reads.py"),
        *("runtime/test_logs.py", "web/test_printed_requests.py"),
        *("web/test_edge_of_functions.py", "web/test_matrix.py"),
    )
)
"""What tries again what other tests try, many times or a part that the day draws."""
TOOLS = tuple(f"tests/{each}/" for each in ("local", "local_stripe", "mutants", "tools"))
"""What tries the local stack, the stand-in for Stripe and the project's own tools."""
UNREAD = {
    "not emulator": ("tests/e2e",),
    "not emulator and not thorough": ("tests/e2e", *AGAIN, *TOOLS),
}
"""What need not be read, by the marks that were asked for: nothing in it is chosen."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what cannot be chosen: reading all takes each process many seconds."""
    path = collection_path.relative_to(config.rootpath).as_posix()
    ignored = UNREAD.get(config.option.markexpr, ())
    return True if path in {each.rstrip("/") for each in ignored} else None


def pytest_report_header() -> list[str]:
    """Say what repeats a run of which a day drew a part."""
    return [f"PLACES={DAY}: that day draws from what is alike"] if DAY else []


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector from what is read now and stays: it would go over it for long."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what takes the emulator or tries again what others try: the rest is quick."""
    for item in items:
        if isinstance(item, pytest.Function):
            call = getattr(item, "callspec", None)
            backends = (
                [each for each in call.params.values() if isinstance(each, str)] if call else []
            )
            started = "emulator" in item.fixturenames or item.nodeid.startswith(STACK)
            if started or "ministack" in backends:
                item.add_marker("emulator")
            if item.nodeid.startswith(AGAIN + TOOLS) or "moto" in backends:
                item.add_marker("thorough")
    draw(config, items)
    if hasattr(config, "workerinput"):
        items.sort(key=by_length)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneStack | None:
    """Share tests between processes so that the slow ones start first, on one stack."""
    return OneStack(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Forget what a test printed that passed, which its process would send to the one that asks."""
    report = yield
    if report.passed:
        report.sections.clear()
    return report


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


@pytest.fixture(scope="session", autouse=True)
def one_description_of_aws() -> Iterator[None]:
    """Read the SDK's description of a service once, not for every session that makes a client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", cache(create_loader))
        yield


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a MiniStack that all tests share: each makes tables of its own."""
    directory: Path = tmp_path_factory.mktemp("emulator") / "files"
    with ministack.running(directory) as url:
        yield url

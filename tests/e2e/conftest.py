"""All end-to-end tests share one stack, which starts at the first of them."""

from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.running import Stack, command, free_place


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    layout = free_place(tmp_path_factory.mktemp("stack"))
    try:
        command(layout, "up")
        with httpx.Client(base_url=layout.url, timeout=60, trust_env=False) as client:
            yield Stack(layout, client)
    finally:
        command(layout, "down")

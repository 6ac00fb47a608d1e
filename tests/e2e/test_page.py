"""The credits page in a browser, on the stack that all end-to-end tests share."""

import os
import subprocess

import pytest

from local import page
from local.stack_layout import PROJECT
from tests.e2e.running import Stack


@pytest.mark.fault(
    "P1",
    "A card is declined, and another one pays",
    "The page waits for the credits: it does not say that nothing was charged",
    no_mutant="the defence is the page's own, and vitest takes it away",
)
def test_people_sign_in_buy_spend_and_find_why_on_the_page(stack: Stack) -> None:
    assert page.build(stack.layout), stack.layout.log("page").read_text()

    done = subprocess.run(
        ["make", "--no-print-directory", "browser"],  # noqa: S607 - found on PATH
        cwd=PROJECT,
        env=os.environ | {"PORT": str(stack.layout.port)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-4_000:]

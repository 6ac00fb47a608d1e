"""The snippets of the page on webhooks verify what is sent, and nothing else."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from prepaid.domain.credits import Instant
from prepaid.webhooks.https import signed_headers

from tests.webhooks.test_https import SECRETS, message

PAGE = (Path(__file__).parents[2] / "docs/webhooks.md").read_text()


@pytest.mark.parametrize(("language", "suffix"), [("python", "py"), ("js", "cjs")])
def test_the_page_verifies_what_is_sent_and_refuses_what_was_changed_or_is_old(
    tmp_path: Path, language: str, suffix: str
) -> None:
    program = sys.executable if language == "python" else shutil.which("node")
    if program is None:
        assert not os.environ.get("CI"), "node is missing"
        pytest.skip("node is not installed")
    [code] = re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)
    script = tmp_path / f"verify.{suffix}"
    script.write_text(code)
    sent = message()
    old = replace(sent, at=Instant(int(time.time()) - 400))

    def verified(secret: str, headers: dict[str, str], body: str = sent.body) -> str | None:
        done = subprocess.run(  # noqa: S603 - our own page
            [program, script],
            input=json.dumps({"headers": headers, "body": body}),
            env={"PATH": os.environ["PATH"], "WEBHOOK_SECRET": secret},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else None

    assert [verified(each, signed_headers(sent)) for each in SECRETS] == [
        "credits.entry.posted"
    ] * 2
    assert verified("whsec_" + "Q0ND" * 8, signed_headers(sent)) is None
    assert verified(SECRETS[0], signed_headers(sent), sent.body + " ") is None
    assert verified(SECRETS[0], signed_headers(old)) is None

"""The snippets of the page on tokens sign what the verifier believes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prepaid.web.identity import Role
from prepaid.web.tokens import SharedSecrets, Verifier

PAGE = (Path(__file__).parents[2] / "docs/tokens.md").read_text()
SECRETS = json.dumps({"old": "o" * 32, "new": "n" * 32})


def snippet(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize(("language", "suffix"), [("python", "py"), ("js", "cjs")])
def test_a_token_signed_as_the_page_says_is_believed(
    tmp_path: Path, language: str, suffix: str
) -> None:
    program = sys.executable if language == "python" else shutil.which("node")
    if program is None:
        assert not os.environ.get("CI"), "node is missing"
        pytest.skip("node is not installed")
    script, secrets = tmp_path / f"sign.{suffix}", tmp_path / "secrets.json"
    script.write_text(snippet(language))
    secrets.write_text(SECRETS)

    signed = subprocess.run(  # noqa: S603 - our own page
        [program, script, secrets], capture_output=True, text=True, check=True
    ).stdout.strip()

    verifier = Verifier(
        sources={"HS256": SharedSecrets(lambda _missed: SECRETS)},
        issuer="prepaid",
        audience="prepaid",
    )
    caller = verifier.caller(f"Bearer {signed}")
    assert (caller.account_id, caller.role) == ("user-1", Role.USER)

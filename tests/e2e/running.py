"""A local stack of the tests' own, as `make up` starts it."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from local.stack_layout import PROJECT, StackLayout
from local.tokens import token

_PORTS = range(15_100, 15_200, 10)
_PORTS_OF_A_STACK = 5


@dataclass(frozen=True, slots=True)
class Stack:
    """One running stack and the ways to talk to it."""

    layout: StackLayout
    http: httpx.Client

    def bearer(self, user: str = "user-1", role: str = "user") -> dict[str, str]:
        """The header that makes a request one of *user* with *role*."""
        return {"Authorization": f"Bearer {token(self.layout, user=user, role=role)}"}

    def get(self, path: str, *, user: str = "user-1", role: str = "user") -> httpx.Response:
        """GET below /api/credits."""
        return self.http.get(f"/api/credits{path}", headers=self.bearer(user, role))

    def post(
        self,
        path: str,
        body: Mapping[str, object],
        *,
        key: str,
        user: str = "user-1",
        role: str = "user",
    ) -> httpx.Response:
        """POST below /api/credits under an idempotency key."""
        headers = self.bearer(user, role) | {"Idempotency-Key": key}
        return self.http.post(f"/api/credits{path}", headers=headers, json=dict(body))

    def give(self, account: str, amount: str) -> None:
        """Let an administrator give *amount* to *account*, once."""
        answer = self.post(
            "/admin/adjust",
            {"account_id": account, "amount": amount, "reason": "for a test", "create": True},
            key=f"give-{account}",
            user="admin-1",
            role="admin",
        )
        assert answer.is_success, answer.text

    def job(self, name: str) -> str:
        """Run a job once; its answer, as JSON."""
        return command(self.layout, "job", name)


def command(layout: StackLayout, *words: str) -> str:
    """Run `python -m local …` for *place*, as make does; what it said."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-m", "local", *words],
        cwd=PROJECT,
        env=os.environ
        | {"PORT": str(layout.port), "PREPAID_LOCAL_DIR": str(layout.root), "PAGE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def free_place(root: Path) -> StackLayout:
    """A place whose ports nobody uses. Raises RuntimeError when all are taken."""
    for port in random.sample(_PORTS, len(_PORTS)):
        if all(_is_free(port + n) for n in range(_PORTS_OF_A_STACK)):
            return StackLayout(port, root)
    raise RuntimeError(f"no free ports in {_PORTS}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

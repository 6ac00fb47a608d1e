"""Print a bearer token that the local stack accepts, and nothing else."""

import argparse
import json
import os
import time

import jwt

from local.clock import offset
from local.stack_layout import StackLayout

ROLES = ("user", "service", "admin", "super_admin")
LIFETIME_SECONDS = 30 * 86_400


def keep_secret(layout: StackLayout, secrets: str) -> None:
    """Keep a copy of *secrets* (JSON: key id to secret) that only this user can read."""
    layout.token_secret_file.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(layout.token_secret_file, flags, 0o600), "w") as copy:
        copy.write(secrets)


def token(layout: StackLayout, *, user: str, role: str) -> str:
    """A token of *user* with *role* for 30 days, signed with the stack's newest secret.

    It holds on the real clock and on a shifted one.
    Raises FileNotFoundError before the first start.
    """
    key_id, secret = list(json.loads(layout.token_secret_file.read_text()).items())[-1]
    now = int(time.time())
    claims = {
        "iss": "prepaid",
        "aud": "prepaid",
        "sub": user,
        "role": role,
        "iat": now,
        "exp": now + offset(layout) + LIFETIME_SECONDS,
    }
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})


def main() -> None:
    """Print one token."""
    parser = argparse.ArgumentParser(prog="make token", description=__doc__)
    parser.add_argument("--user", default="user-1")
    parser.add_argument("--role", default="user", choices=ROLES)
    asked = parser.parse_args()
    layout = StackLayout.from_environment()
    try:
        print(token(layout, user=asked.user, role=asked.role))
    except FileNotFoundError:
        raise SystemExit(f"no stack has been started here: `{layout.make('up')}` first") from None


if __name__ == "__main__":
    main()

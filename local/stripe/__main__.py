"""Serves the stand-in: python -m local.stripe --port 5003 --state .local/5001/stripe."""

import argparse
import os
import socket
from pathlib import Path

import uvicorn

from local.stripe.app import create_app
from local.stripe.delivery import Endpoint

SIGNED_WITH = "whsec_local"


def main() -> None:
    """Read the command line and the environment, and serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m local.stripe", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5003, help="0 takes a free one")
    parser.add_argument("--state", type=Path, help="directory; without it, state is in memory")
    parser.add_argument("--webhook-url", default=os.environ.get("STRIPE_STANDIN_WEBHOOK_URL"))
    parser.add_argument(
        "--webhook-secret", action="append", help=f"may be repeated; default {SIGNED_WITH}"
    )
    chosen = parser.parse_args()
    endpoint = Endpoint(
        url=chosen.webhook_url or None, secrets=tuple(chosen.webhook_secret or [SIGNED_WITH])
    )
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((chosen.host, chosen.port))
        port = listening.getsockname()[1]
        pages = f"http://{chosen.host}:{port}"
        app = create_app(state=chosen.state, endpoint=endpoint, pages=pages)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        print(f"Stripe stand-in on http://{chosen.host}:{port}", flush=True)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()

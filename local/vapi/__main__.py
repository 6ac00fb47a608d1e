"""Serves the stand-in: python -m local.vapi --port 5005 --webhook-url URL."""

import argparse

import uvicorn

from local.vapi.app import create_app

TOKEN = "vapi_local"  # noqa: S105 - the local stack's own, known to everybody


def main() -> None:
    """Read the command line, and serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m local.vapi", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--webhook-url", required=True)
    parser.add_argument("--token", default=TOKEN, help="the bearer that messages carry")
    chosen = parser.parse_args()
    base_url = f"http://{chosen.host}:{chosen.port}"
    app = create_app(webhook_url=chosen.webhook_url, token=chosen.token, base_url=base_url)
    uvicorn.run(
        app, host=chosen.host, port=chosen.port, log_level="warning", timeout_graceful_shutdown=2
    )


if __name__ == "__main__":
    main()

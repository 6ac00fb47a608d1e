"""Call once, behind the start, what the page will call: functions start at their first request.

Cold, the page's seven first requests came together and waited eleven seconds for two cores.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx

from local.stack_layout import StackLayout
from local.tokens import token

AT_ONCE = 2
_PATIENCE_SECONDS = 120


def begin(layout: StackLayout) -> threading.Thread | None:
    """Start calling in a thread that ends by itself; `PAGE=0` in the environment forbids it."""
    if os.environ.get("PAGE") == "0":
        return None
    thread = threading.Thread(target=warm, args=(layout,), name="warm", daemon=True)
    thread.start()
    return thread


def warm(layout: StackLayout, transport: httpx.BaseTransport | None = None) -> None:
    """Make every call of `calls`, the page's first ones first, whatever is answered.

    Nothing changes: what would write is refused for want of a key or a signature.
    """
    headers = {"Authorization": f"Bearer {token(layout, user='user-1', role='user')}"}
    with (
        httpx.Client(
            base_url=layout.url,
            headers=headers,
            timeout=_PATIENCE_SECONDS,
            trust_env=False,
            transport=transport,
        ) as api,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        for method, path in calls(datetime.now(UTC)):
            pool.submit(_call, api, method, path)


def calls(now: datetime) -> list[tuple[str, str]]:
    """What the credits page asks for, in its order; then what buying and spending call."""
    since = now.date() - timedelta(days=29)
    read = [
        "balance",
        "transactions?limit=1",
        f"usage/analytics?from={since}&to={now.date()}&group_by=day",
        "grants?limit=1",
        "purchases?limit=1",
        "packages",
        "pricing",
        "purchases/pay_none",
        "transactions/none",
    ]
    return [
        *(("GET", f"/api/credits/{path}") for path in read),
        ("POST", "/api/credits/purchase"),
        ("POST", "/_local/stripe-webhook"),
        ("POST", "/api/credits/usage"),
        ("POST", "/api/credits/purchases/pay_none/refresh"),
    ]


def _call(api: httpx.Client, method: str, path: str) -> None:
    try:
        api.request(method, path, json={} if method == "POST" else None)
    except httpx.TransportError:
        return  # the stack is being stopped, or is too busy: the first real request starts it

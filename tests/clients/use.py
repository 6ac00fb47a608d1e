"""What a program does first with the generated client; every `check` is a line of its output."""

import sys
from uuid import uuid4

from prepaid_client import AuthenticatedClient
from prepaid_client.api.admin import adjust_credits
from prepaid_client.api.read import get_balance, list_packages, list_transactions
from prepaid_client.api.record_usage import record_usage
from prepaid_client.models import (
    Adjustment,
    Balance,
    Entry,
    EntryPage,
    GatewayMessage,
    Packages,
    Problem,
    Usage,
    UsageBatch,
    UsageBatchResult,
    UsageEvent,
)


def check(name: str, value: object) -> None:
    """Print one line of what came out."""
    print(f"{name}: {value}")  # noqa: T201 - what the test reads


def main(url: str, token: str, poor: str) -> None:
    """Buy nothing, spend a little, and be refused."""
    client = AuthenticatedClient(base_url=url, token=token)

    packages = list_packages.sync(client=client)
    assert isinstance(packages, Packages)
    check("packages", len(packages.items))

    balance = get_balance.sync(client=client)
    assert isinstance(balance, Balance)
    check("balance", balance.available)

    usage = Usage.from_dict({"operation": "vapi_call", "quantities": {"call": 1, "minute": "3.2"}})
    key = str(uuid4())
    for name in ("usage", "replay"):
        answer = record_usage.sync_detailed(client=client, body=usage, idempotency_key=key)
        assert isinstance(answer.parsed, Entry)
        replayed = answer.headers.get("idempotency-replayed", "null")
        check(name, f"{answer.status_code.value} {answer.parsed.amount} {replayed}")

    event = UsageEvent(key=str(uuid4()), operation="message", quantity=1)
    batch = record_usage.sync(client=client, body=UsageBatch(events=[event]))
    assert isinstance(batch, UsageBatchResult)
    check("batch", batch.items[0].status)

    page = list_transactions.sync(client=client, limit=2)
    assert isinstance(page, EntryPage)
    check("transactions", " ".join(str(entry.operation) for entry in page.items))

    refused = record_usage.sync(
        client=AuthenticatedClient(base_url=url, token=poor),
        body=Usage(operation="message", quantity=100),
        idempotency_key=str(uuid4()),
    )
    assert isinstance(refused, Problem)
    check("402", f"{refused.status} {refused.code} {refused.required}")

    correction = Adjustment(account_id="user-1", amount="1.00", reason="not mine to give")
    forbidden = adjust_credits.sync(client=client, body=correction, idempotency_key=str(uuid4()))
    assert isinstance(forbidden, Problem)
    check("403", f"{forbidden.status} {forbidden.code}")

    unknown = get_balance.sync_detailed(client=AuthenticatedClient(base_url=url, token="a.b.c"))
    assert isinstance(unknown.parsed, GatewayMessage)
    check("token", f"{unknown.status_code.value} {unknown.parsed.message}")


if __name__ == "__main__":
    main(*sys.argv[1:])

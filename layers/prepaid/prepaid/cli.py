"""The command line of whoever runs Prepaid: ``python -m prepaid.cli verify``.

It talks to the tables that the environment names as it does for functions, or with ``--stack`` to
those of a deployed stack. typer and rich come with the development environment, not with the layer.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.progress import track

from prepaid.api.identity import account_id_of
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Unavailable
from prepaid.runtime import wiring
from prepaid.runtime.settings import MissingSetting, Settings
from prepaid.usecases.ports import LedgerAudit
from prepaid.usecases.verification import Violation, verify

CANNOT_TELL = 2
"""The exit code when the ledger could not be verified; 1 says that it is wrong."""
TABLES = {
    "UserCreditsTable": "USER_CREDITS_TABLE",
    "CreditTransactionsTable": "CREDIT_TRANSACTIONS_TABLE",
    "UsageTrackingTable": "USAGE_TRACKING_TABLE",
    "StripePaymentsTable": "STRIPE_PAYMENTS_TABLE",
    "CreditAlertsTable": "CREDIT_ALERTS_TABLE",
}
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
errors = Console(stderr=True)

Account = Annotated[str | None, typer.Option(help="Verify this account only.")]
Stack = Annotated[str | None, typer.Option(help="The deployed stack whose ledger is meant.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]


@app.callback()
def main() -> None:
    """Look after the ledger of Prepaid."""


@app.command("verify")
def verify_command(account: Account = None, stack: Stack = None, as_json: AsJson = False) -> None:
    """Recompute every invariant from the entries; exit with 1 if one does not hold."""
    with _saying_why():
        audit = _audit(stack)
        accounts = [_account_id(account)] if account is not None else _all_accounts(audit)
        found = list(_violations(audit, accounts))
    if as_json:
        typer.echo(
            json.dumps({"accounts": len(accounts), "violations": [asdict(each) for each in found]})
        )
    else:
        for each in found:
            typer.echo(f"{each.account_id}: {each.invariant}: {each.detail}")
        typer.echo(f"{len(accounts)} accounts verified, {len(found)} violations")
    raise typer.Exit(1 if found else 0)


@contextmanager
def _saying_why() -> Iterator[None]:
    try:
        yield
    except (MissingSetting, Unavailable, BotoCoreError, ClientError) as exc:
        errors.print(f"The ledger cannot be verified: {exc}", style="red")
        raise typer.Exit(CANNOT_TELL) from exc


def _account_id(text: str) -> AccountId:
    try:
        return account_id_of(text)
    except ValueError as exc:
        raise typer.BadParameter(str(exc), param_hint="--account") from exc


def _audit(stack: str | None) -> LedgerAudit:
    return wiring.store() if stack is None else wiring.store_of(_settings_of(stack))


def _settings_of(stack: str) -> Settings:
    """Read the names of a stack's tables from its resources."""
    cloud = boto3.client("cloudformation")
    pages = cloud.get_paginator("list_stack_resources").paginate(StackName=stack)
    names = {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for page in pages
        for each in page["StackResourceSummaries"]
        if "PhysicalResourceId" in each
    }
    return Settings({TABLES[each]: names[each] for each in TABLES.keys() & names.keys()})


def _all_accounts(audit: LedgerAudit) -> list[AccountId]:
    with errors.status("finding accounts"):
        return sorted(audit.accounts(segment=0, segments=1))


def _violations(audit: LedgerAudit, accounts: Iterable[AccountId]) -> Iterator[Violation]:
    shown = track(list(accounts), description="verifying", console=errors, transient=True)
    for account_id in shown:
        yield from verify(audit, account_id)


if __name__ == "__main__":
    app()

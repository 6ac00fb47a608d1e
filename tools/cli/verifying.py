"""`prepaid verify`: recompute a ledger from its entries.

Which ledger: with `--stack` that of a deployed stack, otherwise the tables that the environment
names as it does for functions, otherwise the local stack of this folder (`PORT` says which).
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import boto3
import typer
from botocore.exceptions import BotoCoreError, ClientError
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Unavailable
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.verification import AccountCheck, Violation, verify
from prepaid.payments.verification import PaymentCheck
from prepaid.runtime.settings import MissingSetting, Settings
from prepaid.runtime.wiring.ledger import store, store_of
from prepaid.runtime.wiring.payments import account_checks, payments_on, providers
from prepaid.web.identity import account_id_of
from rich.console import Console
from rich.progress import track

from local.control import require_up
from local.progress import StackError
from local.stack_layout import REGION, STACK_NAME, StackLayout

CANNOT_TELL = 2
"""The exit code when the ledger could not be verified; 1 says that it is wrong."""
INTERRUPTED = 130
TABLES = {
    "UserCreditsTable": "USER_CREDITS_TABLE",
    "CreditTransactionsTable": "CREDIT_TRANSACTIONS_TABLE",
    "UsageTrackingTable": "USAGE_TRACKING_TABLE",
    "StripePaymentsTable": "STRIPE_PAYMENTS_TABLE",
    "CreditAlertsTable": "CREDIT_ALERTS_TABLE",
    "CreditRecordsTable": "CREDIT_RECORDS_TABLE",
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
        audit, checks = _audit(stack)
        accounts = [_account_id(account)] if account is not None else _all_accounts(audit)
        found = list(_violations(audit, checks, accounts))
    if as_json:
        typer.echo(
            json.dumps({"accounts": len(accounts), "violations": [asdict(each) for each in found]})
        )
    else:
        for each in found:
            typer.echo(f"{each.account_id}: {each.invariant}: {each.detail}")
        typer.echo(f"{_counted(accounts, 'account')} verified, {_counted(found, 'violation')}")
    raise typer.Exit(1 if found else 0)


def _counted(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}" if len(things) == 1 else f"{len(things)} {name}s"


@contextmanager
def _saying_why() -> Iterator[None]:
    try:
        yield
    except (MissingSetting, Unavailable, BotoCoreError, ClientError, StackError) as exc:
        said = f"The ledger cannot be verified: {exc}"
        errors.print(said, style="red", markup=False, soft_wrap=True)  # commands stay in one line
        raise typer.Exit(CANNOT_TELL) from exc
    except KeyboardInterrupt as exc:
        raise typer.Exit(INTERRUPTED) from exc


def _account_id(text: str) -> AccountId:
    try:
        return account_id_of(text)
    except ValueError as exc:
        raise typer.BadParameter(str(exc), param_hint="--account") from exc


def _audit(stack: str | None) -> tuple[LedgerAudit, Sequence[AccountCheck]]:
    if stack is None and any(variable in os.environ for variable in TABLES.values()):
        return store(), account_checks()
    if stack is None:
        _mean_the_local_stack()
    named = _settings_of(stack or STACK_NAME)
    return store_of(named), [PaymentCheck(payments_on(named), providers())]


def _mean_the_local_stack() -> None:
    """Let every AWS client reach the emulator. Raises StackError when nothing runs there."""
    place = StackLayout.from_environment()
    try:
        require_up(place)
    except StackError as exc:
        raise StackError(f"{exc} (or name a deployed stack with --stack)") from exc
    for variable in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(variable, None)
    os.environ |= {
        "AWS_ENDPOINT_URL": place.emulator_url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


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


def _violations(
    audit: LedgerAudit, checks: Sequence[AccountCheck], accounts: Iterable[AccountId]
) -> Iterator[Violation]:
    shown = track(list(accounts), description="verifying", console=errors, transient=True)
    for account_id in shown:
        yield from verify(audit, account_id, checks)

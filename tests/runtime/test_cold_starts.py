"""What each function imports before its first request, each started in a process of its own."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

COLD = (
    *("stripe", "jwt", "standardwebhooks"),
    *("prepaid.payments", "prepaid.alerts", "prepaid.inbox.dynamodb", "prepaid.webhooks"),
)

FUNCTIONS = sorted(path.parent.name for path in Path("functions").glob("*/app.py"))
SPENDING = ("record_usage", "create_hold", "capture_hold", "void_hold", "check_credits")
MODULES_OF_A_SPEND = 100
"""A cold start grows with each; `make bench` says by how much. One more is a decision."""
WITH_PAYMENTS = {
    "create_purchase",
    "get_account",
    "get_config",
    "list_accounts",
    "get_purchase",
    "list_grants",
    "list_purchases",
    "reconcile_payments",
    "refresh_purchase",
    "refund_payment",
    "retry_exception",
    "snapshot_analytics",
    "stripe_webhook",
    "verify_ledger",
}
CALLING_NOBODY = {"authorize", "get_openapi", "show_mail_link"}
"""The functions that read no table."""
SCRIPT = """
import functools, gc, importlib, json, os, sys
# what most functions take, and no test asks about
import aws_lambda_powertools.logging, botocore.session, pydantic.fields, pydantic.types
import prepaid.domain.decide, prepaid.dynamodb.client, prepaid.runtime.observability
import prepaid.web.models, prepaid.web.request

botocore.session.create_loader = functools.cache(botocore.session.create_loader)
keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
botocore.session.Session().create_client("dynamodb", **keys)

def tell(function):
    importlib.import_module(f"functions.{function}.app")
    client = sys.modules.get("prepaid.dynamodb.client")
    print(json.dumps({
        "modules": sorted(sys.modules),
        "clients": client.shared_client.cache_info().currsize if client else 0,
        "frozen": gc.get_freeze_count(),
    }), flush=True)

for function in sys.argv[1:]:
    if os.fork() == 0:
        tell(function)
        os._exit(0)
    if os.wait()[1] != 0:
        sys.exit(f"{function} could not be imported")
"""
"""Each function begins in a fork of a process that has read what nobody asks about."""


def started(*functions: str, in_lambda: bool = True) -> dict[str, dict[str, Any]]:
    result = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-c", SCRIPT, *functions],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": "layers/prepaid:.",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_LAMBDA_FUNCTION_NAME": "prepaid" if in_lambda else "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return dict(zip(functions, map(json.loads, result.stdout.splitlines()), strict=True))


@cache
def all_started() -> dict[str, dict[str, Any]]:
    return started(*FUNCTIONS)


def imported(function: str, *packages: str) -> list[str]:
    """Return what a function has imported of packages; a package counts with all that is in it."""
    within = tuple(f"{package}." for package in packages)
    return [
        each
        for each in all_started()[function]["modules"]
        if each in packages or each.startswith(within)
    ]


@pytest.mark.parametrize("function", SPENDING)
def test_a_spend_imports_nothing_of_payments_alerts_tokens_or_exceptions(function: str) -> None:
    assert imported(function, *COLD) == []


@pytest.mark.parametrize("function", SPENDING)
def test_a_spend_imports_at_most_a_hundred_modules_of_ours(function: str) -> None:
    assert len(imported(function, "prepaid")) <= MODULES_OF_A_SPEND


@pytest.mark.parametrize("function", FUNCTIONS)
def test_payments_are_imported_only_where_there_are_payments(function: str) -> None:
    found = imported(function, "prepaid.payments")

    assert bool(found) == (function in WITH_PAYMENTS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_without_a_token_to_judge_imports_no_jwt(function: str) -> None:
    assert bool(imported(function, "jwt")) == (function == "authorize")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_stripes_sdk_is_imported_by_its_first_call(function: str) -> None:
    assert imported(function, "stripe") == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_signs_webhooks_is_imported_by_the_first_one(function: str) -> None:
    assert imported(function, "standardwebhooks", "prepaid.webhooks.https") == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_in_lambda_a_function_is_started_before_its_first_request(function: str) -> None:
    answer = all_started()[function]

    assert answer["frozen"] > 0
    assert answer["clients"] == (0 if function in CALLING_NOBODY else 1)


def test_outside_of_lambda_an_import_starts_nothing() -> None:
    answer = started("record_usage", in_lambda=False)["record_usage"]

    assert (answer["frozen"], answer["clients"]) == (0, 0)

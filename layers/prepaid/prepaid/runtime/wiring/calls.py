"""Puts together calls: what is kept of them, Vapi, and how long anybody waits for an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from prepaid.calls.admission import CallAdmission
from prepaid.calls.assignment import CallAssignment
from prepaid.calls.dynamodb import DynamoCalls, DynamoCallSources
from prepaid.calls.inbound import InboundCalls
from prepaid.calls.mapping import SourceMapping
from prepaid.calls.ports import CallProvider, Calls, CallSources
from prepaid.calls.running import RunningCalls
from prepaid.calls.settlement import CallSettlement
from prepaid.calls.tracking import CallTracking
from prepaid.calls.vapi.webhook import VapiWebhooks
from prepaid.catalogue.ports import Catalogue
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import prompt_client, shared_client
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.windows import DynamoWindows
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerStore, RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.runtime.retries import Deadline
from prepaid.runtime.secrets import Absent, Unreadable, cached_parameter
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import base, catalogue, inbox, ledger, lists
from prepaid.windows import ReadWindows

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_UNREADABLE = "A parameter with a secret of Vapi's cannot be read."
PROMPT_SECONDS = 3.0
"""How long an inbound call's admission goes on trying; with the calls that begin by then it is
decided within 6 seconds. Vapi waits 7.5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed.

    The `prompt_` ones wait at most seconds. `webhook_secret` is told whether what it gave last
    proved nothing.
    """

    calls: Callable[[], Calls]
    sources: Callable[[], CallSources]
    windows: Callable[[], ReadWindows]
    provider: Callable[[], CallProvider]
    webhook_secret: Callable[[bool], str]
    prompt_store: Callable[[], LedgerStore]
    prompt_catalogue: Callable[[], Catalogue]
    prompt_calls: Callable[[], Calls]
    prompt_sources: Callable[[], CallSources]
    prompt_exceptions: Callable[[], Exceptions]
    prompt_budget: Callable[[], RetryBudget]
    longest_seconds: Callable[[], int]
    refused_text: Callable[[], str]
    ends_unaffordable: Callable[[], bool]


def _calls(client: "Callable[[], DynamoDBClient]") -> Calls:
    return DynamoCalls(client(), settings.credit_records_table)


def _sources(client: "Callable[[], DynamoDBClient]") -> CallSources:
    return DynamoCallSources(client(), settings.credit_records_table)


def _provider() -> CallProvider:
    from prepaid.calls.vapi.client import (  # noqa: PLC0415 - few functions call Vapi
        API,
        DOMAIN,
        VapiClient,
    )

    return VapiClient(
        key=_key,
        api_base=settings.vapi_api_base or API,
        domain=settings.vapi_domain or DOMAIN,
    )


def _key() -> str | None:
    """Read the key to Vapi's API; `None` where nobody has set one up."""
    try:
        return cached_parameter(settings.vapi_api_key).get().strip() or None
    except Absent:
        return None
    except Unreadable as exc:
        raise Unavailable(_UNREADABLE) from exc


def _text(name: str, *, force_refresh: bool) -> str:
    try:
        return cached_parameter(name).get(force_refresh).strip()
    except Unreadable as exc:
        raise Unavailable(_UNREADABLE) from exc


parts = Parts(
    calls=cache(partial(_calls, shared_client)),
    sources=cache(partial(_sources, shared_client)),
    windows=cache(
        lambda: DynamoWindows(
            RecordsTable(shared_client(), settings.credit_records_table), "vapi_window"
        )
    ),
    provider=cache(_provider),
    webhook_secret=lambda force_refresh: _text(
        settings.vapi_webhook_secret, force_refresh=force_refresh
    ),
    prompt_store=cache(lambda: ledger.store_of(settings, prompt_client)),
    prompt_catalogue=cache(lambda: catalogue.catalogue_of(settings, prompt_client)),
    prompt_calls=cache(partial(_calls, prompt_client)),
    prompt_sources=cache(partial(_sources, prompt_client)),
    prompt_exceptions=cache(
        lambda: DynamoExceptions(RecordsTable(prompt_client(), settings.credit_records_table))
    ),
    prompt_budget=lambda: Deadline(seconds=PROMPT_SECONDS),
    longest_seconds=lambda: settings.longest_call_seconds,
    refused_text=lambda: settings.call_refused_text,
    ends_unaffordable=lambda: settings.end_unaffordable_calls,
)


def sources() -> CallSources:
    """Return whose phone numbers and campaigns are whose."""
    return parts.sources()


def source_mapping() -> SourceMapping:
    """Return what maps numbers and campaigns to accounts."""
    return SourceMapping(sources=parts.sources(), budget=base.budget)


def calls() -> Calls:
    """Return what is kept of calls."""
    return parts.calls()


def windows() -> ReadWindows:
    """Return how far Vapi's calls were listed."""
    return parts.windows()


def provider() -> CallProvider:
    """Return Vapi."""
    return parts.provider()


def webhooks() -> VapiWebhooks:
    """Return what receives Vapi's messages."""
    return VapiWebhooks(
        secret=parts.webhook_secret,
        inbound=inbound,
        tracking=tracking(),
        exceptions=inbox.exceptions(),
    )


def refused_text() -> str:
    """Return what the caller of a refused call hears."""
    return parts.refused_text()


def admission() -> CallAdmission:
    """Return what admits outbound calls."""
    return CallAdmission(
        ledger.ledger(), catalogue.catalogue(), lists.parts.signing_key, parts.longest_seconds()
    )


def tracking() -> CallTracking:
    """Return what keeps and settles calls."""
    return CallTracking(
        calls=parts.calls(),
        sources=parts.sources(),
        ledger=ledger.ledger(),
        settlement=CallSettlement(ledger.ledger(), catalogue.catalogue(), inbox.exceptions()),
        exceptions=inbox.exceptions(),
        signing_key=lists.parts.signing_key,
        budget=base.budget,
    )


def inbound() -> InboundCalls:
    """Return what decides on inbound calls and campaigns, all within one short time from now."""
    budget = parts.prompt_budget()
    for_sale, reports = parts.prompt_catalogue(), parts.prompt_exceptions()
    book = Ledger(parts.prompt_store(), lambda: budget)
    kept_promptly = CallTracking(
        calls=parts.prompt_calls(),
        sources=parts.prompt_sources(),
        ledger=book,
        settlement=CallSettlement(book, for_sale, reports),
        exceptions=reports,
        signing_key=lists.parts.signing_key,
        budget=lambda: budget,
    )
    return InboundCalls(
        sources=parts.prompt_sources(),
        admission=CallAdmission(book, for_sale, lists.parts.signing_key, parts.longest_seconds()),
        tracking=kept_promptly,
    )


def running() -> RunningCalls:
    """Return what looks after calls that run."""
    return RunningCalls(
        ledger=ledger.ledger(),
        catalogue=catalogue.catalogue(),
        provider=parts.provider(),
        exceptions=inbox.exceptions(),
        ends=parts.ends_unaffordable(),
    )


def assignment() -> CallAssignment:
    """Return what assigns calls to accounts."""
    return CallAssignment(inbox=inbox.inbox(), tracking=tracking(), ledger=ledger.ledger())

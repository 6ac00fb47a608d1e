"""Puts together what sells: payments, their processors, and Stripe's secrets."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.verification import AccountCheck
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.facts import PaymentFacts
from prepaid.payments.ports import (
    Customers,
    PaymentProcessor,
    Payments,
    PaymentStarts,
    RefundRequests,
)
from prepaid.payments.purchases import Purchases
from prepaid.payments.reconciliation_ports import ProcessorLists
from prepaid.payments.refunds import Refunds
from prepaid.payments.stripe import NAME as STRIPE
from prepaid.payments.stripe.keys import KeyOfOtherMode, require_mode
from prepaid.payments.verification import PaymentCheck
from prepaid.runtime import clock, jobs
from prepaid.runtime.secrets import Unreadable, cached_parameter
from prepaid.runtime.settings import Settings, settings
from prepaid.runtime.wiring import base, inbox
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.runtime.wiring.ledger import ledger
from prepaid.windows import ReadWindows

if TYPE_CHECKING:
    from prepaid.payments.stripe.webhook import Webhooks


class Records(Customers, RefundRequests, ReadWindows, Protocol):
    """Everything that selling keeps beside the payments."""


class Processor(PaymentProcessor, ProcessorLists, Protocol):
    """Everything that a payment provider is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed.

    `processors` has one for each provider, by the name that its payments are stored with.
    `webhook_secrets` takes whether a signature matched none of those that it gave last.
    """

    payments: Callable[[], Payments]
    starts: Callable[[], PaymentStarts]
    records: Callable[[str], Records]
    processors: Mapping[str, Callable[[], Processor]]
    webhook_secrets: Callable[[bool], tuple[str, ...]]
    publishable_key: Callable[[], str]
    live: Callable[[], bool]


def _payments() -> Payments:
    return payments_on(settings)


def payments_on(environment: Settings) -> Payments:
    """Return the payments in the table that *environment* names."""
    return DynamoPayments(shared_client(), environment.stripe_payments_table)


def _starts() -> PaymentStarts:
    return DynamoPaymentStarts(
        shared_client(),
        payments=settings.stripe_payments_table,
        records=settings.credit_records_table,
    )


def _records(provider: str) -> Records:
    return DynamoRecords(inbox.records_table(), provider)


@cache
def _processor_with(secret_key: str) -> Processor:
    from prepaid.payments.stripe.processor import (  # noqa: PLC0415 - few functions have the SDK
        StripeProcessor,
    )

    api_base = settings.stripe_api_base or None
    return StripeProcessor(secret_key, api_base=api_base, clock=clock.now)


def _text(name: str, *, force_refresh: bool = False) -> str:
    try:
        return cached_parameter(name).get(force_refresh).strip()
    except Unreadable as exc:
        raise Unavailable("A parameter with a secret of Stripe's cannot be read.") from exc


def _key(name: str) -> str:
    """Return the key of Stripe's that the parameter *name* holds.

    Raises `Unavailable` unless it moves real money exactly where the stack may: what one stack was
    given by mistake, another stack's key for one, never reaches Stripe.
    """
    key = _text(name)
    try:
        require_mode(key, live=parts.live())
    except KeyOfOtherMode as exc:
        jobs.log_failure("key refused", exc, parameter=name, live=parts.live())
        raise Unavailable("A key of Stripe's is of the wrong mode.") from exc
    return key


parts = Parts(
    payments=cache(_payments),
    starts=cache(_starts),
    records=cache(_records),
    processors={STRIPE: lambda: _processor_with(_key(settings.stripe_secret_key))},
    webhook_secrets=lambda force_refresh: secrets_in(
        _text(settings.stripe_webhook_secret, force_refresh=force_refresh)
    ),
    publishable_key=lambda: _key(settings.stripe_publishable_key),
    live=lambda: settings.stripe_live,
)


def secrets_in(text: str) -> tuple[str, ...]:
    """Return the secrets in a parameter: one, or several with commas or blanks between them."""
    return tuple(each for each in re.split(r"[\s,]+", text) if each)


def records(provider: str = STRIPE) -> Records:
    """Return what is stored of a provider's customers, of refunds asked for, and of lists read."""
    return parts.records(provider)


def processor(provider: str = STRIPE) -> Processor:
    """Return a provider's processor; new purchases are paid with the one that is the default.

    Raises `Unavailable` without a key of the stack's mode.
    """
    return parts.processors[provider]()


def providers() -> Collection[str]:
    """Return the names of the payment providers."""
    return parts.processors.keys()


def account_checks() -> tuple[AccountCheck, ...]:
    """Return what holds the payments of an account to its entries."""
    return (PaymentCheck(parts.payments(), providers()),)


def publishable_key() -> str:
    """Return the key that a page may know. Raises `Unavailable`."""
    return parts.publishable_key()


def is_live() -> bool:
    """Say whether real money moves."""
    return parts.live()


def webhooks() -> "Webhooks":
    """Return what receives Stripe's webhooks."""
    from prepaid.payments.stripe.webhook import Webhooks  # noqa: PLC0415 - one function receives

    return Webhooks(
        secrets=parts.webhook_secrets,
        live=parts.live(),
        facts=facts(),
        exceptions=inbox.exceptions(),
    )


def facts(provider: str = STRIPE) -> PaymentFacts:
    """Return what records the facts that a provider reports of payments."""
    return PaymentFacts(
        ledger=ledger(),
        payments=parts.payments(),
        exceptions=inbox.exceptions(),
        requests=records(provider),
        processor=parts.processors[provider],
    )


def refunds() -> Refunds:
    """Return what sends money back."""
    return Refunds(payments=parts.payments(), requests=records())


def purchases() -> Purchases:
    """Return what sells packages."""
    return Purchases(
        payments=parts.payments(),
        starts=parts.starts(),
        catalogue=catalogue(),
        facts=facts(),
        budget=base.budget,
    )

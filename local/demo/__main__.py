"""`make demo-data`: two hundred accounts that have lived for a month, on a running local stack."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from prepaid.domain.credits import Instant
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.runtime.settings import Settings
from prepaid.runtime.wiring.catalogue import catalogue_of
from prepaid.runtime.wiring.ledger import store_of

from local import clock, deploy, jobs
from local.aws import client
from local.control import require_up
from local.demo.lives import DAY, DAYS, Life
from local.demo.stores import DemoStores
from local.progress import StackError, say
from local.stack_layout import StackLayout

ACCOUNTS = 200
AT_ONCE = 4
TABLES = (
    "USER_CREDITS",
    "CREDIT_TRANSACTIONS",
    "USAGE_TRACKING",
    "CREDIT_PACKAGES",
    "CREDIT_PRICING",
    "STRIPE_PAYMENTS",
    "CREDIT_ALERTS",
    "CREDIT_RECORDS",
)


def stores_of(layout: StackLayout) -> DemoStores:
    """Return the tables of a running stack. Raises StackError without one."""
    require_up(layout)
    named = deploy.resources(layout)
    environment = Settings({f"{name}_TABLE": named[_logical_id(name)] for name in TABLES})
    dynamodb = client(layout, "dynamodb")
    records = RecordsTable(dynamodb, environment.credit_records_table)
    stored = DynamoRecords(records, "stripe")
    return DemoStores(
        ledger_store=store_of(environment, lambda: dynamodb),
        catalogue=catalogue_of(environment, lambda: dynamodb),
        payments=DynamoPayments(dynamodb, environment.stripe_payments_table),
        starts=DynamoPaymentStarts(
            dynamodb,
            payments=environment.stripe_payments_table,
            records=environment.credit_records_table,
        ),
        customers=stored,
        refund_requests=stored,
        exceptions=DynamoExceptions(records),
    )


def write(stores: DemoStores, now: Instant, *, accounts: int = ACCOUNTS) -> int:
    """Let accounts live through the month before *now*, and say how many did.

    An account that has been written already is left as it is.
    """
    begin = Instant(now - DAYS * DAY)
    lives = [Life(stores, number + 1, begin=begin, until=now) for number in range(accounts)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(Life.live, lives))


def main() -> int:
    """Write the data, take a snapshot of it, and say how long that took."""
    layout = StackLayout.from_environment()
    started = time.monotonic()
    try:
        written = write(stores_of(layout), Instant(int(time.time()) + clock.offset(layout)))
        seconds = f"{time.monotonic() - started:.1f}"
        say(f"{written} new accounts of demo-001 to demo-{ACCOUNTS} have lived for {DAYS} days")
        say(f"in {seconds} s; the snapshot of all accounts:")
        jobs.run(layout, "snapshot_analytics")
    except StackError as exc:
        say(f"\n{exc}")
        return 1
    return 0


def _logical_id(table: str) -> str:
    return "".join(word.capitalize() for word in table.split("_")) + "Table"


if __name__ == "__main__":
    sys.exit(main())

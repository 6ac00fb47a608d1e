"""SCHEDULE: write down what has expired in accounts that nobody touches."""

from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.ledger.settlement import Settlement
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, store


def handler(_event: object, context: object = None) -> dict[str, int | bool]:
    """Settle all that is due; what the time does not suffice for, the next run does."""
    settlement = Settlement(
        expiring=store(),
        ledger=ledger(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.account_failed,
    )
    done = settlement.run(now=clock.now(), request_id=jobs.request_id_of(context))
    counts = asdict(done)
    jobs.log("settled", **counts)
    jobs.publish({"EntriesSettled": done.entries, "SettlementFailed": done.failed})
    return counts


start(shared_client)

"""SCHEDULE: write down what has expired in accounts that nobody touches."""

from collections.abc import Mapping
from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.ledger.settlement import Settlement
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, store


def handler(event: Mapping[str, int], context: object = None) -> dict[str, int | bool]:
    """Settle what is due in every shard, or in one segment of them; the next run does the rest.

    Raises `Unfinished` when what is due could not be found.
    """
    settlement = Settlement(
        expiring=store(),
        ledger=ledger(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.account_failed,
        unfound=jobs.shard_unfound,
        in_parallel=jobs.in_parallel,
        segment=event.get("segment", 0),
        segments=event.get("segments", 1),
    )
    done = settlement.run(now=clock.now(), request_id=jobs.request_id_of(context))
    counts = asdict(done)
    jobs.log("settled", **counts)
    jobs.publish({"EntriesSettled": done.entries, "SettlementFailed": done.failed})
    if done.unfound:
        raise jobs.Unfinished
    return counts


start(shared_client)

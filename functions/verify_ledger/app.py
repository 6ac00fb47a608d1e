"""SCHEDULE: hold every account, or one segment of them, to the ledger's invariants."""

from collections.abc import Mapping
from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.ledger.audit import Auditing
from prepaid.ledger.changes import enlist
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import exceptions
from prepaid.runtime.wiring.ledger import ledger, store
from prepaid.runtime.wiring.payments import account_checks
from prepaid.runtime.wiring.verification import checkpoints


def handler(event: Mapping[str, int], context: object = None) -> dict[str, int | bool]:
    """Verify accounts; raise `Unfinished` when not all of them could be."""
    auditing = Auditing(
        audit=store(),
        checks=account_checks(),
        checkpoints=checkpoints(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.account_failed,
        enlist=lambda account_id, now: enlist(ledger(), account_id, now, ledger().budget()),
        segment=event.get("segment", 0),
        segments=event.get("segments", 1),
    )
    done = auditing.run(now=clock.now())
    counts = asdict(done)
    jobs.log("verified", **counts)
    jobs.publish({"LedgerDrift": done.violations, "AccountsVerified": done.accounts})
    if done.failed or not done.finished:
        raise jobs.Unfinished
    return counts


start(shared_client)

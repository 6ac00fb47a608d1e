"""SCHEDULE: hold every account, or one segment of them, to the ledger's invariants.

The first segment also lists the cases that an earlier release kept unlisted.
"""

from collections.abc import Mapping
from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.ledger.audit import Auditing
from prepaid.ledger.changes import enlist
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import exceptions, inbox
from prepaid.runtime.wiring.ledger import ledger, store
from prepaid.runtime.wiring.payments import account_checks
from prepaid.runtime.wiring.verification import checkpoints


def handler(event: Mapping[str, int], context: object = None) -> dict[str, int | bool]:
    """Verify accounts; raise `Unfinished` when not all of them could be."""
    segment = event.get("segment", 0)
    older = inbox().list_older() if segment == 0 else 0
    auditing = Auditing(
        audit=store(),
        checks=account_checks(),
        checkpoints=checkpoints(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.account_failed,
        enlist=lambda account_id, now: enlist(ledger(), account_id, now, ledger().budget()),
        segment=segment,
        segments=event.get("segments", 1),
    )
    done = auditing.run(now=clock.now())
    counts = asdict(done)
    jobs.log("verified", **counts, older_cases_listed=older)
    jobs.publish({"LedgerDrift": done.violations, "AccountsVerified": done.accounts})
    if done.failed or not done.finished:
        raise jobs.Unfinished
    return counts


start(shared_client)

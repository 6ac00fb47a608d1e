"""SCHEDULE: record what Stripe knows of our payments and no webhook has brought."""

from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.payments.reconciliation import Reconciliation
from prepaid.payments.reconciliation_ports import Found
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import exceptions
from prepaid.runtime.wiring.payments import facts, processor, records


def handler(_event: object, context: object = None) -> dict[str, int | bool]:
    """Heal what is missing; raise `Unfinished` when something could not be recorded now."""
    reconciliation = Reconciliation(
        lists=processor(),
        windows=records(),
        facts=facts(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=object_failed,
    )
    done = reconciliation.run(request_id=jobs.request_id_of(context), now=clock.now())
    counts = asdict(done)
    jobs.log("reconciled", **counts)
    jobs.publish({"PaymentsHealed": done.healed, "PaymentDrift": done.drifted})
    if done.failed or not done.finished:
        raise jobs.Unfinished
    return counts


def object_failed(found: Found, exc: Exception) -> None:
    """Log that an object was passed by; the next run reads it again."""
    jobs.log_failure("an object was passed by", exc, object_id=found.object_id)


start(shared_client)

"""SCHEDULE: learn what Stripe knows of our payments and no webhook has told."""

from dataclasses import asdict

from prepaid.dynamodb.client import shared_client
from prepaid.payments.reconciliation import Reconciliation
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import exceptions
from prepaid.runtime.wiring.payments import facts, processor, records


def handler(_event: object, context: object = None) -> dict[str, int | bool]:
    """Heal what is missing; raise `Unfinished` when something could not be told for now."""
    reconciliation = Reconciliation(
        lists=processor(),
        windows=records(),
        facts=facts(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
    )
    done = reconciliation.run(request_id=jobs.request_id_of(context), now=clock.now())
    counts = asdict(done)
    jobs.log("reconciled", **counts)
    jobs.publish({"PaymentsHealed": done.healed, "PaymentDrift": done.drifted})
    if done.failed or not done.finished:
        raise jobs.Unfinished
    return counts


start(shared_client)

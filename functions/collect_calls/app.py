"""SCHEDULE: ask Vapi for calls that ended without a report, and settle them."""

from dataclasses import asdict

from prepaid.calls.collection import Collection
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import calls, provider, running, tracking
from prepaid.runtime.wiring.inbox import exceptions


def handler(_event: object, context: object = None) -> dict[str, int | bool]:
    """Go through all calls that are due; what the time does not suffice for, the next run does."""
    collection = Collection(
        calls=calls(),
        provider=provider(),
        tracking=tracking(),
        running=running(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.call_failed,
    )
    done = collection.run(request_id=jobs.request_id_of(context), now=clock.now())
    counts = asdict(done)
    jobs.log("collected", **counts)
    jobs.publish({"CallsCollected": done.settled, "CallCollectionFailed": done.failed})
    return counts


start(shared_client)

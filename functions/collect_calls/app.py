"""SCHEDULE: ask Vapi for calls that nobody told of, or not to their end, and settle them."""

from dataclasses import asdict

from prepaid.calls.collection import Collection
from prepaid.calls.listing import CallListing
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import calls, provider, running, tracking, windows
from prepaid.runtime.wiring.inbox import exceptions


def handler(_event: object, context: object = None) -> dict[str, int | bool]:
    """List calls, then go through all that are due; the next run does what time is left over."""
    now, request_id = clock.now(), jobs.request_id_of(context)
    listing = CallListing(
        calls=calls(),
        provider=provider(),
        windows=windows(),
        tracking=tracking(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.call_failed,
    )
    collection = Collection(
        calls=calls(),
        provider=provider(),
        tracking=tracking(),
        running=running(),
        exceptions=exceptions(),
        time_is_up=jobs.time_is_up(context),
        failed=jobs.call_failed,
    )
    listed = listing.run(now=now, request_id=request_id)
    done = collection.run(now=now, request_id=request_id)
    counts = {
        **asdict(done),
        "settled": done.settled + listed.settled,
        "listed": listed.listed,
        "found": listed.found,
        "failed": done.failed + listed.failed,
        "finished": done.finished and listed.finished,
    }
    jobs.log("collected", **counts)
    jobs.publish(
        {
            "CallsCollected": done.settled + listed.settled,
            "CallsFound": listed.found,
            "CallCollectionFailed": done.failed + listed.failed,
        }
    )
    return counts


start(shared_client)

"""SCHEDULE: add up what all accounts, or one segment of them, have and moved."""

from collections.abc import Mapping
from dataclasses import asdict

from prepaid.analytics.snapshot_ports import Part
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.snapshot_taking import snapshot_taking


def handler(event: Mapping[str, int], context: object = None) -> dict[str, int | bool]:
    """Take a snapshot; raise `Unfinished` when not every account could be looked at."""
    part = Part(event.get("segment", 0), event.get("segments", 1))
    done = snapshot_taking(jobs.time_is_up(context)).run(part, now=clock.now())
    counts = asdict(done)
    jobs.log("snapshot taken", **counts)
    jobs.publish({"AccountsSnapped": done.accounts, "AccountsReadAnew": done.changed})
    if done.failed or not done.finished:
        raise jobs.Unfinished
    return counts


start(shared_client)

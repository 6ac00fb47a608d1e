"""DEPLOY: write the packages and prices that the product comes with, where they are missing."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from prepaid.catalogue.seed import seed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import custom_resource
from prepaid.runtime.jobs import log
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue


def handler(event: Mapping[str, Any], _context: object = None) -> Mapping[str, int]:
    """Seed for CloudFormation, which waits for an answer, or as a job."""
    if custom_resource.is_one(event):
        return custom_resource.answered(event, _seed)
    return _seed()


def _seed() -> dict[str, int]:
    added = asdict(seed(catalogue()))
    log("seeded", **added)
    return added


start(shared_client)

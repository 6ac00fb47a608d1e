"""DEPLOY: write the packages and prices that the product comes with, where they are missing."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from prepaid.catalogue.seed import seed
from prepaid.runtime import custom_resource, wiring
from prepaid.runtime.jobs import log


def handler(event: Mapping[str, Any], _context: object = None) -> Mapping[str, int]:
    """Seed for CloudFormation, which waits for an answer, or as a job."""
    if custom_resource.is_one(event):
        return custom_resource.answered(event, _seed)
    return _seed()


def _seed() -> dict[str, int]:
    added = asdict(seed(wiring.catalogue()))
    log("seeded", **added)
    return added

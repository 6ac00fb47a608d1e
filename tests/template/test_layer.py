"""What the layer leaves out of the SDK is never missed."""

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.regions import EndpointResolver

from local.stack_layout import PROJECT

DATA = Path(botocore.__file__).parent / "data"
SERVICES = {
    *("dynamodb", "streams.dynamodb", "email", "events", "lambda", "secretsmanager"),
    *("sns", "sqs", "ssm", "sts"),
}


@pytest.fixture(scope="module")
def prune() -> Any:
    spec = spec_from_file_location("prune", PROJECT / "layers/prepaid/prune_endpoints.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def endpoints() -> Any:
    return json.loads((DATA / "endpoints.json").read_text())


def test_every_service_keeps_its_endpoint_in_every_region(prune: Any, endpoints: Any) -> None:
    full = EndpointResolver(endpoints)
    small = EndpointResolver(prune.pruned(endpoints, SERVICES))
    regions = [region for partition in endpoints["partitions"] for region in partition["regions"]]

    differing = [
        (service, region)
        for service in SERVICES
        for region in [*regions, "us-new-1", "aws-global"]
        if full.construct_endpoint(service, region) != small.construct_endpoint(service, region)
    ]

    assert len(regions) > 30
    assert differing == []


def test_services_that_are_not_kept_are_gone(prune: Any, endpoints: Any) -> None:
    small = prune.pruned(endpoints, SERVICES)

    assert {name for each in small["partitions"] for name in each["services"]} == SERVICES


def test_what_the_layer_describes_is_kept_under_the_name_that_the_list_uses(
    prune: Any, tmp_path: Path
) -> None:
    makefile = (PROJECT / "layers/prepaid/Makefile").read_text()
    described = re.findall(r"^SERVICES := (.*)$", makefile, flags=re.MULTILINE)[0].split()

    for service in described:
        (tmp_path / service).symlink_to(DATA / service)

    assert prune.prefixes(tmp_path) == SERVICES


@pytest.mark.fault(
    "N5",
    "A function makes a client of a service that the layer does not describe",
    "No such code is shipped: a test compares what the package asks for with what the layer keeps",
)
def test_the_layer_describes_every_service_that_the_package_has_a_client_of() -> None:
    makefile = (PROJECT / "layers/prepaid/Makefile").read_text()
    described = re.findall(r"^SERVICES := (.*)$", makefile, flags=re.MULTILINE)[0].split()
    sources = "".join(path.read_text() for path in (PROJECT / "layers/prepaid").rglob("*.py"))

    asked = set(re.findall(r'(?:create|new)_client\(\s*"(\w+)"', sources))

    assert {"dynamodb", "sesv2", "sqs"} <= asked
    assert asked <= set(described)

"""The template as data, with CloudFormation's short forms written out."""

from pathlib import Path
from typing import Any

import pytest

from local.template import read_template
from tests.template.reading import Resources


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    return read_template(Path("template.yaml"))


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> Resources:
    return Resources(template)

"""Clients of the emulated AWS services of one local stack."""

from typing import Any

import boto3
from botocore.config import Config

from local.stack_layout import REGION, StackLayout

_CONFIG = Config(
    connect_timeout=2, read_timeout=120, retries={"total_max_attempts": 2}, user_agent_extra="local"
)


def client(layout: StackLayout, service: str) -> Any:
    """A boto3 client that can only reach the emulator, whatever the environment says."""
    session = boto3.session.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator checks none
        region_name=REGION,
    )
    return session.client(
        service,  # type: ignore[call-overload]  # the name is not a literal here
        endpoint_url=layout.emulator_url,
        config=_CONFIG,
    )

"""The parts that sell as they are deployed: parameters of Systems Manager, tables of DynamoDB."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import secrets
from prepaid.runtime.secrets import Unreadable, read_parameter
from prepaid.runtime.settings import MissingSetting
from prepaid.runtime.wiring import payments

from tests.support.template import tables

USER = AccountId("user-1")
NAMES = {
    "STRIPE_SECRET_KEY": ("/prepaid/stripe/secret-key", "sk_test_1"),
    "STRIPE_PUBLISHABLE_KEY": ("/prepaid/stripe/publishable-key", "pk_test_1\n"),
    "STRIPE_WEBHOOK_SECRET": ("/prepaid/stripe/webhook-secret", "whsec_new whsec_old"),
}


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with mock_aws():
        shared_client.cache_clear()
        secrets.cached_parameter.cache_clear()
        payments._processor_with.cache_clear()
        client = boto3.client("dynamodb")
        for name, properties in tables().items():
            client.create_table(TableName=name, **properties)
            monkeypatch.setenv(f"{name.upper()}_TABLE", name)
        ssm = boto3.client("ssm")
        for variable, (name, value) in NAMES.items():
            ssm.put_parameter(Name=name, Value=value, Type="SecureString")
            monkeypatch.setenv(variable, name)
        parts: tuple[Any, ...] = (payments.parts.payments, payments.parts.records)
        for part in parts:
            part.cache_clear()
        yield
        for part in parts:
            part.cache_clear()
        shared_client.cache_clear()
        secrets.cached_parameter.cache_clear()


@pytest.mark.usefixtures("cloud")
def test_keys_and_secrets_are_read_from_the_parameters_that_the_environment_names() -> None:
    assert payments.publishable_key() == "pk_test_1"
    assert payments.parts.webhook_secrets(False) == ("whsec_new", "whsec_old")


@pytest.mark.usefixtures("cloud")
def test_one_processor_serves_until_its_key_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = payments.processor(), payments.processor()
    boto3.client("ssm").put_parameter(
        Name="/prepaid/stripe/secret-key", Value="sk_test_2", Type="SecureString", Overwrite=True
    )
    secrets.cached_parameter.cache_clear()

    assert first is second
    assert payments.processor() is not first
    monkeypatch.delenv("STRIPE_SECRET_KEY")
    with pytest.raises(MissingSetting):
        payments.processor()


@pytest.mark.usefixtures("cloud")
def test_a_parameter_that_cannot_be_read_is_a_moment_to_come_back_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STRIPE_PUBLISHABLE_KEY", "/prepaid/stripe/absent")

    with pytest.raises(Unavailable):
        payments.publishable_key()
    with pytest.raises(Unreadable) as unreadable:
        read_parameter("/prepaid/stripe/absent")
    assert "absent" not in str(unreadable.value)


@pytest.mark.usefixtures("cloud")
def test_payments_and_records_are_kept_in_their_tables() -> None:
    assert payments.parts.payments().payment("pay_none") is None
    assert payments.records().remember(USER, "cus_1") == "cus_1"
    assert payments.records().customer(USER) == "cus_1"


@pytest.mark.parametrize(("value", "live"), [("true", True), ("false", False), ("", False)])
def test_real_money_moves_only_where_a_parameter_says_so(
    monkeypatch: pytest.MonkeyPatch, value: str, live: bool
) -> None:
    monkeypatch.setenv("STRIPE_LIVE", value)

    assert payments.parts.live() is live

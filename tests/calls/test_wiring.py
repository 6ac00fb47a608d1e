"""Vapi as it is deployed: its key is a parameter that nobody may have set up."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from prepaid.calls.vapi.client import DOMAIN, VapiClient
from prepaid.domain.errors import Unavailable
from prepaid.runtime import secrets
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import calls

KEY = "/prepaid/vapi/api-key"


@pytest.fixture
def ssm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("VAPI_API_KEY", KEY)
    secrets.cached_parameter.cache_clear()
    with mock_aws():
        yield boto3.client("ssm")
    secrets.cached_parameter.cache_clear()


@pytest.mark.fault("H27")
def test_without_a_parameter_vapi_is_not_set_up(ssm: Any) -> None:
    assert ssm is not None
    assert not calls._provider().is_set_up()


@pytest.mark.parametrize(("value", "set_up"), [("vapi_key\n", True), (" ", False)])
def test_with_a_key_in_its_parameter_vapi_is_set_up(ssm: Any, value: str, set_up: bool) -> None:
    ssm.put_parameter(Name=KEY, Value=value, Type="SecureString")

    assert calls._provider().is_set_up() is set_up


@pytest.mark.fault(
    "H27",
    "The parameter with Vapi's key cannot be read, or nobody has set it up",
    "Unreadable, the run counts as failed and goes on later; not set up, nothing is asked for",
)
def test_a_parameter_that_cannot_be_read_is_no_parameter_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, ssm: Any
) -> None:
    assert ssm is not None

    def denied(_: str) -> str:
        raise secrets.Unreadable("denied")

    monkeypatch.setattr(secrets, "read_parameter", denied)

    with pytest.raises(Unavailable):
        calls._provider().is_set_up()
    with pytest.raises(Unavailable):
        calls._text(KEY, force_refresh=False)


@pytest.mark.parametrize(
    ("given", "domain"), [("", DOMAIN), ("calls.example.com", "calls.example.com")]
)
def test_control_urls_are_of_vapis_own_domain_unless_the_stack_says_another(
    monkeypatch: pytest.MonkeyPatch, given: str, domain: str
) -> None:
    monkeypatch.setenv("VAPI_DOMAIN", given)

    client = calls._provider()

    assert isinstance(client, VapiClient)
    assert client.domain == domain


def test_a_refused_caller_hears_what_the_stack_says_or_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALL_REFUSED_TEXT", "")
    assert "not enough credits" in settings.call_refused_text

    monkeypatch.setenv("CALL_REFUSED_TEXT", "Call back tomorrow.")
    assert settings.call_refused_text == "Call back tomorrow."

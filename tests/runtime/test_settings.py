"""Each setting has its variable and its default, which a stack's parameters and docs rely on."""

import pytest
from prepaid.runtime.settings import MissingSetting, Settings

REQUIRED = (
    *("user_credits_table", "credit_transactions_table", "usage_tracking_table"),
    *("credit_packages_table", "credit_pricing_table", "stripe_payments_table"),
    *("credit_alerts_table", "credit_records_table", "event_bus", "signing_secret"),
    *("token_secret", "stripe_secret_key", "stripe_publishable_key", "stripe_webhook_secret"),
    *("vapi_api_key", "vapi_webhook_secret", "webhooks_queue", "webhook_secret"),
    *("webhooks_queue_arn", "failed_webhooks_queue_arn"),
)
DEFAULTS: dict[str, object] = {
    "default_thresholds": "20.00",
    "default_runway_thresholds": "7",
    "default_overage": "absorb",
    "default_daily_limit": "",
    "default_monthly_limit": "",
    "mail_sender": "",
    "mail_configuration_set": "",
    "public_url": "",
    "alert_topic": "",
    "token_issuer": "prepaid",
    "token_audience": "prepaid",
    "token_account_claim": "sub",
    "token_role_claim": "role",
    "token_jwks_url": "",
    "largest_adjustment": "",
    "stripe_api_base": "",
    "stripe_live": False,
    "vapi_api_base": "",
    "vapi_domain": "",
    "longest_call_seconds": 600,
    "call_refused_text": "Sorry, this call cannot be taken: there are not enough credits.",
    "end_unaffordable_calls": False,
    "webhook_test_origin": "",
    "aws_endpoint_url": "",
    "service_name": "prepaid",
    "metrics_namespace": "Prepaid",
    "aws_lambda_function_name": "",
    "clock_file": "",
}
VARIABLES = {
    "service_name": "POWERTOOLS_SERVICE_NAME",
    "metrics_namespace": "POWERTOOLS_METRICS_NAMESPACE",
}
"""The variables whose names are not ours to choose."""
EMPTY_IS_EMPTY = {"default_thresholds", "default_runway_thresholds"}
"""What may be chosen to be nothing."""
GIVEN = {"stripe_live": ("true", True), "end_unaffordable_calls": ("true", True)} | {
    "longest_call_seconds": ("90", 90)
}


def variable(name: str) -> str:
    return VARIABLES.get(name, name.upper())


def test_every_setting_is_required_or_has_a_default() -> None:
    properties = {name for name, each in vars(Settings).items() if isinstance(each, property)}

    assert properties == {*REQUIRED, *DEFAULTS}
    assert len(REQUIRED) + len(DEFAULTS) == len(properties)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_setting_that_is_required_names_its_variable_where_it_is_missing_or_empty(
    name: str,
) -> None:
    said = f"The environment variable {variable(name)} is not set."

    for environment in ({}, {variable(name): ""}):
        with pytest.raises(MissingSetting) as missing:
            getattr(Settings(environment), name)
        assert str(missing.value) == said
    assert getattr(Settings({variable(name): "x"}), name) == "x"


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items(), ids=DEFAULTS)
def test_a_setting_is_what_its_variable_says_or_its_default(name: str, default: object) -> None:
    text, value = GIVEN.get(name, ("x", "x"))

    assert getattr(Settings({}), name) == default
    assert getattr(Settings({variable(name): text}), name) == value
    empty = "" if name in EMPTY_IS_EMPTY else default
    assert getattr(Settings({variable(name): ""}), name) == empty


@pytest.mark.parametrize("name", ["stripe_live", "end_unaffordable_calls"])
@pytest.mark.parametrize("text", ["false", "True", "1", "yes", "true "])
def test_what_is_dangerous_is_on_only_by_the_word_true(name: str, text: str) -> None:
    assert getattr(Settings({variable(name): text}), name) is False


def test_links_begin_with_the_public_address_without_its_last_slash() -> None:
    assert (
        Settings({"PUBLIC_URL": "https://api.example/v1/"}).public_url == "https://api.example/v1"
    )

"""What the template grants to what sells: the SDK, the keys' names, and the webhook's own door."""

import re
from typing import Any

import pytest

from tests.support.deployed import Deployed
from tests.template.reading import Resources, actions, statements

CALLING = {
    "CreatePurchaseFunction",
    "RefreshPurchaseFunction",
    "RefundPaymentFunction",
    "StripeWebhookFunction",
    "ReconcilePaymentsFunction",
}
HOLDS = {
    "STRIPE_SECRET_KEY": "StripeSecretKeyName",
    "STRIPE_PUBLISHABLE_KEY": "StripePublishableKeyName",
    "STRIPE_WEBHOOK_SECRET": "StripeWebhookSecretName",
    "VAPI_API_KEY": "VapiApiKeyName",
    "VAPI_WEBHOOK_SECRET": "VapiWebhookSecretName",
}


def variables(properties: dict[str, Any]) -> dict[str, Any]:
    """Return a function's own environment."""
    return dict(properties.get("Environment", {}).get("Variables", {}))


def test_the_environment_holds_the_names_of_stripes_secrets_and_never_a_value(
    template: dict[str, Any], resources: Resources
) -> None:
    for properties in resources.functions.values():
        for name, value in variables(properties).items():
            if name in HOLDS:
                _, named, otherwise = value["Fn::If"]
                assert named == {"Ref": HOLDS[name]}
                own = r"/\$\{AWS::StackName\}/(stripe|vapi)/[a-z-]+"
                assert re.fullmatch(own, otherwise["Fn::Sub"])
    for parameter in HOLDS.values():
        described = template["Parameters"][parameter]
        for value in ("sk_live_1", "pk_test_1", "whsec_1", "rk_live_1"):
            assert re.match(described["AllowedPattern"], value) is None


def test_only_functions_that_call_stripe_carry_its_sdk_and_may_read_its_key(
    resources: Resources,
) -> None:
    for name, properties in resources.functions.items():
        granted = {statement["Sid"] for statement in statements(properties, resources)}

        assert ({"Ref": "StripeLayer"} in properties.get("Layers", [])) is (name in CALLING), name
        assert ("ReadStripeKey" in granted) is (name in CALLING), name
        assert ("STRIPE_SECRET_KEY" in variables(properties)) is (name in CALLING), name


@pytest.mark.parametrize(
    "given", [{}, {"StripeSecretKeyName": "/a", "StripeWebhookSecretName": "/b"}]
)
def test_a_function_reads_only_the_parameters_that_it_is_told_of(given: dict[str, str]) -> None:
    stack = Deployed("prepaid-dev", given)
    for name in stack.functions:
        given = stack.environment(name)
        read = {
            statement["Resource"].partition(":parameter")[2]
            for _, statements_ in stack.policies(name)
            for statement in statements_
            if "ssm:GetParameter" in actions(statement)
        }

        assert read == {given[each] for each in HOLDS if each in given}, name


def test_a_function_that_holds_a_key_knows_whether_real_money_moves(resources: Resources) -> None:
    for name, properties in resources.functions.items():
        given = variables(properties)

        keys = {"STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"} & given.keys()
        assert ("STRIPE_LIVE" in given) is bool(keys), name
        assert given.get("STRIPE_LIVE", {"Ref": "StripeLive"}) == {"Ref": "StripeLive"}, name


@pytest.mark.fault(
    "H52",
    "An account too small to reserve concurrency",
    "It deploys: the webhook's bound is off unless a parameter sets it",
)
def test_the_webhooks_concurrency_is_reserved_only_where_a_parameter_says_so(
    template: dict[str, Any], resources: Resources
) -> None:
    written = resources["StripeWebhookFunction"]["Properties"]["ReservedConcurrentExecutions"]
    pattern = template["Parameters"]["WebhookConcurrency"]["AllowedPattern"]

    assert Deployed().resolved(written) is None
    assert Deployed(parameters={"WebhookConcurrency": "10"}).resolved(written) == "10"
    accepted = [text for text in ("", "1", "50", "0", "-1", "many") if re.match(pattern, text)]
    assert accepted == ["", "1", "50"]


def test_the_function_urls_are_open_because_what_comes_proves_itself(resources: Resources) -> None:
    urls = {
        name: properties["FunctionUrlConfig"]
        for name, properties in resources.functions.items()
        if "FunctionUrlConfig" in properties
    }

    assert urls == {f"{name}WebhookFunction": {"AuthType": "NONE"} for name in ("Stripe", "Vapi")}


def test_what_stripe_is_not_answered_in_time_raises_an_alarm(resources: Resources) -> None:
    alarms = resources.of_type("AWS::CloudWatch::Alarm")
    metrics = {alarm["Properties"]["MetricName"] for alarm in alarms.values()}

    assert {"WebhookSignatureFailure", "WebhookSetAside", "PaymentDrift", "Url5xxCount"} <= metrics

"""What the template grants to what sells: the SDK, the keys' names, and the webhook's own door."""

import re
from typing import Any

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
                assert value == {"Ref": HOLDS[name]}
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


def test_a_function_reads_only_the_parameters_that_it_is_told_of(resources: Resources) -> None:
    for name, properties in resources.functions.items():
        told = {str(value.get("Ref")) for value in variables(properties).values() if value}
        for statement in statements(properties, resources):
            if "ssm:GetParameter" in actions(statement):
                resource = statement["Resource"]["Fn::Sub"]
                assert re.search(r"parameter\$\{(\w+)\}$", resource)[1] in told, name  # type: ignore[index]  # it matches


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

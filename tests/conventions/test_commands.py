"""Commands of the documents that need AWS or Stripe's tools fit the template; all others run."""

import re
from typing import Any

from tests.support.commands import NEEDS_AWS_OR_STRIPE, ROOT, commands
from tests.support.deployed import Deployed
from tests.support.template import template

README = (ROOT / "README.md").read_text()


def test_every_setting_that_the_readme_names_is_a_parameter_of_the_template() -> None:
    parameters: dict[str, Any] = template()["Parameters"]

    named = set(re.findall(r"`((?:Token|Stripe)[A-Z]\w+)(?:=\w+)?`", README))

    assert {"TokenIssuer", "TokenAudience", "TokenJwksUrl", "StripeLive"} <= named
    assert named - set(parameters) - set(template()["Resources"]) == set()


def test_the_names_of_secrets_are_the_defaults_of_the_parameters() -> None:
    stack = Deployed("prepaid")
    outputs = {
        stack.resolved(each["Value"])
        for name, each in template()["Outputs"].items()
        if name.startswith("Stripe") and name.endswith("Parameter")
    }

    named = set(re.findall(r"/prepaid/stripe/[a-z-]+", README))

    assert named
    assert named == outputs


def test_the_events_to_subscribe_to_are_those_that_the_function_reads() -> None:
    named = set(re.findall(r"`((?:payment_intent|charge|refund)\.[a-z_.]+)`", README))
    adapter = ROOT / "layers/prepaid/prepaid/payments/stripe"
    code = "".join(path.read_text() for path in adapter.glob("*.py"))

    assert {each for each in named if f'"{each}"' not in code} == set()


def test_stripes_tool_forwards_to_a_route_of_the_template() -> None:
    text = "\n".join(each.text for each in commands() if NEEDS_AWS_OR_STRIPE.match(each.text))
    forwarded = re.findall(r"localhost:5001(/\S+)", text)

    routes = [
        event["Properties"].get("Path")
        for resource in template()["Resources"].values()
        for event in resource.get("Properties", {}).get("Events", {}).values()
    ]

    assert len(forwarded) == 1
    assert forwarded[0] in routes


def test_every_deployment_that_the_readme_names_is_in_the_settings() -> None:
    settings = (ROOT / "samconfig.toml").read_text()

    for name in re.findall(r"make deploy config=(\w+)", README):
        assert f"[{name}." in settings

"""The credits page behind CloudFront: off by default, private, and with a strict policy."""

import re
from typing import Any

import pytest

from local.people import CONTENT_SECURITY_POLICY as LOCAL_POLICY
from tests.template.reading import Resources

PARTS = {
    "PageBucket",
    "PageBucketPolicy",
    "PageAccess",
    "PagePaths",
    "PageHeaders",
    "PageDistribution",
}


def policy(template: dict[str, Any]) -> dict[str, list[str]]:
    """The directives of the page's Content-Security-Policy."""
    config = template["Resources"]["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    text = config["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    directives = [each.split() for each in text["Fn::Sub"].split(";")]
    return {name: sources for name, *sources in directives}


def test_nothing_of_the_page_is_there_unless_it_is_asked_for(template: dict[str, Any]) -> None:
    made = {
        name
        for name, resource in template["Resources"].items()
        if resource.get("Condition") == "PageIsServed"
    }

    assert made == PARTS
    assert template["Parameters"]["Page"]["Default"] == "false"


def test_only_the_distribution_reads_the_bucket(template: dict[str, Any]) -> None:
    resources = template["Resources"]

    assert set(
        resources["PageBucket"]["Properties"]["PublicAccessBlockConfiguration"].values()
    ) == {True}
    document = resources["PageBucketPolicy"]["Properties"]["PolicyDocument"]
    [allowed] = [each for each in document["Statement"] if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    source = allowed["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"]
    assert source.endswith(":distribution/${PageDistribution}")


def test_the_local_page_may_reach_of_stripe_what_the_deployed_one_may(
    template: dict[str, Any],
) -> None:
    local = {name: sources for name, *sources in map(str.split, LOCAL_POLICY.split("; "))}

    for name in ("script-src", "frame-src", "connect-src", "img-src"):
        deployed = {each for each in policy(template)[name] if each.startswith("https:")}
        assert {each for each in local[name] if each.startswith("https:")} == deployed, name


@pytest.mark.fault(
    "U2",
    "Foreign script or a form of another site runs on the page that sells",
    "The browser refuses it: only the page itself and Stripe may run or be asked",
)
def test_the_page_runs_and_asks_itself_and_stripe_only(template: dict[str, Any]) -> None:
    found = policy(template)

    assert found["default-src"] == ["'none'"]
    stripe = ["https://js.stripe.com", "https://*.js.stripe.com"]
    assert found["script-src"] == ["'self'", *stripe]
    link = ["https://link.com", "https://*.link.com"]
    assert found["frame-src"] == [*stripe, "https://hooks.stripe.com", *link]
    assert found["connect-src"] == ["'self'", "https://api.stripe.com", *link, "${PageMayReach}"]
    assert found["img-src"] == ["'self'", "data:", "https://*.stripe.com", "https://*.link.com"]
    assert found["style-src"] == ["'self'"]
    assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]
    everywhere = {source for sources in found.values() for source in sources}
    assert everywhere.isdisjoint({"*", "https:", "'unsafe-eval'"})
    assert [name for name, each in found.items() if "'unsafe-inline'" in each] == ["style-src-attr"]


@pytest.mark.parametrize("given", ["https://a.example; script-src *", "http://a.example", "*"])
def test_what_the_sign_in_may_reach_cannot_widen_the_rest(
    template: dict[str, Any], given: str
) -> None:
    pattern = template["Parameters"]["PageMayReach"]["AllowedPattern"]

    assert re.match(pattern, "https://login.example.com https://id.example:8443")
    assert re.match(pattern, given) is None


def test_answers_of_the_api_are_never_cached_nor_replaced(resources: Resources) -> None:
    [distribution] = resources.of_type("AWS::CloudFront::Distribution").values()
    config = distribution["Properties"]["DistributionConfig"]

    [api] = config["CacheBehaviors"]
    assert api["PathPattern"] == "/api/*"
    assert api["TargetOriginId"] == "api"
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert "CustomErrorResponses" not in config

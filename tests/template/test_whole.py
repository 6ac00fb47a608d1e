"""What holds for the template as a whole: secrets, the API's edge, alarms, configuration."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.template.reading import Resources, directory_of, statements

SECRETIVE = re.compile(r"SECRET|PASSWORD|API_KEY|WEBHOOK|CREDENTIAL")


def test_a_secret_is_named_in_the_environment_and_never_spelled_out(
    template: dict[str, Any], resources: Resources
) -> None:
    blocks = [template["Globals"]["Function"], *resources.functions.values()]
    variables = [
        (name, value)
        for block in blocks
        for name, value in block.get("Environment", {}).get("Variables", {}).items()
        if SECRETIVE.search(name)
    ]

    assert variables
    for name, value in variables:
        assert isinstance(value, dict), f"{name} is spelled out"


def test_no_parameter_has_a_secret_for_a_default(template: dict[str, Any]) -> None:
    for name, parameter in template["Parameters"].items():
        if name.endswith("Name"):
            assert parameter["Default"] == "", name
            assert re.match(parameter["AllowedPattern"], "sk_test_1") is None, name
        elif SECRETIVE.search(name.upper()):
            assert not parameter.get("Default"), name


def test_secrets_are_generated_where_nobody_sees_them(resources: Resources) -> None:
    for name, secret in resources.of_type("AWS::SecretsManager::Secret").items():
        generated = secret["Properties"]["GenerateSecretString"]

        assert generated["PasswordLength"] >= 32, name
        assert "SecretString" not in secret["Properties"], name


def test_the_api_is_throttled_and_logs_every_access(resources: Resources) -> None:
    api = resources["Api"]["Properties"]

    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= set(api["DefaultRouteSettings"])
    assert api["AccessLogSettings"]["DestinationArn"] == {"Fn::GetAtt": ["ApiLogs", "Arn"]}


@pytest.mark.fault(
    "G44",
    "A page of another site calls",
    "No header lets it in unless a parameter names the site; never with credentials",
)
def test_other_sites_may_call_only_when_a_parameter_names_them(
    template: dict[str, Any], resources: Resources
) -> None:
    condition, settings, otherwise = resources["Api"]["Properties"]["CorsConfiguration"]["Fn::If"]

    assert condition == "PagesMayCall"
    assert settings["AllowOrigins"] == {"Fn::Split": [",", {"Ref": "AllowedOrigins"}]}
    assert "AllowCredentials" not in settings
    assert {each.lower() for each in settings["AllowHeaders"]} == {
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
    }
    assert {each.lower() for each in settings["ExposeHeaders"]} == {
        "content-disposition",
        "etag",
        "idempotency-replayed",
        "link",
        "retry-after",
        "x-request-id",
    }
    assert otherwise == {"Ref": "AWS::NoValue"}
    assert template["Parameters"]["AllowedOrigins"]["Default"] == ""


@pytest.mark.parametrize(
    ("origins", "accepted"),
    [
        ("", True),
        ("https://app.example.com", True),
        ("https://app.example.com,http://localhost:5173", True),
        ("https://app.example.com, http://localhost:5173", False),
        ("https://app.example.com/", False),
        ("app.example.com", False),
        ("*", False),
    ],
)
def test_an_origin_that_no_page_could_have_is_refused_at_deploy(
    template: dict[str, Any], origins: str, accepted: bool
) -> None:
    pattern = template["Parameters"]["AllowedOrigins"]["AllowedPattern"]

    assert (re.search(pattern, origins) is not None) is accepted


def test_every_alarm_reaches_whoever_asked_to_hear_of_them(resources: Resources) -> None:
    alarms = resources.of_type("AWS::CloudWatch::Alarm")

    assert {"LedgerDriftAlarm", "FailedJobsAlarm", "ThrottlesAlarm"} <= set(alarms)
    for name, alarm in alarms.items():
        condition, targets, _otherwise = alarm["Properties"]["AlarmActions"]["Fn::If"]
        assert condition == "AlarmsAreMailed", name
        assert targets == [{"Ref": "AlarmTopic"}], name


@pytest.mark.fault("V2")
def test_dead_letters_ring_when_they_are_filed_and_when_they_are_not(resources: Resources) -> None:
    alarms = resources.of_type("AWS::CloudWatch::Alarm")
    filed = {event["Queue"]["Fn::GetAtt"][0] for event in _filing(resources)}

    assert filed == {"FailedJobsQueue", "FailedWebhooksQueue"}
    for queue in filed:
        name = {"Fn::GetAtt": [queue, "QueueName"]}
        watched = {
            alarm["Properties"]["MetricName"]
            for alarm in alarms.values()
            if name in [each["Value"] for each in alarm["Properties"].get("Dimensions", [])]
        }
        assert watched == {"DeadLetters", "ApproximateAgeOfOldestMessage"}


def _filing(resources: Resources) -> list[dict[str, Any]]:
    events = resources.functions["FileDeadLettersFunction"]["Events"]
    return [each["Properties"] for each in events.values()]


@pytest.mark.fault(
    "N7",
    "A job is added, and its dead letter cannot be sent again from the inbox",
    "The function that tries a case again may invoke every function whose failures are kept",
)
def test_every_function_whose_failures_are_kept_can_be_run_again(resources: Resources) -> None:
    queue = json.dumps({"Fn::GetAtt": ["FailedJobsQueue", "Arn"]})
    failing = {
        name
        for name, properties in resources.functions.items()
        if queue
        in json.dumps({each: properties.get(each) for each in ("Events", "EventInvokeConfig")})
    }
    said = statements(resources.functions["RetryExceptionFunction"], resources)
    [allowed] = [each["Resource"] for each in said if each["Sid"] == "RunJobsAgain"]

    again = {name for name in resources.functions if f'["{name}", "Arn"]' in json.dumps(allowed)}

    assert again == failing - {"FileDeadLettersFunction"}


@pytest.mark.fault("C30.10")
def test_every_job_raises_an_alarm_when_it_fails(resources: Resources) -> None:
    watched = {
        str(dimension["Value"].get("Ref"))
        for alarm in resources.of_type("AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["MetricName"] == "Errors"
        for dimension in alarm["Properties"]["Dimensions"]
    }

    assert set(resources.events("ScheduleV2")) | {"AuthorizeFunction"} <= watched


@pytest.mark.fault(
    "C30.11",
    "A job is not started any more",
    "An alarm rings when its numbers stay away",
    no_mutant="the alarm is the defence, and the template's test reads it",
)
def test_every_job_that_falls_silent_raises_an_alarm(resources: Resources) -> None:
    jobs = {name.removesuffix("Function") for name in resources.events("ScheduleV2")}
    silent = {
        name.removesuffix("SilentAlarm"): alarm["Properties"]
        for name, alarm in resources.of_type("AWS::CloudWatch::Alarm").items()
        if name.endswith("SilentAlarm")
    }

    assert set(silent) == jobs
    for name, alarm in silent.items():
        source = Path("functions", directory_of(f"{name}Function"), "app.py").read_text()
        assert f'"{alarm["MetricName"]}":' in source, name
        assert alarm["Statistic"] == "SampleCount", name
        assert alarm["ComparisonOperator"] == "LessThanThreshold", name
        assert alarm["TreatMissingData"] == "breaching", name
        assert alarm["Period"] * alarm["EvaluationPeriods"] > _longest_pause(resources, name), name


def test_every_night_each_account_is_verified_in_exactly_one_part(resources: Resources) -> None:
    is_in_one_part(resources, "VerifyLedgerFunction")


def test_every_hour_each_account_is_in_exactly_one_part_of_the_snapshot(
    resources: Resources,
) -> None:
    is_in_one_part(resources, "SnapshotAnalyticsFunction")


def is_in_one_part(resources: Resources, function: str) -> None:
    """Hold the schedules of a function to naming each part once."""
    parts = [
        json.loads(schedule["Input"])
        for name, schedule in resources.schedules()
        if name == function
    ]

    assert len(parts) > 1
    assert [part["segment"] for part in parts] == [*range(len(parts))]
    assert {part["segments"] for part in parts} == {len(parts)}


def _longest_pause(resources: Resources, job: str) -> int:
    """Return the seconds between two runs of a schedule: a rate's, or a day's for a cron."""
    expression = resources.events("ScheduleV2")[f"{job}Function"]["ScheduleExpression"]
    match = re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", expression)
    if match is None:
        assert re.fullmatch(r"cron\(\d+ \d+ \* \* \? \*\)", expression)
        return 86_400
    return int(match[1]) * {"minute": 60, "hour": 3_600}[match[2]]


def test_the_outputs_are_those_that_somebody_reads_and_say_what_they_are(
    template: dict[str, Any],
) -> None:
    stripe = {f"Stripe{name}Parameter" for name in ("SecretKey", "PublishableKey", "WebhookSecret")}

    vapi = {"VapiWebhookUrl", "VapiApiKeyParameter", "VapiWebhookSecretParameter"}
    own = {"ApiUrl", "ApiId", "StripeWebhookUrl", "EventBus"}
    page = {"PageUrl", "PageBucket", "PageDistribution"}

    assert set(template["Outputs"]) == own | stripe | vapi | page
    assert all(output["Description"] for output in template["Outputs"].values())


def test_a_second_deployment_in_the_same_account_does_not_clash_with_the_first(
    resources: Resources,
) -> None:
    names = [schedule["Name"]["Fn::Sub"] for _, schedule in resources.schedules()]

    assert len(set(names)) == len(names)
    assert all("${AWS::StackName}" in name for name in names)
    for kind, name in (("DynamoDB::Table", "TableName"), ("Serverless::LayerVersion", "LayerName")):
        for resource in resources.of_type(f"AWS::{kind}").values():
            assert "${AWS::StackName}" in resource["Properties"][name]["Fn::Sub"]


def test_the_layer_holds_wheels_for_the_processor_that_the_functions_run_on(
    template: dict[str, Any], resources: Resources
) -> None:
    metadata = resources["PrepaidLayer"]["Metadata"]
    processors = template["Parameters"]["Architecture"]["AllowedValues"]

    assert template["Globals"]["Function"]["Architectures"] == [{"Ref": "Architecture"}]
    assert metadata["WorkingDirectory"] == {"Fn::Sub": "layers/prepaid/wheels/${Architecture}"}
    assert {path.parent.name for path in Path("layers").glob("*/wheels/*/wheels.mk")} == set(
        processors
    )


def test_each_environment_builds_and_deploys_for_the_same_processor() -> None:
    config = tomllib.loads(Path("samconfig.toml").read_text())

    for name in ("local", "dev", "prod"):
        built, deployed = (
            _architecture(config[name].get(command, {}).get("parameters", {}))
            for command in ("build", "deploy")
        )
        assert built == deployed, name


def _architecture(parameters: dict[str, Any]) -> str | None:
    match = re.search(r"Architecture=(\w+)", parameters.get("parameter_overrides", ""))
    return match[1] if match else None

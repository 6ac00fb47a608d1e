"""Each function is one directory, one role, and says what triggers it; all share one log group."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.template.reading import Resources, actions, directory_of, statements

LEDGER = ("UserCreditsTable", "CreditTransactionsTable", "UsageTrackingTable")
FORBIDDEN = {
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:UpdateItem",
}
SCANNERS = {"VerifyLedgerFunction", "SnapshotAnalyticsFunction"}
TRIGGERS = (
    ("DynamoDB", "STREAM"),
    ("SQS", "QUEUE"),
    ("EventBridgeRule", "EVENT"),
    ("ScheduleV2", "SCHEDULE"),
)
PUBLIC = {
    "/api/credits/config",
    "/api/credits/packages",
    "/api/credits/pricing",
    "/api/credits/openapi.json",
}
PUBLIC_WEBHOOKS = {"/api/credits/stripe/webhook", "/api/credits/vapi/webhook"}
LINKS_IN_MAILS = {"/api/credits/mail"}


def test_every_directory_of_functions_is_a_function_and_the_other_way_round(
    resources: Resources,
) -> None:
    directories = {path.parent.name for path in Path("functions").glob("*/app.py")}

    assert {directory_of(name) for name in resources.functions} == directories


def test_a_function_is_built_from_the_directory_that_it_is_named_after(
    resources: Resources,
) -> None:
    sources = {name: properties["CodeUri"] for name, properties in resources.functions.items()}

    assert sources == {name: f"functions/{directory_of(name)}/" for name in sources}


def test_every_function_has_a_sample_event(resources: Resources) -> None:
    samples = {path.stem for path in Path("events").glob("*.json")}

    assert samples == {directory_of(name) for name in resources.functions}


def test_the_sample_event_of_an_endpoint_is_a_request_to_its_route(resources: Resources) -> None:
    for name, route in resources.events("HttpApi").items():
        sample = json.loads(Path("events", f"{directory_of(name)}.json").read_text())

        assert sample["routeKey"] == f"{route['Method']} {route['Path']}"


def test_the_docstring_of_a_handler_begins_with_what_triggers_it(resources: Resources) -> None:
    routes = resources.events("HttpApi")
    for name in resources.functions:
        source = Path("functions", directory_of(name), "app.py").read_text()
        docstring = ast.get_docstring(ast.parse(source)) or ""

        if name in routes:
            route = routes[name]
            assert docstring.startswith(f"{route['Method']} {route['Path']}: "), name
        elif triggers := [word for kind, word in TRIGGERS if name in resources.events(kind)]:
            assert docstring.startswith(" and ".join(triggers) + ": "), name
        else:
            assert docstring.lower().startswith(("authorizer", "deploy")), name


@pytest.mark.fault(
    "G43",
    "A function is changed so that it would delete from the ledger or write around its conditions",
    "IAM denies it: the boundary of every function's role, whatever its policies allow",
)
def test_nobody_can_delete_from_the_ledger_or_write_around_its_conditions(
    template: dict[str, Any], resources: Resources
) -> None:
    boundary = template["Globals"]["Function"]["PermissionsBoundary"]["Ref"]
    found = resources[boundary]["Properties"]["PolicyDocument"]["Statement"]
    denials = [statement for statement in found if statement["Effect"] == "Deny"]

    assert any(
        set(actions(denial)) >= FORBIDDEN
        and denial["Resource"] == [{"Fn::GetAtt": [table, "Arn"]} for table in LEDGER]
        for denial in denials
    )


@pytest.mark.fault("G43")
@pytest.mark.parametrize("own", ["PermissionsBoundary", "Role", "LoggingConfig"])
def test_no_function_leaves_the_boundary_or_the_log_of_all(resources: Resources, own: str) -> None:
    assert [name for name, each in resources.functions.items() if own in each] == []


def test_every_permission_is_named_and_none_reaches_for_everything(resources: Resources) -> None:
    for name, properties in resources.functions.items():
        for statement in statements(properties, resources):
            assert statement.get("Sid"), name
            assert "*" not in json.dumps([statement["Action"], statement["Resource"]]), name


def test_only_the_verifying_jobs_may_scan(resources: Resources) -> None:
    scanners = {
        name
        for name, properties in resources.functions.items()
        for statement in statements(properties, resources)
        if "dynamodb:Scan" in actions(statement)
    }

    assert scanners <= SCANNERS


def test_a_function_reads_only_the_secrets_that_it_is_told_of(resources: Resources) -> None:
    for name, properties in resources.functions.items():
        given = properties.get("Environment", {}).get("Variables", {}).values()
        read = [
            statement["Resource"]
            for statement in statements(properties, resources)
            if "secretsmanager:GetSecretValue" in actions(statement)
        ]

        assert all(secret in given for secret in read), name


def test_all_functions_log_to_one_group_with_retention(
    template: dict[str, Any], resources: Resources
) -> None:
    group = template["Globals"]["Function"]["LoggingConfig"]["LogGroup"]["Ref"]

    assert resources[group]["Properties"] == {
        "LogGroupName": {"Fn::Sub": "/aws/lambda/${AWS::StackName}"},
        "RetentionInDays": {"Ref": "LogRetentionDays"},
    }


@pytest.mark.fault(
    "C30.10",
    "A schedule fails or is not started",
    "Dead letters and alarms",
    no_mutant="the alarm is the defence, and the template's test reads it",
)
def test_a_schedule_that_fails_leaves_a_dead_letter_twice(resources: Resources) -> None:
    queue = {"Fn::GetAtt": ["FailedJobsQueue", "Arn"]}
    schedules = resources.schedules()

    assert schedules
    for name, schedule in schedules:
        on_failure = resources.functions[name]["EventInvokeConfig"]["DestinationConfig"]
        assert schedule["DeadLetterConfig"] == {"Arn": queue}
        assert on_failure["OnFailure"] == {"Type": "SQS", "Destination": queue}


def test_only_what_everybody_may_see_is_served_without_a_token(resources: Resources) -> None:
    public = {
        route["Path"]
        for route in resources.events("HttpApi").values()
        if route.get("Auth") == {"Authorizer": "NONE"}
    }

    assert resources["Api"]["Properties"]["Auth"]["DefaultAuthorizer"] == "Token"
    assert public <= PUBLIC | PUBLIC_WEBHOOKS | LINKS_IN_MAILS


@pytest.mark.parametrize(
    ("kind", "most"), [("SQS", 10_000), ("DynamoDB", 10_000), ("Kinesis", 10_000)]
)
def test_batches_stay_within_what_aws_accepts(resources: Resources, kind: str, most: int) -> None:
    for event in resources.events(kind).values():
        size = event.get("BatchSize", 10)

        assert size <= most
        assert "ReportBatchItemFailures" in event["FunctionResponseTypes"]
        if kind == "SQS" and size > 10:
            assert event["MaximumBatchingWindowInSeconds"] >= 1


def test_a_batch_from_a_fifo_queue_is_at_most_ten(resources: Resources) -> None:
    fifo = {
        name
        for name, queue in resources.of_type("AWS::SQS::Queue").items()
        if queue["Properties"].get("FifoQueue")
    }
    for event in resources.events("SQS").values():
        if event["Queue"]["Fn::GetAtt"][0] in fifo:
            assert event.get("BatchSize", 10) <= 10


def test_a_stream_is_retried_a_bounded_time_and_then_kept(resources: Resources) -> None:
    for event in resources.events("DynamoDB").values():
        assert event["BisectBatchOnFunctionError"] is True
        assert 0 < event["MaximumRetryAttempts"] <= 100
        assert 60 <= event["MaximumRecordAgeInSeconds"] <= 86_400
        assert event["DestinationConfig"]["OnFailure"]["Destination"]


@pytest.mark.fault("N4")
def test_a_schedule_says_what_it_sends(resources: Resources) -> None:
    for name, schedule in resources.schedules():
        assert isinstance(json.loads(schedule["Input"]), dict), name


def test_the_parts_of_a_job_are_whole_and_start_together(resources: Resources) -> None:
    parts: dict[str, list[tuple[str, dict[str, int]]]] = {}
    for name, schedule in resources.schedules():
        if schedule["Input"] != "{}":
            part = (schedule["ScheduleExpression"], json.loads(schedule["Input"]))
            parts.setdefault(name, []).append(part)

    assert {"SettleDueFunction", "VerifyLedgerFunction"} <= set(parts)
    for whole in parts.values():
        [(expression, segments)] = {(each, part["segments"]) for each, part in whole}
        assert [part["segment"] for _, part in whole] == list(range(segments)), expression

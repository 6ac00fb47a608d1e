"""Mail: the template lets its functions send it, and one of them hear what came of it."""

from typing import Any

import pytest

from tests.support.deployed import ACCOUNT, REGION, Deployed
from tests.template.reading import Resources, actions, statements

SENDER = {"MailSender": "credits@example.com", "MailIdentity": "example.com"}
HEARING = ("ReceiveMailFeedbackFunction", "MailConfiguration", "MailEvents")
SENDING = {"ConfirmRecipientFunction", "DeliverAlertsFunction", "SendTestAlertFunction"}


@pytest.fixture
def stack() -> Deployed:
    """A stack that sends mail."""
    return Deployed(parameters=SENDER)


@pytest.mark.fault("M1")
def test_what_comes_of_the_stack_s_own_mail_and_of_no_other_reaches_the_function(
    resources: Resources, stack: Deployed
) -> None:
    rule = resources.functions["ReceiveMailFeedbackFunction"]["Events"]["Feedback"]["Properties"]
    pattern = stack.resolved(rule["Pattern"])
    events = stack.resolved(resources["MailEvents"]["Properties"])
    bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
    named = stack.physical("MailConfiguration")

    assert pattern["source"] == ["aws.ses"]
    assert pattern["detail-type"] == ["Email Bounced", "Email Complaint Received"]
    assert pattern["detail"] == {"mail": {"tags": {"ses:configuration-set": [named]}}}
    assert "EventBusName" not in rule
    assert events["ConfigurationSetName"] == named
    assert events["EventDestination"] == {
        "Enabled": True,
        "MatchingEventTypes": ["bounce", "complaint"],
        "EventBridgeDestination": {"EventBusArn": bus},
    }


def test_every_function_that_sends_mail_lets_ses_tell_of_it(
    resources: Resources, stack: Deployed
) -> None:
    sending = {
        name
        for name, properties in resources.functions.items()
        if any("ses:SendEmail" in actions(each) for each in statements(properties, resources))
    }
    named = {
        name
        for name, properties in resources.functions.items()
        if "MAIL_CONFIGURATION_SET" in properties.get("Environment", {}).get("Variables", {})
    }

    assert sending == named == SENDING
    found = stack.environment("deliver_alerts")["MAIL_CONFIGURATION_SET"]
    assert found == stack.physical("MailConfiguration")


@pytest.mark.parametrize("name", [*HEARING, "ReceiveMailFeedbackErrorsAlarm"])
def test_a_stack_that_sends_no_mail_has_nothing_of_it(resources: Resources, name: str) -> None:
    silent = Deployed()

    assert resources[name]["Condition"] == "MailIsSent"
    assert silent.environment("deliver_alerts")["MAIL_CONFIGURATION_SET"] == ""
    assert None in _resources(silent.policies("deliver_alerts"), "SendMail")
    assert None in _resources(silent.policies("retry_exception"), "RunJobsAgain")


def _resources(policies: list[tuple[str, list[dict[str, Any]]]], sid: str) -> list[Any]:
    """Return the resources of a statement; `None` for each that a condition leaves out."""
    [found] = [each["Resource"] for _, said in policies for each in said if each["Sid"] == sid]
    assert isinstance(found, list)
    return found


@pytest.mark.fault(
    "M8",
    "The table cannot be reached when SES tells of a bounce",
    "It is tried for six hours, then a case that can be tried again; an alarm rings",
    no_mutant="retries and dead letters are EventBridge's and Lambda's, and the test reads them",
)
def test_feedback_that_fails_is_tried_for_a_while_and_then_a_dead_letter(
    resources: Resources, stack: Deployed
) -> None:
    function = resources.functions["ReceiveMailFeedbackFunction"]
    rule = function["Events"]["Feedback"]["Properties"]
    queue = {"Fn::GetAtt": ["FailedJobsQueue", "Arn"]}
    policy = resources["FailedJobsQueuePolicy"]["Properties"]["PolicyDocument"]
    [statement] = stack.resolved(policy)["Statement"]
    source = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{stack.resolved(rule['RuleName'])}"

    assert rule["DeadLetterConfig"] == {"Arn": queue}
    assert rule["RetryPolicy"] == {"MaximumEventAgeInSeconds": 21_600, "MaximumRetryAttempts": 20}
    assert function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"] == queue
    assert source in statement["Condition"]["ArnLike"]["aws:SourceArn"]


def test_an_address_that_ses_would_suppress_can_be_confirmed_anew(resources: Resources) -> None:
    options = resources["MailConfiguration"]["Properties"]["SuppressionOptions"]

    assert options == {"SuppressedReasons": []}

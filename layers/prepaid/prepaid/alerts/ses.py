"""Mail by Amazon SES: one message for each letter, without any template of SES.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

from typing import Any

from botocore.exceptions import ClientError

from prepaid.alerts.letters import Letter
from prepaid.alerts.ports import Undeliverable
from prepaid.alerts.ses_events import tags_of
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.failures import passing_is_unavailable

REFUSED = frozenset({"MessageRejected", "BadRequestException"})
"""What SES answers about a message that it takes from nobody: to no mailbox, or one on its list."""
SANDBOX = "not verified"
"""Part of the answer where the sender, or in the sandbox any address, still has to be verified."""
LONGEST_HEADER = 870
"""The longest value of a header that SES takes."""


class SesMailer:
    """`Mailer` on SES, from the address *sender*.

    What SES hears of a mail later it tells by *configuration_set*, and to nobody without one.
    """

    def __init__(self, client: Any, sender: str, configuration_set: str = "") -> None:
        self._client = client
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, letter: Letter) -> None:
        """Send a message with a text and an HTML part.

        Raises `ClientError` for what only a change of the deployment can mend.
        """
        try:
            with passing_is_unavailable("The mail server is too busy, or did not answer."):
                answer = self._client.send_email(
                    FromEmailAddress=self._sender,
                    Destination={"ToAddresses": [letter.to]},
                    Content={"Simple": _message(letter)},
                    **self._events_of(letter),
                )
        except ClientError as exc:
            code, text = exc.response["Error"]["Code"], exc.response["Error"].get("Message", "")
            if code in REFUSED and SANDBOX not in text:
                raise Undeliverable(f"The mailbox takes no mail ({code}).") from exc
            raise
        if "MessageId" not in answer:
            raise Unavailable("The mail server did not answer.")

    def _events_of(self, letter: Letter) -> dict[str, Any]:
        """Ask for events, and let them name the account."""
        if not self._configuration_set:
            return {}
        tags = [{"Name": name, "Value": text} for name, text in tags_of(letter.account_id).items()]
        return {"ConfigurationSetName": self._configuration_set, "EmailTags": tags}


def _message(letter: Letter) -> dict[str, Any]:
    headers = [
        {"Name": name, "Value": value}
        for name, value in letter.headers.items()
        if len(value) <= LONGEST_HEADER
    ]
    return {
        "Subject": _content(letter.subject),
        "Body": {"Text": _content(letter.text), "Html": _content(letter.html)},
        **({"Headers": headers} if headers else {}),
    }


def _content(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}

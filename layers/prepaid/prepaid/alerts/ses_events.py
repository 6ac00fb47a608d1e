"""Events of SES about mail that it took: bounces and complaints, as EventBridge carries them.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from prepaid.alerts.addresses import AddressState
from prepaid.alerts.feedback import Feedback, NotFeedback
from prepaid.domain.credits import AccountId, Instant

ACCOUNT_TAG = "account"
"""Begins the names of the tags whose values together are the account of a mail, in base64."""
LONGEST_TAG = 256
"""The longest value of a tag that SES takes; it holds letters, digits, `-` and `_`."""
MOST_TAGS = 3
"""Enough for the longest account there can be, of 128 characters in four bytes each."""
LONGEST_ADDRESS = 320
"""The longest address that SES takes."""
PASSING = ("Transient", "Undetermined")
"""Types of bounces after which a mailbox may take mail: it is full, a message is too large."""
NO_COMPLAINT = frozenset({"auth-failure", "not-spam"})
"""Types of feedback in which no owner says that mail is unwanted (RFC 5965, RFC 6591)."""
EPOCH, SECOND = datetime.fromtimestamp(0, UTC), timedelta(seconds=1)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")


def tags_of(account_id: AccountId) -> Mapping[str, str]:
    """Return the tags by which the events of a mail name its account."""
    text = urlsafe_b64encode(account_id.encode()).rstrip(b"=").decode()
    parts = range(0, len(text), LONGEST_TAG)
    return {
        f"{ACCOUNT_TAG}-{number}": text[at : at + LONGEST_TAG] for number, at in enumerate(parts)
    }


def feedback_of(detail: object) -> Feedback | None:
    """Read the `detail` of an event; `None` for one that blames nobody. Raises `NotFeedback`."""
    said = _part(detail)
    match said.get("eventType"):
        case "Bounce":
            bounce = _part(said.get("bounce"))
            match bounce.get("bounceType"):
                case "Permanent":
                    why = _word(bounce, "bounceSubType")
                    return _feedback(said, AddressState.BOUNCED, why, bounce.get("timestamp"))
                case str(passing) if passing in PASSING:
                    return None
                case _:
                    raise NotFeedback("It does not say whether the mailbox may take mail.")
        case "Complaint":
            complaint = _part(said.get("complaint"))
            why = _word(complaint, "complaintFeedbackType")
            if why in NO_COMPLAINT:
                return None
            return _feedback(said, AddressState.COMPLAINED, why, complaint.get("timestamp"))
        case str():
            return None
        case _:
            raise NotFeedback("It does not say what happened.")


def _feedback(
    said: Mapping[str, object], state: AddressState, why: str, given_at: object
) -> Feedback:
    """Read whom it is about from the mail as it was sent: servers may name another address."""
    mail = _part(said.get("mail"))
    match mail.get("destination"):
        case [str(email)] if email.isascii() and len(email) <= LONGEST_ADDRESS:
            return Feedback(
                account_id=_account(_part(mail.get("tags"))),
                email=email.lower(),
                state=state,
                why=why,
                sent_at=_time(mail.get("timestamp")),
                given_at=_time(given_at),
            )
        case _:
            raise NotFeedback("It is not about a mail to one address.")


def _account(tags: Mapping[str, object]) -> AccountId:
    text = ""
    for number in range(MOST_TAGS):
        match tags.get(f"{ACCOUNT_TAG}-{number}", [""]):
            case [str(value)] if len(value) <= LONGEST_TAG:
                text += value
            case _:
                raise NotFeedback("A tag of its mail has not one value.")
    try:
        account_id = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as exc:
        raise NotFeedback("The tags of its mail name no account.") from exc
    if not account_id:
        raise NotFeedback("Its mail has no tag of ours.")
    return AccountId(account_id)


def _part(found: object) -> Mapping[str, object]:
    if not isinstance(found, Mapping):
        raise NotFeedback("A part of it is missing.")
    return found


def _word(part: Mapping[str, object], name: str) -> str:
    """Return a word that SES chooses; a server's own text is none."""
    found = part.get(name)
    return found if isinstance(found, str) and _WORD.fullmatch(found) else "unknown"


def _time(found: object) -> Instant:
    try:
        moment = datetime.fromisoformat(str(found))
    except ValueError as exc:
        raise NotFeedback("A time of it cannot be read.") from exc
    if moment.tzinfo is None:
        raise NotFeedback("A time of it has no offset.")
    return Instant((moment - EPOCH) // SECOND)

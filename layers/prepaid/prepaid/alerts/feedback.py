"""Feedback: what mail servers say of mail that was taken before, late, twice, or in any order.

Only a mailbox that will take no mail, or an owner who complains, ends it; its owner begins it anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from prepaid.alerts.addresses import AddressState, Consents
from prepaid.alerts.receivers import address_digest
from prepaid.domain.credits import AccountId, Instant
from prepaid.inbox.ports import Exceptions

UNREADABLE = "mail_feedback_unreadable"
"""The kind of the cases for what nobody can read."""
CASES = {
    AddressState.BOUNCED: ("mailbox_bounced", "The mailbox takes no mail"),
    AddressState.COMPLAINED: ("mailbox_complained", "Its owner complains of the mail"),
}
"""The kind of case, and what it says, by what became of an address."""


class NotFeedback(Exception):
    """What came is no feedback about mail of ours; the message says why, and quotes nothing."""


class FeedbackOutcome(StrEnum):
    """What was made of feedback."""

    STOPPED = "stopped"
    OUTDATED = "outdated"
    BLAMES_NOBODY = "blames_nobody"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A mailbox that takes no mail, or an owner who complains: `why`, in words of the server.

    `given_at` is of the clock of somebody's mail server, `sent_at` of that of SES.
    """

    account_id: AccountId
    email: str
    state: AddressState
    why: str
    sent_at: Instant
    given_at: Instant

    def at(self, now: Instant) -> Instant:
        """Return since when it holds: not before the mail was sent, and not after *now*.

        By a clock that is wrong it would outlive each new confirmation, or none.
        """
        return min(max(self.given_at, self.sent_at), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFeedback:
    """Stops mail that bounces or annoys, and reports it.

    *read* makes feedback of an event; `None` for one that blames nobody. It raises `NotFeedback`.
    """

    consents: Consents
    exceptions: Exceptions
    read: Callable[[object], Feedback | None]

    def receive(self, event: Mapping[str, object], *, now: Instant) -> FeedbackOutcome:
        """Do what an event means; what nobody can read is reported, and is not to come again.

        The address is written before it is reported, and both are safe to repeat. Raises
        `Unavailable`.
        """
        try:
            feedback = self.read(event.get("detail"))
        except NotFeedback as exc:
            subject = sha256(repr(event.get("id")).encode()).hexdigest()
            self.exceptions.report(UNREADABLE, subject, str(exc), now=now)
            return FeedbackOutcome.UNREADABLE
        if feedback is None:
            return FeedbackOutcome.BLAMES_NOBODY
        account_id, email, state = feedback.account_id, feedback.email, feedback.state
        if not self.consents.stop_since(account_id, email, state, at=feedback.at(now)):
            return FeedbackOutcome.OUTDATED
        kind, detail = CASES[state]
        subject = f"{account_id}#{address_digest(email)}"
        self.exceptions.report(kind, subject, f"{detail} ({feedback.why}).", now=now)
        return FeedbackOutcome.STOPPED

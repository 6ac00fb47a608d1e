"""Puts together what can be tried again about a case, by its kind."""

from collections.abc import Mapping

from prepaid.alerts.delivery import NOT_DELIVERED
from prepaid.calls.tracking import NEVER_REPORTED, NOT_BILLED
from prepaid.domain.auditing import AdminAct
from prepaid.inbox.dead_letters import DEAD_LETTER, redriven
from prepaid.inbox.ports import ExceptionCase
from prepaid.inbox.resolving import Retry
from prepaid.ledger.audit import DRIFT, verified_again
from prepaid.ledger.verification import Verification
from prepaid.runtime.retries import Deadline
from prepaid.runtime.wiring import alerts, calls, dead_letters, ledger, payments

VERIFYING_SECONDS = 12.0
"""How long one request reads the entries of an account."""


def case_retries() -> Mapping[str, Retry]:
    """Return how each kind of case is tried again; the others are for a person to decide."""
    return {
        DRIFT: _verify,
        NOT_DELIVERED: _deliver,
        NOT_BILLED: _settle,
        NEVER_REPORTED: _settle,
        DEAD_LETTER: _send_again,
    }


def _verify(case: ExceptionCase, _by: AdminAct) -> str | None:
    verification = Verification(
        audit=ledger.store(),
        checks=payments.account_checks(),
        time_is_up=Deadline(seconds=VERIFYING_SECONDS).is_over,
    )
    return verified_again(verification, case.subject)


def _deliver(case: ExceptionCase, by: AdminAct) -> str | None:
    return alerts.alerting().deliver_again(case.subject, now=by.now)


def _settle(case: ExceptionCase, by: AdminAct) -> str | None:
    tracking = calls.tracking()
    return tracking.settled_again(case.subject, request_id=by.request_id, now=by.now)


def _send_again(case: ExceptionCase, _by: AdminAct) -> str | None:
    parts = dead_letters.parts
    return redriven(parts.letters(), parts.redrive(), case.subject)

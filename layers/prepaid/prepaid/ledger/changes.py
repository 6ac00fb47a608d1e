"""Changes of an account that need no entry: what somebody sets, what is announced."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.errors import Unavailable
from prepaid.domain.following import ExpireDue
from prepaid.domain.limiting import SpendingLimitExceeded, announce_refusal
from prepaid.ledger.ports import RetryBudget

type Rule = Callable[[Decision], Decision | None]
"""Makes a decision out of one that has settled what is due; `None` where nothing is to change."""


class Landing(Protocol):
    """What became of one commit."""

    @property
    def account(self) -> Account:
        """The account to go on from."""

    @property
    def landed(self) -> bool:
        """Whether the decision was committed."""


class Committing(Protocol):
    """The part of the ledger that changes need."""

    def account(self, account_id: AccountId, budget: RetryBudget | None = None) -> Account:
        """Return the account as it was last committed. Raises `Unavailable`."""

    def attempt(self, decision: Decision, account: Account, budget: RetryBudget) -> Landing:
        """Commit *decision*, made of *account*, once. Raises `Unavailable`."""


def change(
    ledger: Committing,
    account_id: AccountId,
    rule: Rule,
    clock: Instant,
    budget: RetryBudget,
    *,
    request_id: str,
) -> Account:
    """Commit what *rule* makes of an account, and return the account.

    The rule is asked again whenever another commit came first, or it cannot be known whether this
    one landed. Where more has ended than one commit settles, that is committed first. Raises what
    the rule raises, and `Unavailable`.
    """
    cause = ExpireDue(request_id=request_id)
    account = ledger.account(account_id, budget)
    while True:
        settled = begin(account, clock, cause)
        decision = settled if settled.unsettled else rule(settled)
        if decision is None:
            return account
        attempt = ledger.attempt(decision, account, budget)
        account = attempt.account
        if attempt.landed and not settled.unsettled:
            return account


def enlist(ledger: Committing, account_id: AccountId, clock: Instant, budget: RetryBudget) -> None:
    """Commit an account of before there were lists of accounts: its rows are written with it.

    Nothing is written of one that has them. Raises `Unavailable`; repeating is safe.
    """

    def rule(decision: Decision) -> Decision | None:
        return None if decision.account.listed else decision

    change(ledger, account_id, rule, clock, budget, request_id="enlist")


def announce_refusals(
    ledger: Committing,
    account_id: AccountId,
    answers: Iterable[object],
    clock: Instant,
    budget: RetryBudget,
) -> None:
    """Announce each limit that refused for the first time in its window; mostly there is none.

    What cannot be announced now is announced with the next refusal: a refusal stands either way.
    """
    reported: set[object] = set()
    for refusal in answers:
        if isinstance(refusal, SpendingLimitExceeded) and not refusal.unannounced <= reported:
            reported |= refusal.unannounced
            with suppress(Unavailable):
                _announce(ledger, account_id, refusal, clock, budget)


def _announce(
    ledger: Committing,
    account_id: AccountId,
    refusal: SpendingLimitExceeded,
    clock: Instant,
    budget: RetryBudget,
) -> None:
    def rule(decision: Decision) -> Decision | None:
        account, alerts = announce_refusal(decision.account, refusal, decision.now)
        if not alerts:
            return None
        return replace(decision, account=account).with_records(*alerts)

    change(ledger, account_id, rule, clock, budget, request_id="limit")

"""What the alert jobs ask of the store: it grows with what is due, not with the accounts.

The stores are the product's own; what answers them is in memory, with indexes and pages.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from prepaid.accounts.settings import SavedSettings
from prepaid.alerts.channels import Channel, Contacts
from prepaid.alerts.delivery import Alerting
from prepaid.alerts.dynamodb.addresses import DynamoContactBook
from prepaid.alerts.dynamodb.history import DynamoAlertHistory
from prepaid.alerts.dynamodb.outbox import DynamoOutbox, alert_to_item
from prepaid.alerts.dynamodb.repeats import DynamoRepeats
from prepaid.alerts.eventbridge import event_id
from prepaid.alerts.receivers import Receivers
from prepaid.alerts.repeating import Repeating
from prepaid.domain.account import Account, Threshold, Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.grants import DAY_SECONDS, Grant, GrantKind
from prepaid.domain.keys import Fingerprint
from prepaid.domain.projecting import projected
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.shards import shard_of
from prepaid.ledger.dynamodb import items
from prepaid.ledger.posting import Ledger
from prepaid.ledger.settlement import Settlement

from tests.support.dynamodb import ledger_store, writers
from tests.support.indexed_tables import IndexedTables
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_payments import MemoryExceptions
from tests.support.stage import Bus

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOW = Instant(1_795_000_000)
DUE = 10
"""So many accounts have credits that expire soon, an alert that waits, and one to repeat."""
LOW = Credits(2_000)
LATER = Instant(NOW + 5 * DAY_SECONDS)
_LAST_WEEK = Alert(
    account_id=AccountId(""),
    seq=7,
    raised_at=Instant(NOW - 8 * DAY_SECONDS),
    thresholds=(LOW,),
    balance=Credits(1_000),
    available=Credits(1_000),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a job: what it asked of the store, and how much it did."""

    name: str
    requests: Counter[str]
    done: int


def measured(accounts: int) -> list[Job]:
    """Run each job once among so many accounts, of which `DUE` are due."""
    tables = IndexedTables()
    client = cast("DynamoDBClient", tables)
    _fill(tables, accounts)
    store = ledger_store(client, "")
    ledger = Ledger(store, MemoryRetryBudget)
    contact_book = DynamoContactBook(RecordsTable(client, "credit_records"))
    repeating = Repeating(
        repeats=DynamoRepeats(client, "credit_alerts"),
        contact_book=contact_book,
        account=lambda account_id, now: projected(ledger.account(account_id), now),
        failed=_failed,
    )
    alerting = _alerting(client, contact_book)
    settlement = Settlement(
        expiring=store, ledger=ledger, time_is_up=_never, failed=_failed, unfound=_failed
    )

    def job(name: str, run: Callable[[], int]) -> Job:
        tables.requests.clear()
        done = run()
        return Job(name, Counter(tables.requests), done)

    return [
        job("alerts left behind", lambda: alerting.sweep(now=NOW, time_is_up=_never).delivered),
        job("alerts repeated", lambda: repeating.run(now=NOW, time_is_up=_never).repeated),
        job("expiry notices", lambda: _settle(settlement, tables)),
    ]


def _alerting(client: "DynamoDBClient", contact_book: DynamoContactBook) -> Alerting:
    receivers = Receivers(
        contact_book=contact_book,
        announcers={Channel.BUS: Bus()},
        post=lambda: None,
        sent=DynamoAlertHistory(client, "credit_alerts"),
        event_id=event_id,
    )
    return Alerting(
        outbox=DynamoOutbox(client, "credit_alerts"),
        audience=receivers.audience,
        exceptions=MemoryExceptions(),
        failed=_failed,
    )


def _settle(settlement: Settlement, tables: IndexedTables) -> int:
    settlement.run(now=NOW, request_id="bench")
    return tables.requests["TransactWriteItems"]


def _fill(tables: IndexedTables, accounts: int) -> None:
    """Write accounts with credits that expire, each with an alert of last week."""
    for number in range(accounts):
        name, due = AccountId(f"account-{number}"), number < DUE
        shard = {"S": str(shard_of(name))}
        own = {"account_id": {"S": name}}
        account = _ITEMS[due]
        tables.put("user_credits", {**account, **own, "due_shard": shard})
        repeat_at = {"N": str(NOW if due else LATER)}
        low = {**_ALERT, **own, "repeat_shard": shard, "repeat_at": repeat_at}
        tables.put("credit_alerts", low)
        if due:
            waiting = replace(_LAST_WEEK, account_id=name, raised_at=Instant(NOW - 600))
            tables.put("credit_alerts", alert_to_item(waiting))
            tables.put("credit_records", _settings(name))


def _settings(account_id: AccountId) -> Mapping[str, Any]:
    saved = SavedSettings(
        account_id=account_id,
        version=1,
        fingerprint=Fingerprint("v1:bench"),
        saved_at=NOW,
        saved_by="user:bench",
        contacts=Contacts(repeat_days=7),
    )
    item: Mapping[str, Any] = writers("")["settings"](saved)["Put"]["Item"]
    return item


def _account(*, notice_in: int) -> Mapping[str, Any]:
    expires_at = Instant(NOW + 30 * DAY_SECONDS + notice_in)
    grant = Grant(
        grant_id=1,
        kind=GrantKind.PROMOTIONAL,
        amount=Credits(1_000),
        remaining=Credits(1_000),
        expires_at=expires_at,
    )
    account = Account(
        account_id=AccountId(""),
        seq=7,
        as_of=Instant(NOW - 8 * DAY_SECONDS),
        balance=grant.remaining,
        grants=(grant,),
        thresholds=(Threshold(at=LOW, alerted_at=_LAST_WEEK.raised_at, open=True),),
        listed=True,
        settings_version=1,
    )
    return items.account_to_item(account, version=Version(7))


def _delivered() -> Mapping[str, Any]:
    waiting = alert_to_item(_LAST_WEEK)
    return {name: value for name, value in waiting.items() if name != "undelivered"}


_ALERT = _delivered()
_ITEMS = {True: _account(notice_in=0), False: _account(notice_in=LATER - NOW)}


def _never() -> bool:
    return False


def _failed(*what: object) -> None:
    raise AssertionError(what)

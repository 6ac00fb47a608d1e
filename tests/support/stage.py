"""Functions on memory: everything outside replaced, requests made as the gateway makes them."""

import importlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from prepaid.alerts.history import Acknowledged, PastAlert
from prepaid.alerts.ports import Undeliverable
from prepaid.catalogue.seed import seed
from prepaid.domain import keys
from prepaid.domain.account import Version
from prepaid.domain.commands import Adjust, Command, Give
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import Unavailable
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key
from prepaid.domain.thresholds import Alert
from prepaid.inbox.ports import ExceptionCase
from prepaid.ledger.ports import HistoryQuery, Page
from prepaid.ledger.posting import Ledger
from prepaid.payments.payment import Payment
from prepaid.runtime import clock, observability
from prepaid.runtime.settings import Settings
from prepaid.runtime.wiring import (
    account_settings,
    accounts,
    administration,
    alerts,
    base,
    calls,
    catalogue,
    contacts,
    dead_letters,
    entries,
    inbox,
    ledger,
    lists,
    payments,
    prices,
    profiles,
    snapshot_taking,
    snapshots,
    verification,
    webhooks,
)
from prepaid.webhooks.webhook import SigningKeys

from tests.support.http_events import http_event
from tests.support.memory import (
    MemoryCheckpoints,
    MemoryLedgerStore,
    MemoryOutbox,
    MemoryPayments,
    MemoryRetryBudget,
)
from tests.support.memory_accounts import MemoryAccountLists, MemoryAuditLog, MemoryProfiles
from tests.support.memory_analytics import MemoryAccountDays, MemorySnapshots
from tests.support.memory_calls import MemoryCallProvider, MemoryCalls, MemoryCallSources
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.memory_mail import (
    Mailbox,
    MemoryAllowances,
    MemoryConsents,
    MemoryContactBook,
)
from tests.support.memory_payments import (
    MemoryDeadLetters,
    MemoryExceptions,
    MemoryRecords,
    MemoryWindows,
)
from tests.support.memory_webhooks import (
    MemoryDeliveries,
    MemoryNotices,
    MemoryQueue,
    MemorySender,
    MemoryWalks,
    MemoryWebhooks,
)
from tests.support.selling import FakePaymentProcessor

NOW = 1_795_000_000
USER = AccountId("user-1")
OTHER = AccountId("user-2")
PATHS = {
    "get_balance": "GET balance",
    "list_packages": "GET packages",
    "list_pricing": "GET pricing",
    "get_openapi": "GET openapi.json",
    "record_usage": "POST usage",
    "list_transactions": "GET transactions",
    "get_transaction": "GET transactions/{entry_id}",
    "get_usage_analytics": "GET usage/analytics",
    "check_credits": "POST check",
    "create_hold": "POST holds",
    "extend_hold": "POST holds/{hold_id}/extend",
    "capture_hold": "POST holds/{hold_id}/capture",
    "void_hold": "POST holds/{hold_id}/void",
    "adjust_credits": "POST admin/adjust",
    "create_purchase": "POST purchase",
    "list_purchases": "GET purchases",
    "get_purchase": "GET purchases/{payment_id}",
    "refresh_purchase": "POST purchases/{payment_id}/refresh",
    "refund_payment": "POST admin/refund",
    "admit_call": "POST calls",
    "bind_call": "PUT calls/{call_id}",
    "list_phone_numbers": "GET admin/phone-numbers",
    "put_profile": "PUT admin/users/{account_id}/profile",
    "put_phone_number": "PUT admin/phone-numbers/{phone_number_id}",
    "delete_phone_number": "DELETE admin/phone-numbers/{phone_number_id}",
    "list_grants": "GET grants",
    "get_config": "GET config",
    "get_system_analytics": "GET admin/analytics",
    "grant_credits": "POST admin/grants",
    "void_grant": "POST admin/grants/{account_id}/{grant_id}/void",
    "release_hold": "POST admin/holds/{hold_id}/void",
    "set_account_status": "POST admin/users/{account_id}/status",
    "list_accounts": "GET admin/users",
    "get_account": "GET admin/users/{account_id}",
    "list_audit": "GET admin/audit",
    "manage_packages": "GET admin/packages",
    "create_package": "POST admin/packages",
    "put_package": "PUT admin/packages/{package_id}",
    "archive_package": "DELETE admin/packages/{package_id}",
    "list_alerts": "GET alerts",
    "acknowledge_alert": "POST alerts/{alert_id}/acknowledge",
    "send_test_alert": "POST alerts/test",
    "confirm_recipient": "POST recipients/confirmation",
    "get_settings": "GET settings",
    "put_settings": "PUT settings",
    "get_account_settings": "GET admin/settings/{account_id}",
    "put_account_settings": "PUT admin/settings/{account_id}",
    "manage_pricing": "GET admin/pricing",
    "create_price": "POST admin/pricing",
    "delete_price": "DELETE admin/pricing/{price_id}",
    "create_price_draft": "POST admin/pricing/drafts",
    "put_price_draft": "PUT admin/pricing/drafts/{draft_id}",
    "delete_price_draft": "DELETE admin/pricing/drafts/{draft_id}",
    "publish_price_draft": "POST admin/pricing/drafts/{draft_id}/publish",
    "list_exceptions": "GET admin/exceptions",
    "resolve_exception": "POST admin/exceptions/{exception_id}/resolve",
    "retry_exception": "POST admin/exceptions/{exception_id}/retry",
    "create_webhook": "POST webhooks",
    "list_webhooks": "GET webhooks",
    "get_webhook": "GET webhooks/{webhook_id}",
    "put_webhook": "PUT webhooks/{webhook_id}",
    "delete_webhook": "DELETE webhooks/{webhook_id}",
    "rotate_webhook_secret": "POST webhooks/{webhook_id}/secret",
    "list_deliveries": "GET webhooks/{webhook_id}/deliveries",
    "replay_delivery": "POST webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
    "replay_deliveries": "POST webhooks/{webhook_id}/replay",
    "test_webhook": "POST webhooks/{webhook_id}/test",
    "assign_exception": "POST admin/exceptions/{exception_id}/assign",
}


class StoredPayments(MemoryPayments):
    """The payments in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None]) -> None:
        super().__init__()
        self._reach = reach

    def payment(self, payment_id: str) -> Payment | None:
        self._reach()
        return super().payment(payment_id)

    def of_account(self, account_id: AccountId, **more: Any) -> Sequence[Payment]:
        self._reach()
        return super().of_account(account_id, **more)


class StoredAlerts(MemoryOutbox):
    """The alerts in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None]) -> None:
        super().__init__()
        self._reach = reach

    def of_account(self, account_id: AccountId, **more: Any) -> Sequence[PastAlert]:
        self._reach()
        return super().of_account(account_id, **more)

    def acknowledge(
        self, account_id: AccountId, alert_id: str, acknowledged: Acknowledged
    ) -> PastAlert | None:
        self._reach()
        return super().acknowledge(account_id, alert_id, acknowledged)


class Store(MemoryLedgerStore):
    """The ledger in memory; while *broken*, nothing can be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.broken = False
        self.payments = StoredPayments(self._reach)
        self.outbox = StoredAlerts(self._reach)

    def load(self, account_id: AccountId) -> Any:
        self._reach()
        return super().load(account_id)

    def commit(self, decision: Decision, *, seen: Version) -> None:
        self._reach()
        super().commit(decision, seen=seen)

    def entries(self, account_id: AccountId, keys: Collection[Key]) -> Mapping[Key, Entry]:
        self._reach()
        return super().entries(account_id, keys)

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        self._reach()
        return super().entries_under(account_id, prefix, limit=limit)

    def history(self, query: HistoryQuery) -> Page:
        self._reach()
        return super().history(query)

    def _reach(self) -> None:
        if self.broken:
            raise Unavailable("The ledger did not answer in time.")


class Reports(MemoryExceptions):
    """`Exceptions` and `Inbox` in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None]) -> None:
        super().__init__()
        self._reach = reach

    def open_cases(self, **more: Any) -> Sequence[ExceptionCase]:
        self._reach()
        return super().open_cases(**more)

    def case(self, kind: str, subject: str) -> ExceptionCase | None:
        self._reach()
        return super().case(kind, subject)


@dataclass
class Bus:
    """`Announcer` in memory; it refuses the accounts in *refused*, and is away while *broken*."""

    announced: list[Alert] = field(default_factory=list)
    events: list[Mapping[str, object]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    broken: bool = False

    def announce(self, alert: Alert) -> None:
        self._reach(alert.account_id)
        self.announced.append(alert)

    def put(self, event: Mapping[str, object]) -> None:
        self._reach(str(event["subject"]))
        self.events.append(event)

    def _reach(self, account_id: str) -> None:
        if self.broken:
            raise Unavailable("The bus did not answer.")
        if account_id in self.refused:
            raise Undeliverable("The bus refuses the event.")


@dataclass(frozen=True)
class Reply:
    """What a function answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.json["code"])

    @property
    def pointers(self) -> list[str]:
        return [error["pointer"] for error in self.json["errors"]]


class Stage:
    """Calls functions by name, with *now* as the time of the next request."""

    def __init__(self) -> None:
        self.store = Store()
        self.catalogue = MemoryCatalogue(audit=self.store.audit, reach=self.store._reach)
        self.profiles = MemoryProfiles(self.store, self.store._reach)
        self.reports = Reports(self.store._reach)
        self.reports.audit = self.store.audit
        self.checkpoints = MemoryCheckpoints()
        self.account_days = MemoryAccountDays()
        self.snapshots = MemorySnapshots(reach=self.store._reach)
        self.payment_processor = FakePaymentProcessor()
        self.bus = Bus()
        self.topic: Bus | None = None
        self.mailbox: Mailbox | None = Mailbox()
        self.consents = MemoryConsents(self.store._reach)
        self.allowances = MemoryAllowances(self.store._reach)
        self.records = MemoryRecords(audit=self.store.audit)
        self.calls = MemoryCalls(reach=self.store._reach)
        self.sources = MemoryCallSources(audit=self.store.audit, reach=self.store._reach)
        self.call_windows = MemoryWindows()
        self.provider = MemoryCallProvider()
        self.webhooks = MemoryWebhooks(reach=self.store._reach)
        self.deliveries = MemoryDeliveries(reach=self.store._reach)
        self.walks = MemoryWalks(reach=self.store._reach)
        self.queue = MemoryQueue()
        self.letters = MemoryDeadLetters(self.store._reach)
        self.sender = MemorySender()
        self.notices = MemoryNotices()
        self.webhook_test_origin = ""
        self.vapi_secret = "vapi_local"
        self.longest_call_seconds = 600
        self.ends_unaffordable_calls = False
        self.largest_adjustment = ""
        self.now = NOW
        self.requests = 0
        seed(self.catalogue)

    @property
    def payment_parts(self) -> payments.Parts:
        return payments.Parts(
            payments=lambda: self.store.payments,
            starts=lambda: self.store.payments,
            records=lambda _: self.records,
            processors={"stripe": lambda: self.payment_processor},
            webhook_secrets=lambda _missed: ("whsec_local",),
            publishable_key=lambda: "pk_test_local",
            live=lambda: False,
        )

    @property
    def call_parts(self) -> calls.Parts:
        return calls.Parts(
            calls=lambda: self.calls,
            sources=lambda: self.sources,
            windows=lambda: self.call_windows,
            provider=lambda: self.provider,
            webhook_secret=lambda _missed: self.vapi_secret,
            prompt_store=lambda: self.store,
            prompt_catalogue=lambda: self.catalogue,
            prompt_calls=lambda: self.calls,
            prompt_sources=lambda: self.sources,
            prompt_exceptions=lambda: self.reports,
            prompt_budget=MemoryRetryBudget,
            longest_seconds=lambda: self.longest_call_seconds,
            refused_text=lambda: "Sorry, not enough credits.",
            ends_unaffordable=lambda: self.ends_unaffordable_calls,
        )

    @property
    def webhook_parts(self) -> webhooks.Parts:
        return webhooks.Parts(
            webhooks=lambda: self.webhooks,
            deliveries=lambda: self.deliveries,
            walks=lambda: self.walks,
            queue=lambda: self.queue,
            sender=lambda: self.sender,
            notices=lambda: self.notices,
            keys=lambda: SigningKeys({"k1": "s" * 64}),
            test_origin=lambda: self.webhook_test_origin,
        )

    def replace_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let every wiring module give what is on the stage."""
        replaced = {
            administration: administration.Parts(
                largest_adjustment=lambda: self.largest_adjustment
            ),
            base: base.Parts(budget=MemoryRetryBudget),
            inbox: inbox.Parts(
                exceptions=lambda: self.reports,
                audit_log=lambda: MemoryAuditLog(self.store, self.store._reach),
            ),
            accounts: accounts.Parts(
                lists=lambda: MemoryAccountLists(
                    self.store, self.store._reach, profiles=self.profiles
                )
            ),
            profiles: profiles.Parts(profiles=lambda: self.profiles),
            ledger: ledger.Parts(store=lambda: self.store),
            entries: entries.Parts(entries=self._entries_in),
            catalogue: catalogue.Parts(catalogue=lambda: self.catalogue),
            prices: prices.Parts(price_editor=lambda: self.catalogue),
            verification: verification.Parts(checkpoints=lambda: self.checkpoints),
            snapshots: snapshots.Parts(snapshots=lambda: self.snapshots),
            snapshot_taking: snapshot_taking.Parts(
                ledger=lambda: self.store,
                payments=lambda: self.store.payments,
                account_days=lambda: self.account_days,
            ),
            lists: lists.Parts(signing_key=lambda: b"k" * 32),
            payments: self.payment_parts,
            dead_letters: dead_letters.Parts(
                letters=lambda: self.letters,
                redrive=lambda: self.letters,
                streamed=lambda: self.letters,
            ),
            account_settings: account_settings.Parts(rows=lambda: self.store.settings),
            calls: self.call_parts,
            webhooks: self.webhook_parts,
            contacts: contacts.Parts(
                contact_book=lambda: MemoryContactBook(self.store.settings, self.store._reach),
                consents=lambda: self.consents,
                allowances=lambda: self.allowances,
                mailer=lambda: self.mailbox,
                public_url=lambda: "https://api.example.com",
            ),
            alerts: alerts.Parts(
                outbox=lambda: self.store.outbox,
                announcer=lambda: self.bus,
                topic=lambda: self.topic,
                history=lambda: self.store.outbox,
                repeats=lambda: self.store.outbox,
            ),
        }
        for module, parts in replaced.items():
            monkeypatch.setattr(module, "parts", parts)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.store, MemoryRetryBudget)

    def call(
        self,
        name: str,
        body: object = None,
        *,
        role: str | None = "user",
        account_id: str = USER,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        path: Mapping[str, str] | None = None,
        base64: bool = False,
    ) -> Reply:
        """Call a function; *body* is sent as JSON unless it is text already."""
        method, _, below = PATHS[name].partition(" ")
        self.requests += 1
        event = http_event(
            method,
            f"/api/credits/{below.format(**(path or {}))}",
            role=role,
            account_id=account_id,
            body=body if isinstance(body, str) or body is None else json.dumps(body),
            headers={**({"idempotency-key": key} if key is not None else {}), **(headers or {})},
            query=query,
            path_parameters=path,
            base64=base64,
        )
        event["requestContext"]["requestId"] = f"req-{self.requests}"
        event["routeKey"] = f"{method} /api/credits/{below}"
        answer = function(name)(event)
        return Reply(answer["statusCode"], answer["headers"], answer["body"])

    def spend(self, key: str = "k", **more: Any) -> Reply:
        """Record the guide's example: one call of 3.2 minutes, 2.60 credits."""
        body = {"operation": "vapi_call", "quantities": {"call": 1, "minute": 3.2}}
        return self.call("record_usage", {**body, **more.pop("body", {})}, key=key, **more)

    def hold(self, key: str = "h", amount: str = "5.00", **more: Any) -> Reply:
        body = {"operation": "vapi_call", "amount": amount, "expires_in": 60}
        return self.call("create_hold", {**body, **more.pop("body", {})}, key=key, **more)

    def _entries_in(self, rows: Sequence[Mapping[str, str]]) -> Sequence[Entry]:
        """Return the entries in rows, as a batch of reads would."""
        asked = [(AccountId(each["account_id"]), Key(each["key"])) for each in rows]
        found = [self.store.entries(account_id, [key]).get(key) for account_id, key in asked]
        return [each for each in found if each is not None]

    def fund(self, amount: str, account_id: AccountId = USER, key: str = "fund") -> None:
        """Give credits as an admin would."""
        self.post(
            account_id,
            Adjust(
                key=keys.adjustment(key),
                actor="admin:admin-1",
                request_id=f"fund-{key}",
                amount=Credits.parse(amount),
                create=True,
            ),
        )

    def give(
        self, amount: str, *, expires_at: int, key: str = "gift", account_id: AccountId = USER
    ) -> None:
        """Give promotional credits that expire."""
        self.post(
            account_id,
            Give(
                key=Key(f"gift:{key}"),
                actor="system",
                request_id=f"give-{key}",
                entry_kind=EntryKind.GRANT,
                grant_kind=GrantKind.PROMOTIONAL,
                amount=Credits.parse(amount),
                expires_at=Instant(expires_at),
            ),
        )

    def post(self, account_id: AccountId, command: Command) -> None:
        self.ledger.post(account_id, lambda _: command, Instant(self.now))

    def balance(self, account_id: AccountId = USER) -> str:
        return str(self.store.load(account_id).balance)

    def entries(self, account_id: AccountId = USER) -> list[Entry]:
        return sorted(self.store.all_entries(account_id), key=lambda entry: entry.seq)


def function(name: str) -> Callable[..., Any]:
    """Return the handler of a function."""
    handler: Callable[..., Any] = importlib.import_module(f"functions.{name}.app").handler
    return handler


def set_up(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return a stage that every function plays on until the test ends."""
    stage = Stage()
    stage.replace_parts(monkeypatch)
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=lambda: stage.now))
    monkeypatch.setattr(clock, "settings", Settings({}))
    monkeypatch.setattr(observability, "settings", Settings({}))
    return stage

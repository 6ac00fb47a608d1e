"""Items of what is kept beside the ledger, word for word: each is written so and read for ever."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from moto import mock_aws
from prepaid.accounts.dynamodb.rows import write_directory_row, write_list_row
from prepaid.accounts.dynamodb.settings import DynamoSettings, put_settings
from prepaid.accounts.settings import SavedSettings
from prepaid.alerts.addresses import AddressState, Consent
from prepaid.alerts.channels import Channel, Contacts, Locale, Recipient
from prepaid.alerts.dynamodb.addresses import DynamoAllowances, DynamoConsents
from prepaid.alerts.dynamodb.outbox import alert_from_item, alert_to_item
from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.dynamodb import DynamoCallSources, call_from_row, put_call
from prepaid.calls.facts import CallEnd, CallStatus, Duration, DurationSource
from prepaid.calls.ports import CallSource
from prepaid.catalogue.dynamodb.rows import (
    draft_from_item,
    draft_to_row,
    package_from_item,
    package_to_item,
    price_from_item,
    price_to_item,
)
from prepaid.catalogue.packages import Package
from prepaid.catalogue.versions import PriceDraft
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.listing import AccountList, DirectoryRow, ListRow
from prepaid.domain.pricing import Price, Quantity, Rate, UnitPrice
from prepaid.domain.thresholds import Alert, AlertKind, LimitStanding
from prepaid.dynamodb.audit import audit_from_row, audit_to_row
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import deserialize, serialize
from prepaid.webhooks.delivery import Delivery, DeliveryState, Try
from prepaid.webhooks.dynamodb.deliveries import DynamoDeliveries
from prepaid.webhooks.dynamodb.rows import (
    delivery_from_row,
    delivery_to_row,
    walk_from_row,
    walk_to_row,
    webhook_from_row,
    webhook_to_row,
)
from prepaid.webhooks.ports import Walk
from prepaid.webhooks.webhook import DisabledBecause, SecretVersion, Webhook

from tests.golden.reading import stored
from tests.support.dynamodb import create_tables, new_client

TABLE = "credit_records"
OWNER = AccountId("konto-é-1")
AT = Instant(1_795_000_000)
LATER = Instant(AT + 60)
MAIL = "käse@example.test"
UNITS = (
    UnitPrice(unit="minute", rate=Rate(500_000), increment=Quantity(100_000), description="Minuté"),
    UnitPrice(unit="call", rate=Rate(1_000_000), minimum=Quantity(1_000_000), counted=True),
)


def written_call(call: Call) -> Any:
    return put_call(call, TABLE)["Put"]["Item"]


def read_call(item: Any) -> Call:
    """Read a call as it was before its write, which counts up its version."""
    call = call_from_row(deserialize(item))
    return replace(call, version=call.version - 1)


type Kind = tuple[object, Callable[[Any], dict[str, Any]], Callable[[dict[str, Any]], object]]

KINDS: dict[str, Kind] = {
    "call": (
        Call(
            call_id="call-é",
            version=3,
            binding=Binding(account_id=OWNER, hold_id=7, by=BoundBy.REFERENCE),
            status=CallStatus.ENDED,
            end=CallEnd(
                duration=Duration(milliseconds=192_000, source=DurationSource.REPORT_TIMES),
                ended_reason="customer-ended-call",
                provider_cost=318_500,
                ended_at=LATER,
            ),
            settled="captured",
            first_seen_at=AT,
            created_at=AT,
            in_progress_at=AT,
            phone_number_id="number-1",
            campaign_id="campaign-1",
            assistant_id="assistant-1",
            control_url="https://control.example.test/1",
            due_at=LATER,
            asked=2,
        ),
        written_call,
        read_call,
    ),
    "call_of_which_little_is_known": (
        Call(call_id="call-2", first_seen_at=AT, end=CallEnd(duration=None)),
        written_call,
        read_call,
    ),
    "audit": (
        AuditRow(
            at=AT,
            actor="admin:é",
            action="void_grant",
            subject="konto-é-1",
            request_id="req-1",
            number=1,
            reason="Kulanz – é",
            note="T-1",
            before={"remaining": "5.00", "open": True},
            after={"remaining": "0.00", "parts": [1, None]},
            account_id=OWNER,
            entry_key=Key("a:void:k"),
        ),
        lambda row: serialize(audit_to_row(row)),
        lambda item: audit_from_row(deserialize(item)),
    ),
    "webhook": (
        Webhook(
            webhook_id="wh_1",
            version=4,
            url="https://hooks.example.test/é",
            description="Büro",
            event_types=("credits.entry.posted",),
            account_ids=(OWNER,),
            secrets=(
                SecretVersion(key_id="k2", number=2, made_by="req-2"),
                SecretVersion(key_id="k1", number=1, made_by="req-1", valid_until=LATER),
            ),
            fingerprint="v1:terms",
            created_at=AT,
            updated_at=LATER,
            updated_by="service:é",
            disabled=DisabledBecause.FAILING,
            disabled_at=LATER,
            failing_since=AT,
            deleted_at=LATER,
        ),
        lambda webhook: serialize(webhook_to_row(webhook, version=webhook.version)),
        lambda item: webhook_from_row(deserialize(item)),
    ),
    "delivery": (
        Delivery(
            webhook_id="wh_1",
            delivery_id="1795000000-d1",
            message_id="msg_1",
            event_type="credits.entry.posted",
            account_id=OWNER,
            body='{"é": 1}',
            at=AT,
            forget_at=LATER,
            state=DeliveryState.PENDING,
            turn=3,
            failed=2,
            tried=2,
            tries=(
                Try(at=AT, milliseconds=15, status=503, error=None, excerpt="é"),
                Try(at=LATER, milliseconds=9, status=None, error="timed_out", excerpt=""),
            ),
            next_at=LATER,
            due_at=LATER,
            single=True,
            replay_keys=("k-1",),
        ),
        lambda delivery: serialize(delivery_to_row(delivery, due_shard="webhook_delivery#3")),
        lambda item: delivery_from_row(deserialize(item)),
    ),
    "walk": (
        Walk(
            webhook_id="wh_1",
            walk_id="k-1",
            since=AT,
            until=LATER,
            only_waiting=True,
            only_failed=True,
            position="1795000000-d1",
            found=5,
            finished=True,
            due_at=LATER,
            forget_at=LATER,
        ),
        lambda walk: serialize(walk_to_row(walk)),
        lambda item: walk_from_row(deserialize(item)),
    ),
    "price": (
        Price(plan="é", operation="vapi_call", effective_from=AT, units=UNITS, ended=True),
        price_to_item,
        price_from_item,
    ),
    "price_draft": (
        PriceDraft(
            draft_id="draft-é",
            plan="default",
            operation="vapi_call",
            units=UNITS,
            prices_version=2,
            updated_at=AT,
            updated_by="admin:é",
            version=3,
        ),
        lambda draft: serialize(draft_to_row(draft)),
        draft_from_item,
    ),
    "package": (
        Package(
            package_id="sommer-é",
            name="Sommer",
            credits=Credits(1_000),
            bonus=Credits(50),
            price=1_000,
            currency="jpy",
            position=3,
            popular=True,
            archived=False,
            description="Für é",
            unlisted=True,
            audience=(OWNER,),
            validity_days=365,
            bonus_validity_days=30,
            version=2,
        ),
        package_to_item,
        package_from_item,
    ),
    "package_of_a_deployment": (
        Package(
            package_id="starter",
            name="Starter",
            credits=Credits(1_000),
            bonus=Credits(0),
            price=1_000,
            currency="usd",
            position=1,
        ),
        package_to_item,
        package_from_item,
    ),
    "alert_of_a_limit": (
        Alert(
            account_id=OWNER,
            seq=7,
            raised_at=AT,
            about=AlertKind.LIMIT_NEAR,
            limit=LimitStanding(
                operation="vapi_call",
                window=Window.DAY,
                by=LimitOwner.USER,
                amount=Credits(1_000),
                used=Credits(800),
                held=Credits(10),
                resets_at=LATER,
            ),
            balance=Credits(1_999),
            available=Credits(-1),
            suppressed=True,
        ),
        alert_to_item,
        alert_from_item,
    ),
    "alert_of_a_recovery": (
        Alert(
            account_id=OWNER,
            seq=8,
            raised_at=AT,
            about=AlertKind.BALANCE_RECOVERED,
            thresholds=(Credits(2_000), Credits(500)),
            balance=Credits(2_000),
            available=Credits(2_000),
        ),
        alert_to_item,
        alert_from_item,
    ),
}
"""A value of each kind, how it is written, and how an item is read."""


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_is_written_and_read_word_for_word(kind: str) -> None:
    value, written, read = KINDS[kind]
    item = stored("release_4", kind)

    assert written(value) == item
    assert read(item) == value


def test_rows_that_only_a_store_writes_are_word_for_word_and_read() -> None:
    saved = SavedSettings(
        account_id=OWNER,
        version=3,
        fingerprint=Fingerprint("v1:settings"),
        saved_at=AT,
        saved_by="user:é",
        contacts=Contacts(
            channels=frozenset({Channel.BUS, Channel.EMAIL}),
            recipients=(Recipient(MAIL, Locale("de")),),
            cooldown_seconds={Channel.EMAIL: 3_600},
        ),
    )
    source = CallSource(
        source_id="number-é",
        account_id=OWNER,
        assistant_id="assistant-1",
        updated_at=AT,
        updated_by="admin:é",
    )
    with mock_aws():
        client = new_client()
        create_tables(client, "", [TABLE])
        table = RecordsTable(client, TABLE)
        consents, sources = DynamoConsents(client, TABLE), DynamoCallSources(client, TABLE)
        consents.asked(OWNER, MAIL, now=AT)
        consents.confirm(OWNER, MAIL, asked_at=AT, now=LATER)
        consents.stop(OWNER, MAIL, AddressState.BOUNCED, now=LATER)
        allowed = {"at_most": 2, "within_seconds": 3_600}
        DynamoAllowances(client, TABLE).take(OWNER, "mail", now=AT, **allowed)
        DynamoDeliveries(client, TABLE).test_at("wh_1", "k-1", AT)
        sources.change(None, source, KINDS["audit"][0])  # type: ignore[arg-type]  # it is one
        for put in (
            put_settings(saved, TABLE),
            write_list_row(ListRow(account_id=OWNER, list=AccountList.DEBT, present=True), TABLE),
            write_directory_row(DirectoryRow(account_id=OWNER), TABLE),
        ):
            client.put_item(**put["Put"])
        rows = client.scan(TableName=TABLE)["Items"]

        found = sorted(rows, key=lambda row: (row["kind_id"]["S"], row["sort"]["S"]))
        written = [row for row in found if not row["kind_id"]["S"].startswith("audit#")]

        assert written == stored("release_4", "records")
        assert consents.consent(OWNER, MAIL) == Consent(
            asked_at=AT, confirmed_at=LATER, stopped_at=LATER, stopped=AddressState.BOUNCED
        )
        assert DynamoSettings(table).saved(OWNER) == saved
        assert sources.source("number-é") == source
        assert DynamoDeliveries(client, TABLE).test_at("wh_1", "k-1", LATER) == (AT, True)

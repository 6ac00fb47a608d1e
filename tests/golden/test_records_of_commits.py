"""Every kind of record that a commit writes has a stored form, written and read word for word."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from prepaid.accounts.settings import SavedSettings
from prepaid.alerts.channels import Contacts
from prepaid.alerts.dynamodb.outbox import alert_from_item
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.listing import AccountList, DirectoryRow, ListRow
from prepaid.domain.records import Record
from prepaid.dynamodb.audit import audit_from_row
from prepaid.dynamodb.values import Item, deserialize
from prepaid.ledger.dynamodb import items
from prepaid.payments.dynamodb.payments import payment_from_item
from prepaid.payments.payment import Payment

from tests.golden.reading import stored
from tests.payments.test_stores import payment
from tests.support.dynamodb import writers
from tests.support.samples import alert, closed_day

OWNER = AccountId("konto #1 %25 😀")
AT = Instant(1_795_000_000)
RECORDS: Mapping[str, Record] = {
    "closed_day": closed_day(OWNER),
    "alert": alert(OWNER),
    "payment": payment("pay_1", OWNER),
    "list": ListRow(account_id=OWNER, list=AccountList.DEBT, present=True),
    "directory": DirectoryRow(account_id=OWNER),
    "audit": AuditRow(
        at=AT,
        actor="admin:ä",
        action="adjust",
        subject=OWNER,
        request_id="request-1",
        number=7,
        reason="Kulanz",
        note="T-1",
        before={"balance": "0.00", "unlimited": False},
        after={"balance": "1.00", "unlimited": False},
        account_id=OWNER,
        entry_key=Key("a:adjust:k"),
    ),
    "settings": SavedSettings(
        account_id=OWNER,
        version=3,
        fingerprint=Fingerprint("v1:settings"),
        saved_at=AT,
        saved_by="user:ä",
    ),
}


def settings_of(item: Item) -> SavedSettings:
    row = deserialize(item)
    return SavedSettings(
        account_id=OWNER,
        version=row["version"],
        fingerprint=row["fingerprint"],
        saved_at=row["saved_at"],
        saved_by=row["saved_by"],
        contacts=Contacts.from_plain(row),
    )


READ: Mapping[str, Callable[[Item], Record]] = {
    "closed_day": items.closed_day_from_item,
    "alert": alert_from_item,
    "payment": payment_from_item,
    "audit": lambda item: audit_from_row(deserialize(item)),
    "settings": settings_of,
}
"""A row of a list, or of the directory, has nothing but its key."""


def written(record: Record) -> dict[str, Any]:
    put: dict[str, Any] = writers("")[record.kind](record)["Put"]
    return {"table": put["TableName"], "item": put["Item"]}


def test_every_kind_of_record_has_its_stored_form() -> None:
    kinds = {each.kind for each in Record.__subclasses__()}

    assert RECORDS.keys() == stored("release_3", "records_of_commits").keys() == kinds
    assert READ.keys() == kinds - {"list", "directory"}


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_a_record_is_written_word_for_word(kind: str) -> None:
    assert written(RECORDS[kind]) == stored("release_3", "records_of_commits")[kind]


@pytest.mark.parametrize("kind", sorted(READ))
def test_a_record_is_read_as_it_was_written(kind: str) -> None:
    found = READ[kind](stored("release_3", "records_of_commits")[kind]["item"])

    given = RECORDS[kind]
    if isinstance(given, Payment):
        given = replace(given, version=given.version + 1)
    assert found == given

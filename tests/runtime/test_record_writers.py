"""Records: each kind has a writer, and what a spend has no use for stays cold."""

import pytest
from prepaid.accounts.settings import SavedSettings
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.keys import Fingerprint
from prepaid.domain.listing import AccountList, DirectoryRow, ListRow
from prepaid.domain.records import Record
from prepaid.payments.payment import Payment

from tests.support.dynamodb import writers
from tests.support.ledger_harness import NOW
from tests.support.samples import alert, closed_day

OWNER = AccountId("user-1")
PAYMENT = Payment(
    payment_id="pay_1",
    account_id=OWNER,
    package_id="starter",
    credits=Credits(10_000),
    bonus=Credits(0),
    price=1000,
    currency="usd",
    created_at=NOW,
    fingerprint="v1:terms",
    provider="stripe",
)

AUDIT = AuditRow(
    at=NOW,
    actor="admin:ann",
    action="status",
    subject=OWNER,
    request_id="request-1",
    before={},
    after={},
)

SAVED = SavedSettings(
    account_id=OWNER,
    version=1,
    fingerprint=Fingerprint("v1:settings"),
    saved_at=NOW,
    saved_by="user:user-1",
)


def test_the_wiring_has_a_writer_for_every_kind_of_record() -> None:
    kinds = {each.kind for each in Record.__subclasses__()}

    assert kinds == writers("t-").keys()
    assert kinds == {"closed_day", "alert", "payment", "list", "directory", "audit", "settings"}


@pytest.mark.parametrize(
    ("record", "table"),
    [
        (closed_day(OWNER), "t-usage_tracking"),
        (alert(OWNER), "t-credit_alerts"),
        (PAYMENT, "t-stripe_payments"),
        (AUDIT, "t-credit_records"),
        (DirectoryRow(account_id=OWNER), "t-credit_records"),
        (ListRow(account_id=OWNER, list=AccountList.DEBT, present=True), "t-credit_records"),
        (SAVED, "t-credit_records"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.kind,
)
def test_each_record_is_written_to_its_own_table(record: Record, table: str) -> None:
    assert writers("t-")[record.kind](record)["Put"]["TableName"] == table


def test_only_what_another_write_can_overtake_is_versioned() -> None:
    assert {each.kind for each in Record.__subclasses__() if each.versioned} == {"payment"}


def test_an_account_that_leaves_a_list_is_deleted_from_it() -> None:
    row = ListRow(account_id=OWNER, list=AccountList.DEBT, present=False)

    assert writers("t-")["list"](row)["Delete"]["TableName"] == "t-credit_records"

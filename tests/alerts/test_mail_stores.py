"""Every store of consents, counts and deliveries keeps the same promises."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from prepaid.alerts.addresses import NO_CONSENT, AddressState, Allowances, Consent, Consents
from prepaid.alerts.dynamodb.addresses import DynamoAllowances, DynamoConsents
from prepaid.alerts.dynamodb.history import DynamoAlertHistory
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.alerts.history import Acknowledged
from prepaid.alerts.ports import AlertDeliveryState, Claim, Delivery
from prepaid.domain.account import Version
from prepaid.domain.credits import Instant
from prepaid.domain.errors import RateLimited

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import NOW, Store, new_account_id
from tests.support.memory import MemoryLedgerStore, MemoryOutbox
from tests.support.memory_mail import MemoryAllowances, MemoryConsents
from tests.support.samples import alert, decision, entry
from tests.support.wire import Wire, error

EMAIL = "user@example.com"
SENT = Delivery(AlertDeliveryState.SENT, NOW)


@dataclass(frozen=True)
class MailStores:
    store: Store
    consents: Consents
    allowances: Allowances
    outbox: MemoryOutbox | DynamoOutbox
    history: MemoryOutbox | DynamoAlertHistory


@pytest.fixture
def stores(backend: str, request: pytest.FixtureRequest) -> Iterator[MailStores]:
    if backend == "memory":
        store = MemoryLedgerStore()
        yield MailStores(store, MemoryConsents(), MemoryAllowances(), store.outbox, store.outbox)
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> MailStores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    records, alerts = f"{prefix}credit_records", f"{prefix}credit_alerts"
    return MailStores(
        ledger_store(client, prefix),
        DynamoConsents(client, records),
        DynamoAllowances(client, records),
        DynamoOutbox(client, alerts),
        DynamoAlertHistory(client, alerts),
    )


@pytest.mark.fault("X3")
def test_a_consent_is_kept_from_the_question_to_its_end(stores: MailStores) -> None:
    account_id, consents = new_account_id(), stores.consents

    def state() -> AddressState:
        return consents.consent(account_id, EMAIL).state

    nothing = consents.consent(account_id, EMAIL)
    consents.asked(account_id, EMAIL, now=NOW)
    states = [state()]
    agreed = consents.confirm(account_id, EMAIL, asked_at=NOW, now=Instant(NOW + 1))
    states.append(state())
    consents.stop(account_id, EMAIL, AddressState.BOUNCED, now=Instant(NOW + 2))
    states.append(state())
    late = consents.confirm(account_id, EMAIL, asked_at=Instant(NOW + 2), now=Instant(NOW + 3))
    states.append(state())
    newer = consents.confirm(account_id, EMAIL, asked_at=Instant(NOW + 3), now=Instant(NOW + 4))

    assert nothing == NO_CONSENT
    assert (agreed, late, newer) == (True, False, True)
    assert [str(each) for each in states] == ["unconfirmed", "confirmed", "bounced", "bounced"]
    assert state() is AddressState.CONFIRMED
    assert consents.consent(account_id, EMAIL).asked_at == NOW
    assert consents.consent(account_id, "other@example.com") == NO_CONSENT


@pytest.mark.fault("M3")
@pytest.mark.fault("M5")
def test_mail_is_stopped_since_a_time_unless_something_newer_is_known_or_nothing(
    stores: MailStores,
) -> None:
    account_id, consents = new_account_id(), stores.consents

    def stop(late: int, why: AddressState = AddressState.BOUNCED) -> bool:
        return consents.stop_since(account_id, EMAIL, why, at=Instant(NOW + late))

    strange = stop(0), consents.consent(account_id, EMAIL)
    consents.asked(account_id, EMAIL, now=NOW)
    unconfirmed = stop(0), consents.consent(account_id, EMAIL).state
    confirmed = consents.confirm(account_id, EMAIL, asked_at=Instant(NOW + 1), now=Instant(NOW + 5))
    before = stop(4), consents.consent(account_id, EMAIL).state
    newer = [stop(5), stop(7, AddressState.COMPLAINED), stop(6), stop(7, AddressState.COMPLAINED)]

    assert strange == (False, NO_CONSENT)
    assert unconfirmed == (True, AddressState.BOUNCED)
    assert (confirmed, *before) == (True, False, AddressState.CONFIRMED)
    assert newer == [True, True, False, True]
    assert consents.consent(account_id, EMAIL) == Consent(
        asked_at=NOW,
        confirmed_at=Instant(NOW + 5),
        stopped_at=Instant(NOW + 7),
        stopped=AddressState.COMPLAINED,
    )


@pytest.mark.fault("X4")
def test_a_count_lets_so_many_through_in_a_time_and_says_when_to_come_back(
    stores: MailStores,
) -> None:
    account_id, allowances = new_account_id(), stores.allowances

    def take(late: int, name: str = "trials") -> None:
        at = Instant(NOW + late)
        allowances.take(account_id, name, at_most=2, within_seconds=60, now=at)

    take(0)
    take(10)
    take(10, "others")
    with pytest.raises(RateLimited) as refused:
        take(59)
    take(60)
    with pytest.raises(RateLimited):
        take(61)

    assert refused.value.retry_after_seconds == 1


def test_a_count_that_another_one_came_before_is_counted_anew() -> None:
    account_id, late = new_account_id(), [1]

    def take(allowances: DynamoAllowances, at: int) -> None:
        now = Instant(NOW + at)
        allowances.take(account_id, "trials", at_most=3, within_seconds=60, now=now)

    def come_first(**_: object) -> None:
        if late:
            take(rival, late.pop())

    with mock_aws():
        client = new_client()
        create_tables(client, "", ("credit_records",))
        rival = DynamoAllowances(new_client(), "credit_records")
        allowances = DynamoAllowances(client, "credit_records")
        take(allowances, 0)
        client.meta.events.register("before-call.dynamodb.PutItem", come_first)

        take(allowances, 2)
        with pytest.raises(RateLimited):
            take(allowances, 3)

        [row] = client.scan(TableName="credit_records")["Items"]
    assert row["version"] == {"N": "3"}
    assert row["times"] == {"L": [{"N": str(NOW + each)} for each in (0, 1, 2)]}


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
def test_a_count_that_cannot_be_written_raises_what_it_does_not_know(code: str) -> None:
    client = new_client("http://127.0.0.1:9")
    Wire(client, lambda attempt: (200, {}) if attempt == 1 else error(code))

    with pytest.raises(ClientError, match=code):
        DynamoAllowances(client, "credit_records").take(
            new_account_id(), "trials", at_most=1, within_seconds=60, now=NOW
        )


def test_what_became_of_receivers_is_known_at_the_next_claim(stores: MailStores) -> None:
    account_id = new_account_id()
    made, failed = alert(account_id), Delivery(AlertDeliveryState.FAILED, Instant(NOW + 1))
    change = decision(account_id, entry(account_id)).with_record(made)
    stores.store.commit(change, seen=Version(0))
    until = Instant(NOW + 60)
    first = stores.outbox.claim(made, now=NOW, until=until)
    stores.outbox.note(made, {"bus": SENT})
    stores.outbox.note(made, {"email#1": failed})
    stores.outbox.release(made)

    second = stores.outbox.claim(made, now=NOW, until=until)
    stores.outbox.delivered(made, now=NOW, deliveries={"sns": SENT})

    assert (first, second) == (Claim(), Claim({"bus": SENT, "email#1": failed}))
    [past] = stores.history.of_account(account_id, limit=9)
    assert past.deliveries == {"bus": SENT, "email#1": failed, "sns": SENT}
    sent = [list(stores.history.sent_since(account_id, name, NOW)) for name in ("bus", "email#1")]
    assert sent == [[made], []]
    assert list(stores.history.sent_since(account_id, "bus", Instant(NOW + 1))) == []


def test_who_acknowledged_first_stays(stores: MailStores) -> None:
    account_id = new_account_id()
    made = alert(account_id)
    change = decision(account_id, entry(account_id)).with_record(made)
    stores.store.commit(change, seen=Version(0))
    first, late = Acknowledged(NOW, "user:a"), Acknowledged(Instant(NOW + 1), "admin:b")

    found = [stores.history.acknowledge(account_id, made.alert_id, each) for each in (first, late)]
    nothing = stores.history.acknowledge(account_id, f"{made.alert_id}x", first)

    assert [each and each.acknowledged for each in found] == [first, first]
    assert nothing is None
    assert stores.outbox.claim(made, now=NOW, until=Instant(NOW + 60))

"""Cases are resolved once and tried again as often as asked, each time with the audit of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws
from prepaid.alerts.delivery import GIVEN_UP_SECONDS, Alerting
from prepaid.alerts.ports import Waiting
from prepaid.alerts.receivers import Audience
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox import dynamodb
from prepaid.inbox.dynamodb import DynamoAuditLog, DynamoExceptions
from prepaid.inbox.ports import ExceptionCase
from prepaid.inbox.resolving import resolve_case, retry_case

from tests.calls.test_call_functions import assign, cases, report
from tests.golden.reading import stored
from tests.support.audits import act
from tests.support.dynamodb import create_tables, new_client, new_prefix
from tests.support.memory import MemoryOutbox
from tests.support.memory_payments import MemoryExceptions
from tests.support.stage import NOW, USER, Reply, Stage, function

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
ODD = "2026-11-18#a#1 %25 😀"


@pytest.fixture(params=["memory", "moto"])
def inbox(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    """An inbox, and what reads how many acts of admins it keeps."""
    if request.param == "memory":
        memory = MemoryExceptions()
        yield memory, lambda: memory.audit
        return
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, ["credit_records"])
        table = RecordsTable(client, f"{prefix}credit_records")
        log = DynamoAuditLog(table)

        def audited() -> list[object]:
            return [row for _, row in log.latest(now=Instant(NOW), limit=99)]

        yield DynamoExceptions(table), audited


def reported(inbox: Any, subject: str = ODD) -> ExceptionCase:
    inbox.report("ledger_drift", subject, "balance: 5.00, not 4.00", now=Instant(NOW))
    found = inbox.case("ledger_drift", subject)
    assert found is not None
    return found  # type: ignore[no-any-return]  # either inbox


@pytest.mark.fault(
    "K23",
    "Two admins resolve a case at once, or one asks again",
    "The first resolves it; the others get what stands, and one row of the audit is written",
)
def test_of_two_who_resolve_a_case_one_does(inbox: tuple[Any, Any]) -> None:
    stored, audited = inbox
    case = reported(stored)

    first = resolve_case(stored, case, act(NOW, "By hand"))
    second = resolve_case(stored, case, act(NOW, "Too late"))

    assert (first.replayed, second.replayed) == (False, True)
    assert second.case == first.case == stored.case("ledger_drift", ODD)
    assert first.case.resolution is not None
    assert first.case.resolution.reason == "By hand"
    assert stored.open_cases(limit=9) == []
    assert len(audited()) == 1


OLDER = next(
    row for row in stored("release_2", "records") if row["kind_id"]["S"].startswith("exception#")
)
"""A case as it was kept before cases stood in an index."""


@pytest.fixture
def older() -> Iterator[tuple["DynamoDBClient", DynamoExceptions]]:
    """A table with one case of an earlier release, and the inbox on it."""
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, ["credit_records"])
        client.put_item(TableName=f"{prefix}credit_records", Item=OLDER)
        yield client, DynamoExceptions(RecordsTable(client, f"{prefix}credit_records"))


@pytest.mark.fault(
    "C95",
    "A case was kept by a release whose cases stood in no list",
    "The first nightly verification lists it, once; one that was resolved stays resolved",
)
def test_open_cases_of_earlier_releases_are_listed_once(
    older: tuple["DynamoDBClient", DynamoExceptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, inbox = older
    monkeypatch.setattr(dynamodb, "_PAGE", 1)
    for subject in ("evt_a", "evt_z"):
        inbox.report("unreadable_event", subject, "", now=Instant(NOW))
        case = inbox.case("unreadable_event", subject)
        assert case is not None
        assert not resolve_case(inbox, case, act(NOW)).replayed
    assert inbox.open_cases(limit=9) == []

    assert inbox.list_older() == 1

    [listed] = inbox.open_cases(limit=9)
    assert listed == inbox.case("unreadable_event", "evt_é")
    assert listed.detail == "Ohne Währung."
    assert inbox.list_older() == 0
    resolve_case(inbox, listed, act(NOW))
    assert inbox.open_cases(limit=9) == []


def test_older_cases_are_looked_for_once_only(
    older: tuple["DynamoDBClient", DynamoExceptions],
) -> None:
    client, inbox = older
    inbox.list_older()
    asked: list[str] = []
    client.meta.events.register(
        "before-call.dynamodb.*", lambda model, **_: asked.append(model.name)
    )

    inbox.list_older()

    assert asked == ["GetItem"]


@pytest.mark.fault("C95")
@pytest.mark.parametrize(("event", "times"), [({}, 1), ({"segment": 1, "segments": 2}, 0)])
def test_the_nightly_verification_lists_older_cases_in_its_first_part(
    event: dict[str, int], times: int, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def list_older() -> int:
        asked.append(1)
        return 0

    monkeypatch.setattr(stage.reports, "list_older", list_older)

    function("verify_ledger")(event)

    assert len(asked) == times


def test_what_is_still_wrong_leaves_a_case_open_and_is_audited(inbox: tuple[Any, Any]) -> None:
    stored, audited = inbox
    case = reported(stored)

    handled = retry_case(stored, case, act(NOW), {"ledger_drift": lambda *_: "Still."})

    assert (handled.still, handled.case) == ("Still.", case)
    assert [each.subject for each in stored.open_cases(limit=9)] == [ODD]
    [row] = audited()
    assert (row.action, row.after["still"]) == ("retry", "Still.")


def test_a_case_that_is_resolved_is_not_tried_again(inbox: tuple[Any, Any]) -> None:
    stored, audited = inbox
    case = reported(stored)
    right = retry_case(stored, case, act(NOW), {"ledger_drift": lambda *_: None})

    def fail(*_: object) -> None:
        raise AssertionError("it is resolved")

    again = retry_case(stored, right.case, act(NOW), {"ledger_drift": fail})

    assert (right.still, right.replayed, again.replayed) == (None, False, True)
    assert len(audited()) == 1


def ask(stage: Stage, how: str, case: dict[str, Any], key: str = "k") -> Reply:
    body = {"reason": "Dealt with", "note": "T-1"} if how == "resolve" else {}
    path = {"exception_id": case["exception_id"]}
    return stage.call(f"{how}_exception", body, key=key, path=path, **ADMIN)


def test_an_admin_resolves_a_case_and_a_repeat_gets_the_same_answer(stage: Stage) -> None:
    stage.reports.report("payment_mismatch", "pay_1#pi_1", "other amount", now=Instant(NOW))
    [case] = cases(stage)

    first, again = ask(stage, "resolve", case), ask(stage, "resolve", case, key="other")

    assert (first.status, again.status, again.text) == (201, 200, first.text)
    assert (first.json["resolved_by"], first.json["reason"]) == ("admin:admin-1", "Dealt with")
    assert cases(stage) == []
    [row] = stage.store.audit
    assert (row.action, row.subject) == ("resolve", "payment_mismatch#pay_1#pi_1")
    assert (row.reason, row.note) == ("Dealt with", "T-1")
    assert (row.before["open"], row.after["open"]) == (True, False)


def test_what_only_a_person_can_decide_is_not_tried_again(stage: Stage) -> None:
    stage.reports.report("payment_mismatch", "pay_1#pi_1", "other amount", now=Instant(NOW))
    [case] = cases(stage)

    reply = ask(stage, "retry", case)

    assert (reply.status, reply.code) == (422, "invalid_request")
    assert (len(cases(stage)), stage.store.audit) == (1, [])
    assert ask(stage, "retry", {"exception_id": "bm9uZSNvZg"}).status == 404


def test_drift_is_verified_again_and_resolved_once_nothing_differs(funded: Stage) -> None:
    right = funded.store._accounts[USER]
    funded.store._accounts[USER] = replace(right, balance=Credits(99_00))
    assert function("verify_ledger")({})["violations"] > 0
    [case] = cases(funded)

    wrong = ask(funded, "retry", case)
    funded.store._accounts[USER] = right
    mended = ask(funded, "retry", case, key="again")

    assert (wrong.status, wrong.json["resolved_at"]) == (201, None)
    assert "balance" in wrong.json["still"]
    assert (mended.json["still"], mended.json["resolved_by"]) == (None, "admin:admin-1")
    assert cases(funded) == []
    assert [row.action for row in funded.store.audit] == ["retry", "retry"]


def test_an_alert_that_was_not_delivered_is_delivered_once(stage: Stage) -> None:
    stage.fund("21.00")
    stage.spend()
    stage.bus.refused.add(USER)
    stage.now += 2 * GIVEN_UP_SECONDS
    function("deliver_alerts")({})
    [case] = cases(stage)
    refused = ask(stage, "retry", case)
    stage.bus.refused.clear()

    delivered = ask(stage, "retry", case, key="again")
    again = ask(stage, "retry", case, key="more")

    assert refused.json["still"] == "The bus refuses the event."
    assert (delivered.json["still"], again.status) == (None, 200)
    assert len(stage.bus.announced) == 1
    assert cases(stage) == []


def test_an_alert_that_nobody_can_read_or_that_is_in_hand_stays_open() -> None:
    outbox = MemoryOutbox()
    alert = Alert(
        account_id=USER,
        seq=1,
        raised_at=Instant(NOW),
        thresholds=(Credits(20_00),),
        balance=Credits(1),
        available=Credits(1),
    )
    outbox.stored.append(alert)
    [waiting] = outbox.waiting(before=Instant(NOW + 1))
    subject = f"{waiting.account_id}#{waiting.alert_id}"
    alerting = Alerting(
        outbox=outbox,
        audience=lambda _alert, _now: Audience([]),
        exceptions=MemoryExceptions(),
        failed=lambda *_: None,
    )
    outbox.claim(alert, now=Instant(NOW), until=Instant(NOW + 60))

    in_hand = alerting.deliver_again(subject, now=Instant(NOW))
    unread = replace(waiting, read=lambda: Alert(**{}))
    alerting = replace(alerting, outbox=Holding(unread))

    assert in_hand == "Somebody else is delivering it just now."
    assert alerting.deliver_again(subject, now=Instant(NOW)) == "Nobody can read it."
    assert alerting.deliver_again("no subject of ours", now=Instant(NOW)) is None


class Holding(MemoryOutbox):
    """Holds one alert that waits."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self._waiting = waiting

    def find(self, account_id: AccountId, alert_id: str) -> Waiting | None:  # noqa: ARG002 - all ids
        return self._waiting


def test_a_call_that_was_not_paid_is_settled_once_it_can_be(funded: Stage) -> None:
    report(funded)
    [unknown] = cases(funded)
    prices, funded.catalogue.all_prices = funded.catalogue.all_prices, ()
    assign(funded, unknown["exception_id"])
    [case] = [each for each in cases(funded) if each["kind"] == "call_not_billed"]
    refused = ask(funded, "retry", case)
    funded.catalogue.all_prices = prices

    settled = ask(funded, "retry", case, key="again")

    assert "not settled" in refused.json["still"]
    assert (settled.json["still"], funded.balance()) == (None, "97.40")
    assert ask(funded, "retry", case, key="more").status == 200
    assert funded.balance() == "97.40"


def test_a_resolved_call_is_assigned_to_nobody(funded: Stage) -> None:
    report(funded)
    [case] = cases(funded)
    ask(funded, "resolve", case)

    reply = assign(funded, case["exception_id"])

    assert (reply.status, reply.code) == (412, "precondition_failed")
    assert funded.balance() == "100.00"

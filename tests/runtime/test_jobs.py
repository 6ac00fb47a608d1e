import json
from collections.abc import Callable, Collection
from dataclasses import replace
from types import SimpleNamespace

import pytest
from prepaid.calls import collection
from prepaid.calls.listing import CallListing, Listed
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.shards import PAGE
from prepaid.runtime.jobs import RESERVE_MILLISECONDS, Unfinished

from functions.collect_calls import app as collect_calls
from functions.reconcile_payments import app as reconcile_payments
from functions.settle_due import app as settle_due
from functions.verify_ledger import app as verify_ledger
from tests.support.selling import paid
from tests.support.stage import NOW, OTHER, USER, Stage


def context(*remaining: int) -> SimpleNamespace:
    left = list(remaining)
    return SimpleNamespace(
        aws_request_id="job-1",
        get_remaining_time_in_millis=lambda: left.pop(0) if len(left) > 1 else left[0],
    )


PLENTY = context(60_000)
OVER = context(RESERVE_MILLISECONDS - 1)


def metrics(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in text.splitlines():
        fields = json.loads(line)
        for each in fields.get("_aws", {}).get("CloudWatchMetrics", []):
            found |= {m["Name"]: sum(fields[m["Name"]]) for m in each["Metrics"]}
    return found


def failing_for[**P, R](subjects: Collection[str], do: Callable[P, R]) -> Callable[P, R]:
    """Return *do* with a bug: it cannot bear any of the *subjects*."""

    def failing(*args: P.args, **kwargs: P.kwargs) -> R:
        if args[0] in subjects:
            raise KeyError("customer@example.com")
        return do(*args, **kwargs)

    return failing


def test_what_has_expired_is_written_down(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    funded.hold()
    funded.give("3.00", expires_at=NOW + 30)
    funded.now += 60

    answer = settle_due.handler({}, PLENTY)

    assert answer == {"accounts": 1, "entries": 2, "failed": 0, "unfound": 0, "finished": True}
    kinds = [entry.kind for entry in funded.entries()]
    assert kinds[-2:] == [EntryKind.RELEASE, EntryKind.EXPIRY]
    assert funded.entries()[-1].request_id == "job-1"
    assert funded.balance() == "100.00"
    assert metrics(capsys.readouterr().out) == {"EntriesSettled": 2, "SettlementFailed": 0}


def test_a_second_run_finds_nothing(funded: Stage) -> None:
    funded.hold()
    funded.now += 60
    settle_due.handler({}, PLENTY)

    assert settle_due.handler({}, PLENTY)["accounts"] == 0


@pytest.mark.fault("C30.2")
def test_more_than_one_commit_takes_is_settled_in_one_run(funded: Stage) -> None:
    for number in range(45):
        funded.hold(f"h{number}", "0.01")
    funded.now += 60

    assert settle_due.handler({}, PLENTY)["entries"] == 45


@pytest.mark.fault(
    "C30.3",
    "One account makes the settlement fail",
    "The others are settled, the failure is counted",
)
def test_an_account_that_cannot_be_settled_stops_no_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = [AccountId(f"a{number}") for number in range(PAGE * 2)]
    for account_id in accounts:
        stage.fund("1.00", account_id)
        stage.hold(account_id=account_id, amount="1.00")
    stage.now += 60
    monkeypatch.setattr(stage.store, "load", failing_for(accounts[::2], stage.store.load))

    answer = settle_due.handler({}, PLENTY)

    assert (answer["failed"], answer["accounts"]) == (PAGE, PAGE)
    output = capsys.readouterr().out
    assert metrics(output)["SettlementFailed"] == PAGE
    assert "customer@example.com" not in output


def test_nothing_is_begun_when_the_time_is_up(funded: Stage) -> None:
    funded.hold()
    funded.now += 60

    answer = settle_due.handler({}, OVER)

    assert answer == {"accounts": 0, "entries": 0, "failed": 0, "unfound": 0, "finished": False}


def falsify(stage: Stage, account_id: AccountId = USER) -> Entry:
    """Change an amount by hand, as no code of ours can."""
    entry = next(each for each in stage.entries(account_id) if each.seq == 1)
    stage.store._entries[account_id, entry.key] = replace(entry, amount=Credits(1))
    return entry


def test_a_sound_ledger_has_no_drift(funded: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    funded.spend()

    answer = verify_ledger.handler({}, PLENTY)

    assert answer == {"accounts": 1, "violations": 0, "failed": 0, "finished": True}
    assert funded.reports.stored == {}
    assert metrics(capsys.readouterr().out) == {"LedgerDrift": 0, "AccountsVerified": 1}


@pytest.mark.fault("C30.4")
def test_drift_is_counted_and_reported_once_a_day(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    falsify(funded)

    answer = verify_ledger.handler({}, PLENTY)
    verify_ledger.handler({}, PLENTY)
    funded.now += 86_400
    verify_ledger.handler({}, PLENTY)

    assert answer["violations"] >= 2
    assert metrics(capsys.readouterr().out)["LedgerDrift"] == answer["violations"]
    assert funded.reports.stored.keys() == {
        ("ledger_drift", f"2026-11-18#{USER}"),
        ("ledger_drift", f"2026-11-19#{USER}"),
    }
    assert "balance = Σ amount" in funded.reports.stored["ledger_drift", f"2026-11-18#{USER}"]


def test_segments_share_the_accounts(funded: Stage) -> None:
    for number in range(20):
        funded.fund("1.00", AccountId(f"a{number}"))

    parts = [verify_ledger.handler({"segment": n, "segments": 3}, PLENTY) for n in range(3)]

    assert sum(part["accounts"] for part in parts) == 21
    assert all(part["accounts"] for part in parts)


@pytest.mark.fault("C30.10")
def test_a_verification_without_enough_time_fails_so_that_the_alarm_rings(
    funded: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    funded.fund("1.00", OTHER)
    falsify(funded)
    falsify(funded, OTHER)

    with pytest.raises(Unfinished):
        verify_ledger.handler({}, context(60_000, 1))

    assert metrics(capsys.readouterr().out)["LedgerDrift"] > 0


def test_a_job_without_a_context_takes_its_time(funded: Stage) -> None:
    funded.hold()
    funded.now += 60

    assert settle_due.handler({})["accounts"] == 1
    assert Instant(NOW) < funded.now


@pytest.mark.fault(
    "C30.18",
    "The verification is called without a part, stops early or meets an unavailable ledger",
    "Every account is verified, or the job fails",
)
def test_a_bare_run_verifies_every_account_and_the_parts_share_them(stage: Stage) -> None:
    accounts = [AccountId(f"part-{number}") for number in range(12)]
    for account_id in accounts:
        stage.fund("1.00", account_id)

    bare = verify_ledger.handler({}, PLENTY)
    parts = [verify_ledger.handler({"segment": n, "segments": 4}, PLENTY) for n in range(4)]

    assert bare["accounts"] == len(accounts)
    assert sum(part["accounts"] for part in parts) == len(accounts)
    assert max(part["accounts"] for part in parts) < len(accounts)


@pytest.mark.fault("C30.18")
def test_drift_in_any_account_is_found_by_a_bare_run(stage: Stage) -> None:
    for number in range(12):
        account_id = AccountId(f"part-{number}")
        stage.fund("1.00", account_id)
        falsify(stage, account_id)

    verify_ledger.handler({}, PLENTY)

    assert len(stage.reports.stored) == 12


@pytest.mark.fault("C30.18")
def test_a_ledger_that_cannot_be_read_fails_the_verification(funded: Stage) -> None:
    funded.store.broken = True

    with pytest.raises(Unfinished):
        verify_ledger.handler({}, PLENTY)


@pytest.mark.fault("C30.8")
def test_an_account_that_cannot_be_verified_stops_no_other_and_fails_the_job(
    funded: Stage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    funded.fund("1.00", OTHER)
    falsify(funded, OTHER)
    monkeypatch.setattr(funded.store, "load", failing_for([USER], funded.store.load))

    with pytest.raises(Unfinished):
        verify_ledger.handler({}, PLENTY)

    assert list(funded.reports.stored) == [("ledger_drift", f"2026-11-18#{OTHER}")]
    output = capsys.readouterr().out
    assert metrics(output)["AccountsVerified"] == 1
    assert "an account was passed by" in caplog.messages
    assert "customer@example.com" not in output + caplog.text


@pytest.mark.fault("C30.18")
@pytest.mark.usefixtures("funded")
def test_a_verification_that_stops_early_fails() -> None:
    with pytest.raises(Unfinished):
        verify_ledger.handler({}, OVER)


def missed(stage: Stage) -> str:
    """Start a purchase that was paid while no webhook told of it; return its account's balance."""
    reply = stage.call("create_purchase", {"package_id": "professional"}, key="buy")
    payment = stage.store.payments.payment(reply.json["payment_id"])
    assert payment is not None
    stage.payment_processor.tell(str(payment.intent_id), paid(payment))
    return stage.balance()


@pytest.mark.fault(
    "C30.17",
    "A reconciliation stops early, meets an unavailable ledger or cannot ask Stripe",
    "It fails, which rings; what was done stays done",
)
def test_a_reconciliation_that_stops_early_fails_and_the_next_one_goes_on(stage: Stage) -> None:
    before = missed(stage)

    with pytest.raises(Unfinished):
        reconcile_payments.handler({}, OVER)
    between = stage.balance()
    done = reconcile_payments.handler({}, PLENTY)

    assert (before, between, stage.balance()) == ("0.00", "0.00", "550.00")
    assert (done["healed"], done["finished"]) == (1, True)


@pytest.mark.fault("C30.17")
def test_a_reconciliation_that_meets_an_unavailable_ledger_fails(stage: Stage) -> None:
    missed(stage)
    stage.store.broken = True

    with pytest.raises(Unfinished):
        reconcile_payments.handler({}, PLENTY)
    stage.store.broken = False
    reconcile_payments.handler({}, PLENTY)

    assert stage.balance() == "550.00"


@pytest.mark.fault("C30.17")
def test_a_reconciliation_fails_when_the_processor_cannot_be_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("Stripe cannot be reached.")

    monkeypatch.setattr(stage.payment_processor, "page", away)

    with pytest.raises(Unavailable):
        reconcile_payments.handler({}, PLENTY)


@pytest.mark.fault("C30.8")
def test_a_bug_on_one_object_stops_no_other_and_fails_the_reconciliation(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = stage.call("create_purchase", {"package_id": "starter"}, key="broken")
    payment = stage.store.payments.payment(broken.json["payment_id"])
    assert payment is not None
    stage.payment_processor.tell(str(payment.intent_id), paid(payment))
    missed(stage)
    with monkeypatch.context() as bug:
        read = stage.store.payments.payment
        bug.setattr(stage.store.payments, "payment", failing_for([payment.payment_id], read))

        with pytest.raises(Unfinished):
            reconcile_payments.handler({}, PLENTY)

    output = capsys.readouterr().out
    assert stage.balance() == "550.00"
    assert metrics(output)["PaymentsHealed"] == 1
    assert "an object was passed by" in caplog.messages
    assert "customer@example.com" not in output + caplog.text
    reconcile_payments.handler({}, PLENTY)
    assert stage.balance() != "550.00"


def test_what_two_ways_of_collecting_calls_did_is_added_up(
    funded: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Listed(listed=9, found=3, settled=1, failed=3, finished=True)
    done = collection.Collected(calls=5, settled=3, failed=1, finished=False)
    monkeypatch.setattr(CallListing, "run", lambda *_, **__: listed)
    monkeypatch.setattr(collection.Collection, "run", lambda *_, **__: done)

    answer = collect_calls.handler({}, PLENTY)

    assert funded.entries()
    assert answer == {
        "calls": 5,
        "settled": 4,
        "listed": 9,
        "found": 3,
        "failed": 4,
        "finished": False,
    }
    counted = {"CallsCollected": 4, "CallsFound": 3, "CallCollectionFailed": 4}
    assert metrics(capsys.readouterr().out) == counted

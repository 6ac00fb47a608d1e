"""What the first release stored is read by this one, and by every later one."""

from datetime import date, timedelta

from prepaid.alerts.dynamodb.outbox import alert_from_item
from prepaid.catalogue.dynamodb.rows import package_from_item, price_from_item
from prepaid.catalogue.packages import Package
from prepaid.domain.account import Account, AccountDefaults, Overage, Status, Threshold, Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import Burn, Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import ONE, Carry, Price, Quantity, Rate, UnitPrice
from prepaid.domain.thresholds import Alert
from prepaid.domain.usage import ClosedDay, Counter
from prepaid.ledger.dynamodb import items
from prepaid.payments.dynamodb.payments import payment_from_item
from prepaid.payments.payment import Clawback

from tests.golden.reading import stored

FIRST = "release_1"
OWNER = AccountId("konto-é-1")
DAY = date(2026, 11, 18)
CALL = Counter(
    count=1,
    credits=Credits(175),
    units={"call": Quantity(1_000_000), "minute": Quantity(1_500_000)},
)
TODAY = {
    "vapi_call": CALL,
    "transcription": Counter(count=1, units={"second": Quantity(7_000_000)}),
    "workflow_execution": Counter(
        count=1, credits=Credits(200), units={"execution": Quantity(2_000_000)}
    ),
}
ACCOUNT = Account(
    account_id=OWNER,
    version=Version(13),
    seq=15,
    as_of=Instant(1_795_000_000),
    balance=Credits(32_181),
    grants=(
        Grant(
            grant_id=1,
            kind=GrantKind.PURCHASED,
            amount=Credits(50_000),
            remaining=Credits(27_778),
            cost_basis=4_500,
        ),
        Grant(grant_id=2, kind=GrantKind.BONUS, amount=Credits(5_000), remaining=Credits(2_778)),
        Grant(
            grant_id=3,
            kind=GrantKind.PROMOTIONAL,
            amount=Credits(2_000),
            remaining=Credits(1_625),
            expires_at=Instant(1_795_172_800),
        ),
    ),
    holds=(
        Hold(
            number=10,
            amount=Credits(4_000),
            expires_at=Instant(1_795_003_600),
            operation="workflow_execution",
            maker=Writer.SERVICE,
            plan="default",
            opened_at=Instant(0),
        ),
        Hold(
            number=11,
            amount=Credits(1_500),
            expires_at=Instant(1_795_007_200),
            operation="vapi_call",
            maker=Writer.USER,
            plan="default",
            opened_at=Instant(0),
        ),
    ),
    carry={"transcription": Carry(9_977_000_000)},
    usage_day=DAY,
    usage={DAY: TODAY},
)


def test_an_account_is_read() -> None:
    assert items.account_from_item(stored(FIRST, "account")) == ACCOUNT


def test_the_settings_of_an_account_are_read() -> None:
    account = items.account_from_item(stored(FIRST, "account_with_settings"))

    assert account.limits == (), "nobody could set them, and nothing enforced them"
    assert account.thresholds == (
        Threshold(at=Credits(2_000), alerted_at=Instant(1_794_991_000)),
        Threshold(at=Credits(50_000)),
    )
    assert (account.time_zone, account.plan, account.settings_version) == (
        "Europe/Berlin",
        "team",
        7,
    )
    assert (account.status, account.overage, account.unlimited) == (
        Status.FROZEN,
        Overage.DEBT,
        True,
    )
    assert account.usage == {DAY - timedelta(1): {"message": CALL}, DAY: TODAY}
    assert account.carry == {"transcription": 9_977_000_000, "idle": 5}


def test_an_account_is_written_in_the_form_of_today_and_read_again() -> None:
    for name in ("account", "account_with_settings"):
        account = items.account_from_item(stored(FIRST, name))

        again = items.account_to_item(account, version=account.version)

        assert items.account_from_item(again) == account
        assert not {"operations", "balance", "holds"} & again.keys()


def test_entries_are_read() -> None:
    entries = [items.entry_from_item(each) for each in stored(FIRST, "entries")]

    kinds = [str(each.kind) for each in entries]
    assert kinds == [
        *("purchase", "bonus", "grant", "grant", "usage", "usage", "expiry", "usage", "usage"),
        *("hold", "hold", "hold", "capture", "refund", "dispute"),
    ]
    assert [each.seq for each in entries] == list(range(1, 16))
    assert sum(each.amount.hundredths for each in entries) == ACCOUNT.balance.hundredths
    call = entries[5]
    assert (call.key, call.reference, call.usage_day) == (
        "s:usage:y2",
        "call-ü",
        date(2026, 11, 17),
    )
    assert call.burned == (Burn(4, Credits(260)),)
    assert call.calculation is not None
    assert call.calculation.cost == Credits(260)
    assert (entries[2].metadata, entries[2].fingerprint[:3]) == ({"note": "für Jürgen"}, "v1:")
    assert (entries[6].kind, entries[6].grant_id) == (EntryKind.EXPIRY, 4)


def test_a_closed_day_is_read() -> None:
    [closed] = [items.closed_day_from_item(each) for each in stored(FIRST, "closed_days")]

    yesterday = DAY - timedelta(1)
    assert closed == ClosedDay(
        account_id=OWNER,
        day=yesterday,
        time_zone="UTC",
        portions={
            yesterday: {
                "transcription": Counter(
                    count=1, credits=Credits(4), units={"second": Quantity(33_500_000)}
                ),
                "vapi_call": Counter(
                    count=1,
                    credits=Credits(260),
                    units={"call": Quantity(1_000_000), "minute": Quantity(3_200_000)},
                ),
            }
        },
    )
    assert items.closed_day_from_item(items.closed_day_to_item(closed)) == closed


def test_a_payment_is_read() -> None:
    payment = payment_from_item(stored(FIRST, "payment"))

    assert (payment.account_id, payment.price, payment.currency) == (OWNER, 4_500, "usd")
    assert payment.taken == (
        Clawback(
            grant_id=1,
            amount=Credits(22_222),
            kind=GrantKind.PURCHASED,
            grant_amount=Credits(50_000),
            priority=100,
            cost_basis=4_500,
        ),
        Clawback(
            grant_id=2,
            amount=Credits(2_222),
            kind=GrantKind.BONUS,
            grant_amount=Credits(5_000),
            priority=100,
            cost_basis=0,
        ),
    )
    assert payment.own == {1: GrantKind.PURCHASED, 2: GrantKind.BONUS}
    assert [(each.amount, each.status) for each in payment.refunds.values()] == [
        (1_500, "succeeded")
    ]
    [disputed] = payment.disputes.values()
    assert (disputed.amount, disputed.status, disputed.withdrawn, disputed.reinstated) == (
        500,
        "needs_response",
        True,
        False,
    )


def test_a_default_that_an_alert_wrote_down_is_no_choice() -> None:
    written = {
        name: value
        for name, value in stored(FIRST, "account_with_settings").items()
        if name != "settings_version"
    }
    written["thresholds"] = {"L": [{"L": [{"N": "2000"}, {"N": "1794991000"}]}]}
    others = AccountDefaults(thresholds=(Credits(500), Credits(2_000)))

    assert items.account_from_item(written, others).thresholds == (
        Threshold(at=Credits(500)),
        Threshold(at=Credits(2_000), alerted_at=Instant(1_794_991_000)),
    )


def test_an_alert_a_price_and_a_package_are_read() -> None:
    assert alert_from_item(stored(FIRST, "alert")) == Alert(
        account_id=OWNER,
        seq=7,
        raised_at=Instant(1_795_000_000),
        thresholds=(Credits(2_000),),
        balance=Credits(1_999),
        available=Credits(-1),
        of_first_form=True,
    )
    assert price_from_item(stored(FIRST, "price")) == Price(
        plan="default",
        operation="vapi_call",
        effective_from=Instant(0),
        units=(
            UnitPrice(unit="call", rate=Rate(ONE)),
            UnitPrice(unit="minute", rate=Rate(ONE // 2)),
        ),
    )
    assert package_from_item(stored(FIRST, "package")) == Package(
        package_id="professional",
        name="Professional",
        credits=Credits(50_000),
        bonus=Credits(5_000),
        price=4_500,
        currency="usd",
        position=2,
        description="Für Teams",
    )

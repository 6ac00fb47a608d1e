"""How an account stands, in one word, and how long it lasts."""

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Account, Status
from prepaid.domain.commands import SetStatus
from prepaid.domain.credits import AccountId, Credits
from prepaid.ledger.levels import Level, level_of

from tests.support.stage import NOW, USER, Stage

DAY = 86_400


def account(balance: int, **more: object) -> Account:
    return Account(account_id=AccountId("a"), balance=Credits(balance), **more)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("balance", "level"),
    [
        (20_00, Level.HEALTHY),
        (19_99, Level.LOW),
        (1, Level.LOW),
        (0, Level.EMPTY),
        (-1, Level.DEBT),
    ],
)
def test_a_balance_is_judged_as_thresholds_judge_it(balance: int, level: Level) -> None:
    assert level_of(account(balance), unlimited=False) is level


@pytest.mark.parametrize("status", [Status.FROZEN, Status.CLOSED])
@pytest.mark.parametrize("balance", [100_00, 1, 0, -1])
def test_nothing_bypasses_frozen(status: Status, balance: int) -> None:
    assert level_of(account(balance, status=status, unlimited=True), unlimited=True) is Level.FROZEN


def test_without_thresholds_nothing_is_low() -> None:
    assert level_of(account(1, thresholds=()), unlimited=False) is Level.HEALTHY


@pytest.mark.parametrize("unlimited", [(True, False), (False, True)])
def test_an_unlimited_account_or_caller_comes_before_debt(unlimited: tuple[bool, bool]) -> None:
    mine, asks = unlimited

    assert level_of(account(-1, unlimited=mine), unlimited=asks) is Level.UNLIMITED


def test_what_is_held_makes_nobody_low(funded: Stage) -> None:
    funded.hold(amount="95.00")

    assert funded.call("get_balance").json["level"] == "healthy"


def test_a_level_follows_what_has_expired_though_nothing_is_written(stage: Stage) -> None:
    stage.give("50.00", expires_at=NOW + 60)
    before = stage.call("get_balance")

    stage.now += 60
    after = stage.call("get_balance")

    assert (before.json["level"], after.json["level"]) == ("healthy", "empty")
    assert before.headers["etag"] != after.headers["etag"]


def test_a_frozen_account_says_so(funded: Stage) -> None:
    key, status = keys.status("s"), Status.FROZEN
    funded.post(USER, SetStatus(key=key, actor="admin:a", request_id="s", status=status))

    assert funded.call("get_balance").json["level"] == "frozen"


def test_a_super_admin_is_unlimited_for_themselves_only(funded: Stage) -> None:
    query = {"account_id": USER}

    own = funded.call("get_balance", role="super_admin", account_id="root-1")
    others = funded.call("get_balance", query=query, role="super_admin", account_id="root-1")

    assert (own.json["level"], others.json["level"]) == ("unlimited", "healthy")


def test_three_days_of_usage_have_a_runway(funded: Stage) -> None:
    for day in range(4):
        funded.now = NOW + day * DAY
        funded.spend(f"k{day}")

    reply = funded.call("get_balance")

    assert reply.json["available"] == "89.60"
    assert reply.json["runway"] == {
        "days_left": 80,
        "per_day": "1.11",
        "spent": "7.80",
        "days": 7,
    }


def test_two_days_of_usage_have_none(funded: Stage) -> None:
    for day in range(3):
        funded.now = NOW + day * DAY
        funded.spend(f"k{day}")

    assert funded.call("get_balance").json["runway"] is None

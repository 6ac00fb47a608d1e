"""What belongs to an entry: a hold's life, a purchase's way back, what expired of a grant."""

from typing import Any

import pytest

from tests.support.sales import Sales
from tests.support.selling import paid, refunded
from tests.support.stage import NOW, OTHER, USER, Stage


def shown(stage: Stage, seq: int) -> Any:
    [key] = [each.key for each in stage.entries() if each.seq == seq]
    [listed] = [
        each for each in stage.call("list_transactions").json["items"] if each["seq"] == seq
    ]
    reply = stage.call("get_transaction", path={"entry_id": listed["entry_id"]})
    assert reply.status == 200, key
    return reply.json


def related(stage: Stage, seq: int) -> list[tuple[int, str]]:
    return [(each["seq"], each["kind"]) for each in shown(stage, seq)["related"]]


def test_a_hold_is_shown_with_its_extension_parts_and_end_from_each_of_them(funded: Stage) -> None:
    path = {"hold_id": funded.hold("mine", amount="9.00").json["hold_id"]}
    funded.hold("another")
    funded.now += 10
    funded.call("extend_hold", {"expires_in": 600, "amount": "1.00"}, key="e", path=path)
    part = {"amount": "2.00", "final": False}
    assert funded.call("capture_hold", part, key="p", path=path).status == 201
    funded.spend("between")
    funded.now += 10
    assert funded.call("capture_hold", {"amount": "1.00"}, key="c", path=path).status == 201
    life = {2: "hold", 4: "hold", 5: "capture", 7: "capture"}

    for seq in life:
        assert related(funded, seq) == [(n, kind) for n, kind in life.items() if n != seq]
    assert shown(funded, 2)["related"][1] == {
        "entry_id": funded.call("list_transactions").json["items"][2]["entry_id"],
        "seq": 5,
        "kind": "capture",
        "amount": "-2.00",
        "held_change": "-2.00",
        "final": False,
        "reason": None,
        "posted_at": "2026-11-18T11:06:50Z",
    }


def test_a_hold_that_expired_is_shown_with_its_release(funded: Stage) -> None:
    funded.hold()
    funded.now += 60
    funded.spend()

    assert related(funded, 2) == [(3, "release")]
    assert related(funded, 3) == [(2, "hold")]


def test_usage_belongs_to_nothing(funded: Stage) -> None:
    funded.spend()
    funded.hold()

    assert related(funded, 2) == []


def test_a_purchase_is_shown_with_its_bonus_and_what_went_back(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    other = sales.payment(sales.buy(key="other"))
    sales.record_fact(other, paid(other))
    sales.record_fact(payment, refunded(1500))
    sales.record_fact(payment, refunded(500, refund_id="re_2"))
    family = {1: "purchase", 2: "bonus", 5: "refund", 6: "refund"}

    for seq in family:
        assert related(sales.stage, seq) == [(n, kind) for n, kind in family.items() if n != seq]
    assert related(sales.stage, 3) == [(4, "bonus")]


def test_a_grant_is_shown_with_what_expired_of_it(stage: Stage) -> None:
    stage.give("5.00", expires_at=NOW + 60)
    stage.give("3.00", expires_at=NOW + 90, key="later")
    stage.now += 60
    stage.spend("refused")
    stage.fund("1.00")

    assert related(stage, 1) == [(3, "expiry")]
    assert related(stage, 3) == [(1, "grant")]
    assert related(stage, 2) == []


def test_what_opened_a_hold_is_found_however_much_came_between(funded: Stage) -> None:
    path = {"hold_id": funded.hold("mine", body={"expires_in": 86_400}).json["hold_id"]}
    for number in range(60):
        funded.now += 600
        funded.call("record_usage", {"operation": "message", "quantity": 1}, key=f"m{number}")
    funded.call("void_hold", key="v", path=path)

    assert related(funded, 63) == [(2, "hold")]


def test_what_opened_a_hold_may_be_out_of_reach(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = {"hold_id": funded.hold("mine").json["hold_id"]}
    for number in range(3):
        funded.spend(f"between-{number}")
    funded.now += 10
    funded.call("capture_hold", {"amount": "1.00"}, key="c", path=path)
    monkeypatch.setattr("prepaid.ledger.related.numbered", lambda *_: None)

    assert (6, "capture") in related(funded, 2)
    assert related(funded, 6) == [(2, "hold")]


@pytest.mark.parametrize("account_id", [OTHER])
def test_nothing_is_related_across_accounts(funded: Stage, account_id: str) -> None:
    funded.fund("10.00", account_id=OTHER)
    funded.hold("mine")
    funded.hold("theirs", account_id=account_id)

    assert related(funded, 2) == []
    assert funded.balance(USER) == "100.00"

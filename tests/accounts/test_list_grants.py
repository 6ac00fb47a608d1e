"""Grants with their state and name, those that are gone among them."""

from dataclasses import replace
from typing import Any

import pytest
from prepaid.domain import keys
from prepaid.domain.commands import Adjust
from prepaid.domain.credits import AccountId, Credits

from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, OTHER, USER, Reply, Stage


def listed(stage: Stage, **query: str) -> Reply:
    return stage.call("list_grants", query=query)


def states(reply: Reply) -> list[tuple[str, str, str]]:
    return [(each["name"], each["state"], each["remaining"]) for each in reply.json["items"]]


def adjust(stage: Stage, amount: str, key: str, **more: Any) -> None:
    command = Adjust(
        key=keys.adjustment(key),
        actor="admin:admin-1",
        request_id=key,
        amount=Credits.parse(amount),
        create=True,
        **more,
    )
    stage.post(USER, command)


def test_an_account_that_nobody_has_written_has_none(stage: Stage) -> None:
    reply = listed(stage)

    assert (reply.status, reply.json) == (
        200,
        {"items": [], "next_cursor": None, "complete": True},
    )


def test_a_grant_is_shown_with_all_that_is_known_of_it(stage: Stage) -> None:
    adjust(stage, "5.00", "a", reason="Pilot", metadata={"ticket": "4182"})
    adjust(stage, "-2.00", "b")

    [grant] = listed(stage).json["items"]

    assert grant == {
        "grant_id": "g1",
        "name": "Pilot",
        "kind": "adjustment",
        "state": "available",
        "amount": "5.00",
        "remaining": "3.00",
        "protected": "0.00",
        "expired": "0.00",
        "voided": "0.00",
        "expires_at": None,
        "priority": 100,
        "given_at": "2026-11-18T11:06:40Z",
        "entry_id": "YTphZGp1c3Q6YQ",
        "metadata": {"ticket": "4182"},
    }


def test_what_can_burn_comes_first_then_what_is_gone_newest_first(stage: Stage) -> None:
    adjust(stage, "1.00", "gone", reason="First")
    adjust(stage, "-1.00", "gone-2")
    adjust(stage, "2.00", "too", reason="Second")
    adjust(stage, "-2.00", "too-2")
    adjust(stage, "9.00", "left", reason="Left")

    assert states(listed(stage)) == [
        ("Left", "available", "9.00"),
        ("Second", "used_up", "0.00"),
        ("First", "used_up", "0.00"),
    ]


@pytest.mark.parametrize("settled", [True, False])
def test_what_expired_says_how_much_was_lost_though_nothing_is_written(
    funded: Stage, settled: bool
) -> None:
    funded.give("30.00", expires_at=NOW + 60)
    funded.spend()
    funded.now += 60
    if settled:
        funded.fund("1.00", key="later")

    items = listed(funded, state="expired").json["items"]

    # a gift's key belongs to no known writer: what gave it is unknown once it is gone
    assert items == []
    assert [each["state"] for each in listed(funded, state="available").json["items"]] == [
        "available"
    ] * (2 if settled else 1)


def test_a_purchase_and_its_bonus_bear_the_packages_name_as_it_was_bought(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    sales.stage.catalogue.all_packages = tuple(
        replace(each, name="Renamed") for each in sales.stage.catalogue.all_packages
    )

    assert states(listed(sales.stage)) == [
        ("Professional", "available", "500.00"),
        ("Professional bonus", "available", "50.00"),
    ]


def test_a_payment_that_kept_no_name_is_called_by_its_package(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    sales.stage.store.payments._stored[payment.payment_id] = replace(payment, package_name="")
    sales.record_fact(payment, paid(payment))

    assert states(listed(sales.stage))[0][0] == "Professional"


def test_grants_are_filtered_by_state_and_metadata_and_paged(stage: Stage) -> None:
    for number in range(5):
        adjust(stage, "1.00", f"a{number}", reason=f"R{number}", metadata={"batch": "spring # %"})
    adjust(stage, "1.00", "other", reason="Other", metadata={"batch": "autumn"})
    query = {"state": "available", "metadata": "batch:spring # %", "limit": "2"}
    seen: list[str] = []

    while True:
        reply = listed(stage, **query)
        seen += [each["name"] for each in reply.json["items"]]
        if reply.json["next_cursor"] is None:
            break
        query["cursor"] = reply.json["next_cursor"]

    assert seen == ["R0", "R1", "R2", "R3", "R4"]
    assert listed(stage, metadata="batch:spring").json["items"] == []
    assert listed(stage, metadata="other:spring # %").json["items"] == []
    assert listed(stage, state="scheduled").json["items"] == []


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (False, "false"), ("7", "7"), ("True", "True")]
)
def test_metadata_of_any_kind_is_found_as_json_writes_it(
    stage: Stage, value: object, text: str
) -> None:
    adjust(stage, "1.00", "a", reason="Any", metadata={"of": value})

    assert len(listed(stage, metadata=f"of:{text}").json["items"]) == 1
    assert listed(stage, metadata=f"of:{text.swapcase()}x").json["items"] == []


def test_a_cursor_is_bound_to_its_filter(stage: Stage) -> None:
    for number in range(2):
        adjust(stage, "1.00", f"a{number}")
    cursor = listed(stage, limit="1").json["next_cursor"]

    assert listed(stage, state="available", cursor=cursor).code == "cursor_invalid"


@pytest.mark.parametrize("query", [{"state": "used up"}, {"state": "x"}, {"metadata": "plain"}])
def test_what_is_no_filter_is_refused(stage: Stage, query: dict[str, str]) -> None:
    reply = listed(stage, **query)

    assert (reply.status, reply.pointers) == (422, [f"/{next(iter(query))}"])


def test_merged_grants_are_one(stage: Stage) -> None:
    for number in range(101):
        adjust(stage, "1.00", f"k{number:03d}", reason=f"R{number}")

    items = [each for page in (listed(stage, limit="100"),) for each in page.json["items"]]

    assert len(items) == 100
    assert [each["amount"] for each in items if each["grant_id"] == "g1"] == ["2.00"]
    assert "g2" not in {each["grant_id"] for each in items}


def test_entries_of_a_later_state_are_passed_over(stage: Stage, monkeypatch: Any) -> None:
    adjust(stage, "1.00", "first", reason="First")
    before = stage.store.load(USER)
    adjust(stage, "2.00", "second", reason="Second")
    monkeypatch.setattr(stage.store, "load", lambda _: before)

    assert states(listed(stage)) == [("First", "available", "1.00")]


def test_anothers_account_is_for_services_and_admins(stage: Stage) -> None:
    adjust(stage, "1.00", "a")
    query = {"account_id": USER}

    assert stage.call("list_grants", query=query, account_id=OTHER).status == 403
    reply = stage.call("list_grants", query=query, role="admin", account_id=AccountId("admin-1"))
    assert len(reply.json["items"]) == 1
    nobody = {"account_id": "nobody"}
    missing = stage.call("list_grants", query=nobody, role="admin", account_id="admin-1")
    assert (missing.status, missing.code) == (404, "not_found")

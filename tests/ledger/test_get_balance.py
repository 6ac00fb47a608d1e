from typing import Any

import pytest
from prepaid.domain.account import Version
from prepaid.ledger.web.balance import BalanceOut, tag

from tests.support.stage import NOW, OTHER, USER, Stage


def test_an_account_that_nobody_has_written_is_empty(stage: Stage) -> None:
    reply = stage.call("get_balance")

    assert reply.status == 200
    assert reply.json == {
        "account_id": USER,
        "name": None,
        "balance": "0.00",
        "held": "0.00",
        "available": "0.00",
        "protected": "0.00",
        "status": "active",
        "level": "empty",
        "unlimited": False,
        "runway": None,
        "next_expiry": None,
        "next_grant": None,
        "grants": [],
        "holds": [],
        "limits": [],
        "expiring": {},
        "pending": [],
        "as_of": "2026-11-18T11:06:40Z",
    }


def test_a_balance_shows_its_grants_in_the_order_in_which_they_burn(funded: Stage) -> None:
    funded.give("5.00", expires_at=NOW + 7200, key="later")
    funded.give("3.00", expires_at=NOW + 3600, key="sooner")

    reply = funded.call("get_balance")

    assert [grant["remaining"] for grant in reply.json["grants"]] == ["3.00", "5.00", "100.00"]
    assert reply.json["grants"][0] == {
        "grant_id": "g3",
        "kind": "promotional",
        "amount": "3.00",
        "remaining": "3.00",
        "protected": "0.00",
        "expires_at": "2026-11-18T12:06:40Z",
        "priority": 100,
    }
    assert reply.json["expiring"] == {"amount": "3.00", "at": "2026-11-18T12:06:40Z"}
    assert reply.json["next_expiry"] == reply.json["expiring"]


def test_credits_that_expire_together_are_added_up(stage: Stage) -> None:
    stage.give("5.00", expires_at=NOW + 60, key="a")
    stage.give("3.00", expires_at=NOW + 60, key="b")

    assert stage.call("get_balance").json["expiring"]["amount"] == "8.00"


@pytest.mark.fault(
    "D35",
    "What has expired is still stored",
    "It holds nothing and cannot be captured: time decides, not its deletion",
)
def test_a_hold_is_seen_until_it_expires(funded: Stage) -> None:
    hold = funded.hold()
    before = funded.call("get_balance").json

    funded.now += 60
    after = funded.call("get_balance").json

    assert (before["balance"], before["held"], before["available"]) == ("100.00", "5.00", "95.00")
    assert before["holds"] == [
        {
            "hold_id": hold.json["hold_id"],
            "amount": "5.00",
            "operation": "vapi_call",
            "expires_at": "2026-11-18T11:07:40Z",
        }
    ]
    assert (after["held"], after["available"], after["holds"]) == ("0.00", "100.00", [])


@pytest.mark.fault("G46.8")
def test_an_account_is_shown_as_settled_now_though_nobody_has_settled_it(funded: Stage) -> None:
    funded.give("5.00", expires_at=NOW + 60)
    commits = funded.store.calls["commit"]
    funded.now += 60

    reply = funded.call("get_balance").json

    assert (reply["balance"], reply["available"]) == ("100.00", "100.00")
    assert [grant["remaining"] for grant in reply["grants"]] == ["100.00"]
    assert reply["expiring"] == {}
    assert reply["pending"] == [{"kind": "expiry", "amount": "-5.00", "at": "2026-11-18T11:07:40Z"}]
    assert (funded.balance(), funded.store.calls["commit"]) == ("105.00", commits)


def test_more_than_one_commit_settles_is_shown_as_settled(funded: Stage) -> None:
    for number in range(45):
        funded.give("0.10", expires_at=NOW + 60, key=f"g{number}")
    funded.now += 60

    reply = funded.call("get_balance").json

    assert (reply["balance"], len(reply["grants"]), len(reply["pending"])) == ("100.00", 1, 45)


def test_credits_that_only_a_hold_keeps_are_protected(stage: Stage) -> None:
    stage.give("5.00", expires_at=NOW + 30)
    stage.fund("1.00")
    stage.hold(amount="3.00")
    stage.now += 30

    reply = stage.call("get_balance").json

    assert (reply["balance"], reply["held"], reply["available"], reply["protected"]) == (
        "4.00",
        "3.00",
        "1.00",
        "3.00",
    )
    assert [(each["remaining"], each["protected"]) for each in reply["grants"]] == [
        ("1.00", "0.00"),
        ("3.00", "3.00"),
    ]
    assert [each["amount"] for each in reply["pending"]] == ["-2.00"]


def asked_again(stage: Stage, known: str, **more: Any) -> int:
    return stage.call("get_balance", headers={"if-none-match": known}, **more).status


@pytest.mark.fault(
    "G46.7",
    "A client asks for a balance that it has, and meanwhile something in it ends by itself",
    "304 without a body until anything but `as_of` changes, or a commit comes",
)
def test_a_balance_that_is_known_is_not_sent_again_until_it_changes(funded: Stage) -> None:
    first = funded.call("get_balance")
    seen = first.headers["etag"]
    funded.now += 5
    known = funded.call("get_balance", headers={"If-None-Match": seen})
    funded.spend()
    changed = funded.call("get_balance", headers={"If-None-Match": seen})

    assert seen.startswith('W/"')
    assert (known.status, known.text, known.headers["etag"]) == (304, "", seen)
    assert known.headers["x-request-id"] == "req-2"
    assert (changed.status, changed.json["balance"]) == (200, "97.40")
    assert changed.headers["etag"] != seen


@pytest.mark.fault("G46.7")
def test_a_balance_changes_its_tag_when_something_in_it_ends_by_itself(funded: Stage) -> None:
    funded.give("5.00", expires_at=NOW + 60)
    funded.hold(body={"expires_in": 30})
    version = funded.store.load(USER).version
    seen = []
    for _ in range(4):
        shown = funded.call("get_balance").headers["etag"]
        assert asked_again(funded, shown) == 304
        seen.append(shown)
        funded.now += 29 if len(seen) == 1 else 16

    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    assert funded.store.load(USER).version == version


def test_the_tags_of_two_accounts_differ_and_so_do_those_of_two_roles(stage: Stage) -> None:
    mine = stage.call("get_balance").headers["etag"]
    root = stage.call("get_balance", role="super_admin").headers["etag"]

    assert asked_again(stage, mine, account_id=OTHER) == 200
    assert asked_again(stage, mine, role="super_admin") == 200
    assert asked_again(stage, root, role="super_admin") == 304


def test_a_commit_that_changes_nothing_to_be_seen_changes_the_tag(funded: Stage) -> None:
    shown = BalanceOut.model_validate(funded.call("get_balance").json)

    assert tag(shown, Version(1)) == tag(shown, Version(1))
    assert tag(shown, Version(1)) != tag(shown, Version(2))


def test_an_account_that_nobody_wrote_is_not_found_for_those_who_read_others(stage: Stage) -> None:
    for role in ("service", "admin", "super_admin"):
        for name in ("get_balance", "list_transactions"):
            reply = stage.call(name, role=role, account_id="x", query={"account_id": "nobody"})

            assert (reply.status, reply.code) == (404, "not_found")
            assert "nobody has written to it" in reply.json["detail"]
    assert stage.call("list_transactions").json["items"] == []


def test_a_service_and_an_admin_read_another_account(funded: Stage) -> None:
    for role in ("service", "admin", "super_admin"):
        reply = funded.call("get_balance", role=role, account_id="x", query={"account_id": USER})

        assert reply.json["balance"] == "100.00"
        assert not reply.json["unlimited"]


@pytest.mark.fault("G42", "Another's account is named", "Refused unless the role may mean it")
def test_a_user_does_not(funded: Stage) -> None:
    reply = funded.call("get_balance", account_id=OTHER, query={"account_id": USER})

    assert (reply.status, reply.code) == (403, "forbidden")


def test_a_super_admins_own_account_is_unlimited(stage: Stage) -> None:
    assert stage.call("get_balance", role="super_admin", account_id="root-1").json["unlimited"]


def test_a_slow_clock_does_not_take_the_account_back(funded: Stage) -> None:
    funded.now -= 300

    assert funded.call("get_balance").json["as_of"] == "2026-11-18T11:06:40Z"

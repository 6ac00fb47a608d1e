"""What administrators do to accounts: grants, voids, holds, status, adjustments with a cap."""

from typing import Any

import pytest
from prepaid.domain.credits import AccountId
from prepaid.ledger.verification import verify

from tests.support.stage import NOW, OTHER, USER, Reply, Stage

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
ROOT: dict[str, Any] = {"role": "super_admin", "account_id": "root-1"}
ODD = ("a#1", "100%25", "two words", "😀", "%2F/..", "user-1#g1")


def grant(stage: Stage, key: str = "g", **body: Any) -> Reply:
    given = {"account_id": USER, "amount": "10.00", "reason": "Pilot", **body}
    return stage.call("grant_credits", given, key=key, **ADMIN)


def void(stage: Stage, grant_id: str, key: str = "v", account_id: str = USER, **body: Any) -> Reply:
    path = {"account_id": account_id, "grant_id": grant_id}
    return stage.call("void_grant", {"reason": "Twice", **body}, key=key, path=path, **ADMIN)


def set_status(stage: Stage, key: str = "s", account_id: str = USER, **more: Any) -> Reply:
    who = more.pop("who", ADMIN)
    path = {"account_id": account_id}
    return stage.call("set_account_status", {"reason": "Why", **more}, key=key, path=path, **who)


def adjust(stage: Stage, amount: str, key: str = "a", who: Any = None, **body: Any) -> Reply:
    given = {"account_id": USER, "amount": amount, "reason": "Why", **body}
    return stage.call("adjust_credits", given, key=key, **(who or ADMIN))


def test_a_grant_opens_an_account_and_keeps_its_terms(stage: Stage) -> None:
    ends = "2026-12-31T23:00:00Z"

    made = grant(stage, kind="bonus", expires_at=ends, priority=5, metadata={"batch": "1"})
    again = grant(stage, kind="bonus", expires_at=ends, priority=5, metadata={"batch": "1"})

    assert (made.status, made.json["kind"], made.json["amount"]) == (201, "grant", "10.00")
    assert (again.status, again.json) == (200, made.json)
    assert again.headers["idempotency-replayed"] == "true"
    [shown] = stage.call("list_grants", query={"metadata": "batch:1"}).json["items"]
    assert (shown["name"], shown["kind"], shown["priority"]) == ("Pilot", "bonus", 5)
    assert shown["expires_at"] == ends


def test_what_a_grant_was_is_known_when_it_is_used_up(stage: Stage) -> None:
    grant(stage, kind="bonus", amount="0.10")
    grant(stage, key="next", amount="0.20")
    stage.call("record_usage", {"operation": "message", "quantity": 3}, key="m")

    shown = stage.call("list_grants", query={"state": "used_up"}).json["items"]

    assert [(each["kind"], each["amount"]) for each in shown] == [
        ("promotional", "0.20"),
        ("bonus", "0.10"),
    ]


@pytest.mark.parametrize("settled", [True, False])
def test_what_expired_says_how_much_was_lost_though_nothing_is_written(
    stage: Stage, settled: bool
) -> None:
    grant(stage, amount="30.00", expires_at="2026-11-18T11:07:40Z", reason="Referral reward")
    stage.spend()
    stage.now += 60
    if settled:
        stage.fund("1.00", key="later")

    [shown] = stage.call("list_grants", query={"state": "expired"}).json["items"]

    assert (shown["name"], shown["amount"], shown["expired"]) == (
        "Referral reward",
        "30.00",
        "27.40",
    )
    assert shown["remaining"] == "0.00"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "purchased"}, "/kind"),
        ({"kind": "restored"}, "/kind"),
        ({"kind": "gift"}, "/kind"),
        ({"amount": "-1.00"}, "/amount"),
        ({"amount": "0"}, "/amount"),
        ({"reason": None}, "/reason"),
        ({"priority": 1_001}, "/priority"),
        ({"expires_at": "2026-11-18T11:06:40Z"}, "/expires_at"),
        ({"expires_at": "tomorrow"}, "/expires_at"),
    ],
)
def test_a_grant_that_cannot_be_meant_is_refused(
    stage: Stage, body: dict[str, Any], pointer: str
) -> None:
    reply = grant(stage, **body)

    assert (reply.status, reply.pointers) == (422, [pointer])
    assert stage.entries() == []


def test_what_is_left_of_a_grant_is_taken_back_exactly_once(stage: Stage) -> None:
    grant(stage)
    grant(stage, key="keep", amount="5.00", reason="Kept")
    stage.spend()

    made, again, other = void(stage, "g1"), void(stage, "g1"), void(stage, "g1", key="other")

    assert (made.status, made.json["amount"], made.json["grant_id"]) == (201, "-7.40", "g1")
    assert (again.status, again.json) == (200, made.json)
    assert (other.status, other.code) == (409, "already_reversed")
    assert stage.balance() == "5.00"
    [shown] = stage.call("list_grants", query={"state": "voided"}).json["items"]
    assert (shown["name"], shown["amount"], shown["voided"]) == ("Pilot", "10.00", "7.40")
    assert verify(stage.store, USER, ()) == []


@pytest.mark.parametrize("grant_id", ["g2", "g0", "g", "1", "g1x", "G1", "g١"])
def test_a_grant_that_is_not_there_is_a_404(stage: Stage, grant_id: str) -> None:
    grant(stage)

    reply = void(stage, grant_id)

    assert (reply.status, reply.code) == (404, "not_found")
    assert stage.balance() == "10.00"


def test_a_grant_that_open_holds_need_stays_unless_forced(stage: Stage) -> None:
    grant(stage)
    stage.hold()

    refused = void(stage, "g1")
    forced = void(stage, "g1", force=True)

    assert (refused.status, refused.code) == (402, "insufficient_credits")
    assert (forced.status, forced.json["available_after"]) == (201, "-5.00")


@pytest.mark.fault(
    "D76",
    "A grant is voided that was merged into another one",
    "409 `grant_merged` names the grant that its credits are in; nothing is written",
)
def test_a_merged_grant_cannot_be_told_apart(stage: Stage) -> None:
    for number in range(101):
        grant(stage, key=f"k{number}", amount="1.00")
    before = stage.balance()

    reply = void(stage, "g2")

    assert (reply.status, reply.code) == (409, "grant_merged")
    assert reply.json["merged_into"] == "g1"
    assert stage.balance() == before
    assert void(stage, "g1", key="both").json["amount"] == "-2.00"


@pytest.mark.parametrize("role", ["user", "service"])
def test_an_admin_releases_any_hold_whoever_made_it(funded: Stage, role: str) -> None:
    body = {"operation": "message", "amount": "5.00", "expires_in": 60, "account_id": USER}
    made = funded.call("create_hold", body, key="h", role=role, account_id=USER)
    path = {"hold_id": made.json["hold_id"]}
    asked: dict[str, Any] = {"body": {"reason": "The call was lost", "note": "T-1"}, "path": path}

    reply = funded.call("release_hold", key="r", **asked, **ADMIN)
    again = funded.call("release_hold", key="r", **asked, **ADMIN)
    other = funded.call("release_hold", key="r2", **asked, **ADMIN)

    assert (reply.status, reply.json["kind"], reply.json["held_change"]) == (
        201,
        "release",
        "-5.00",
    )
    assert (reply.json["reason"], reply.json["actor"]) == ("The call was lost", "admin:admin-1")
    assert "note" not in reply.json
    assert (again.status, other.status, other.code) == (200, 409, "hold_ended")


@pytest.mark.parametrize("hold_id", ["x", "MTI6dXNlci0x", "LTE6dXNlci0x"])
def test_a_hold_that_is_not_there_is_a_404(funded: Stage, hold_id: str) -> None:
    body = {"reason": "x"}
    reply = funded.call("release_hold", body, key="r", path={"hold_id": hold_id}, **ADMIN)

    assert (reply.status, reply.code) == (404, "not_found")


def test_a_frozen_account_spends_nothing_until_it_is_reopened(funded: Stage) -> None:
    frozen = set_status(funded, status="frozen")
    refused = funded.spend()
    opened = set_status(funded, key="s2", status="active")

    assert (frozen.status, frozen.json["kind"]) == (201, "status")
    assert (refused.status, refused.code) == (403, "account_frozen")
    assert (opened.status, funded.spend("again").status) == (201, 201)


def test_only_a_super_admin_makes_an_account_unlimited(funded: Stage) -> None:
    refused = set_status(funded, unlimited=True)
    made = set_status(funded, unlimited=True, who=ROOT)

    assert (refused.status, refused.code) == (403, "forbidden")
    assert made.status == 201
    assert funded.call("get_balance").json["level"] == "unlimited"
    assert set_status(funded, key="s2", status="frozen").status == 201
    assert funded.spend().code == "account_frozen"


def test_a_status_needs_an_account_a_reason_and_something_to_set(funded: Stage) -> None:
    assert set_status(funded, account_id="nobody", status="frozen").status == 404
    assert set_status(funded).pointers == ["/status"]
    assert set_status(funded, status="gone").pointers == ["/status"]
    assert set_status(funded, status="frozen", reason=None).pointers == ["/reason"]
    assert len(funded.entries()) == 1


@pytest.mark.fault(
    "G75",
    "An admin adds or removes more at once than the stack lets them",
    "403 `adjustment_too_large`; only a super admin may; a repeat of what was posted is a replay",
)
@pytest.mark.parametrize("amount", ["500.01", "-500.01"])
def test_above_the_cap_only_a_super_admin_may(stage: Stage, amount: str) -> None:
    stage.fund("1000.00")
    stage.largest_adjustment = "500.00"

    refused = adjust(stage, amount)
    granted = grant(stage, amount="500.01")
    posted = adjust(stage, amount, who=ROOT)
    stage.largest_adjustment = "1.00"
    replayed = adjust(stage, amount)

    assert (refused.status, refused.code) == (403, "adjustment_too_large")
    assert refused.json["at_most"] == "500.00"
    assert granted.code == "adjustment_too_large"
    assert (posted.status, replayed.status, replayed.json) == (201, 200, posted.json)
    assert len(stage.entries()) == 2


def test_a_preview_says_what_would_come_of_it_and_writes_nothing(funded: Stage) -> None:
    funded.hold()
    commits = funded.store.calls["commit"]

    reply = adjust(funded, "-85.00", preview=True)

    assert (reply.status, reply.json) == (
        200,
        {
            "account_id": USER,
            "amount": "-85.00",
            "before": {
                "balance": "100.00",
                "held": "5.00",
                "available": "95.00",
                "level": "healthy",
            },
            "after": {"balance": "15.00", "held": "5.00", "available": "10.00", "level": "low"},
            "crosses": ["20.00"],
        },
    )
    assert funded.store.calls["commit"] == commits
    posted = adjust(funded, "-85.00")
    assert (posted.status, posted.json["balance_after"]) == (201, "15.00")


def test_a_preview_is_refused_as_the_correction_would_be(funded: Stage) -> None:
    funded.largest_adjustment = "500.00"

    assert adjust(funded, "-100.01", preview=True).code == "insufficient_credits"
    assert adjust(funded, "600.00", preview=True).code == "adjustment_too_large"
    assert adjust(funded, "1.00", preview=True, account_id="nobody").code == "not_found"
    assert adjust(funded, "-0.01", preview=True, force=True).status == 200


def test_a_preview_counts_what_has_expired_though_nothing_is_written(stage: Stage) -> None:
    stage.give("30.00", expires_at=NOW + 60)
    stage.now += 60

    shown = adjust(stage, "5.00", preview=True).json

    assert (shown["before"]["balance"], shown["after"]["balance"]) == ("0.00", "5.00")


@pytest.mark.parametrize("account_id", ODD)
def test_ids_of_any_text_are_one_account_in_every_path(stage: Stage, account_id: str) -> None:
    assert grant(stage, account_id=account_id).status == 201
    assert set_status(stage, account_id=account_id, status="frozen").status == 201
    assert void(stage, "g1", account_id=account_id).status == 201

    query = {"account_id": account_id}
    listed = stage.call("list_grants", query=query, **ADMIN).json["items"]
    assert [each["state"] for each in listed] == ["voided"]
    assert len(stage.entries(AccountId(account_id))) == 3
    assert stage.entries(OTHER) == []


def test_each_act_is_audited_with_actor_reason_note_before_and_after(stage: Stage) -> None:
    stage.fund("50.00")
    adjust(stage, "5.00", note="Ticket 1")
    adjust(stage, "5.00", note="Ticket 1")
    grant(stage)
    hold = stage.hold().json["hold_id"]
    stage.call("release_hold", {"reason": "lost"}, key="r", path={"hold_id": hold}, **ADMIN)
    void(stage, "g3")
    set_status(stage, status="frozen")
    adjust(stage, "-5000.00", key="refused")

    rows = stage.store.audit

    assert [each.action for each in rows] == [
        "adjust",
        "grant",
        "void_hold",
        "void_grant",
        "status",
    ]
    assert {each.actor for each in rows} == {"admin:admin-1"}
    assert (rows[0].reason, rows[0].note) == ("Why", "Ticket 1")
    assert (rows[0].before["balance"], rows[0].after["balance"]) == ("50.00", "55.00")
    assert (rows[4].before["status"], rows[4].after["status"]) == ("active", "frozen")


def test_a_note_is_kept_and_shown_to_no_user(stage: Stage) -> None:
    made = adjust(stage, "5.00", note="Only admins", create=True)

    listed = stage.call("list_transactions").text
    shown = stage.call("get_transaction", path={"entry_id": made.json["entry_id"]}).text

    assert stage.entries()[0].note == "Only admins"
    assert "Only admins" not in made.text + listed + shown

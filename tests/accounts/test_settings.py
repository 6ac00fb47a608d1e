"""Settings over HTTP: read, replaced over what was seen, and felt by the next spend."""

from typing import Any

import pytest

from tests.support.stage import NOW, OTHER, USER, Reply, Stage

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
PATH = {"account_id": USER}


def shown(stage: Stage, **more: Any) -> Reply:
    return stage.call("get_settings", **more)


def save(stage: Stage, body: object = None, tag: str | None = '"0"', **more: Any) -> Reply:
    headers = {} if tag is None else {"if-match": tag}
    return stage.call("put_settings", {} if body is None else body, headers=headers, **more)


def save_as_admin(stage: Stage, body: object, tag: str = '"0"', account_id: str = USER) -> Reply:
    return stage.call(
        "put_account_settings",
        body,
        headers={"if-match": tag},
        path={"account_id": account_id},
        **ADMIN,
    )


def test_an_account_that_chose_nothing_has_the_defaults(stage: Stage) -> None:
    reply = shown(stage)

    assert (reply.status, reply.headers["etag"]) == (200, '"0"')
    assert reply.json == {
        "account_id": USER,
        "thresholds": ["20.00"],
        "runway_thresholds": [7],
        "time_zone": "UTC",
        "time_zone_now": "UTC",
        "overage": "absorb",
        "limits": {"daily": None, "monthly": None, "others": []},
        "admin_limits": {"daily": None, "monthly": None, "others": []},
        "channels": {"bus": True, "sns": False, "email": False},
        "recipients": [],
        "cooldown_seconds": {"bus": 0, "sns": 0, "email": 0},
        "repeat_days": None,
        "limits_now": [],
        "defaults": ["thresholds", "runway_thresholds", "overage"],
        "version": 0,
        "saved_at": None,
        "saved_by": None,
    }
    assert stage.store.calls["commit"] == 0


def test_everything_that_was_saved_is_shown(stage: Stage) -> None:
    other = {"operation": "message", "window": "hour", "amount": "1.00"}
    body = {
        "thresholds": ["50", "0", 20.5],
        "runway_thresholds": [14, 3],
        "time_zone": "Europe/Berlin",
        "overage": "debt",
        "limits": {"daily": "5.00", "monthly": 100, "others": [other]},
    }

    reply = save(stage, body)

    assert (reply.status, reply.headers["etag"]) == (200, '"1"')
    assert reply.text == shown(stage).text
    found = reply.json
    assert found["thresholds"] == ["0.00", "20.50", "50.00"]
    assert found["runway_thresholds"] == [3, 14]
    assert (found["time_zone"], found["time_zone_now"]) == ("Europe/Berlin", "UTC")
    assert (found["overage"], found["defaults"]) == ("debt", [])
    assert found["limits"] == {"daily": "5.00", "monthly": "100.00", "others": [other]}
    assert (found["saved_at"], found["saved_by"]) == ("2026-11-18T11:06:40Z", f"user:{USER}")
    assert [
        (each["operation"], each["window"], each["resets_at"]) for each in found["limits_now"]
    ] == [
        (None, "day", "2026-11-19T00:00:00Z"),
        (None, "month", "2026-11-30T23:00:00Z"),
        ("message", "hour", "2026-11-18T12:00:00Z"),
    ]
    assert stage.entries() == []


def test_the_audit_says_which_zone_was_chosen_also_while_the_one_before_still_counts(
    funded: Stage,
) -> None:
    save_as_admin(funded, {"time_zone": "Europe/Berlin"})
    save_as_admin(funded, {"time_zone": "Asia/Tokyo"}, '"1"')

    assert [(row.before["time_zone"], row.after["time_zone"]) for row in funded.store.audit] == [
        ("UTC", "Europe/Berlin"),
        ("Europe/Berlin", "Asia/Tokyo"),
    ]


def test_what_is_left_out_has_its_default_again(stage: Stage) -> None:
    save(stage, {"thresholds": [], "time_zone": "Europe/Berlin", "limits": {"daily": "5"}})

    reply = save(stage, {}, '"1"')

    assert (reply.json["thresholds"], reply.json["time_zone"]) == (["20.00"], "UTC")
    assert (reply.json["limits_now"], reply.json["version"]) == ([], 2)


@pytest.mark.fault(
    "E85", "Two admins save settings at once", "The second is told (412) and overwrites nothing"
)
def test_settings_that_were_saved_since_are_not_overwritten(stage: Stage) -> None:
    save(stage, {"thresholds": ["5"]})
    save(stage, {"thresholds": ["6"]}, '"1"')

    reply = save(stage, {"thresholds": ["7"]}, '"1"')

    assert (reply.status, reply.code) == (412, "precondition_failed")
    assert shown(stage).json["thresholds"] == ["6.00"]


@pytest.mark.parametrize("tag", ['W/"0"', '"zero"', "0", '"-0"', '"00000000000000000000"', '""'])
def test_a_tag_that_names_no_version_matches_nothing(stage: Stage, tag: str) -> None:
    reply = save(stage, {}, tag)

    assert (reply.status, reply.code) == (412, "precondition_failed")


@pytest.mark.parametrize("tag", ["*", '"7", "0"', ' W/"0" , "0"'])
def test_one_of_several_tags_or_any_is_enough(stage: Stage, tag: str) -> None:
    assert save(stage, {}, tag).status == 200


@pytest.mark.fault("E85")
def test_without_a_tag_nothing_is_saved(stage: Stage) -> None:
    reply = save(stage, {"thresholds": ["5"]}, None)

    assert (reply.status, reply.code) == (428, "precondition_required")
    assert stage.store.calls["commit"] == 0


@pytest.mark.fault(
    "A86", "The answer to saved settings is lost", "The same request again gets it, and is no 412"
)
def test_the_same_request_again_gets_its_answer_and_changes_nothing(stage: Stage) -> None:
    first = save(stage, {"thresholds": ["5"]})

    again = save(stage, {"thresholds": ["5.00"]})
    other = save(stage, {"thresholds": ["6"]})
    somebody = save_as_admin(stage, {"thresholds": ["5"]})

    assert (again.status, again.text) == (200, first.text)
    assert (other.status, somebody.status) == (412, 412)
    assert stage.store.calls["commit"] == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"surprise": 1}, "/surprise"),
        ({"admin_limits": {"daily": "5"}}, "/admin_limits"),
        ({"thresholds": ["-1"]}, "/thresholds/0"),
        ({"thresholds": ["1.001"]}, "/thresholds/0"),
        ({"thresholds": ["20", "20.00"]}, "/thresholds"),
        ({"runway_thresholds": [0]}, "/runway_thresholds/0"),
        ({"runway_thresholds": [366]}, "/runway_thresholds/0"),
        ({"runway_thresholds": [1.5]}, "/runway_thresholds/0"),
        ({"runway_thresholds": [7, 7]}, "/runway_thresholds"),
        ({"runway_thresholds": [1, 2, 3, 4, 5, 6]}, "/runway_thresholds"),
        ({"thresholds": [str(each) for each in range(6)]}, "/thresholds"),
        ({"time_zone": "Europe/Atlantis"}, "/time_zone"),
        ({"time_zone": "../UTC"}, "/time_zone"),
        ({"overage": "forgive"}, "/overage"),
        ({"limits": {"daily": "0"}}, "/limits/daily"),
        ({"limits": {"weekly": "5"}}, "/limits/weekly"),
        (
            {"limits": {"others": [{"window": "day", "amount": "5"}], "daily": "5"}},
            "/limits/others",
        ),
        ({"limits": {"others": [{"window": "week", "amount": "5"}]}}, "/limits/others/0/window"),
        (
            {
                "limits": {
                    "daily": "5",
                    "others": [
                        {"operation": f"o{each}", "window": "day", "amount": "5"}
                        for each in range(5)
                    ],
                }
            },
            "/limits/others",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(stage: Stage, body: object, pointer: str) -> None:
    reply = save(stage, body)

    assert (reply.status, reply.code, reply.pointers) == (422, "invalid_request", [pointer])
    assert stage.store.calls["commit"] == 0


def test_a_limit_is_felt_by_the_next_spend_and_says_when_it_resets(funded: Stage) -> None:
    save(funded, {"limits": {"daily": "5.00"}})
    funded.spend("a")

    reply = funded.spend("b")
    checked = funded.call(
        "check_credits", {"operation": "vapi_call", "quantities": {"call": 1, "minute": 4}}
    )
    balance = funded.call("get_balance")

    assert (reply.status, reply.code) == (403, "spending_limit_exceeded")
    resets_at = "2026-11-19T00:00:00Z"
    assert (reply.json["amount"], reply.json["used"], reply.json["resets_at"]) == (
        "5.00",
        "2.60",
        resets_at,
    )
    assert reply.headers["retry-after"] == str(1_795_046_400 - NOW)
    assert (checked.json["allowed"], checked.json["reason"]) == (False, "spending_limit_exceeded")
    assert (checked.json["available"], checked.json["max_units"]["minute"]) == ("97.40", "2.819999")
    assert [each["resets_at"] for each in checked.json["limits"]] == [resets_at]
    assert balance.json["limits"] == [
        {
            "operation": None,
            "window": "day",
            "set_by": "user",
            "amount": "5.00",
            "used": "2.60",
            "held": "0.00",
            "left": "2.40",
            "resets_at": resets_at,
        }
    ]


def test_a_limit_counts_what_was_used_before_it_was_set(funded: Stage) -> None:
    funded.spend("yesterday")
    funded.now += 86_400
    funded.spend("today")

    reply = save(
        funded,
        {
            "limits": {
                "daily": "2.60",
                "monthly": "5.20",
                "others": [{"window": "hour", "amount": "9"}],
            }
        },
    )
    refused = funded.spend("more")

    assert [(each["window"], each["used"]) for each in reply.json["limits_now"]] == [
        ("day", "2.60"),
        ("month", "5.20"),
        ("hour", "0.00"),
    ]
    assert (refused.status, refused.code) == (403, "spending_limit_exceeded")
    assert funded.store.outbox.stored == [], "what was passed before is not announced"


def test_a_month_counts_a_day_that_nobody_has_closed_yet(funded: Stage) -> None:
    funded.spend("yesterday")
    funded.now += 86_400

    reply = save(funded, {"limits": {"monthly": "5.00"}})

    assert [each["used"] for each in reply.json["limits_now"]] == ["2.60"]


def test_a_limit_that_is_changed_goes_on_counting(funded: Stage) -> None:
    hourly = {"others": [{"window": "hour", "amount": "5"}]}
    save(funded, {"limits": hourly})
    funded.spend("a")

    raised = save(funded, {"limits": {"others": [{"window": "hour", "amount": "9"}]}}, '"1"')
    save_as_admin(funded, {"limits": hourly, "admin_limits": hourly}, '"2"')

    assert [each["used"] for each in raised.json["limits_now"]] == ["2.60"]
    assert [each["used"] for each in shown(funded).json["limits_now"]] == ["2.60", "2.60"]


@pytest.mark.fault(
    "G85", "A user lifts a limit that an admin has set", "It stays, whatever the user saves"
)
def test_a_user_cannot_lift_an_admins_limit(funded: Stage) -> None:
    save_as_admin(funded, {"admin_limits": {"daily": "2.60"}})

    reply = save(funded, {"limits": {"daily": "500"}}, '"1"')
    funded.spend("a")
    refused = funded.spend("b")

    assert reply.json["admin_limits"]["daily"] == "2.60"
    assert refused.json["amount"] == "2.60"


def test_an_admin_who_leaves_limits_out_lifts_their_own(funded: Stage) -> None:
    save_as_admin(funded, {"admin_limits": {"daily": "2.60"}})

    reply = save_as_admin(funded, {}, '"1"')

    assert reply.json["limits_now"] == []
    assert reply.json["saved_by"] == "admin:admin-1"


@pytest.mark.fault(
    "G86", "A user no longer wants to owe what an overrun costs", "Only an admin may decide that"
)
def test_a_user_takes_on_debt_and_only_an_admin_ends_it(funded: Stage) -> None:
    save_as_admin(funded, {"overage": "debt"})

    refused = save(funded, {"overage": "absorb"}, '"1"')
    stays = save(funded, {}, '"1"')
    ended = save_as_admin(funded, {"overage": "absorb"}, '"2"')

    assert (refused.status, refused.code) == (403, "forbidden")
    assert (stays.json["overage"], ended.json["overage"]) == ("debt", "absorb")


def test_an_admin_reads_and_saves_no_account_that_nobody_wrote(stage: Stage) -> None:
    saved = save_as_admin(stage, {}, account_id="nobody")
    read = stage.call("get_account_settings", path={"account_id": "nobody"}, **ADMIN)
    named = shown(stage, query={"account_id": "nobody"}, **ADMIN)
    too_long = stage.call("get_account_settings", path={"account_id": "n" * 129}, **ADMIN)

    assert [each.status for each in (saved, read, named, too_long)] == [404, 404, 404, 404]
    assert stage.store.calls["commit"] == 0


def test_an_admin_reads_what_a_user_saved(funded: Stage) -> None:
    save(funded, {"thresholds": ["5"]})

    by_path = funded.call("get_account_settings", path=PATH, **ADMIN)
    by_name = shown(funded, query={"account_id": USER}, **ADMIN)
    another = shown(funded, account_id=OTHER, query={"account_id": USER})

    assert by_path.text == by_name.text == shown(funded).text
    assert another.status == 403


def test_a_new_time_zone_shows_from_the_next_day_on(funded: Stage) -> None:
    save(funded, {"time_zone": "Asia/Kathmandu"})
    before = shown(funded).json["time_zone_now"]
    funded.now += 86_400

    assert (before, shown(funded).json["time_zone_now"]) == ("UTC", "Asia/Kathmandu")


def test_settings_are_saved_when_the_ledger_is_back(stage: Stage) -> None:
    stage.store.broken = True

    reply = save(stage, {})

    assert (reply.status, reply.code) == (503, "unavailable")


def test_an_account_that_only_has_settings_verifies(stage: Stage) -> None:
    save(stage, {"limits": {"daily": "5"}})
    stage.fund("10")

    assert stage.spend().status == 201

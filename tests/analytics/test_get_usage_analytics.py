"""GET usage/analytics through the function: parameters, who may, and the same numbers as CSV."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from prepaid.analytics.web import usage
from prepaid.web.tables import MAX_SENT_BYTES

from tests.support.stage import NOW, OTHER, USER, Reply, Stage

DAY = 86_400
TODAY = "2026-11-18"


def asked(stage: Stage, role: str = "user", account_id: str = USER, **query: str) -> Reply:
    renamed = {name.rstrip("_"): value for name, value in query.items()}
    return stage.call("get_usage_analytics", role=role, account_id=account_id, query=renamed)


@pytest.fixture
def used(stage: Stage) -> Stage:
    """Four days of usage: 2.60 on each, by a call of its own, and three messages on the last."""
    stage.now = NOW - 3 * DAY
    stage.fund("100.00")
    for number in range(4):
        stage.now = NOW + (number - 3) * DAY
        stage.spend(f"k{number}", body={"reference": f"call-{number}"})
    stage.call("record_usage", {"operation": "message", "quantity": 3}, key="m")
    return stage


def test_an_answer_says_what_was_used_by_day(used: Stage) -> None:
    reply = asked(used)

    shown = reply.json
    assert reply.status == 200
    assert (shown["from"], shown["to"], shown["time_zone"]) == ("2026-10-20", TODAY, "UTC")
    assert [each["key"] for each in shown["buckets"]][-2:] == ["2026-11-17", TODAY]
    assert shown["buckets"][-1] == {
        "key": TODAY,
        "from": TODAY,
        "to": TODAY,
        "partial": True,
        "units": {"call": "1", "message": "3", "minute": "3.2"},
        "credits": "2.90",
        "waived": "0.00",
        "reversed": "0.00",
        "count": 2,
        "operations": {
            "message": {
                "units": {"message": "3"},
                "credits": "0.30",
                "waived": "0.00",
                "reversed": "0.00",
                "count": 1,
            },
            "vapi_call": {
                "units": {"call": "1", "minute": "3.2"},
                "credits": "2.60",
                "waived": "0.00",
                "reversed": "0.00",
                "count": 1,
            },
        },
    }
    assert (shown["totals"]["credits"], shown["totals"]["count"]) == ("10.70", 5)
    assert shown["operations"]["vapi_call"]["credits"] == "10.40"
    assert (shown["previous"], shown["largest"], shown["other"]) == (None, None, None)
    assert (shown["complete"], shown["as_of"]) == (True, "2026-11-18T11:06:40Z")


def test_a_burn_rate_is_of_the_days_before_today(used: Stage) -> None:
    assert asked(used).json["burn_rate"] == {
        "days": 7,
        "spent": "7.80",
        "per_day": "1.11",
        "days_left": 80,
    }


def test_usage_is_compared_with_as_many_days_before(used: Stage) -> None:
    shown = asked(used, from_="2026-11-17", to=TODAY, compare="previous").json

    assert (shown["previous"]["from"], shown["previous"]["to"]) == ("2026-11-15", "2026-11-16")
    assert shown["previous"]["totals"]["credits"] == "5.20"
    assert [each["partial"] for each in shown["previous"]["buckets"]] == [False, False]


def test_the_largest_entries_are_shown_when_asked_for(used: Stage) -> None:
    shown = asked(used, include="largest").json["largest"]

    assert [each["amount"] for each in shown["items"]] == ["-2.60"] * 4 + ["-0.30"]
    assert shown["items"][0]["reference"] == "call-3"
    assert shown["complete"] is True


def test_usage_is_grouped_by_reference(used: Stage) -> None:
    shown = asked(used, group_by="reference").json

    assert [each["key"] for each in shown["buckets"]] == [
        *(f"call-{number}" for number in range(4)),
        None,
    ]
    assert [each["count"] for each in shown["buckets"]] == [1] * 5


def test_the_parts_of_a_hold_count_once_under_their_reference(funded: Stage) -> None:
    path = {"hold_id": funded.hold().json["hold_id"]}
    for key, final in (("p", False), ("q", False), ("c", True)):
        body = {"amount": "1.00", "final": final, "reference": "run-1"}
        funded.call("capture_hold", body, key=key, path=path)

    [bucket] = asked(funded, group_by="reference").json["buckets"]

    assert (bucket["key"], bucket["count"], bucket["credits"]) == ("run-1", 1, "3.00")


@pytest.mark.parametrize(
    ("group_by", "keys"),
    [
        ("week", ["2026-W46", "2026-W47"]),
        ("month", ["2026-11"]),
        ("operation", ["vapi_call", "message"]),
        ("variant", ["*"]),
    ],
)
def test_usage_is_grouped_as_asked(used: Stage, group_by: str, keys: list[str]) -> None:
    shown = asked(used, group_by=group_by, from_="2026-11-12").json

    assert [each["key"] for each in shown["buckets"]] == keys


def rows(reply: Reply) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.text)))


@pytest.mark.parametrize("group_by", ["day", "week", "month", "operation", "variant", "reference"])
def test_a_table_has_the_numbers_of_the_answer(used: Stage, group_by: str) -> None:
    query = {"group_by": group_by, "compare": "previous"}
    shown = asked(used, **query).json

    reply = asked(used, format="csv", **query)

    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    found = rows(reply)
    for name, period in (("current", shown), ("previous", shown["previous"])):
        of_period = [row for row in found if row["period"] == name]
        buckets = [row for row in of_period if row["row"] == "bucket"]
        [total] = [row for row in of_period if row["row"] == "total"]
        assert [row["key"] or None for row in buckets] == [
            each["key"] for each in period["buckets"]
        ]
        for row, sums in [*zip(buckets, period["buckets"], strict=True), (total, period["totals"])]:
            assert int(row["count"]) == sums["count"]
            assert [row[each] for each in ("credits", "waived", "reversed")] == [
                sums[each] for each in ("credits", "waived", "reversed")
            ]
            units = "; ".join(f"{many} {unit}" for unit, many in sums["units"].items())
            assert row["units"] == units


def test_accept_asks_for_a_table_too(used: Stage) -> None:
    reply = used.call("get_usage_analytics", headers={"accept": "text/csv"})

    assert reply.text.startswith("period,row,key,from,to,count,credits")


def test_a_reference_is_never_run_as_a_formula(funded: Stage) -> None:
    funded.spend(body={"reference": "=HYPERLINK(1)"})

    row, *_ = rows(asked(funded, group_by="reference", format="csv"))

    assert row["key"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-11-18T00:00:00Z"}, "/from"),
        ({"to": "2026-02-30"}, "/to"),
        ({"from": "2026-11-19", "to": "2026-11-18"}, "/to"),
        ({"group_by": "hour"}, "/group_by"),
        ({"group_by": ""}, "/group_by"),
        ({"compare": "next"}, "/compare"),
        ({"include": "all"}, "/include"),
        ({"format": "xml"}, "/format"),
        ({"limit": "5"}, "/limit"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    funded: Stage, query: dict[str, str], pointer: str
) -> None:
    reply = asked(funded, **query)

    assert (reply.status, reply.pointers) == (422, [pointer])


@pytest.mark.parametrize(
    "query",
    [{"from": "2025-11-17"}, {"from": "2025-11-17", "to": TODAY}, {"from": "1970-01-01"}],
)
def test_more_than_366_days_are_refused(funded: Stage, query: dict[str, str]) -> None:
    reply = asked(funded, **query)

    assert (reply.status, reply.code, reply.json["errors"][0]["pointer"]) == (
        422,
        "invalid_request",
        "/from",
    )
    assert asked(funded, from_="2025-11-18").status == 200


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.fault(
    "F70",
    "An answer about usage is larger than Lambda sends",
    "422 that says to ask for less, instead of an answer that is cut off or lost",
)
def test_an_answer_that_lambda_would_not_send_is_refused(
    used: Stage, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(json.dumps(asked(used, format=form).text)) - 2
    monkeypatch.setattr(usage, "MAX_SENT_BYTES", size - 1)

    reply = asked(used, format=form)

    assert (reply.status, reply.pointers) == (422, ["/to"])
    monkeypatch.setattr(usage, "MAX_SENT_BYTES", size)
    assert asked(used, format=form).status == 200
    assert MAX_SENT_BYTES < 6 * 1024 * 1024


def test_a_user_sees_the_usage_of_no_other_account(used: Stage) -> None:
    reply = asked(used, account_id=OTHER)
    named = used.call("get_usage_analytics", account_id=OTHER, query={"account_id": USER})

    assert reply.json["totals"]["count"] == 0
    assert (named.status, named.code) == (403, "forbidden")


def test_an_admin_reads_any_account_that_somebody_wrote(used: Stage) -> None:
    def named(account_id: str) -> Reply:
        query = {"account_id": account_id}
        return used.call("get_usage_analytics", role="admin", account_id="admin-1", query=query)

    found, nobody = named(USER), named("nobody")

    assert found.json["totals"]["count"] == 5
    assert (nobody.status, nobody.code) == (404, "not_found")


def test_while_the_ledger_cannot_be_read_the_answer_is_a_503(used: Stage) -> None:
    used.store.broken = True

    reply = asked(used)

    assert (reply.status, reply.code) == (503, "unavailable")


def test_thirty_days_are_shown_without_a_range(funded: Stage) -> None:
    keys = [each["key"] for each in asked(funded).json["buckets"]]

    first = date.fromisoformat(TODAY) - timedelta(days=29)
    assert (keys[0], keys[-1], len(keys)) == (first.isoformat(), TODAY, 30)

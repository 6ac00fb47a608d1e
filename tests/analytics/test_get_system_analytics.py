"""GET admin/analytics and the job behind it, through the functions."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from prepaid.analytics.flows import Costed
from prepaid.analytics.web import usage
from prepaid.analytics.web.system import MarginOut
from prepaid.domain.credits import Credits
from prepaid.runtime.jobs import RESERVE_MILLISECONDS, Unfinished

from functions.snapshot_analytics import app as snapshot_analytics
from tests.support.sales import Sales
from tests.support.selling import paid, refunded
from tests.support.stage import NOW, OTHER, USER, Reply, Stage

DAY = 86_400
TODAY = "2026-11-18"
ADMIN = {"role": "admin", "account_id": "admin-1"}


def asked(stage: Stage, **query: str) -> Reply:
    renamed = {name.rstrip("_"): value for name, value in query.items()}
    return stage.call("get_system_analytics", role="admin", account_id="admin-1", query=renamed)


def context(milliseconds: int) -> SimpleNamespace:
    return SimpleNamespace(get_remaining_time_in_millis=lambda: milliseconds)


@pytest.fixture
def sold(sales: Sales) -> Stage:
    """A purchase of user-1, a part of it refunded, a call; an adjustment of user-2."""
    stage = sales.stage
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    sales.record_fact(payment, refunded(450))
    stage.spend()
    stage.fund("12.00", OTHER)
    return stage


@pytest.mark.parametrize(
    ("cost", "basis", "shown", "margin"),
    [
        (318_500, {"usd": 45}, "0.3185", "0.1315"),
        (1, {"usd": 0}, "0.000001", "-0.000001"),
        (10_000, {"usd": 1}, "0.01", "0.00"),
        (2_500_000, {}, "2.50", "-2.50"),
        (0, {"usd": 123}, "0.00", "1.23"),
        (318_500, {"usd": 45, "eur": 1}, "0.3185", None),
        (318_500, {"eur": 45}, "0.3185", None),
    ],
)
def test_a_margin_is_what_was_paid_in_dollars_less_what_the_provider_took(
    cost: int, basis: dict[str, int], shown: str, margin: str | None
) -> None:
    seen = MarginOut.of(Costed(provider_cost=cost, credits=Credits(260), basis=basis))

    assert seen.model_dump() == {
        "credits": "2.60",
        "revenue": basis,
        "provider_cost": shown,
        "margin": margin,
    }


def test_a_snapshot_answers_what_was_sold_spent_and_is_owed(sold: Stage) -> None:
    taken = snapshot_analytics.handler({})

    reply = asked(sold, from_=TODAY)

    shown = reply.json
    assert taken == {"accounts": 2, "changed": 2, "failed": 0, "finished": True}
    assert (reply.status, shown["as_of"]) == (200, "2026-11-18T11:06:40Z")
    [day] = shown["days"]
    assert day["movements"] == {
        "sold": "500.00",
        "bonus": "50.00",
        "granted": "0.00",
        "added": "12.00",
        "reversed": "0.00",
        "removed": "0.00",
        "spent": "2.60",
        "expired": "0.00",
        "refunded": "55.00",
        "net": "504.40",
    }
    assert (day["day"], day["closed"], day["active"], day["opened"]) == (TODAY, False, 1, 2)
    assert day["money"] == {"usd": {"revenue": 4500, "refunds": 450}}
    assert day["usage"]["vapi_call"]["units"] == {"call": "1", "minute": "3.2"}
    assert shown["totals"] == {
        name: value for name, value in day.items() if name not in {"day", "closed", "active"}
    }


def test_a_snapshot_answers_what_accounts_have(sold: Stage) -> None:
    snapshot_analytics.handler({})

    shown = asked(sold).json
    liability = sum(grant.unspent_basis for grant in sold.store.load(USER).grants)

    assert shown["standing"] == {
        "accounts": 2,
        "by_status": {"active": 2},
        "unlimited": 0,
        "low": 1,
        "in_debt": 0,
        "active": 1,
        "balance": "504.40",
        "debt": "0.00",
        "held": "0.00",
        "unspent": {
            "purchased": "447.40",
            "bonus": "45.00",
            "promotional": "0.00",
            "adjustment": "12.00",
            "restored": "0.00",
        },
        "liability": {"usd": liability},
    }
    assert shown["top"] == {
        "balance": [
            {"account_id": USER, "credits": "492.40"},
            {"account_id": OTHER, "credits": "12.00"},
        ],
        "spend": [{"account_id": USER, "credits": "2.60"}],
        "debt": [],
    }


def test_an_answer_reads_the_snapshot_and_says_of_when_it_is(sold: Stage) -> None:
    snapshot_analytics.handler({})
    before = asked(sold, from_=TODAY, to=TODAY).json
    sold.store.calls.clear()
    sold.now += 600
    sold.spend("later")
    spent = dict(sold.store.calls)

    assert asked(sold, from_=TODAY, to=TODAY).json == before
    assert dict(sold.store.calls) == spent


def test_without_a_snapshot_nothing_is_known(sold: Stage) -> None:
    shown = asked(sold).json

    assert (shown["as_of"], shown["days"], shown["standing"]["accounts"]) == (None, [], 0)


def test_parts_are_added_up_once_all_of_them_are_there(sold: Stage) -> None:
    snapshot_analytics.handler({"segment": 0, "segments": 2})
    half = asked(sold).json["as_of"]
    sold.now += 60
    snapshot_analytics.handler({"segment": 1, "segments": 2})

    shown = asked(sold).json

    assert half is None
    assert (shown["as_of"], shown["standing"]["accounts"]) == ("2026-11-18T11:06:40Z", 2)


def test_the_days_are_a_table(sold: Stage) -> None:
    snapshot_analytics.handler({})
    shown = asked(sold, from_="2026-11-17").json

    reply = asked(sold, from_="2026-11-17", format="csv")

    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert [row["day"] for row in rows] == ["2026-11-17", TODAY]
    for row, day in zip(rows, shown["days"], strict=True):
        assert {name: row[name] for name in day["movements"]} == day["movements"]
        assert (int(row["active"]), int(row["opened"])) == (day["active"], day["opened"])
    assert (rows[1]["revenue_usd"], rows[1]["refunds_usd"]) == ("4500", "450")
    assert (rows[0]["revenue_usd"], rows[0]["closed"]) == ("0", "true")


@pytest.mark.fault("F70")
@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_that_lambda_would_not_send_is_refused(
    sold: Stage, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_analytics.handler({})
    size = len(json.dumps(asked(sold, format=form).text)) - 2
    monkeypatch.setattr(usage, "MAX_SENT_BYTES", size - 1)

    reply = asked(sold, format=form)

    assert (reply.status, reply.pointers) == (422, ["/to"])
    monkeypatch.setattr(usage, "MAX_SENT_BYTES", size)
    assert asked(sold, format=form).status == 200


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-11-19", "to": "2026-11-18"}, "/to"),
        ({"from": "2025-11-17"}, "/from"),
        ({"format": "xml"}, "/format"),
        ({"group_by": "day"}, "/group_by"),
    ],
)
def test_what_cannot_be_meant_is_refused(stage: Stage, query: dict[str, str], pointer: str) -> None:
    reply = asked(stage, **query)

    assert (reply.status, reply.pointers) == (422, [pointer])


@pytest.mark.parametrize("role", ["user", "service"])
def test_only_admins_see_what_belongs_to_all(stage: Stage, role: str) -> None:
    reply = stage.call("get_system_analytics", role=role)

    assert (reply.status, reply.code) == (403, "forbidden")


def test_while_snapshots_cannot_be_read_the_answer_is_a_503(stage: Stage) -> None:
    stage.store.broken = True

    assert asked(stage).status == 503


@pytest.mark.fault("C70")
def test_a_job_without_time_says_that_it_did_not_finish(
    sold: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Unfinished):
        snapshot_analytics.handler({}, context(RESERVE_MILLISECONDS - 1))

    assert asked(sold).json["as_of"] is None
    numbers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["AccountsSnapped"] for each in numbers if "AccountsSnapped" in each] == [[0.0]]


@pytest.mark.fault("C70")
def test_a_job_that_cannot_read_an_account_fails_and_names_it(
    sold: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = sold.store.in_order

    def broken(account_id: str, **more: object) -> object:
        if account_id == OTHER:
            raise KeyError("customer@example.com")
        return in_order(USER, **more)  # type: ignore[arg-type]  # passes on what it was given

    with monkeypatch.context() as patched:
        patched.setattr(sold.store, "in_order", broken)
        with pytest.raises(Unfinished):
            snapshot_analytics.handler({}, context(60_000))
    before = asked(sold).json["as_of"]
    snapshot_analytics.handler({}, context(60_000))

    assert before is None
    assert asked(sold).json["standing"]["accounts"] == 2


def test_a_day_is_kept_when_it_is_over(sold: Stage) -> None:
    snapshot_analytics.handler({})
    sold.now = NOW + DAY
    snapshot_analytics.handler({})

    yesterday, today = asked(sold, from_=TODAY).json["days"]

    assert (yesterday["closed"], yesterday["movements"]["spent"]) == (True, "2.60")
    assert (today["closed"], today["movements"]["spent"]) == (False, "0.00")

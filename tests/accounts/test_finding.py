"""Accounts are found by keys alone, whatever their ids are; one is shown with all of it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from moto import mock_aws
from prepaid.accounts.dynamodb.lists import DynamoAccountLists
from prepaid.accounts.dynamodb.profiles import DynamoProfiles
from prepaid.accounts.finding import AccountFilter, Wanted, find_accounts
from prepaid.accounts.ports import AccountLists, AccountOrder, Place, Ranking
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Adjust
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.listing import AccountList
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.shards import SHARDS, shard_of
from prepaid.ledger.audit import MAX_DETAIL
from prepaid.ledger.dynamodb.items import account_from_item
from prepaid.ledger.posting import Ledger
from prepaid.web.tables import MAX_SENT_BYTES

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.memory import MemoryLedgerStore, MemoryRetryBudget
from tests.support.memory_accounts import MemoryAccountLists
from tests.support.memory_payments import MemoryExceptions
from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, USER, Reply, Stage, function

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
ODD = ["a#1", "100%25", "two words", "😀😀", "user-1", "user-2", "ué", "x"]


class Accounts:
    """A ledger with what finds its accounts."""

    def __init__(self, store: Any, lists: AccountLists) -> None:
        self.ledger, self.lists = Ledger(store, MemoryRetryBudget), lists

    def set(self, account_id: str, cents: int, key: str = "a") -> None:
        command = Adjust(
            key=keys.adjustment(key),
            actor="admin:a",
            request_id=f"{account_id}-{key}",
            amount=Credits(cents),
            create=True,
            force=True,
        )
        self.ledger.post(AccountId(account_id), lambda _: command, Instant(NOW))


@pytest.fixture(params=["memory", "moto"])
def stored(request: pytest.FixtureRequest) -> Iterator[Accounts]:
    if request.param == "memory":
        store = MemoryLedgerStore()
        yield Accounts(store, MemoryAccountLists(store))
        return
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, LEDGER_TABLES)
        lists = DynamoAccountLists(
            client,
            records=f"{prefix}credit_records",
            accounts=f"{prefix}user_credits",
            read=account_from_item,
        )
        yield Accounts(ledger_store(client, prefix), lists)


def walked(read: Any) -> list[str]:
    """Go through a list two accounts at a time."""
    found: list[str] = []
    after: Place | None = None
    while page := read(limit=2, after=after):
        found += [each.account_id for each in page]
        after = page[-1]
    return found


def test_every_account_is_found_once_page_by_page(stored: Accounts) -> None:
    for account_id in ODD:
        stored.set(account_id, 50_00)
        stored.set(account_id, 1, key="again")

    found = walked(stored.lists.all)

    assert sorted(found) == sorted(ODD)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("us", ["user-1", "user-2"]),
        ("user-2", ["user-2"]),
        ("a#", ["a#1"]),
        ("10", ["100%25"]),
        ("😀😀", ["😀😀"]),
        ("zz", []),
    ],
)
def test_an_account_is_found_by_the_beginning_of_its_id(
    stored: Accounts, prefix: str, expected: list[str]
) -> None:
    for account_id in ODD:
        stored.set(account_id, 50_00)

    assert walked(lambda **more: stored.lists.beginning(prefix, **more)) == expected


def test_a_list_holds_who_belongs_to_it_and_nobody_else(stored: Accounts) -> None:
    for account_id in ODD:
        stored.set(account_id, 50_00)
    for account_id in ODD[:3]:
        stored.set(account_id, -60_00, key="debt")
    stored.set(ODD[0], 60_00, key="paid")

    debt = walked(lambda **more: stored.lists.listed(AccountList.DEBT, **more))
    low = walked(lambda **more: stored.lists.listed(AccountList.LOW, **more))

    assert sorted(debt) == sorted(ODD[1:3])
    assert sorted(low) == sorted(ODD[1:3])
    found = stored.lists.accounts([AccountId(each) for each in (*ODD[:2], "nobody")])
    assert {name: str(each.balance) for name, each in found.items()} == {
        ODD[0]: "50.00",
        ODD[1]: "-10.00",
    }


def listed(stage: Stage, **query: str) -> Reply:
    return stage.call("list_accounts", query=query, **ADMIN)


def test_an_admin_lists_accounts_page_by_page(stage: Stage) -> None:
    for account_id in ODD:
        stage.fund("50.00", account_id=AccountId(account_id))
    query, seen = {"limit": "3"}, []
    while True:
        reply = listed(stage, **query)
        seen += [each["account_id"] for each in reply.json["items"]]
        if reply.json["next_cursor"] is None:
            break
        query["cursor"] = reply.json["next_cursor"]

    assert sorted(seen) == sorted(ODD)
    assert listed(stage, search="us", cursor=str(query.get("cursor"))).code == "cursor_invalid"


def test_an_account_in_a_list_is_shown_as_it_was_written(funded: Stage) -> None:
    funded.hold()

    assert listed(funded).json["items"] == [
        {
            "account_id": USER,
            "name": None,
            "email": None,
            "balance": "100.00",
            "held": "5.00",
            "available": "95.00",
            "status": "active",
            "level": "healthy",
            "unlimited": False,
            "plan": "default",
            "last_activity": "2026-11-18T11:06:40Z",
            "drift": None,
        }
    ]


@pytest.mark.fault(
    "G76",
    "An account has left a list, and its row is still read",
    "It is passed over: the account itself decides",
)
def test_a_row_of_an_account_that_has_left_its_list_is_passed_over(funded: Stage) -> None:
    funded.store.lists.setdefault(AccountList.DEBT, set()).add(USER)
    funded.store.directory.add(AccountId("never-written"))

    assert listed(funded, status="debt").json["items"] == []
    assert [each["account_id"] for each in listed(funded).json["items"]] == [USER]


def test_drift_is_a_badge_and_a_list(funded: Stage) -> None:
    case = ("ledger_drift", f"2026-11-18#{USER}", "balance: 5.00, not 4.00")
    funded.reports.report(*case, now=Instant(NOW))
    funded.reports.report("payment_healed", "pi_1", "x", now=Instant(NOW))
    funded.fund("50.00", account_id=AccountId("other"))

    drifting = listed(funded, status="drift").json["items"]

    assert [(each["account_id"], each["drift"]) for each in drifting] == [(USER, case[2])]
    badges = {each["account_id"]: each["drift"] for each in listed(funded).json["items"]}
    assert badges == {USER: case[2], "other": None}


def test_accounts_that_drift_are_listed_page_by_page_each_once(stage: Stage) -> None:
    ids = ["a", "b", "c"]
    for account_id in ids:
        stage.fund("50.00", account_id=AccountId(account_id))
        stage.reports.report("ledger_drift", f"2026-11-18#{account_id}", "x", now=Instant(NOW))
    query = {"status": "drift", "limit": "1"}
    seen: list[str] = []
    while len(seen) <= len(ids):
        page = listed(stage, **query).json
        seen += [each["account_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert seen == ids


@pytest.mark.parametrize("cases", [100, 500, 501])
def test_drift_is_found_behind_hundreds_of_newer_cases(funded: Stage, cases: int) -> None:
    funded.reports.report("ledger_drift", f"2026-11-18#{USER}", "drift", now=Instant(NOW))
    for number in range(1, cases):
        funded.reports.report("payment_healed", str(number), "x", now=Instant(NOW + number))
    found = [each["account_id"] for each in listed(funded, status="drift").json["items"]]
    funded.reports.report("payment_healed", "last", "x", now=Instant(NOW + cases))

    one_more = [each["account_id"] for each in listed(funded, status="drift").json["items"]]

    assert found == ([USER] if cases <= 500 else [])
    assert one_more == ([USER] if cases < 500 else [])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"search": "u"}, "/search"),
        ({"status": "active"}, "/status"),
        ({"search": "us", "status": "low"}, "/status"),
    ],
)
def test_what_cannot_be_found_by_is_refused(
    stage: Stage, query: dict[str, str], pointer: str
) -> None:
    reply = listed(stage, **query)

    assert (reply.status, reply.pointers) == (422, [pointer])


def test_one_account_is_shown_with_all_that_support_needs(sales: Sales) -> None:
    stage = sales.stage
    payment = sales.payment(sales.buy())
    sales.record_fact(payment, paid(payment))
    body = {"account_id": USER, "amount": "1.00", "reason": "Goodwill", "note": "T-1"}
    stage.call("adjust_credits", body, key="a", **ADMIN)
    stage.hold()
    stage.reports.report("ledger_drift", f"d#{USER}", "x", now=Instant(NOW))
    stage.reports.report("ledger_drift", "d#other", "x", now=Instant(NOW))

    shown = stage.call("get_account", path={"account_id": USER}, **ADMIN).json

    assert (shown["balance"]["balance"], shown["balance"]["held"]) == ("551.00", "5.00")
    assert len(shown["balance"]["holds"]) == 1
    assert [each["name"] for each in shown["grants"]] == [
        "Professional",
        "Professional bonus",
        "Goodwill",
    ]
    assert [each["kind"] for each in shown["entries"]] == [
        "hold",
        "adjustment",
        "bonus",
        "purchase",
    ]
    assert shown["entries"][1]["note"] == "T-1"
    assert [each["payment_id"] for each in shown["payments"]] == [payment.payment_id]
    assert shown["settings"]["thresholds"] == ["20.00"]
    assert [each["subject"] for each in shown["exceptions"]] == [f"d#{USER}"]


@pytest.mark.parametrize("account_id", ["nobody", "a\x07", "x" * 129])
def test_an_account_that_nobody_has_written_is_a_404(stage: Stage, account_id: str) -> None:
    reply = stage.call("get_account", path={"account_id": account_id}, **ADMIN)

    assert (reply.status, reply.code) == (404, "not_found")


def test_the_log_of_admins_is_paged_newest_first(stage: Stage) -> None:
    for number in range(3):
        stage.now = NOW + number
        body = {"account_id": USER, "amount": "1.00", "reason": f"R{number}", "create": True}
        stage.call("adjust_credits", body, key=f"a{number}", **ADMIN)
    first = stage.call("list_audit", query={"limit": "2"}, **ADMIN).json
    rest = {"limit": "2", "cursor": first["next_cursor"]}

    second = stage.call("list_audit", query=rest, **ADMIN).json

    one = stage.call("list_audit", query={"limit": "1"}, **ADMIN).json
    assert (len(one["items"]), one["next_cursor"] is None) == (1, False)
    assert [each["reason"] for each in (*first["items"], *second["items"])] == ["R2", "R1", "R0"]
    assert second["next_cursor"] is None
    assert first["items"][0]["after"]["balance"] == "3.00"
    assert first["items"][0]["entry_id"] == "YTphZGp1c3Q6YTI"


def test_accounts_are_listed_in_the_order_of_the_last_snapshot(stage: Stage) -> None:
    for number, account_id in enumerate(["low", "a#1 %25 😀", "high"]):
        stage.fund(f"{number + 50}.00", account_id=AccountId(account_id))
    before = listed(stage, sort="balance").json
    function("snapshot_analytics")({"segment": 0, "segments": 1})
    stage.fund("900.00", account_id=AccountId("low"), key="since")

    first = listed(stage, sort="balance", limit="2").json
    rest = listed(stage, sort="balance", limit="2", cursor=first["next_cursor"]).json

    assert (before["items"], before["as_of"]) == ([], None)
    shown = [(each["account_id"], each["balance"]) for each in (*first["items"], *rest["items"])]
    assert shown == [("high", "52.00"), ("a#1 %25 😀", "51.00"), ("low", "950.00")]
    assert (first["as_of"], rest["next_cursor"]) == ("2026-11-18T11:06:40Z", None)
    assert listed(stage, cursor=first["next_cursor"]).code == "cursor_invalid"
    refused = listed(stage, sort="debt", status="debt")
    assert (refused.status, refused.pointers) == (422, ["/sort"])


def test_a_list_as_a_table_ends_with_its_totals(stage: Stage) -> None:
    for account_id in ("us-1", "=us-2", "us-3"):
        stage.fund("50.25", account_id=AccountId(account_id))
    stage.hold(account_id="us-1")

    reply = listed(stage, format="csv", limit="3")

    lines = reply.text.splitlines()
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines[0].split(",")[:4] == ["account_id", "balance", "held", "available"]
    assert len(lines) == 5
    assert lines[-1].startswith("total,150.75,5.00,145.75,")
    assert any(line.startswith("'=us-2,50.25,0.00,50.25,active") for line in lines)
    page = listed(stage, format="csv", limit="2")
    assert page.text.splitlines()[-1].startswith("total,100.50,")
    assert 'rel="next"' in page.headers["link"]


@pytest.mark.fault("F70")
def test_the_longest_page_of_accounts_is_far_below_what_lambda_sends(stage: Stage) -> None:
    for number in range(100):
        account_id = AccountId("😀" * 120 + f"{number:08d}")
        stage.fund("9999999999.99", account_id=account_id, key=str(number))
        stage.reports.report(
            "ledger_drift", f"2026-11-18#{account_id}", "😀" * MAX_DETAIL, now=Instant(NOW)
        )

    for form in ("json", "csv"):
        reply = listed(stage, format=form, limit="100")
        assert len(json.dumps(reply.text)) < MAX_SENT_BYTES


class Counting:
    """A table of records and one of accounts that count what is read of them."""

    def __init__(self, debtors: Sequence[str], others: int) -> None:
        self.rows: dict[str, list[str]] = {}
        for account_id in debtors:
            partition = names.list_partition("debt", shard_of(AccountId(account_id)))
            self.rows.setdefault(partition, []).append(account_id)
        for number in range(others):
            partition = names.list_partition("low", number % SHARDS)
            self.rows.setdefault(partition, []).append(f"other-{number}")
        self.read = 0
        self.loaded = 0
        self.asked_profiles = 0

    def query(self, **asked: Any) -> dict[str, Any]:
        """Answer as DynamoDB does: rows of one partition after a key, at most so many."""
        partition = asked["ExpressionAttributeValues"][":partition"]["S"]
        after = asked.get("ExclusiveStartKey", {}).get("sort", {}).get("S", "")
        found = sorted(each for each in self.rows.get(partition, []) if each > after)
        found = found[: asked["Limit"]]
        self.read += len(found)
        return {"Items": [{"sort": {"S": each}} for each in found]}

    def batch_get_item(self, **asked: Any) -> dict[str, Any]:
        """Answer every account that is asked for, 5.00 in debt, and of profiles none."""
        [(table, wanted)] = asked["RequestItems"].items()
        if table == "records":
            self.asked_profiles += len(wanted["Keys"])
            return {"Responses": {}, "UnprocessedKeys": {}}
        self.loaded += len(wanted["Keys"])
        return {"Responses": {table: wanted["Keys"]}, "UnprocessedKeys": {}}


def in_debt(item: Any) -> Account:
    return Account(account_id=AccountId(item["account_id"]["S"]), balance=Credits(-5_00))


class NoRanking:
    """`Rankings` that nobody asks."""

    def ranking(self, order: AccountOrder) -> Ranking:
        raise AssertionError(f"nobody asked for {order}")


@pytest.mark.fault(
    "K26",
    "A list of 50,000 accounts is filtered by debt",
    "As many rows, accounts and profiles are read as are in debt, and one row more a page",
)
def test_a_list_of_50_000_accounts_is_filtered_with_as_many_reads_as_hits() -> None:
    debtors = [f"debtor-{number}" for number in range(237)]
    client: Any = Counting(debtors, others=50_000 - len(debtors))
    lists = DynamoAccountLists(client, records="records", accounts="accounts", read=in_debt)
    profiles = DynamoProfiles(RecordsTable(client, "records"))
    found: list[str] = []
    pages, after = 0, None
    while True:
        wanted = Wanted(limit=100, after=after, only=AccountFilter.DEBT)
        page = find_accounts(lists, profiles, MemoryExceptions(), NoRanking(), wanted)
        found += [each.account_id for each in page.accounts]
        pages, after = pages + 1, page.last
        if after is None:
            break

    assert sorted(found) == sorted(debtors)
    assert (pages, client.loaded, client.asked_profiles) == (3, len(debtors), len(debtors))
    assert client.read == len(debtors) + pages - 1

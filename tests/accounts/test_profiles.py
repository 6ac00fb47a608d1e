"""Profiles: a name to show and an address to find an account by, kept together whole."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from moto import mock_aws
from prepaid.accounts.dynamodb.lists import DynamoAccountLists
from prepaid.accounts.dynamodb.profiles import DynamoProfiles
from prepaid.accounts.profiles import Profile, ProfileKeeping
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb.records import RecordsTable
from prepaid.ledger.dynamodb.items import account_from_item

from tests.support.audits import act
from tests.support.dynamodb import create_tables, new_client
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_accounts import MemoryAccountLists, MemoryProfiles
from tests.support.stage import NOW, OTHER, USER, Reply, Stage, Store

SERVICE: dict[str, Any] = {"role": "service", "account_id": "host"}
ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
ODD = AccountId("a b#1 %25 😀")
ADA = "ada#lovelace%1@example.com"


@pytest.fixture(params=["memory", "moto"])
def stores(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    """Profiles, and the lists that find accounts by them."""
    if request.param == "memory":
        store = Store()
        profiles = MemoryProfiles(store)
        yield profiles, MemoryAccountLists(store, profiles=profiles)
        return
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_records", "user_credits"])
        lists = DynamoAccountLists(
            client, records="credit_records", accounts="user_credits", read=account_from_item
        )
        yield DynamoProfiles(RecordsTable(client, "credit_records")), lists


def put(
    profiles: Any, account_id: AccountId, email: str | None, name: str | None = None
) -> Profile:
    keeping = ProfileKeeping(profiles=profiles, budget=MemoryRetryBudget)
    return keeping.put(Profile(account_id=account_id, name=name, email=email), act(NOW))


def found(lists: Any, prefix: str, limit: int = 9, after: Any = None) -> list[str]:
    return [each.account_id for each in lists.with_email(prefix, limit=limit, after=after)]


@pytest.mark.fault(
    "V4",
    "An address is changed or removed",
    "The old one finds the account no more: its row goes in the transaction of the change",
)
def test_an_account_is_found_by_the_address_that_it_has_now(stores: tuple[Any, Any]) -> None:
    profiles, lists = stores
    put(profiles, ODD, ADA, "Ada")
    put(profiles, USER, "ad@example.com")
    assert found(lists, "ad") == [USER, ODD]
    assert found(lists, "ada#love") == [ODD]

    put(profiles, ODD, "countess@example.com", "Ada")
    assert (found(lists, "ad"), found(lists, "co")) == ([USER], [ODD])

    put(profiles, ODD, None)
    assert found(lists, "co") == []
    erased = profiles.profile(ODD)
    assert (erased.name, erased.email, erased.version) == (None, None, 3)


def test_accounts_may_share_an_address_and_are_read_page_by_page(stores: tuple[Any, Any]) -> None:
    profiles, lists = stores
    for account_id in (USER, OTHER, ODD):
        put(profiles, account_id, "team@example.com")

    first = lists.with_email("team@", limit=2)
    rest = lists.with_email("team@", limit=2, after=first[-1])

    assert [each.account_id for each in [*first, *rest]] == [ODD, USER, OTHER]
    assert first[0].text == f"team@example.com {ODD}"


@pytest.mark.fault(
    "V5",
    "Two write one profile at once",
    "The later one stands whole, and one address finds the account",
)
def test_of_two_writers_the_later_one_stands_whole(stores: tuple[Any, Any]) -> None:
    profiles, lists = stores
    stale = profiles.profile(USER)
    put(profiles, USER, "first@example.com")

    late = replace(stale, email="late@example.com", version=1, updated_at=NOW, updated_by="x")
    assert not profiles.change(stale, late, act(NOW).audit("put_profile", USER))
    assert (found(lists, "fi"), found(lists, "la")) == ([USER], [])

    overtaken = Overtaken(profiles)
    put(overtaken, USER, "second@example.com")
    assert found(lists, "se") == [USER]
    assert (found(lists, "fi"), found(lists, "ri")) == ([], [])


class Overtaken:
    """Profiles that a rival changes between the first read and its write."""

    def __init__(self, profiles: Any) -> None:
        self._profiles = profiles
        self._first = True

    def profile(self, account_id: AccountId) -> Any:
        return self._profiles.profile(account_id)

    def change(self, before: Profile, after: Profile, audit: Any) -> Any:
        if self._first:
            self._first = False
            put(self._profiles, before.account_id, "rival@example.com")
        return self._profiles.change(before, after, audit)


def test_what_stands_already_is_not_written_again(stores: tuple[Any, Any]) -> None:
    profiles, _ = stores
    first = put(profiles, USER, "a@example.com", "Ada")

    assert put(profiles, USER, "a@example.com", "Ada") == first == profiles.profile(USER)
    assert (first.version, first.updated_at) == (1, Instant(NOW))


def test_the_longest_address_of_the_longest_id_has_a_key(stores: tuple[Any, Any]) -> None:
    profiles, lists = stores
    longest = AccountId("😀" * 128)
    local = ".".join(["#" * 60] * 3)

    put(profiles, longest, f"{local}@{'a' * 60}.com")

    assert found(lists, "##") == [longest]


def test_a_row_is_written_word_for_word() -> None:
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_records"])
        put(DynamoProfiles(RecordsTable(client, "credit_records")), ODD, ADA, "Adä")
        rows = client.scan(TableName="credit_records")["Items"]

    kinds = {row["kind_id"]["S"].partition("#")[0]: row for row in rows}
    assert kinds["profile"] == {
        "kind_id": {"S": f"profile#{ODD}"},
        "sort": {"S": "profile"},
        "version": {"N": "1"},
        "name": {"S": "Adä"},
        "email": {"S": ADA},
        "updated_at": {"N": str(NOW)},
        "updated_by": {"S": "admin:a"},
    }
    found_under = {row["kind_id"]["S"]: row for row in rows}
    for partition, text in (("dir#mail#24", f"{ADA} {ODD}"), ("dir#id#17", ODD)):
        assert found_under[partition] == {"kind_id": {"S": partition}, "sort": {"S": text}}
    assert set(kinds) == {"profile", "dir", "audit"}
    assert len(rows) == 4
    assert "Ad" not in str(kinds["audit"])
    assert "example.com" not in str(kinds["audit"])


def write(stage: Stage, body: object, who: dict[str, Any] = SERVICE) -> Reply:
    return stage.call("put_profile", body, path={"account_id": USER}, **who)


def listed(stage: Stage, **query: str) -> list[str]:
    reply = stage.call("list_accounts", query=query, **ADMIN)
    return [each["account_id"] for each in reply.json["items"]]


def test_a_host_says_who_an_account_belongs_to_and_admins_find_it(funded: Stage) -> None:
    funded.fund("1.00", OTHER)
    written = write(funded, {"name": "Ada Lovelace", "email": "Ada@Example.com"})
    before = funded.call("get_balance").headers["etag"]

    assert (written.status, written.json["email"]) == (200, "ada@example.com")
    assert written.json["updated_by"] == "service:host"
    assert listed(funded, email="ADA@") == [USER]
    assert listed(funded, email="lovelace") == []
    assert funded.call("get_balance").json["name"] == "Ada Lovelace"
    shown = funded.call("get_account", path={"account_id": USER}, **ADMIN).json
    assert (shown["profile"]["email"], shown["balance"]["name"]) == (
        "ada@example.com",
        "Ada Lovelace",
    )
    assert write(funded, {}).json["name"] is None
    assert funded.call("get_balance").headers["etag"] != before
    assert listed(funded, email="ada@") == []


def shown(stage: Stage, account_id: str = USER) -> Reply:
    return stage.call("get_account", path={"account_id": account_id}, **ADMIN)


@pytest.mark.fault(
    "N1",
    "Support looks for somebody who signed up and has not written anything yet",
    "The profile finds the account, and its page says that nothing was written",
)
def test_an_account_with_a_profile_only_is_found_and_says_that_nothing_was_written(
    stage: Stage,
) -> None:
    write(stage, {"name": "Ada", "email": "ada@example.com"})

    by_id, by_email = (
        stage.call("list_accounts", query=query, **ADMIN).json["items"]
        for query in ({"search": USER}, {"email": "ada"})
    )
    page = shown(stage)

    assert by_id == by_email
    [found] = by_id
    assert (found["account_id"], found["name"], found["email"]) == (USER, "Ada", "ada@example.com")
    assert (found["balance"], found["last_activity"]) == ("0.00", None)
    assert (page.status, page.json["last_activity"], page.json["entries"]) == (200, None, [])
    assert page.json["profile"]["name"] == "Ada"
    assert listed(stage, status="low") == []

    stage.fund("50.00", AccountId(USER))
    assert listed(stage, search=USER) == [USER]
    assert shown(stage).json["last_activity"] == "2026-11-18T11:06:40Z"


@pytest.mark.fault("N1")
def test_a_profile_that_was_removed_leaves_no_account_to_be_found(stage: Stage) -> None:
    write(stage, {"name": "Ada", "email": "ada@example.com"})
    write(stage, {})

    assert listed(stage, search=USER) == listed(stage, email="ada") == listed(stage) == []
    assert shown(stage).status == 404


def test_a_list_names_who_accounts_belong_to_as_a_table_too(funded: Stage) -> None:
    write(funded, {"name": "=Ada", "email": "ada@example.com"})
    funded.fund("1.00", OTHER)

    items = funded.call("list_accounts", query={}, **ADMIN).json["items"]
    table = funded.call("list_accounts", query={"format": "csv"}, **ADMIN).text.splitlines()

    named = {each["account_id"]: (each["name"], each["email"]) for each in items}
    assert named == {USER: ("=Ada", "ada@example.com"), OTHER: (None, None)}
    assert table[0].endswith(",drift,name,email")
    assert [line for line in table if line.endswith(",'=Ada,ada@example.com")]
    assert (table[-1][:6], table[-1][-3:]) == ("total,", ",,,")


def test_profiles_are_read_together_those_that_are_there(stores: tuple[Any, Any]) -> None:
    profiles, lists = stores
    ada = put(profiles, ODD, ADA, "Ada")
    put(profiles, USER, "gone@example.com", "Gone")
    gone = put(profiles, USER, None)

    assert profiles.profiles([ODD, USER, OTHER]) == {ODD: ada, USER: gone}
    assert [each.account_id for each in lists.beginning(ODD[:2], limit=9)] == [ODD]


def test_pages_of_a_search_by_address_follow_one_another(stage: Stage) -> None:
    for number in range(3):
        stage.fund("1.00", AccountId(f"u{number}"))
        path = {"account_id": f"u{number}"}
        stage.call("put_profile", {"email": "team@example.com"}, path=path, **SERVICE)

    first = stage.call("list_accounts", query={"email": "te", "limit": "2"}, **ADMIN).json
    query = {"email": "te", "limit": "2", "cursor": first["next_cursor"]}
    rest = stage.call("list_accounts", query=query, **ADMIN).json
    other = stage.call("list_accounts", query={**query, "email": "tea"}, **ADMIN)

    shown = [each["account_id"] for each in [*first["items"], *rest["items"]]]
    assert (shown, rest["next_cursor"]) == (["u0", "u1", "u2"], None)
    assert other.code == "cursor_invalid"


@pytest.mark.parametrize(
    "body",
    [
        {"email": "nobody"},
        {"email": "a b@example.com"},
        {"email": "ä@example.com"},
        {"email": f"{'a' * 250}@example.com"},
        {"email": ""},
        {"name": ""},
        {"name": "a\nb"},
        {"name": "x" * 201},
        {"name": 1},
        {"phone": "1"},
    ],
)
def test_what_is_no_name_or_address_is_refused_and_nothing_changes(
    stage: Stage, body: dict[str, object]
) -> None:
    reply = write(stage, body)

    assert (reply.status, reply.code) == (422, "invalid_request")
    assert (stage.profiles.stored, stage.store.audit) == ({}, [])


@pytest.mark.parametrize(
    "query",
    [
        {"email": "a"},
        {"email": "a b"},
        {"email": "ad", "search": "us"},
        {"email": "ad", "status": "debt"},
        {"email": "ad", "sort": "balance"},
    ],
)
def test_a_search_that_cannot_be_is_refused(stage: Stage, query: dict[str, str]) -> None:
    assert stage.call("list_accounts", query=query, **ADMIN).status == 422

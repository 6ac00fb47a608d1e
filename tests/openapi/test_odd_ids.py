"""Ids with `#`, `%`, spaces and emoji in every path and every list of the document."""

import json
import re
from typing import Any

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.web.openapi_document import openapi_text

from tests.support.stage import NOW, PATHS, Reply, Stage, function
from tests.web.test_edge_of_functions import BODIES, role_for

ODD = ("a#1 %25", "100%", "%23%2F", "a b", "😀😀", "ü/é?x=1&y")
DOCUMENT = json.loads(openapi_text())
OPERATIONS = {
    operation["operationId"]: (path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for operation in methods.values()
}


def queried(operation: dict[str, Any]) -> set[str]:
    """Return the names of an operation's parameters."""
    shared = DOCUMENT["components"]["parameters"]
    given = operation.get("parameters", [])
    return {
        (shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each)["name"]
        for each in given
    }


WITH_ID = sorted(name for name, (path, _) in OPERATIONS.items() if "{" in path and name in PATHS)
LISTS = sorted(
    name for name, (_, operation) in OPERATIONS.items() if "cursor" in queried(operation)
)
OF_AN_ACCOUNT = sorted(
    name
    for name, (path, operation) in OPERATIONS.items()
    if path.count("{") == 0 and "account_id" in queried(operation)
)
SERVICE: dict[str, Any] = {"role": "service", "account_id": "host"}
ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}


def test_every_operation_with_an_id_in_its_path_is_tried_here() -> None:
    in_paths = {name for name, (path, _) in OPERATIONS.items() if "{" in path}

    assert in_paths == set(WITH_ID)
    assert len(OF_AN_ACCOUNT) >= 7


@pytest.mark.fault(
    "V7",
    "An id has a #, a %, a space, a slash or an emoji, in a path",
    "It is taken as it is: what it names is found, or nothing is, and never anything else",
)
@pytest.mark.parametrize("name", WITH_ID)
def test_an_odd_id_in_a_path_gets_an_answer_of_the_document(funded: Stage, name: str) -> None:
    path, operation = OPERATIONS[name]
    for number, odd in enumerate(ODD):
        reply = funded.call(
            name,
            BODIES.get(name),
            role=role_for(name),
            key=f"k{number}",
            headers={"if-match": "*"},
            path=dict.fromkeys(re.findall(r"{(\w+)}", path), odd),
        )

        assert str(reply.status) in operation["responses"], (odd, reply.text)
        assert reply.status < 500


def account(stage: Stage, account_id: AccountId) -> None:
    """Let everything that is listed of an account be there, of ids as odd as its own."""
    stage.fund("100.00", account_id, key=account_id)
    body = {"account_id": account_id, "operation": "message", "quantity": 1}
    for number in range(2):
        more = {"reference": account_id, "metadata": {account_id[:40]: account_id}}
        used = stage.call("record_usage", {**body, **more}, key=f"u{number}", **SERVICE)
        assert used.status == 201, used.text
    opened = stage.call("create_hold", {**body, "expires_in": 60}, key="h", **SERVICE)
    path = {"hold_id": opened.json["hold_id"]}
    assert stage.call("capture_hold", {"quantity": 1}, key="c", path=path, **SERVICE).status == 201
    gift = {"account_id": account_id, "amount": "5.00", "reason": account_id}
    given = stage.call("grant_credits", gift, key="g", **ADMIN)
    path = {"account_id": account_id, "grant_id": given.json["grant_id"]}
    assert stage.call("void_grant", {"reason": "x"}, key="v", path=path, **ADMIN).status == 201
    stage.call("create_purchase", {"package_id": "starter"}, key="p", account_id=account_id)


def read(stage: Stage, name: str, account_id: str, **query: str) -> Reply:
    return stage.call(name, query={"account_id": account_id, **query}, **SERVICE)


@pytest.mark.fault(
    "V8",
    "An account, or what belongs to it, has such an id",
    "Every list shows it as it is, page by page, and the id that a list shows opens it",
)
@pytest.mark.parametrize("odd", ODD)
def test_an_account_with_an_odd_id_is_in_every_list_of_its_own(stage: Stage, odd: str) -> None:
    account_id = AccountId(odd)
    account(stage, account_id)

    assert {name: read(stage, name, odd).status for name in OF_AN_ACCOUNT if "get_" in name} == {
        name: 200 for name in OF_AN_ACCOUNT if "get_" in name
    }
    assert read(stage, "get_balance", odd).json["account_id"] == odd
    entries = every(stage, "list_transactions", odd)
    assert len(entries) == len(stage.entries(account_id)) == 7
    for entry in entries:
        path = {"entry_id": entry["entry_id"]}
        query = {"account_id": odd}
        assert stage.call("get_transaction", path=path, query=query, **SERVICE).status == 200
    assert len(every(stage, "list_transactions", odd, reference=odd)) == 2
    assert len(every(stage, "list_grants", odd)) == 2
    assert len(every(stage, "list_purchases", odd)) == 1
    assert every(stage, "list_alerts", odd) == []
    used = read(stage, "get_usage_analytics", odd, group_by="reference").json["buckets"]
    assert odd in {each["key"] for each in used}


def every(stage: Stage, name: str, account_id: str, **query: str) -> list[dict[str, Any]]:
    """Read a list one item a page."""
    found: list[dict[str, Any]] = []
    more = {"limit": "1", **query}
    while True:
        reply = read(stage, name, account_id, **more)
        assert reply.status == 200, reply.text
        found += reply.json["items"]
        if reply.json["next_cursor"] is None:
            return found
        more["cursor"] = reply.json["next_cursor"]


@pytest.mark.fault("V7")
@pytest.mark.fault("V8")
def test_odd_ids_are_in_every_list_of_admins(stage: Stage) -> None:
    for odd in ODD:
        account(stage, AccountId(odd))
        stage.call("put_profile", {"name": odd}, path={"account_id": odd}, **ADMIN)
        stage.call("put_phone_number", {"account_id": odd}, path={"phone_number_id": odd}, **ADMIN)
        stage.reports.report("ledger_drift", f"2026-11-18#{odd}", odd, now=Instant(NOW))
    function("snapshot_analytics")({"segment": 0, "segments": 1})

    def shown(name: str, field: str, **query: str) -> set[str]:
        items, more = list[Any](), {"limit": "2", **query}
        while True:
            reply = stage.call(name, query=more, **ADMIN).json
            items += reply["items"]
            if reply["next_cursor"] is None:
                return {each[field] for each in items}
            more["cursor"] = reply["next_cursor"]

    expected = set(ODD)
    assert shown("list_accounts", "account_id") == expected
    assert shown("list_accounts", "account_id", sort="balance") == expected
    assert shown("list_accounts", "account_id", status="drift") == expected
    for odd in ODD:
        assert odd in shown("list_accounts", "account_id", search=odd[:2])
        found = stage.call("get_account", path={"account_id": odd}, **ADMIN).json
        assert (found["balance"]["account_id"], found["profile"]["name"]) == (odd, odd)
    assert shown("list_phone_numbers", "phone_number_id") == expected
    assert {each.partition("#")[2] for each in shown("list_exceptions", "subject")} == expected
    assert shown("list_audit", "account_id") == expected


def test_every_list_of_the_document_is_read_here() -> None:
    assert set(LISTS) == {
        *("list_transactions", "list_grants", "list_purchases", "list_alerts", "list_accounts"),
        *("list_phone_numbers", "list_exceptions", "list_audit", "list_deliveries"),
    }, "list_deliveries are of webhooks, whose ids are ours"

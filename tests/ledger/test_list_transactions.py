import csv
import io
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from prepaid.ledger.web import transactions
from prepaid.runtime import retries, secrets
from prepaid.runtime.wiring import lists
from prepaid.web import tables

from tests.support.stage import NOW, OTHER, USER, Reply, Stage


def listed(stage: Stage, role: str = "user", account_id: str = USER, **query: str) -> Reply:
    renamed = {name.rstrip("_"): value for name, value in query.items()}
    return stage.call("list_transactions", role=role, account_id=account_id, query=renamed)


def numbers(reply: Reply) -> list[int]:
    return [entry["seq"] for entry in reply.json["items"]]


def with_spends(stage: Stage, count: int) -> Stage:
    for number in range(count):
        stage.now = NOW + number
        stage.spend(f"k{number}", body={"reference": f"call-{number}"})
    return stage


def test_entries_come_newest_first(funded: Stage) -> None:
    with_spends(funded, 2)

    reply = listed(funded)

    assert numbers(reply) == [3, 2, 1]
    assert reply.json["next_cursor"] is None
    assert "link" not in reply.headers


def test_an_entry_looks_as_it_did_when_it_was_posted(funded: Stage) -> None:
    posted = funded.spend()

    assert listed(funded).json["items"][0] == posted.json


def test_pages_lead_through_the_whole_history(funded: Stage) -> None:
    with_spends(funded, 4)
    query = {"limit": "2"}
    seen: list[int] = []
    for _ in range(3):
        reply = listed(funded, **query)
        seen += numbers(reply)
        if reply.json["next_cursor"]:
            query["cursor"] = reply.json["next_cursor"]

    assert seen == [5, 4, 3, 2, 1]
    assert reply.json["next_cursor"] is None


def test_the_link_header_leads_to_the_next_page(funded: Stage) -> None:
    with_spends(funded, 2)
    first = listed(funded, limit="1", kind="usage")

    target, relation = first.headers["link"].split("; ")
    second = listed(funded, **dict(parse_qsl(urlsplit(target.strip("<>")).query)))

    assert relation == 'rel="next"'
    assert (numbers(first), numbers(second)) == ([3], [2])


@pytest.mark.parametrize("reference", ["a#1", "100 %", "two words", "🎧"])
def test_entries_are_found_by_their_exact_reference(funded: Stage, reference: str) -> None:
    funded.spend("mine", body={"reference": reference})
    funded.spend("longer", body={"reference": f"{reference}2"})
    funded.spend("none")

    reply = listed(funded, reference=reference, limit="1")

    assert numbers(reply) == [2]
    assert numbers(listed(funded, reference=reference, kind="capture")) == []


def test_a_cursor_is_bound_to_its_reference(funded: Stage) -> None:
    for key in ("a", "b"):
        funded.spend(key, body={"reference": "r"})
    cursor = listed(funded, reference="r", limit="1").json["next_cursor"]

    assert numbers(listed(funded, reference="r", limit="1", cursor=cursor)) == [2]
    assert listed(funded, reference="s", cursor=cursor).code == "cursor_invalid"


def test_entries_are_filtered_by_kind_and_operation(funded: Stage) -> None:
    funded.spend()
    funded.call("record_usage", {"operation": "message", "quantity": 1}, key="m")

    assert numbers(listed(funded, kind="adjustment")) == [1]
    assert numbers(listed(funded, kind="usage")) == [3, 2]
    assert numbers(listed(funded, operation="message")) == [3]
    assert numbers(listed(funded, kind="usage", operation="file_upload")) == []


def test_a_range_begins_at_from_and_ends_before_to(funded: Stage) -> None:
    with_spends(funded, 3)

    assert numbers(listed(funded, from_="2026-11-18T11:06:41Z")) == [4, 3]
    assert numbers(listed(funded, to="2026-11-18T11:06:41Z")) == [2, 1]
    assert numbers(listed(funded, from_="2026-11-18", to="2026-11-18")) == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "-1"}, "/limit"),
        ({"limit": "1e3"}, "/limit"),
        ({"limit": "abc"}, "/limit"),
        ({"limit": ""}, "/limit"),
        ({"kind": "charge"}, "/kind"),
        ({"operation": "a\x07"}, "/operation"),
        ({"format": "xml"}, "/format"),
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-11-19", "to": "2026-11-18"}, "/to"),
        ({"from": "2016-11-19", "to": "2026-11-18"}, "/to"),
        ({"from": "2026-02-30"}, "/from"),
        ({"page": "2"}, "/page"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(
    funded: Stage, query: dict[str, str], pointer: str
) -> None:
    reply = listed(funded, **query)

    assert (reply.status, reply.pointers) == (422, [pointer])


def test_more_than_a_hundred_is_a_hundred(funded: Stage) -> None:
    with_spends(funded, 35)
    body = {"events": [{"key": f"e{n}", "operation": "message", "quantity": 1} for n in range(90)]}
    funded.call("record_usage", body)

    assert len(listed(funded, limit="10000").json["items"]) == 100


def cursor_of(stage: Stage, **query: str) -> str:
    cursor: str = listed(stage, limit="1", **query).json["next_cursor"]
    return cursor


def test_a_cursor_belongs_to_its_account_and_filters(funded: Stage) -> None:
    with_spends(funded, 3)
    cursor = cursor_of(funded, kind="usage")
    tampered = ("A" if cursor[0] != "A" else "B") + cursor[1:]

    replies = [
        listed(funded, cursor=cursor),
        listed(funded, cursor=cursor, kind="capture"),
        listed(funded, cursor=cursor, kind="usage", account_id=OTHER),
        listed(funded, cursor=tampered, kind="usage"),
        listed(funded, cursor="nonsense", kind="usage"),
        listed(funded, cursor="", kind="usage"),
        listed(funded, cursor="é", kind="usage"),
    ]

    assert {(reply.status, reply.code) for reply in replies} == {(400, "cursor_invalid")}
    assert listed(funded, cursor=cursor, kind="usage").status == 200


@pytest.mark.fault("G42")
def test_a_user_sees_no_entries_of_another_account(funded: Stage) -> None:
    reply = listed(funded, account_id=OTHER)
    named = funded.call("list_transactions", account_id=OTHER, query={"account_id": USER})

    assert reply.json["items"] == []
    assert (named.status, named.code) == (403, "forbidden")


def rows(reply: Reply) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.text, newline="")))


def test_all_pages_are_one_table(funded: Stage) -> None:
    with_spends(funded, 3)

    reply = listed(funded, format="csv", limit="1")

    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="transactions.csv"'
    assert "link" not in reply.headers
    assert [row["amount"] for row in rows(reply)] == ["-2.60", "-2.60", "-2.60", "100.00"]
    assert rows(reply)[0]["quantities"] == "1 call; 3.2 minute"
    assert rows(reply)[0]["reference"] == "call-2"


def test_a_hold_shows_its_amount_in_a_table_as_it_does_everywhere(funded: Stage) -> None:
    opened = funded.hold(amount="5.00").json
    shown = funded.call("get_balance").json["holds"]

    listed_entry = listed(funded).json["items"][0]
    row = rows(listed(funded, format="csv"))[0]

    assert (opened["hold_amount"], listed_entry["hold_amount"], row["hold_amount"]) == (
        "5.00",
        "5.00",
        "5.00",
    )
    assert (opened["amount"], shown[0]["amount"]) == ("5.00", "5.00")
    assert (listed_entry["amount"], row["amount"]) == ("0.00", "0.00")


@pytest.mark.parametrize(
    ("accept", "table"),
    [
        ("text/csv", True),
        ("TEXT/CSV", True),
        ("application/json;q=0.5, text/csv", True),
        ("text/csv;q=0.9, application/json", False),
        ("application/json, text/csv", False),
        ("text/csv;q=0", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_the_accept_header_chooses_the_form(funded: Stage, accept: str, table: bool) -> None:
    reply = funded.call("list_transactions", headers={"accept": accept})

    assert reply.headers["content-type"].startswith("text/csv") is table


def test_the_query_outweighs_the_accept_header(funded: Stage) -> None:
    reply = funded.call(
        "list_transactions", headers={"accept": "text/csv"}, query={"format": "json"}
    )

    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "＝1", "-cmd"])
def test_no_cell_is_a_formula(funded: Stage, text: str) -> None:
    funded.spend(body={"reference": text, "metadata": {"a": text}})

    row = rows(listed(funded, format="csv"))[0]

    assert row["reference"] == f"'{text}"
    assert row["metadata"] == f'{{"a": "{text}"}}'
    assert row["amount"] == "-2.60"


def test_a_table_that_is_too_long_leads_to_its_rest(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_spends(funded, 5)
    monkeypatch.setattr(transactions, "CSV_PAGE", 2)
    monkeypatch.setattr(transactions, "MAX_ROWS", 4)
    first = listed(funded, format="csv", kind="usage")

    target = first.headers["link"].partition(">")[0]
    second = listed(funded, **dict(parse_qsl(urlsplit(target).query)))

    assert [row["reference"] for row in rows(first) + rows(second)] == [
        f"call-{number}" for number in (4, 3, 2, 1, 0)
    ]
    assert "link" not in second.headers


def test_a_table_with_long_texts_ends_early(funded: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with_spends(funded, 3)
    monkeypatch.setattr(transactions, "CSV_PAGE", 1)
    monkeypatch.setattr(transactions, "MAX_SENT_BYTES", 600)

    reply = listed(funded, format="csv")

    assert 0 < len(rows(reply)) < 4
    assert "link" in reply.headers


def following(stage: Stage, reply: Reply) -> list[Reply]:
    """Return an answer and all that its links lead to."""
    found = [reply]
    while link := found[-1].headers.get("link"):
        target = link.partition(">")[0]
        found.append(listed(stage, **dict(parse_qsl(urlsplit(target).query))))
    return found


def sent(reply: Reply) -> int:
    """Return the bytes of an answer as Lambda's runtime sends it, or in base64 if that is more."""
    plain = len(json.dumps(reply.text))
    return max(plain, len(reply.text.encode()) * 4 // 3)


@pytest.mark.fault(
    "G46.9",
    "A table is larger than Lambda sends, or takes too long",
    "It ends before either, by bytes as they are sent, and `Link` leads to the rest; every row is "
    "in one of them",
)
@pytest.mark.parametrize("page", [1, 3, 7, 500])
def test_a_table_is_never_larger_than_what_lambda_sends_and_its_links_lead_to_all_of_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    stage.fund("100.00")
    for number in range(20):
        body = {"reference": f"{number}" + "𝕏" * (37 * number % 190), "metadata": {"é": '"' * 99}}
        stage.spend(f"k{number}", body=body)
    monkeypatch.setattr(transactions, "CSV_PAGE", page)
    monkeypatch.setattr(transactions, "MAX_SENT_BYTES", 6_000)

    replies = following(stage, listed(stage, format="csv", kind="usage"))

    assert len(replies) > 3
    assert max(sent(reply) for reply in replies) <= 8_000
    assert max(len(json.dumps(reply.text)) for reply in replies) <= 6_002
    assert [row["reference"].rstrip("𝕏") for reply in replies for row in rows(reply)] == [
        str(number) for number in reversed(range(20))
    ]


@pytest.mark.fault("G46.9")
def test_a_row_that_is_larger_than_the_bound_is_a_table_alone(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_spends(funded, 2)
    monkeypatch.setattr(transactions, "MAX_SENT_BYTES", 1)

    replies = following(funded, listed(funded, format="csv"))

    assert [len(rows(reply)) for reply in replies] == [1, 1, 1]


def test_what_is_bounded_is_less_than_lambda_sends_even_in_base64() -> None:
    assert tables.MAX_SENT_BYTES * 4 // 3 + 100_000 < 6 * 1024 * 1024


@pytest.mark.fault("G46.9")
def test_a_table_stops_when_the_time_is_up_and_leads_to_its_rest(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_spends(funded, 4)
    monkeypatch.setattr(transactions, "CSV_PAGE", 2)
    monkeypatch.setattr(retries.Deadline, "is_over", lambda _: True)

    replies = following(funded, listed(funded, format="csv"))

    assert [len(rows(reply)) for reply in replies] == [2, 2, 1]
    assert [row["reference"] for reply in replies for row in rows(reply)] == [
        *(f"call-{number}" for number in (3, 2, 1, 0)),
        "",
    ]


def test_an_unreadable_signing_secret_is_a_503(
    funded: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_name: str) -> Any:
        raise secrets.Unreadable("down")

    monkeypatch.setattr(secrets, "read_secret", unreadable)
    monkeypatch.setenv("SIGNING_SECRET", "a-secret-that-is-not-there")
    monkeypatch.setattr(lists, "parts", lists.Parts(signing_key=lists.signing_key))

    reply = listed(funded)

    assert (reply.status, reply.code) == (503, "unavailable")

"""Prices are edited by versions: announced ahead, never changed, and none overwrites another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from moto import mock_aws
from prepaid.catalogue.dynamodb.prices import DynamoPriceEditor
from prepaid.catalogue.ports import PriceEditor
from prepaid.catalogue.price_drafts import (
    MAX_DRAFTS,
    NewDraft,
    create_draft,
    delete_draft,
    publish_draft,
    update_draft,
)
from prepaid.catalogue.price_editing import (
    LEAD_SECONDS,
    MAX_VERSIONS,
    NewVersion,
    announce_price,
    changed,
    new_version,
    withdraw_price,
)
from prepaid.catalogue.versions import OperationPrices, PriceChange, VersionState
from prepaid.domain.auditing import AdminAct
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, NotFound, PreconditionFailed
from prepaid.domain.pricing import Price, Rate, UnitPrice, in_force, version_named

from tests.support.audits import act, audit_row
from tests.support.dynamodb import CATALOGUE_TABLES, create_tables, new_client, new_prefix
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.stage import NOW, Reply, Stage

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
SOON = NOW + LEAD_SECONDS
DAY = 86_400
ODD = "a#b %25 😀@7"


def units(millionths: int = 120_000) -> tuple[UnitPrice, ...]:
    return (UnitPrice(unit="message", rate=Rate(millionths), counted=True),)


def by(at: int = NOW) -> AdminAct:
    return act(at, "Why")


@dataclass
class Edited:
    """A price editor, and how many acts of admins its store keeps."""

    editor: PriceEditor
    audited: Any


@pytest.fixture(params=["memory", "moto"])
def edited(request: pytest.FixtureRequest) -> Iterator[Edited]:
    if request.param == "memory":
        catalogue = MemoryCatalogue()
        yield Edited(catalogue, lambda: len(catalogue.audit))
        return
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, (*CATALOGUE_TABLES, "credit_records"))
        records = f"{prefix}credit_records"

        def audited() -> int:
            rows = client.scan(TableName=records)["Items"]
            return sum(each["kind_id"]["S"].startswith("audit#") for each in rows)

        editor = DynamoPriceEditor(
            client,
            pricing=f"{prefix}credit_pricing",
            records=records,
        )
        yield Edited(editor, audited)


def announce(
    editor: PriceEditor, *, seen: int, begins: int | None = None, operation: str = "message"
) -> Price:
    wanted = NewVersion(
        plan="default",
        operation=operation,
        units=units(),
        effective_from=None if begins is None else Instant(begins),
        seen=seen,
    )
    return announce_price(editor, wanted, by()).price


@pytest.mark.parametrize("operation", ["message", ODD])
def test_versions_are_written_beside_one_another(edited: Edited, operation: str) -> None:
    soon = announce(edited.editor, seen=0, operation=operation)
    later = announce(edited.editor, seen=1, begins=NOW + DAY, operation=operation)

    read = edited.editor.prices_of("default", operation)

    assert soon.effective_from == SOON
    assert (read.versions, read.version) == ((soon, later), 2)
    assert edited.editor.every_price("default") == [read]
    assert edited.editor.prices_of("other", operation).versions == ()
    assert edited.audited() == 2


@pytest.mark.fault(
    "K20",
    "Two admins change the prices of an operation at once",
    "412 `precondition_failed` for the second, and nothing of it is written",
)
def test_of_two_changes_of_what_was_read_the_second_is_refused(edited: Edited) -> None:
    editor = edited.editor
    read = editor.prices_of("default", "message")
    first = PriceChange(read=read, add=new_version(read, units(), None, Instant(NOW)))
    second = PriceChange(
        read=read, add=new_version(read, units(1), Instant(NOW + DAY), Instant(NOW))
    )
    editor.change_prices(first, audit_row())

    with pytest.raises(PreconditionFailed):
        editor.change_prices(second, audit_row())
    with pytest.raises(PreconditionFailed):
        announce(editor, seen=0, begins=NOW + DAY)

    assert editor.prices_of("default", "message") == changed(first)
    assert edited.audited() == 1


@pytest.mark.fault(
    "K21",
    "A new price begins while functions still price by what they read before",
    "422: it begins two lifetimes of their cache ahead at least, so that all price alike",
)
@pytest.mark.parametrize("begins", [0, NOW, SOON - 1])
def test_a_version_begins_far_enough_ahead(edited: Edited, begins: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        announce(edited.editor, seen=0, begins=begins)

    assert refused.value.pointer == "/effective_from"
    assert edited.audited() == 0
    assert announce(edited.editor, seen=0, begins=SOON).effective_from == SOON


def test_two_versions_never_begin_at_one_moment(edited: Edited) -> None:
    announce(edited.editor, seen=0, begins=SOON)

    with pytest.raises(InvalidRequest) as refused:
        announce(edited.editor, seen=1, begins=SOON)

    assert refused.value.pointer == "/effective_from"
    assert announce(edited.editor, seen=1).effective_from == SOON + 1


def test_an_operation_has_only_so_many_versions() -> None:
    versions = tuple(
        Price(plan="default", operation="o", effective_from=Instant(each), units=units())
        for each in range(MAX_VERSIONS)
    )
    full = OperationPrices(plan="default", operation="o", versions=versions)

    with pytest.raises(InvalidRequest) as refused:
        new_version(full, units(), None, Instant(NOW))

    assert refused.value.pointer == "/operation"
    assert new_version(replace(full, versions=versions[1:]), units(), None, Instant(NOW))


def test_what_is_still_to_come_is_deleted(edited: Edited) -> None:
    editor = edited.editor
    announced = announce(editor, seen=0)

    left = withdraw_price(editor, announced.version, by()).prices

    assert (left.versions, left.version) == ((), 2)
    assert editor.prices_of("default", "message") == left
    with pytest.raises(NotFound):
        withdraw_price(editor, announced.version, by())
    assert edited.audited() == 2


def test_what_is_in_force_ends_after_every_function_has_read_so(edited: Edited) -> None:
    editor = edited.editor
    price = announce(editor, seen=0)
    at = SOON + 1

    ended = withdraw_price(editor, price.version, by(at)).prices
    again = withdraw_price(editor, price.version, by(at)).prices

    assert again == ended == editor.prices_of("default", "message")
    assert [each.ended for each in ended.versions] == [False, True]
    assert in_force(ended.versions, Instant(at + LEAD_SECONDS - 1)) == price
    assert in_force(ended.versions, Instant(at + LEAD_SECONDS)) is None
    assert ended.state(ended.versions[1], Instant(at + LEAD_SECONDS)) == VersionState.CURRENT
    past = withdraw_price(editor, price.version, by(at + DAY)).prices
    assert past == ended
    assert edited.audited() == 2


def test_a_version_that_is_about_to_begin_is_ended_and_not_deleted(edited: Edited) -> None:
    price = announce(edited.editor, seen=0)

    left = withdraw_price(edited.editor, price.version, by(NOW + 1)).prices

    assert [(each.effective_from, each.ended) for each in left.versions] == [
        (SOON, False),
        (SOON + 1, True),
    ]


def test_an_end_that_is_still_to_come_is_taken_back(edited: Edited) -> None:
    price = announce(edited.editor, seen=0)
    ended = withdraw_price(edited.editor, price.version, by(SOON + 1)).prices

    left = withdraw_price(edited.editor, ended.versions[1].version, by(SOON + 1)).prices

    assert left.versions == (price,)


def test_a_version_that_a_later_one_is_about_to_follow_stays(edited: Edited) -> None:
    first = announce(edited.editor, seen=0)
    announce(edited.editor, seen=1, begins=NOW + DAY)
    before = edited.editor.prices_of("default", "message")

    left = withdraw_price(edited.editor, first.version, by(NOW + DAY - 10)).prices

    assert left == before == edited.editor.prices_of("default", "message")


@pytest.mark.parametrize("text", ["", "default#message", "default#message@-1", "a@b@c", "d#m@1"])
def test_what_names_no_version_is_not_found(edited: Edited, text: str) -> None:
    with pytest.raises(NotFound):
        withdraw_price(edited.editor, text, by())


@pytest.mark.parametrize("operation", ["message", ODD, "@1", "#", "%23"])
def test_the_name_of_a_version_says_which_it_is(operation: str) -> None:
    price = Price(plan="p#1", operation=operation, effective_from=Instant(7), units=())

    assert version_named(price.version) == ("p#1", operation, 7)
    assert version_named(price.version.replace("#", "#%") + "x") is None


def draft(editor: PriceEditor, draft_id: str = "spring") -> None:
    wanted = NewDraft(draft_id=draft_id, plan="default", operation="message", units=units())
    create_draft(editor, wanted, by())


def test_a_draft_is_written_changed_and_published_once(edited: Edited) -> None:
    editor = edited.editor
    draft(editor)
    saved = update_draft(editor, "spring", units(90_000), 1, by())

    published = publish_draft(editor, "spring", None, 2, by())

    assert saved == replace(saved, version=2, updated_by="admin:a", prices_version=0)
    assert (published.price.units, published.price.effective_from) == (units(90_000), SOON)
    assert editor.prices_of("default", "message") == published.prices
    assert editor.drafts() == []
    with pytest.raises(NotFound):
        publish_draft(editor, "spring", None, 2, by())
    assert edited.audited() == 3


@pytest.mark.fault(
    "K22",
    "A draft is published after somebody changed it, or the prices that it was written for",
    "412 `precondition_failed`, and the prices stay as they are",
)
def test_a_draft_is_published_as_it_was_read_for_the_prices_it_was_written_for(
    edited: Edited,
) -> None:
    editor = edited.editor
    draft(editor)
    update_draft(editor, "spring", units(1), 1, by())
    with pytest.raises(PreconditionFailed):
        publish_draft(editor, "spring", None, 1, by())
    with pytest.raises(PreconditionFailed):
        update_draft(editor, "spring", units(2), 1, by())
    announce(editor, seen=0, begins=NOW + DAY)

    with pytest.raises(PreconditionFailed):
        publish_draft(editor, "spring", None, 2, by())

    assert len(editor.prices_of("default", "message").versions) == 1
    update_draft(editor, "spring", units(1), 2, by())
    assert len(publish_draft(editor, "spring", None, 3, by()).prices.versions) == 2


def test_a_draft_is_deleted_as_it_was_read(edited: Edited) -> None:
    editor = edited.editor
    draft(editor)
    read = editor.draft("spring")
    assert read is not None
    update_draft(editor, "spring", units(1), 1, by())

    with pytest.raises(PreconditionFailed):
        editor.delete_draft(read, audit_row())
    with pytest.raises(PreconditionFailed):
        editor.write_draft(read, audit_row(), new=True)
    change = PriceChange(read=editor.prices_of("default", "message"), published=read)
    with pytest.raises(PreconditionFailed):
        editor.change_prices(change, audit_row())

    assert delete_draft(editor, "spring", by()).version == 2
    assert editor.draft("spring") is None
    with pytest.raises(NotFound):
        delete_draft(editor, "spring", by())


def test_there_are_only_so_many_drafts() -> None:
    catalogue = MemoryCatalogue()
    for number in range(MAX_DRAFTS):
        draft(catalogue, f"d{number}")

    with pytest.raises(InvalidRequest):
        draft(catalogue, "one-more")
    with pytest.raises(PreconditionFailed):
        draft(catalogue, "d1")

    assert len(catalogue.drafts()) == MAX_DRAFTS


UNITS = [{"unit": "message", "rate": "0.25", "counted": True}]


def create(stage: Stage, version: int = 0, **more: Any) -> Reply:
    body = {"operation": "message", "units": UNITS, "version": version, **more}
    return stage.call("create_price", body, **ADMIN)


def messages(stage: Stage, key: str, **more: Any) -> Reply:
    return stage.call(
        "record_usage", {"operation": "message", "quantity": 4, **more.pop("body", {})}, key=key,
        **more,
    )  # fmt: skip


def test_a_spend_is_priced_by_the_version_in_force_at_its_time(funded: Stage) -> None:
    made = create(funded)
    before = messages(funded, "before")
    funded.now = SOON - 1
    last = messages(funded, "last")
    funded.now = SOON
    after = messages(funded, "after")
    body = {"account_id": "user-1", "occurred_at": "2026-11-18T11:06:41Z"}
    late = messages(funded, "late", role="service", body=body)

    amounts = [each.json["amount"] for each in (before, last, after, late)]

    assert (made.status, made.json["version"]) == (201, 1)
    assert amounts == ["-0.40", "-0.40", "-1.00", "-0.40"]


def test_an_admin_announces_reads_and_withdraws_prices(stage: Stage) -> None:
    made = create(stage, effective_from="2027-01-01T00:00:00Z", reason="Supplier").json
    path = {"price_id": made["price_id"]}
    public = stage.call("list_pricing", role=None).json["items"]

    [shown] = [
        each
        for each in stage.call("manage_pricing", **ADMIN).json["items"]
        if each["operation"] == "message"
    ]
    gone = stage.call("delete_price", path=path, **ADMIN)

    assert [each["state"] for each in shown["versions"]] == ["current", "upcoming"]
    assert shown["versions"][1]["price_id"] == made["price_id"]
    assert [each["upcoming"] for each in public if each["operation"] == "message"] == [False, True]
    assert (gone.status, len(gone.json["versions"]), gone.json["version"]) == (200, 1, 2)
    assert stage.call("delete_price", path=path, **ADMIN).status == 404
    rows = stage.catalogue.audit
    assert [(each.action, each.reason) for each in rows] == [
        ("create_price", "Supplier"),
        ("delete_price", None),
    ]
    assert rows[0].after == rows[1].before
    assert rows[0].subject == "default#message@1798761600"


def test_an_operation_whose_price_has_ended_costs_nothing_and_is_refused(funded: Stage) -> None:
    [listed] = [
        each
        for each in funded.call("manage_pricing", **ADMIN).json["items"]
        if each["operation"] == "message"
    ]
    hold = {"operation": "message", "quantity": 4, "expires_in": 3600}
    held = funded.call("create_hold", hold, key="h").json
    path = {"price_id": listed["versions"][0]["price_id"]}

    ended = funded.call("delete_price", path=path, **ADMIN)
    public = funded.call("list_pricing", role=None).json["items"]
    funded.now = SOON

    assert [each["ended"] for each in ended.json["versions"]] == [False, True]
    assert [each["ended"] for each in public if each["operation"] == "message"] == [False, True]
    assert messages(funded, "k").code == "unknown_operation"
    captured = funded.call(
        "capture_hold", {"quantity": 4}, key="c", path={"hold_id": held["hold_id"]}
    )
    assert captured.json["amount"] == "-0.40"
    shown = [each["operation"] for each in funded.call("list_pricing", role=None).json["items"]]
    assert "message" not in shown


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"units": []}, ["/units"]),
        ({"units": [{"unit": "u", "rate": "-1"}]}, ["/units/0/rate"]),
        ({"units": [{"unit": "u", "rate": "0.1234567"}]}, ["/units/0/rate"]),
        ({"units": [{"unit": "u", "rate": 1}]}, ["/units/0/rate"]),
        ({"units": [{"unit": "u", "rate": "1", "increment": "0"}]}, ["/units/0/increment"]),
        ({"units": [{"unit": "u", "rate": "1", "minimum": "x"}]}, ["/units/0/minimum"]),
        ({"units": [{"unit": "", "rate": "1"}]}, ["/units/0/unit"]),
        ({"units": [{"unit": "u", "rate": "1"}, {"unit": "u", "rate": "2"}]}, ["/units/1/unit"]),
        ({"plan": "Gold"}, ["/plan"]),
        ({"operation": ""}, ["/operation"]),
        ({"version": -1}, ["/version"]),
        ({"effective_from": "2026-11-18T11:06:40Z"}, ["/effective_from"]),
        ({"effective_from": "tomorrow"}, ["/effective_from"]),
    ],
)
def test_a_price_that_cannot_be_meant_is_refused(
    stage: Stage, body: dict[str, Any], pointers: list[str]
) -> None:
    reply = create(stage, **body)

    assert (reply.status, reply.pointers) == (422, pointers)
    assert stage.catalogue.audit == []


def test_drafts_live_over_http(stage: Stage) -> None:
    path = {"draft_id": "spring"}
    terms = {"operation": "message", "units": UNITS, **path}
    made = stage.call("create_price_draft", terms, **ADMIN)
    again = stage.call("create_price_draft", terms, **ADMIN)
    changed_ = stage.call("put_price_draft", {"units": UNITS, "version": 1}, path=path, **ADMIN)
    stale = stage.call("put_price_draft", {"units": UNITS, "version": 1}, path=path, **ADMIN)
    shown = stage.call("manage_pricing", **ADMIN).json["drafts"]
    published = stage.call("publish_price_draft", {"version": 2}, path=path, **ADMIN)

    statuses = [each.status for each in (made, again, changed_, stale, published)]
    assert statuses == [201, 412, 200, 412, 201]
    assert [each["version"] for each in shown] == [2]
    assert published.json["versions"][-1]["price_id"] == published.json["price_id"]
    stage.call("create_price_draft", terms, **ADMIN)
    assert stage.call("delete_price_draft", path=path, **ADMIN).status == 200
    assert stage.call("delete_price_draft", path=path, **ADMIN).status == 404
    assert [each.action for each in stage.catalogue.audit] == [
        "create_price_draft",
        "update_price_draft",
        "publish_price",
        "create_price_draft",
        "delete_price_draft",
    ]

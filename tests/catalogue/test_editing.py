"""Packages are edited by admins: audited, never overwritten unseen, and what was bought stays."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from moto import mock_aws
from prepaid.catalogue.packages import Package
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import PreconditionFailed
from prepaid.dynamodb.audit import put_audit_row

from tests.support import dynamodb
from tests.support.dynamodb import CATALOGUE_TABLES, create_tables, new_client, new_prefix
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.sales import Sales
from tests.support.selling import paid, refunded
from tests.support.stage import NOW, OTHER, USER, Reply, Stage

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
DAY = 86_400
TERMS: dict[str, Any] = {
    "name": "Spring",
    "credits": "100.00",
    "bonus": "10.00",
    "price": 900,
    "currency": "usd",
    "position": 6,
}
PACKAGE = Package(
    package_id="spring",
    name="Spring",
    credits=Credits(100_00),
    bonus=Credits(10_00),
    price=900,
    currency="usd",
    position=6,
)
AUDIT = AuditRow(
    at=Instant(NOW),
    actor="admin:a",
    action="update_package",
    subject="spring",
    request_id="r",
    before={},
    after={"price": 900, "audience": ["a"]},
)


@pytest.fixture(params=["memory", "moto"])
def editor(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield MemoryCatalogue()
        return
    with mock_aws():
        client, prefix = new_client(), new_prefix()
        create_tables(client, prefix, (*CATALOGUE_TABLES, "credit_records"))
        yield dynamodb.catalogue(
            client, prefix, write_audit=lambda row: put_audit_row(row, f"{prefix}credit_records")
        )


def audit(number: int) -> AuditRow:
    return replace(AUDIT, number=number)


@pytest.mark.fault("G77")
def test_a_package_is_written_once_as_new_and_then_by_version(editor: Any) -> None:
    editor.write_package(PACKAGE, audit(1), new=True)
    first = editor.package("spring")
    with pytest.raises(PreconditionFailed):
        editor.write_package(PACKAGE, audit(2), new=True)

    editor.write_package(replace(first, price=800), audit(3), new=False)
    with pytest.raises(PreconditionFailed):
        editor.write_package(replace(first, price=700), audit(4), new=False)

    assert first == replace(PACKAGE, version=1)
    assert editor.package("spring") == replace(PACKAGE, price=800, version=2)
    assert editor.package("none") is None


def test_a_package_of_before_there_were_versions_is_edited_once(editor: Any) -> None:
    assert editor.add_package(PACKAGE)

    editor.write_package(replace(PACKAGE, price=800), audit(1), new=False)
    with pytest.raises(PreconditionFailed):
        editor.write_package(replace(PACKAGE, price=700), audit(2), new=False)
    with pytest.raises(PreconditionFailed):
        editor.write_package(replace(PACKAGE, package_id="none"), audit(3), new=False)

    assert editor.package("spring") == replace(PACKAGE, price=800, version=1)


def test_every_package_is_listed_and_only_listed_ones_are_for_sale(editor: Any) -> None:
    terms = {"validity_days": 365, "bonus_validity_days": 90, "audience": (AccountId("a#1"),)}
    stored = [
        replace(PACKAGE, package_id="old", archived=True, position=1),
        replace(PACKAGE, package_id="secret", unlisted=True, position=2, **terms),  # type: ignore[arg-type]  # by name
        replace(PACKAGE, package_id="b", position=4),
        replace(PACKAGE, package_id="a", position=3),
    ]
    for number, each in enumerate(stored):
        editor.write_package(each, audit(number), new=True)

    assert [each.package_id for each in editor.every_package()] == ["a", "b", "secret", "old"]
    assert [each.package_id for each in editor.packages()] == ["a", "b"]
    assert editor.package("secret") == replace(stored[1], version=1)


def create(stage: Stage, package_id: str = "spring", **more: Any) -> Reply:
    return stage.call("create_package", {**TERMS, "package_id": package_id, **more}, **ADMIN)


def change(stage: Stage, package_id: str = "spring", version: int = 1, **more: Any) -> Reply:
    body = {**TERMS, "version": version, **more}
    return stage.call("put_package", body, path={"package_id": package_id}, **ADMIN)


def archive(stage: Stage, package_id: str = "spring") -> Reply:
    return stage.call("archive_package", path={"package_id": package_id}, **ADMIN)


def test_an_admin_creates_changes_and_archives_a_package(stage: Stage) -> None:
    made = create(stage)
    changed = change(stage, price=800, popular=True, position=0, reason="Sale")
    listed = stage.call("list_packages", role=None).json["items"]
    archived, again = archive(stage), archive(stage)

    assert (made.status, made.json["version"]) == (201, 1)
    assert (changed.status, changed.json["price"]["amount"], changed.json["version"]) == (
        200,
        800,
        2,
    )
    assert listed[0]["package_id"] == "spring"
    assert (archived.status, archived.json["archived"], again.json) == (200, True, archived.json)
    shown = stage.call("manage_packages", **ADMIN).json["items"]
    assert (len(shown), shown[-1]["package_id"]) == (6, "spring")
    rows = stage.catalogue.audit
    assert [each.action for each in rows] == [
        "create_package",
        "update_package",
        "archive_package",
    ]
    assert (rows[1].before["price"], rows[1].after["price"], rows[1].reason) == (900, 800, "Sale")


@pytest.mark.fault(
    "G77",
    "Two admins change a package at once",
    "412 `precondition_failed` for the second: nothing is overwritten unseen",
)
def test_of_two_admins_the_second_is_told(stage: Stage) -> None:
    create(stage)

    first, second = change(stage, price=800), change(stage, price=700)

    assert (first.status, second.status, second.code) == (200, 412, "precondition_failed")
    assert create(stage).code == "precondition_failed"
    assert change(stage, package_id="none").status == 404
    assert archive(stage, package_id="none").status == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"credits": "0"}, "/credits"),
        ({"price": 0}, "/price"),
        ({"currency": "USD"}, "/currency"),
        ({"validity_days": 0}, "/validity_days"),
        ({"bonus": "-1.00"}, "/bonus"),
        ({"name": ""}, "/name"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(
    stage: Stage, body: dict[str, Any], pointer: str
) -> None:
    reply = create(stage, **body)

    assert (reply.status, reply.pointers) == (422, [pointer])
    assert len(stage.catalogue.all_packages) == 5


def test_an_unlisted_package_is_sold_to_its_audience_only(sales: Sales) -> None:
    create(sales.stage, unlisted=True, audience=[USER])

    mine = sales.buy("spring")
    others = sales.buy("spring", key="other", account_id=OTHER)

    assert mine.status == 201
    assert (others.status, others.pointers) == (422, ["/package_id"])
    archive(sales.stage)
    assert sales.buy("spring", key="late").status == 422


@pytest.mark.fault(
    "G78",
    "A package is edited while it is being bought",
    "The purchase keeps the terms it began with, expiry included",
)
def test_what_is_bought_keeps_its_terms_expiry_included(sales: Sales) -> None:
    create(sales.stage, validity_days=30, bonus_validity_days=10)
    payment = sales.payment(sales.buy("spring"))
    change(sales.stage, credits="1.00", name="Other", validity_days=1, bonus_validity_days=None)
    sales.record_fact(payment, paid(payment))

    grants = sales.stage.call("list_grants").json["items"]

    assert [(each["name"], each["amount"], each["expires_at"]) for each in grants] == [
        ("Spring bonus", "10.00", "2026-11-29T00:00:00Z"),
        ("Spring", "100.00", "2026-12-19T00:00:00Z"),
    ]


@pytest.mark.parametrize(
    ("messages", "refund", "expired", "taken", "balance"),
    [
        (0, 900, "-10.00", "-100.00", "1.00"),  # what expired is not owed: 100.00 of 110.00
        (0, 450, "-10.00", "-55.00", "46.00"),  # half of 110.00 is still there to be owed
        (100, 900, "0.00", "-110.00", "-9.00"),  # the bonus was spent, so all of it is owed
    ],
)
def test_a_refund_after_the_bonus_expired_takes_back_what_is_left_to_owe(
    sales: Sales, messages: int, refund: int, expired: str, taken: str, balance: str
) -> None:
    create(sales.stage, bonus_validity_days=10)
    payment = sales.payment(sales.buy("spring"))
    sales.record_fact(payment, paid(payment))
    if messages:
        body = {"operation": "message", "quantity": messages}
        assert sales.stage.call("record_usage", body, key="s").json["amount"] == "-10.00"
    sales.stage.now += 20 * DAY
    sales.stage.fund("1.00", key="settles")

    sales.record_fact(replace(payment, created_at=Instant(sales.stage.now)), refunded(refund))

    assert (total(sales.stage, "expiry"), total(sales.stage, "refund")) == (expired, taken)
    assert sales.stage.balance() == balance


def total(stage: Stage, kind: str) -> str:
    return str(Credits(sum(e.amount.hundredths for e in stage.entries() if e.kind == kind)))

from dataclasses import replace

from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import Price, Quantity, Rate, UnitPrice

from tests.support.stage import NOW, Stage


def test_everyone_sees_the_five_packages_in_their_order(stage: Stage) -> None:
    reply = stage.call("list_packages", role=None)

    shown = [
        (each["package_id"], each["credits"], each["bonus"], each["price"]["amount"])
        for each in reply.json["items"]
    ]
    assert shown == [
        ("starter", "100.00", "0.00", 1000),
        ("professional", "500.00", "50.00", 4500),
        ("business", "1000.00", "150.00", 8000),
        ("enterprise", "2500.00", "500.00", 18000),
        ("premium", "5000.00", "1000.00", 32000),
    ]
    assert {each["price"]["currency"] for each in reply.json["items"]} == {"usd"}
    assert [each["package_id"] for each in reply.json["items"] if each["popular"]] == [
        "professional"
    ]
    assert reply.json["items"][1]["total_credits"] == "550.00"


def test_an_archived_package_is_not_for_sale(stage: Stage) -> None:
    starter, *rest = stage.catalogue.all_packages
    stage.catalogue.all_packages = (replace(starter, archived=True), *rest)

    ids = [each["package_id"] for each in stage.call("list_packages", role=None).json["items"]]

    assert ids == ["professional", "business", "enterprise", "premium"]


def test_everyone_sees_what_each_operation_costs(stage: Stage) -> None:
    reply = stage.call("list_pricing", role=None)

    rates = {
        (item["operation"], unit["unit"]): unit["rate"]
        for item in reply.json["items"]
        for unit in item["units"]
    }
    assert rates == {
        ("vapi_call", "call"): "1.00",
        ("vapi_call", "minute"): "0.50",
        ("message", "message"): "0.10",
        ("file_upload", "mb"): "0.25",
        ("workflow_execution", "execution"): "2.00",
    }


def message_price(*, since: int) -> Price:
    unit = UnitPrice(
        unit="message",
        rate=Rate(123_456),
        increment=Quantity(500_000),
        minimum=Quantity(2_000_000),
    )
    return Price(plan="default", operation="message", effective_from=Instant(since), units=(unit,))


def test_a_price_to_come_is_shown_beside_the_one_in_force(stage: Stage) -> None:
    stage.catalogue.add_price(message_price(since=NOW + 3600))

    items = stage.call("list_pricing", role=None).json["items"]

    of_messages = [item for item in items if item["operation"] == "message"]
    assert [item["upcoming"] for item in of_messages] == [False, True]
    assert of_messages[1]["effective_from"] == "2026-11-18T12:06:40Z"
    assert of_messages[1]["units"] == [
        {
            "unit": "message",
            "rate": "0.123456",
            "increment": "0.5",
            "minimum": "2",
            "description": "",
            "counted": False,
        }
    ]


def test_a_price_that_was_replaced_is_not_shown(stage: Stage) -> None:
    stage.catalogue.add_price(message_price(since=NOW))

    items = stage.call("list_pricing", role=None).json["items"]

    assert [item["units"][0]["rate"] for item in items if item["operation"] == "message"] == [
        "0.123456"
    ]


def test_what_a_plan_pays_is_not_public(stage: Stage) -> None:
    stage.catalogue.add_price(replace(message_price(since=0), plan="partner"))

    items = stage.call("list_pricing", role=None).json["items"]

    assert {item["plan"] for item in items} == {"default"}


def test_a_package_that_an_admin_changed_is_shown_as_changed(stage: Stage) -> None:
    starter, *rest = stage.catalogue.all_packages
    stage.catalogue.all_packages = (replace(starter, credits=Credits(12_300)), *rest)

    assert stage.call("list_packages", role=None).json["items"][0]["credits"] == "123.00"

import base64
import re

import pytest

from tests.support.stage import NOW, OTHER, USER, Stage


def test_an_entry_is_explained_in_data_and_in_a_sentence(funded: Stage) -> None:
    posted = funded.spend()

    reply = funded.call("get_transaction", path={"entry_id": posted.json["entry_id"]})

    assert reply.status == 200
    assert posted.json.items() <= reply.json.items()
    assert reply.json["calculation"] == {
        "price_version": "default#vapi_call@0",
        "lines": [
            {"unit": "call", "quantity": "1", "billed": "1", "rate": "1.00", "cost": "1.00"},
            {"unit": "minute", "quantity": "3.2", "billed": "3.2", "rate": "0.50", "cost": "1.60"},
        ],
        "carry_before": "0.00",
        "carry_after": "0.00",
        "cost": "2.60",
    }
    assert reply.json["explanation"] == (
        "Took 2.60 credits for vapi_call: 1 call × 1.00 = 1.00 and 3.2 minutes × 0.50 = 1.60, "
        "taking 2.60 from the credits given on 18 November."
    )


def test_the_sentence_names_what_gave_the_credits_however_long_ago(stage: Stage) -> None:
    stage.fund("1000.00")
    for day in range(1, 120):
        stage.now = NOW + day * 86_400
        stage.spend(f"k{day}")
    posted = stage.spend("last")
    stage.store.calls.clear()

    reply = stage.call("get_transaction", path={"entry_id": posted.json["entry_id"]})

    assert "taking 2.60 from the credits given on 18 November 2026" in reply.json["explanation"]
    assert not re.search(r"\bg\d|#|@", reply.json["explanation"])
    assert reply.json["burned"] == [{"grant_id": "g1", "amount": "2.60"}]


def test_what_rounding_left_is_shown_as_carry(funded: Stage) -> None:
    body = {"operation": "message", "quantity": "0.123456"}
    posted = funded.call("record_usage", body, key="k")

    reply = funded.call("get_transaction", path={"entry_id": posted.json["entry_id"]})

    assert reply.json["calculation"]["carry_after"] == "0.0023456"
    assert "carrying on 0.0023456" in reply.json["explanation"]


def test_an_entry_without_a_price_has_no_calculation(funded: Stage) -> None:
    entry_id = funded.call("list_transactions").json["items"][0]["entry_id"]

    reply = funded.call("get_transaction", path={"entry_id": entry_id})

    assert reply.json["calculation"] is None
    assert reply.json["explanation"] == "Adjustment added 100.00 credits."


def written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "entry_id",
    ["nonsense", "dTp1c2FnZTpr=", "é", "!", "A", "____", written("u:usage:other"), written("")],
)
def test_what_names_no_entry_is_not_found(funded: Stage, entry_id: str) -> None:
    funded.spend()

    reply = funded.call("get_transaction", path={"entry_id": entry_id})

    assert (reply.status, reply.code) == (404, "not_found")


@pytest.mark.fault("G42.2")
def test_another_accounts_entry_looks_like_none_at_all(funded: Stage) -> None:
    entry_id = funded.spend().json["entry_id"]

    foreign = funded.call("get_transaction", account_id=OTHER, path={"entry_id": entry_id})
    absent = funded.call(
        "get_transaction", account_id=OTHER, path={"entry_id": written("u:usage:none")}
    )

    assert foreign.status == absent.status == 404
    assert foreign.json["detail"] == absent.json["detail"]


def test_an_admin_who_names_no_account_is_told_to(funded: Stage) -> None:
    entry_id = funded.spend().json["entry_id"]

    reply = funded.call(
        "get_transaction", role="admin", account_id="admin-1", path={"entry_id": entry_id}
    )

    assert (reply.status, reply.code) == (404, "not_found")
    assert "?account_id=" in reply.json["detail"]


@pytest.mark.parametrize("role", ["service", "admin"])
def test_a_service_and_an_admin_read_entries_of_others(funded: Stage, role: str) -> None:
    entry_id = funded.spend().json["entry_id"]

    reply = funded.call(
        "get_transaction",
        role=role,
        account_id="other",
        query={"account_id": USER},
        path={"entry_id": entry_id},
    )

    assert reply.json["account_id"] == USER

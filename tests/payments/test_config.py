"""What a page may show an end user."""

from dataclasses import replace

import pytest
from prepaid.domain.errors import Unavailable
from prepaid.runtime.wiring import ledger, payments

from tests.support.sales import Sales
from tests.support.stage import Stage


def test_everyone_may_see_what_is_the_same_for_all(sales: Sales) -> None:
    reply = sales.stage.call("get_config", role=None)

    assert (reply.status, reply.json) == (
        200,
        {
            "publishable_key": "pk_test_local",
            "live": False,
            "currencies": ["usd"],
            "default_thresholds": ["20.00"],
            "default_runway_thresholds": [7],
            "runway_days": 7,
            "default_page": 50,
            "max_range_days": 366,
        },
    )


def test_what_accounts_are_warned_at_is_what_the_stack_says(
    sales: Sales, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFAULT_THRESHOLDS", "50.00, 5.00")
    monkeypatch.setenv("DEFAULT_RUNWAY_THRESHOLDS", "14,3")

    shown = sales.stage.call("get_config", role=None).json

    assert shown["default_thresholds"] == ["5.00", "50.00"]
    assert shown["default_runway_thresholds"] == [3, 14]


def test_without_a_key_everything_but_buying_goes_on(
    sales: Sales, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> str:
        raise Unavailable("A parameter cannot be read.")

    monkeypatch.setattr(payments, "parts", replace(sales.parts(), publishable_key=unreadable))

    reply = sales.stage.call("get_config", role=None)

    assert (reply.status, reply.json["publishable_key"]) == (200, None)


def test_the_ledger_knows_every_provider_of_payments(stage: Stage) -> None:
    assert stage.store is not None
    assert set(ledger.providers()) == set(payments.providers())

"""What holds for accounts that chose nothing, as the environment says it."""

import pytest
from prepaid.domain.account import NO_CHOICE
from prepaid.domain.credits import Credits
from prepaid.runtime.settings import Settings
from prepaid.runtime.wiring.ledger import account_defaults


def test_without_parameters_accounts_have_the_product_s_defaults() -> None:
    assert account_defaults(Settings({})) == NO_CHOICE


@pytest.mark.parametrize(
    ("text", "days"), [("", ()), ("30", (30,)), ("14,3", (3, 14)), (" 7 , 1 ", (1, 7))]
)
def test_days_of_runway_are_numbers_with_commas(text: str, days: tuple[int, ...]) -> None:
    found = account_defaults(
        Settings({"DEFAULT_RUNWAY_THRESHOLDS": text, "DEFAULT_THRESHOLDS": "5,20.00"})
    )

    assert found.runway_thresholds == days
    assert found.thresholds == (Credits(500), Credits(2_000))


@pytest.mark.parametrize("text", ["seven", "1.5"])
def test_what_is_no_number_of_days_starts_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        account_defaults(Settings({"DEFAULT_RUNWAY_THRESHOLDS": text}))

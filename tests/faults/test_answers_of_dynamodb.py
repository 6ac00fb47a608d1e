"""What each of DynamoDB's error codes means, listed by hand so that none is forgotten."""

from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError
from prepaid.domain.errors import Contended, Unavailable
from prepaid.dynamodb.failures import Cancelled, reading, translated
from prepaid.runtime.observability import described

TURNED_AWAY = [
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingException",
    "TransactionConflictException",
]
MAY_STILL_LAND = [
    "InternalServerError",
    "RequestTimeout",
    "ServiceUnavailable",
    "TransactionInProgressException",
]
TURNED_AWAY_ITEMS = ["ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"]


def answered(code: str, *reasons: str) -> ClientError:
    response: Mapping[str, Any] = {
        "Error": {"Code": code},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        "CancellationReasons": [{"Code": each} for each in reasons],
    }
    return ClientError(response, "TransactWriteItems")  # type: ignore[arg-type]  # as on the wire


@pytest.mark.fault(
    "A5.3",
    "DynamoDB throttles",
    "Tried again with jitter while there is time, then 503; nothing is written",
)
@pytest.mark.parametrize("code", TURNED_AWAY)
def test_a_request_that_was_turned_away_did_nothing(code: str) -> None:
    with pytest.raises(Contended), translated():
        raise answered(code)
    with pytest.raises(Unavailable), reading():
        raise answered(code)


@pytest.mark.fault(
    "A6",
    "Transactions on one account collide",
    "Tried again within the deadline; a wrong balance never",
)
@pytest.mark.parametrize("code", TURNED_AWAY_ITEMS)
def test_a_transaction_with_an_item_that_was_turned_away_did_nothing(code: str) -> None:
    with pytest.raises(Contended), translated():
        raise answered("TransactionCanceledException", "None", code)


@pytest.mark.fault("A6")
@pytest.mark.parametrize("code", TURNED_AWAY_ITEMS)
def test_a_condition_that_failed_is_told_before_an_item_that_was_turned_away(code: str) -> None:
    with pytest.raises(Cancelled), translated():
        raise answered("TransactionCanceledException", "ConditionalCheckFailed", code)


@pytest.mark.fault("A6")
@pytest.mark.parametrize("code", MAY_STILL_LAND)
def test_a_request_that_may_still_land_has_an_unknown_outcome(code: str) -> None:
    with pytest.raises(Unavailable), translated():
        raise answered(code)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
def test_a_mistake_of_ours_is_raised_as_it_is_and_is_not_its_own_cause(code: str) -> None:
    error = answered(code)

    with pytest.raises(ClientError) as raised, translated():
        raise error

    assert raised.value is error
    assert error.__cause__ is None


@pytest.mark.fault("A5")
def test_causes_that_lead_back_are_described_once() -> None:
    first, second = KeyError(), ValueError()
    first.__cause__, second.__cause__ = second, first

    assert described(first) == ["KeyError", "ValueError"]

"""A shop over a memory store that trouble can be made for."""

import pytest
from prepaid.domain.credits import AccountId

from tests.support.ledger_harness import LedgerHarness, new_account_id
from tests.support.stores import TroubledStore


@pytest.fixture
def store() -> TroubledStore:
    return TroubledStore()


@pytest.fixture
def harness(store: TroubledStore) -> LedgerHarness:
    return LedgerHarness(store)


@pytest.fixture
def account_id() -> AccountId:
    return new_account_id()

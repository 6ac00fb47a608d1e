"""A shop over a memory store that trouble can be made for."""

import pytest
from prepaid.domain.credits import AccountId

from tests.support.shop import Shop, new_account_id
from tests.support.stores import TroubledStore


@pytest.fixture
def store() -> TroubledStore:
    return TroubledStore()


@pytest.fixture
def shop(store: TroubledStore) -> Shop:
    return Shop(store)


@pytest.fixture
def account_id() -> AccountId:
    return new_account_id()

"""Puts together the settings of accounts: the ledger, its closed days, and who saved what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.accounts.dynamodb.settings import DynamoSettings
from prepaid.accounts.ports import SettingsRows
from prepaid.accounts.saving import AccountSettings
from prepaid.runtime.wiring import contacts
from prepaid.runtime.wiring.inbox import records_table
from prepaid.runtime.wiring.ledger import ledger, store


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    rows: Callable[[], SettingsRows]


parts = Parts(rows=cache(lambda: DynamoSettings(records_table())))


def account_settings() -> AccountSettings:
    """Return what shows and saves settings."""
    return AccountSettings(ledger(), store(), parts.rows(), contacts.parts.consents())

"""What a commit writes with settings, in DynamoDB's table of records."""

from typing import Any

from prepaid.accounts.settings import SavedSettings
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import serialize

_SORT = "saved"


class DynamoSettings:
    """`SettingsRows` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def saved(self, account_id: AccountId) -> SavedSettings | None:
        """Read the row of an account."""
        row = self._table.read(_kind_id(account_id), _SORT)
        if row is None:
            return None
        return SavedSettings(
            account_id=account_id,
            version=int(row[names.VERSION]),
            fingerprint=Fingerprint(row["fingerprint"]),
            saved_at=Instant(int(row["saved_at"])),
            saved_by=row["saved_by"],
        )


def put_settings(saved: SavedSettings, table: str) -> dict[str, Any]:
    """Return the write of who saved what: the account's version decides whether it may be."""
    row = {
        names.KIND_ID: _kind_id(saved.account_id),
        names.SORT: _SORT,
        names.VERSION: saved.version,
        "fingerprint": saved.fingerprint,
        "saved_at": saved.saved_at,
        "saved_by": saved.saved_by,
    }
    return {"Put": {"TableName": table, "Item": serialize(row)}}


def _kind_id(account_id: AccountId) -> str:
    return f"settings#{account_id}"

"""What a commit writes with settings, in DynamoDB's table of records."""

from typing import Any

from prepaid.accounts.settings import SavedSettings
from prepaid.alerts.channels import Contacts
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import serialize


class DynamoSettings:
    """`SettingsRows` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def saved(self, account_id: AccountId) -> SavedSettings | None:
        """Read the row of an account."""
        row = self._table.read(names.settings_of(account_id), names.SAVED)
        if row is None:
            return None
        return SavedSettings(
            account_id=account_id,
            version=int(row[names.VERSION]),
            fingerprint=Fingerprint(row["fingerprint"]),
            saved_at=Instant(int(row["saved_at"])),
            saved_by=row["saved_by"],
            contacts=Contacts.from_plain(row),
        )


def put_settings(saved: SavedSettings, table: str) -> dict[str, Any]:
    """Return the write of who saved what: the account's version decides whether it may be."""
    row = {
        names.KIND_ID: names.settings_of(saved.account_id),
        names.SORT: names.SAVED,
        names.VERSION: saved.version,
        "fingerprint": saved.fingerprint,
        "saved_at": saved.saved_at,
        "saved_by": saved.saved_by,
        **saved.contacts.to_plain(),
    }
    return {"Put": {"TableName": table, "Item": serialize(row)}}

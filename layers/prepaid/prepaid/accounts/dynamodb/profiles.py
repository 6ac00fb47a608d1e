"""Profiles in DynamoDB's table of records, each with the row that finds it by its address."""

from collections.abc import Collection, Mapping
from typing import Any

from prepaid.accounts.dynamodb.rows import ID, MAIL, directory_key, mail_text
from prepaid.accounts.profiles import Profile
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import Plain

_SORT = "profile"


class DynamoProfiles:
    """`Profiles` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def profile(self, account_id: AccountId) -> Profile:
        """Read the row of an account."""
        row = self._table.read(_partition(account_id), _SORT)
        return Profile(account_id=account_id) if row is None else _profile(account_id, row)

    def profiles(self, account_ids: Collection[AccountId]) -> Mapping[AccountId, Profile]:
        """Read the rows of accounts together."""
        partitions = {_partition(each): each for each in account_ids}
        rows = self._table.read_all([(each, _SORT) for each in partitions])
        found = [(partitions[row[names.KIND_ID]], row) for row in rows]
        return {account_id: _profile(account_id, row) for account_id, row in found}

    def change(self, before: Profile, after: Profile, audit: AuditRow) -> bool:
        """Put the row on condition of the version that was read, and move what finds it."""
        if before.version:
            write = self._table.put(
                _row(after), when=f"{names.VERSION} = :seen", values={":seen": before.version}
            )
        else:
            write = self._table.put(_row(after), when=f"attribute_not_exists({names.KIND_ID})")
        return self._table.audited(write, audit, self._moved(before, after))

    def _moved(self, before: Profile, after: Profile) -> list[dict[str, Any]]:
        old, new = _found_under(before), _found_under(after)
        writes = [] if after.empty else [self._table.put(directory_key(ID, after.account_id))]
        if old == new:
            return writes
        gone = [self._table.delete(old[0], old[1])] if old else []
        row = {names.KIND_ID: new[0], names.SORT: new[1]} if new else None
        return writes + gone + ([self._table.put(row)] if row else [])


def _partition(account_id: AccountId) -> str:
    return f"profile#{account_id}"


def _profile(account_id: AccountId, row: Plain) -> Profile:
    return Profile(
        account_id=account_id,
        name=row.get("name"),
        email=row.get("email"),
        version=int(row[names.VERSION]),
        updated_at=Instant(int(row["updated_at"])),
        updated_by=row["updated_by"],
    )


def _row(profile: Profile) -> dict[str, object]:
    row = {
        names.KIND_ID: _partition(profile.account_id),
        names.SORT: _SORT,
        names.VERSION: profile.version,
        "name": profile.name,
        "email": profile.email,
        "updated_at": profile.updated_at,
        "updated_by": profile.updated_by,
    }
    return {name: value for name, value in row.items() if value is not None}


def _found_under(profile: Profile) -> tuple[str, str] | None:
    if profile.email is None:
        return None
    key = directory_key(MAIL, mail_text(profile.email, profile.account_id))
    return str(key[names.KIND_ID]), str(key[names.SORT])

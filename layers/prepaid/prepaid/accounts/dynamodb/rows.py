"""Rows that a commit writes for lists of accounts."""

from typing import Any

from prepaid.domain.credits import AccountId
from prepaid.domain.listing import DirectoryRow, ListRow
from prepaid.dynamodb import names
from prepaid.dynamodb.shards import shard_of
from prepaid.dynamodb.values import serialize

ID = "id"
"""The part of the directory that is searched by account id."""
MAIL = "mail"
"""The part that is searched by e-mail address."""


def directory_key(kind: str, text: str) -> dict[str, object]:
    """Return the key under which *text* is found by what it begins with."""
    partition = names.directory_partition(kind, names.directory_shard(text))
    return {names.KIND_ID: partition, names.SORT: text}


def write_list_row(row: ListRow, table: str) -> dict[str, Any]:
    """Return the write or the delete of an account's row in a list."""
    partition = names.list_partition(row.list, shard_of(row.account_id))
    key = serialize({names.KIND_ID: partition, names.SORT: row.account_id})
    if row.present:
        return {"Put": {"TableName": table, "Item": key}}
    return {"Delete": {"TableName": table, "Key": key}}


def write_directory_row(row: DirectoryRow, table: str) -> dict[str, Any]:
    """Return the write of an account's row in the directory."""
    return {"Put": {"TableName": table, "Item": serialize(directory_key(ID, row.account_id))}}


def mail_text(email: str, account_id: AccountId) -> str:
    """Return what an account is found under by its e-mail address, in which there is no space."""
    return f"{email} {account_id}"


def account_in(text: str) -> AccountId:
    """Return the account that a text of `mail_text` names."""
    return AccountId(text.partition(" ")[2])

"""What owners of addresses agreed to, how often they were asked, and who wants to hear what."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.alerts.addresses import NO_CONSENT, AddressState, Consent
from prepaid.alerts.channels import DEFAULT, Contacts
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Contended, RateLimited
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, translated
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.values import moment, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ATTEMPTS = 5
"""How often a count is tried again that another one came before."""


class DynamoContactBook:
    """`ContactBook` on the rows that settings are saved with."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def contacts(self, account_id: AccountId) -> Contacts:
        """Read the row of an account."""
        row = self._table.read(names.settings_of(account_id), names.SAVED)
        return DEFAULT if row is None else Contacts.from_plain(row)


class DynamoConsents:
    """`Consents` on the table of records."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._rows = RecordsTable(client, table)
        self._client = client
        self._table = table

    def consent(self, account_id: AccountId, email: str) -> Consent:
        """Read the row of an address."""
        key = _key(account_id, email)
        row = self._rows.read(str(key[names.KIND_ID]), str(key[names.SORT]))
        if row is None:
            return NO_CONSENT
        stopped = row.get("stopped")
        return Consent(
            asked_at=moment(row.get("asked_at")),
            confirmed_at=moment(row.get("confirmed_at")),
            stopped_at=moment(row.get("stopped_at")),
            stopped=None if stopped is None else AddressState(stopped),
        )

    def asked(self, account_id: AccountId, email: str, *, now: Instant) -> None:
        """Write when the owner was asked last."""
        self._change(account_id, email, "SET asked_at = :now", {":now": now})

    def confirm(
        self, account_id: AccountId, email: str, *, asked_at: Instant, now: Instant
    ) -> bool:
        """Write that the owner agreed, over an earlier stop only."""
        return self._change_if(
            account_id,
            email,
            "SET confirmed_at = :now REMOVE stopped_at, stopped",
            {":now": now, ":asked_at": asked_at},
            "attribute_not_exists(stopped_at) OR stopped_at < :asked_at",
        )

    def stop(self, account_id: AccountId, email: str, why: AddressState, *, now: Instant) -> None:
        """Write since when, and why, the address gets no mail."""
        change = "SET stopped_at = :now, stopped = :why"
        self._change(account_id, email, change, {":now": now, ":why": str(why)})

    def stop_since(
        self, account_id: AccountId, email: str, why: AddressState, *, at: Instant
    ) -> bool:
        """Write it over what is known of the address and not later."""
        return self._change_if(
            account_id,
            email,
            "SET stopped_at = :at, stopped = :why",
            {":at": at, ":why": str(why)},
            f"attribute_exists({names.KIND_ID})"
            " AND (attribute_not_exists(confirmed_at) OR confirmed_at <= :at)"
            " AND (attribute_not_exists(stopped_at) OR stopped_at <= :at)",
        )

    def _change_if(
        self,
        account_id: AccountId,
        email: str,
        change: str,
        values: Mapping[str, object],
        when: str,
    ) -> bool:
        """Write on condition *when*; say whether it was written."""
        try:
            self._change(account_id, email, change, values, ConditionExpression=when)
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            return False
        return True

    def _change(
        self,
        account_id: AccountId,
        email: str,
        change: str,
        values: Mapping[str, object],
        **conditions: Any,
    ) -> None:
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key=serialize(_key(account_id, email)),
                UpdateExpression=change,
                ExpressionAttributeValues=serialize(values),
                **conditions,
            )


class DynamoAllowances:
    """`Allowances` on the table of records: the times of late, under a version."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._rows = RecordsTable(client, table)
        self._client = client
        self._table = table

    def take(
        self, account_id: AccountId, name: str, *, at_most: int, within_seconds: int, now: Instant
    ) -> None:
        """Add one to the times of late, if nobody did so since they were read."""
        for _ in range(_ATTEMPTS):
            row = self._rows.read(_allowance(account_id), name) or {}
            times = [at for at in row.get("times", []) if at > now - within_seconds]
            if len(times) >= at_most:
                wait = times[-at_most] + within_seconds - now
                raise RateLimited("This was asked for too often.", retry_after_seconds=wait)
            if self._written(account_id, name, row.get(names.VERSION, 0), [*times, int(now)]):
                return
        raise Contended

    def _written(self, account_id: AccountId, name: str, seen: int, times: list[int]) -> bool:
        row = {
            names.KIND_ID: _allowance(account_id),
            names.SORT: name,
            names.VERSION: seen + 1,
            "times": times,
        }
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item=serialize(row),
                    ConditionExpression="attribute_not_exists(#version) OR #version = :seen",
                    ExpressionAttributeNames={"#version": names.VERSION},
                    ExpressionAttributeValues=serialize({":seen": seen}),
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            return False
        return True


def _key(account_id: AccountId, email: str) -> Mapping[str, object]:
    return {names.KIND_ID: f"consent#{account_id}", names.SORT: f"mail#{email}"}


def _allowance(account_id: AccountId) -> str:
    return f"allowance#{account_id}"

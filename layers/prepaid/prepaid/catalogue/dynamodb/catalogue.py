"""Packages and prices, read from DynamoDB and cached in memory for a while."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.catalogue.dynamodb.cache import TtlCache
from prepaid.catalogue.dynamodb.rows import (
    package_from_item,
    package_to_item,
    price_from_item,
    price_to_item,
)
from prepaid.catalogue.packages import Package
from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import Contended, PreconditionFailed
from prepaid.domain.pricing import Price
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import (
    CONDITION_FAILED,
    NOT_WRITTEN,
    Cancelled,
    reading,
    translated,
)
from prepaid.dynamodb.values import Item, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def _no_audit(_: AuditRow) -> dict[str, Any]:
    raise AssertionError("only an admin's functions write the catalogue")


class DynamoCatalogue:
    """`Catalogue` on DynamoDB, and the writing side that the seed uses."""

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        packages_table: str,
        pricing_table: str,
        write_audit: Callable[[AuditRow], dict[str, Any]] = _no_audit,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._packages_table = packages_table
        self._pricing_table = pricing_table
        self._write_audit = write_audit
        self._prices = TtlCache(self._fetch_prices, clock=clock)
        self._price_list = TtlCache(self._fetch_price_list, clock=clock)
        self._packages = TtlCache(self._fetch_packages, clock=clock)

    def prices(self, plan: str, operation: str) -> Sequence[Price]:
        """Return every version of an operation's price in a plan, oldest first."""
        return self._prices((plan, operation))

    def price_list(self, plan: str) -> Sequence[Price]:
        """Return every version of every operation's price in a plan."""
        return self._price_list(plan)

    def packages(self) -> Sequence[Package]:
        """Return the packages for sale, in the order in which they are shown."""
        return self._packages(names.FOR_SALE)

    def package(self, package_id: str) -> Package | None:
        """Read a package consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._packages_table,
                Key=serialize({names.PACKAGE_ID: package_id}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return package_from_item(item) if item else None

    def every_package(self) -> Sequence[Package]:
        """Query the index for each state."""
        states = (names.FOR_SALE, names.UNLISTED, names.ARCHIVED)
        return [package for state in states for package in self._fetch_packages(state)]

    def write_package(self, package: Package, audit: AuditRow, *, new: bool) -> None:
        """Write a package with the audit of it, in one transaction."""
        put: dict[str, Any] = {
            "TableName": self._packages_table,
            "Item": package_to_item(replace(package, version=package.version + 1)),
            "ConditionExpression": f"attribute_not_exists({names.PACKAGE_ID})",
        }
        if not new and package.version:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": package.version})
        elif not new:
            there = f"attribute_exists({names.PACKAGE_ID})"
            put["ConditionExpression"] = f"{there} AND attribute_not_exists({names.VERSION})"
        writes: list[Any] = [{"Put": put}, self._write_audit(audit)]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)
        except Cancelled as cancelled:
            if cancelled.reasons[0].get("Code") == CONDITION_FAILED:
                raise PreconditionFailed from cancelled
            raise Contended from cancelled

    def add_price(self, price: Price) -> bool:
        """Write a version of a price unless it is there; say whether it was written."""
        return self._add(self._pricing_table, price_to_item(price), names.PLAN_OPERATION)

    def add_package(self, package: Package) -> bool:
        """Write a package unless it is there; say whether it was written."""
        return self._add(self._packages_table, package_to_item(package), names.PACKAGE_ID)

    def _add(self, table: str, item: dict[str, Any], key: str) -> bool:
        try:
            with reading():
                self._client.put_item(
                    TableName=table,
                    Item=item,
                    ConditionExpression=f"attribute_not_exists({key})",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                return False
            raise
        return True

    def _fetch_prices(self, key: tuple[str, str]) -> tuple[Price, ...]:
        return tuple(
            price_from_item(item)
            for item in self._queried(
                TableName=self._pricing_table,
                KeyConditionExpression=f"{names.PLAN_OPERATION} = :key",
                ExpressionAttributeValues=serialize({":key": names.plan_operation(*key)}),
                ConsistentRead=True,
            )
        )

    def _fetch_price_list(self, plan: str) -> tuple[Price, ...]:
        return tuple(
            price_from_item(item)
            for item in self._queried(
                TableName=self._pricing_table,
                IndexName=names.PLAN_INDEX,
                KeyConditionExpression="#plan = :plan",
                ExpressionAttributeNames={"#plan": names.PLAN},
                ExpressionAttributeValues=serialize({":plan": plan}),
            )
        )

    def _fetch_packages(self, state: str) -> tuple[Package, ...]:
        return tuple(
            package_from_item(item)
            for item in self._queried(
                TableName=self._packages_table,
                IndexName=names.SALE_INDEX,
                KeyConditionExpression=f"{names.SALE_STATE} = :state",
                ExpressionAttributeValues=serialize({":state": state}),
            )
        )

    def _queried(self, **asked: Any) -> list[Item]:
        with reading():
            pages = self._client.get_paginator("query").paginate(**asked)
            return [item for page in pages for item in page["Items"]]

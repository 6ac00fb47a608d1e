"""Puts together the inbox: where to report what an admin must look at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from prepaid.dynamodb.client import shared_client
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoAuditLog, DynamoExceptions
from prepaid.inbox.ports import AuditLog, Exceptions, Inbox
from prepaid.runtime.settings import settings


class ExceptionStore(Exceptions, Inbox, Protocol):
    """Everything that is asked of the rows of exceptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    exceptions: Callable[[], ExceptionStore]
    audit_log: Callable[[], AuditLog]


def records_table() -> RecordsTable:
    """Return the table of records, in which several features keep rows of their own."""
    return RecordsTable(shared_client(), settings.credit_records_table)


parts = Parts(
    exceptions=cache(lambda: DynamoExceptions(records_table())),
    audit_log=cache(lambda: DynamoAuditLog(records_table())),
)


def audit_log() -> AuditLog:
    """Return what admins did."""
    return parts.audit_log()


def exceptions() -> Exceptions:
    """Return where to report what an admin must look at."""
    return parts.exceptions()


def inbox() -> Inbox:
    """Return what lets an admin see and resolve what was reported."""
    return parts.exceptions()

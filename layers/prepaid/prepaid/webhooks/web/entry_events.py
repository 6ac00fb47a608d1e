"""The events that an entry is, with the entry as the API shows it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from prepaid.domain.entries import Entry, EntryKind
from prepaid.ledger.web.entries import EntryOut
from prepaid.webhooks.events import (
    ENTRY_POSTED,
    HOLD_EXPIRED,
    PURCHASE_SUCCEEDED,
    Event,
    new_event,
)

EXPIRED = "expired"


def events_of_entry(entry: Entry) -> Iterator[Event]:
    """Return what a posted entry tells: that it was posted, and what it means beside that."""
    shown: dict[str, Any] = json.loads(EntryOut.of(entry).model_dump_json())
    yield _event(ENTRY_POSTED, "entry", entry, shown)
    if entry.kind is EntryKind.PURCHASE:
        bought = {"payment_id": entry.reference, "credits": shown["amount"]}
        yield _event(PURCHASE_SUCCEEDED, "purchase", entry, _with(shown, bought))
    if entry.kind is EntryKind.RELEASE and entry.reason == EXPIRED:
        ended = {"hold_id": shown["hold_id"], "amount": shown["hold_amount"]}
        yield _event(HOLD_EXPIRED, "hold", entry, _with(shown, ended))


def _with(shown: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"account_id": shown["account_id"], **more, "entry": shown}


def _event(event_type: str, about: str, entry: Entry, data: Mapping[str, object]) -> Event:
    event_id = f"{entry.account_id}#{entry.seq}#{about}"
    return new_event(event_type, event_id, entry.account_id, entry.posted_at, data)

"""Entries as answers: what we make of our own entries fits the models without being judged."""

from hypothesis import given
from prepaid.domain.entries import Entry
from prepaid.ledger.web.entries import EntryOut
from prepaid.metering.web.holds import ExtendedHoldOut

from tests.support import strategies


@given(strategies.entries)
def test_every_entry_is_shown_as_its_model_says(entry: Entry) -> None:
    shown = EntryOut.of(entry)

    assert EntryOut.model_validate_json(shown.model_dump_json()) == shown


@given(strategies.entries.filter(lambda entry: entry.hold_id and entry.hold_expires_at))
def test_every_hold_is_shown_as_its_model_says(entry: Entry) -> None:
    shown = ExtendedHoldOut.of(entry)

    assert ExtendedHoldOut.model_validate_json(shown.model_dump_json()) == shown
    assert shown.amount == str(entry.held_change)

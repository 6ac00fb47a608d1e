"""Drafts of prices: written in peace, then published as a version, once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from prepaid.catalogue.ports import PriceEditor
from prepaid.catalogue.price_editing import (
    ShownVersion,
    audit_of_price,
    changed,
    new_version,
    shown_units,
)
from prepaid.catalogue.versions import PriceChange, PriceDraft
from prepaid.domain.auditing import NOTHING, AdminAct, AuditRow
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, NotFound, PreconditionFailed
from prepaid.domain.pricing import UnitPrice

MAX_DRAFTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """A price to write down without announcing it."""

    draft_id: str
    plan: str
    operation: str
    units: tuple[UnitPrice, ...]


def create_draft(editor: PriceEditor, wanted: NewDraft, by: AdminAct) -> PriceDraft:
    """Write a new draft, for the prices as they are now.

    Raises `PreconditionFailed` where its id is taken, `InvalidRequest` beyond `MAX_DRAFTS`, and
    `Unavailable`.
    """
    if editor.draft(wanted.draft_id) is not None:
        raise PreconditionFailed("There is a draft with this id already.")
    if len(editor.drafts()) >= MAX_DRAFTS:
        raise InvalidRequest(f"There may be {MAX_DRAFTS} drafts at most.", pointer="/draft_id")
    draft = PriceDraft(
        draft_id=wanted.draft_id,
        plan=wanted.plan,
        operation=wanted.operation,
        units=wanted.units,
        prices_version=editor.prices_of(wanted.plan, wanted.operation).version,
        updated_at=by.now,
        updated_by=by.actor,
    )
    audit = _audit(draft.draft_id, by, "create_price_draft", after=draft)
    editor.write_draft(draft, audit, new=True)
    return replace(draft, version=1)


def update_draft(
    editor: PriceEditor, draft_id: str, units: tuple[UnitPrice, ...], seen: int, by: AdminAct
) -> PriceDraft:
    """Replace the terms of a draft that has the version *seen*, for the prices as they are now.

    Raises `NotFound`, `PreconditionFailed`, `Unavailable`.
    """
    before = draft_of(editor, draft_id)
    if before.version != seen:
        raise PreconditionFailed
    draft = replace(
        before,
        units=units,
        prices_version=editor.prices_of(before.plan, before.operation).version,
        updated_at=by.now,
        updated_by=by.actor,
    )
    audit = _audit(draft_id, by, "update_price_draft", before=before, after=draft)
    editor.write_draft(draft, audit, new=False)
    return replace(draft, version=draft.version + 1)


def delete_draft(editor: PriceEditor, draft_id: str, by: AdminAct) -> PriceDraft:
    """Delete a draft; nothing refers to it.

    Raises `NotFound`, `PreconditionFailed`, `Unavailable`.
    """
    draft = draft_of(editor, draft_id)
    editor.delete_draft(draft, _audit(draft_id, by, "delete_price_draft", before=draft))
    return draft


def publish_draft(
    editor: PriceEditor, draft_id: str, begins: Instant | None, seen: int, by: AdminAct
) -> ShownVersion:
    """Announce a draft that has the version *seen* as a new version; the draft is gone with it.

    Raises `NotFound`, `InvalidRequest`, `Unavailable`, and `PreconditionFailed` where the draft, or
    the prices that it was written for, have changed: then it is to be read and saved again.
    """
    draft = draft_of(editor, draft_id)
    read = editor.prices_of(draft.plan, draft.operation)
    if draft.version != seen or draft.prices_version != read.version:
        raise PreconditionFailed
    price = new_version(read, draft.units, begins, by.now)
    change = PriceChange(read=read, add=price, published=draft)
    editor.change_prices(change, audit_of_price(price, by, "publish_price", after=price))
    return ShownVersion(price=price, prices=changed(change))


def draft_of(editor: PriceEditor, draft_id: str) -> PriceDraft:
    """Return a draft. Raises `NotFound`, `Unavailable`."""
    draft = editor.draft(draft_id)
    if draft is None:
        raise NotFound("There is no such draft. A published one is gone: see the versions.")
    return draft


def _audit(
    draft_id: str,
    by: AdminAct,
    action: str,
    *,
    before: PriceDraft | None = None,
    after: PriceDraft | None = None,
) -> AuditRow:
    return by.audit(
        action,
        draft_id,
        before=_shown(before) if before else NOTHING,
        after=_shown(after) if after else NOTHING,
    )


def _shown(draft: PriceDraft) -> Mapping[str, object]:
    return {
        "plan": draft.plan,
        "operation": draft.operation,
        "units": shown_units(draft.units),
    }

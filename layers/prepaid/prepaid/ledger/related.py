"""Entries that belong together: a hold and what became of it, a purchase and what went back."""

from collections.abc import Collection, Iterable

from prepaid.domain import keys
from prepaid.domain.credits import Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.holds import MAX_OPEN_SECONDS
from prepaid.domain.keys import Key
from prepaid.ledger.origins import numbered
from prepaid.ledger.ports import HistoryQuery, LedgerStore

MOST = 100
"""The most entries that one is shown with."""
_MONEY_BACK = (EntryKind.REFUND, EntryKind.DISPUTE)


def related(store: LedgerStore, entry: Entry, providers: Collection[str]) -> list[Entry]:
    """Return what belongs to *entry*, in order, without itself.

    Of a hold: what opened it, its extensions, parts and end; of a purchase: its bonus, refunds
    and disputes; of a grant: what expired of it or was taken back. All is found by keys, but for
    what opened a hold and its parts, whose keys are the clients': those are looked for between the
    hold's ends, in at most 1,000 entries. *providers* are those of payments. Raises `Unavailable`.
    """
    found: dict[Key, Entry] = {}
    if entry.hold_id is not None:
        found |= _by_key(_of_hold(store, entry, entry.hold_id))
    if entry.kind in {EntryKind.PURCHASE, EntryKind.BONUS}:
        found |= _of_intent(store, entry, keys.intent_of_purchase(entry.key), providers)
    if entry.kind in _MONEY_BACK:
        found |= _of_intent(store, entry, keys.intent_of_money_back(entry.key), providers)
    if entry.kind is EntryKind.EXPIRY:
        found |= _of_grant(store, entry, keys.root_of(entry.key))
    elif entry.grant_id is not None:
        found |= _of_grant(store, entry, entry.grant_id)
    found.pop(entry.key, None)
    return sorted(found.values(), key=lambda each: each.seq)[:MOST]


def _by_key(entries: Iterable[Entry]) -> dict[Key, Entry]:
    return {each.key: each for each in entries}


def _of_hold(store: LedgerStore, entry: Entry, hold_id: int) -> list[Entry]:
    opened = numbered(store, entry, hold_id)
    ended = store.entries(entry.account_id, [keys.hold_end(hold_id)])
    since = opened.posted_at if opened else Instant(entry.posted_at - MAX_OPEN_SECONDS)
    until = max(
        (each.posted_at for each in ended.values()), default=Instant(since + MAX_OPEN_SECONDS)
    )
    between = store.history(
        HistoryQuery(
            account_id=entry.account_id, limit=MOST, hold_id=hold_id, since=since, until=until
        )
    )
    return [*between.entries, *ended.values(), *([opened] if opened else [])]


def _of_intent(
    store: LedgerStore, entry: Entry, intent_id: str, providers: Collection[str]
) -> dict[Key, Entry]:
    bought = [keys.purchase(each, intent_id) for each in providers]
    found = dict(store.entries(entry.account_id, [*bought, *map(keys.bonus, bought)]))
    for kind in _MONEY_BACK:
        prefix = Key(f"{keys.money_back(kind, intent_id)}:")
        found |= _by_key(store.entries_under(entry.account_id, prefix, limit=MOST))
    return found


def _of_grant(store: LedgerStore, entry: Entry, grant_id: int) -> dict[Key, Entry]:
    given = numbered(store, entry, grant_id)
    found = dict(store.entries(entry.account_id, [keys.void_of_grant(grant_id)]))
    found |= _by_key(store.entries_under(entry.account_id, keys.expiries(grant_id), limit=MOST))
    return found | ({given.key: given} if given else {})

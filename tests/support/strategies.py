"""Hypothesis strategies that fill every field of what the stores keep."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from prepaid.catalogue.packages import Package
from prepaid.domain.account import (
    Account,
    Overage,
    RunwayThreshold,
    Status,
    Threshold,
    Version,
)
from prepaid.domain.credits import MAX_HUNDREDTHS, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Burn, Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Fingerprint, Key, Writer
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.pricing import (
    HUNDREDTH,
    MAX_QUANTITY,
    Calculation,
    Carry,
    Line,
    Price,
    Quantity,
    Rate,
    UnitPrice,
)
from prepaid.domain.usage import ClosedDay, Counter, HourlyUsage

type Draw = Callable[[st.SearchStrategy[Any]], Any]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
"""Any text that UTF-8 can write: `#`, NUL, emoji, composed letters and their twins."""
account_ids = st.one_of(
    texts, st.sampled_from(["a#b", "é", "e\N{COMBINING ACUTE ACCENT}", "../x", "👍🏽"])
).map(AccountId)
names = st.sampled_from(["vapi_call", "message", "file_upload"]) | texts
instants = st.integers(1, 9_999_999_998).map(Instant)
days = st.dates(min_value=date(1970, 1, 1))
whole = st.integers(0, 10**12)
amounts = st.integers(0, MAX_HUNDREDTHS).map(Credits)
signed = st.integers(-MAX_HUNDREDTHS, MAX_HUNDREDTHS).map(Credits)
quantities = st.integers(0, MAX_QUANTITY).map(Quantity)
rates = st.integers(0, 10**12).map(Rate)
carries = st.integers(1, HUNDREDTH - 1).map(Carry)
facts = st.dictionaries(texts, texts | st.booleans(), max_size=3)


def maybe[T](values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Return *values*, or `None`."""
    return st.none() | values


def several[T](values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Return up to three of *values*."""
    return st.lists(values, max_size=3).map(tuple)


grants = st.builds(
    Grant,
    grant_id=whole,
    kind=st.sampled_from(GrantKind),
    amount=amounts,
    remaining=amounts,
    expires_at=maybe(instants),
    priority=st.integers(0, 1000),
    cost_basis=whole,
    origin=maybe(st.integers(1, 10**12)),
    schedule=maybe(texts),
    currency=st.sampled_from(["usd", "jpy"]),
)
holds = st.builds(
    Hold,
    number=whole,
    amount=amounts,
    expires_at=instants,
    operation=names,
    maker=st.sampled_from(Writer),
    plan=texts,
    opened_at=instants,
    parts=st.integers(0, 1_000),
    used=st.dictionaries(names, quantities, max_size=2),
)
counters = st.builds(
    Counter,
    count=whole,
    credits=amounts,
    waived=amounts,
    reversed=amounts,
    units=st.dictionaries(names, quantities, max_size=2),
    provider_cost=st.just(0) | whole,
)
portions = st.dictionaries(
    days, st.dictionaries(names, counters, min_size=1, max_size=3), max_size=2
)
thresholds = st.builds(Threshold, at=amounts, alerted_at=instants, open=st.booleans())
runway_thresholds = st.builds(
    RunwayThreshold, days=whole, alerted_at=st.just(Instant(0)) | instants, open=st.booleans()
)
hours = st.builds(HourlyUsage, hour=whole, credits=amounts, announced=st.booleans())
limits = st.builds(
    Limit,
    operation=maybe(names),
    window=st.sampled_from(Window),
    amount=amounts,
    by=st.sampled_from([LimitOwner.USER, LimitOwner.ADMIN]),
    used=amounts,
    hour=whole,
    level=st.sampled_from([0, 80, 100]),
)
accounts = st.builds(
    Account,
    account_id=account_ids,
    version=st.just(Version(0)),
    seq=whole,
    as_of=instants,
    balance=signed,
    grants=several(grants),
    holds=several(holds),
    carry=st.dictionaries(names, carries, max_size=3),
    usage_day=days,
    usage=portions,
    limits=several(limits),
    week=st.lists(signed, max_size=7).map(tuple),
    hour=maybe(hours),
    thresholds=several(thresholds),
    runway_thresholds=several(runway_thresholds),
    time_zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]),
    next_time_zone=st.sampled_from([None, "UTC", "Asia/Kathmandu"]),
    plan=st.just("default") | texts,
    status=st.sampled_from(Status),
    unlimited=st.booleans(),
    overage=st.sampled_from(Overage),
    settings_version=whole,
)
parts = st.builds(Burn, whole, amounts) | st.builds(
    Burn,
    whole,
    amounts,
    basis=whole,
    kind=st.sampled_from(GrantKind),
    ends=maybe(instants),
    priority=st.integers(0, 1000),
    origin=maybe(st.integers(1, 10**12)),
    currency=st.sampled_from(["usd", "jpy"]),
)
lines = st.builds(Line, unit=names, quantity=quantities, billed=quantities, rate=rates)
calculations = st.builds(
    Calculation,
    price_version=texts,
    lines=several(lines),
    carry_before=carries,
    carry_after=carries,
    cost=amounts,
)
entries = st.builds(
    Entry,
    account_id=account_ids,
    key=texts.map(Key),
    seq=st.integers(1, 10**12 - 1),
    kind=st.sampled_from(EntryKind),
    amount=signed,
    held_change=signed,
    balance_after=signed,
    available_after=signed,
    actor=texts,
    request_id=texts,
    fingerprint=texts.map(Fingerprint),
    posted_at=instants,
    occurred_at=instants,
    operation=maybe(names),
    calculation=maybe(calculations),
    usage_day=maybe(days),
    burned=several(parts),
    returned=several(parts),
    merged=several(whole),
    cost_basis=whole,
    currency=st.sampled_from(["usd", "jpy"]),
    hold_id=maybe(whole),
    hold_expires_at=maybe(instants),
    grant_id=maybe(whole),
    grant_expires_at=maybe(instants),
    waived=amounts,
    shortfall=amounts,
    debt_paid=amounts,
    rounded=st.booleans(),
    final=st.booleans(),
    provider_cost=maybe(whole),
    reason=maybe(texts),
    reference=maybe(texts),
    metadata=facts,
    changed=facts,
)
closed_days = st.builds(
    ClosedDay,
    account_id=account_ids,
    day=days,
    time_zone=st.sampled_from(["UTC", "Europe/Berlin"]),
    portions=portions,
)
unit_prices = st.builds(
    UnitPrice, unit=names, rate=rates, increment=quantities, minimum=quantities, description=texts
)
prices = st.builds(
    Price,
    plan=texts,
    operation=texts,
    effective_from=instants,
    units=st.lists(unit_prices, min_size=1, max_size=3).map(tuple),
)
packages = st.builds(
    Package,
    package_id=texts,
    name=texts,
    credits=amounts,
    bonus=amounts,
    price=whole,
    currency=texts,
    position=st.integers(0, 10**6),
    popular=st.booleans(),
    archived=st.just(False),
    description=st.just("") | texts,
)

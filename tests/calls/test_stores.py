"""Every store of calls, of their sources and of exceptions keeps the same promises."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from moto import mock_aws
from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.dynamodb import DynamoCalls, DynamoCallSources
from prepaid.calls.facts import CallEnd, CallStatus, Duration, DurationSource
from prepaid.calls.ports import Calls, CallSource, CallSources
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.inbox.ports import Resolution
from prepaid.ledger.ports import RecordMoved
from prepaid.runtime.wiring.inbox import ExceptionStore

from tests.support.audits import audit_row, forget_source, map_source
from tests.support.dynamodb import create_tables, new_client, new_prefix
from tests.support.memory_calls import MemoryCalls, MemoryCallSources
from tests.support.memory_payments import MemoryExceptions

NOW = Instant(1_795_000_000)
TABLE = "credit_records"
WHOLE = Call(
    call_id="call-1",
    binding=Binding(account_id=AccountId("user-1"), hold_id=7, by=BoundBy.SERVICE),
    status=CallStatus.ENDED,
    end=CallEnd(
        duration=Duration(milliseconds=192_000, source=DurationSource.COSTS),
        ended_reason="customer-ended-call",
        provider_cost=318_500,
        ended_at=Instant(NOW + 202),
    ),
    settled="paid",
    first_seen_at=NOW,
    created_at=NOW,
    in_progress_at=Instant(NOW + 10),
    phone_number_id="number-1",
    campaign_id="campaign-1",
    assistant_id="assistant-1",
    control_url="https://x.vapi.ai/control",
    due_at=Instant(NOW + 300),
    asked=3,
)
BARE = Call(call_id="call-2", first_seen_at=NOW)
WITHOUT_DURATION = Call(
    call_id="call-3", first_seen_at=NOW, end=CallEnd(duration=None, ended_reason="x")
)
FREE = replace(
    WHOLE, call_id="call-4", binding=replace(WHOLE.binding, hold_id=None) if WHOLE.binding else None
)


@dataclass
class Stores:
    """What one technology keeps."""

    calls: Calls
    sources: CallSources
    exceptions: ExceptionStore


@pytest.fixture
def stores(backend: str, request: pytest.FixtureRequest) -> Iterator[Stores]:
    if backend == "memory":
        yield Stores(MemoryCalls(), MemoryCallSources(), MemoryExceptions())
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> Stores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, (TABLE,))
    table = prefix + TABLE
    exceptions = DynamoExceptions(RecordsTable(client, table))
    return Stores(DynamoCalls(client, table), DynamoCallSources(client, table), exceptions)


def source(source_id: str, assistant_id: str | None = "assistant-1") -> CallSource:
    return CallSource(
        source_id=source_id,
        account_id=AccountId("user-1"),
        assistant_id=assistant_id,
        updated_at=NOW,
        updated_by="admin:admin-1",
    )


def test_a_call_that_nothing_is_kept_of_is_empty(stores: Stores) -> None:
    assert stores.calls.call("call-1") == Call(call_id="call-1")


@pytest.mark.parametrize("call", [WHOLE, BARE, WITHOUT_DURATION, FREE], ids=lambda c: c.call_id)
def test_a_call_is_read_as_it_was_saved(stores: Stores, call: Call) -> None:
    stores.calls.save(call)

    assert stores.calls.call(call.call_id) == replace(call, version=1)


def test_a_call_is_saved_only_as_it_was_read(stores: Stores) -> None:
    stores.calls.save(BARE)

    with pytest.raises(RecordMoved):
        stores.calls.save(BARE)
    stores.calls.save(replace(BARE, version=1, asked=1))
    with pytest.raises(RecordMoved):
        stores.calls.save(replace(BARE, version=1))

    assert stores.calls.call("call-2").asked == 1


def test_calls_are_due_from_their_moment_on_each_once(stores: Stores) -> None:
    for number in range(20):
        stores.calls.save(replace(WHOLE, call_id=f"call-{number}"))
    stores.calls.save(replace(BARE, call_id="bare"))
    due = Instant(NOW + 300)

    found = list(stores.calls.due(now=due))

    assert sorted(found) == sorted(f"call-{n}" for n in range(20))
    assert stores.calls.call(found[0]) == replace(WHOLE, call_id=found[0], version=1)
    assert list(stores.calls.due(now=Instant(due - 1))) == []
    for call_id in found:
        stores.calls.save(replace(stores.calls.call(call_id), due_at=None))
    assert list(stores.calls.due(now=due)) == []


@pytest.mark.fault(
    "M11",
    "A call that is due is one that nobody can read",
    "The others are found and settled; it counts as failed at every run, which rings",
)
@mock_aws
def test_a_call_that_nobody_can_read_hides_no_other() -> None:
    client, prefix = new_client(), new_prefix()
    create_tables(client, prefix, ["credit_records"])
    table = f"{prefix}credit_records"
    calls = DynamoCalls(client, table)
    for number in range(3):
        calls.save(replace(WHOLE, call_id=f"call-{number}"))
    key = {"kind_id": {"S": "call#call-1"}, "sort": {"S": "call"}}
    row = client.get_item(TableName=table, Key=key)["Item"]
    due = {name: row[name] for name in ("due_shard", "due_at")}
    client.put_item(TableName=table, Item={**key, **due})

    found = sorted(calls.due(now=Instant(NOW + 300)))

    assert found == ["call-0", "call-1", "call-2"]
    with pytest.raises(KeyError):
        calls.call("call-1")


def test_a_source_is_put_replaced_and_forgotten(stores: Stores) -> None:
    map_source(stores.sources, source("number-1"))
    map_source(stores.sources, source("number-1", None))

    assert stores.sources.source("number-1") == source("number-1", None)
    assert stores.sources.source("number-2") is None
    assert [forget_source(stores.sources, "number-1") for _ in range(2)] == [True, False]
    assert stores.sources.source("number-1") is None


def test_sources_are_listed_by_their_ids(stores: Stores) -> None:
    for source_id in ("b", "a", "c"):
        map_source(stores.sources, source(source_id))

    first = stores.sources.sources(limit=2)

    assert [each.source_id for each in first] == ["a", "b"]
    assert [each.source_id for each in stores.sources.sources(limit=2, after="b")] == ["c"]


def test_open_exceptions_are_listed_newest_first_until_they_are_resolved(stores: Stores) -> None:
    inbox = stores.exceptions
    for number in range(3):
        inbox.report("unknown_call", f"call-{number}", "why", now=Instant(NOW + number))
    inbox.report("unknown_call", "call-0", "why again", now=Instant(NOW + 9))

    first = inbox.open_cases(limit=2)
    rest = inbox.open_cases(limit=2, after=first[-1])

    assert [case.subject for case in (*first, *rest)] == ["call-2", "call-1", "call-0"]
    assert rest[0].detail == "why"
    done = Resolution(at=NOW, by="admin:admin-1", account_id=AccountId("user-1"), reason="theirs")
    assert inbox.resolve(rest[0], done, audit_row())
    assert not inbox.resolve(rest[0], done, audit_row())
    inbox.report("unknown_call", "call-0", "why again", now=Instant(NOW + 9))
    assert [case.subject for case in inbox.open_cases(limit=9)] == ["call-2", "call-1"]
    assert inbox.case("unknown_call", "call-0") == replace(rest[0], resolution=done)
    assert inbox.case("unknown_call", "call-9") is None

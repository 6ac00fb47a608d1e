"""What DynamoDB and botocore can answer or raise, and what the ledger makes of it."""

from collections.abc import Callable, Iterator

import botocore.exceptions
import pytest
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError
from prepaid.domain.account import Version
from prepaid.domain.credits import Credits
from prepaid.domain.errors import Contended, Unavailable
from prepaid.domain.keys import Key
from prepaid.dynamodb.failures import BUSY, UNCERTAIN, reading, translated
from prepaid.ledger.ports import HistoryQuery

from tests.faults.conftest import EmulatorTables
from tests.support.ledger_harness import NOW, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.samples import closed_day, decision, entry
from tests.support.verifying import verify
from tests.support.wire import Answer, Plan, Wire, cancelled, error, only, since

PAUSES = 3
TRANSPORT = (
    botocore.exceptions.ConnectionError,
    botocore.exceptions.HTTPClientError,
    botocore.exceptions.IncompleteReadError,
)
TURNED_AWAY = {
    "a conflict": cancelled(["TransactionConflict", "None"]),
    "a conflict of the entry": cancelled(["None", "TransactionConflict"]),
    "a throttled item": cancelled(["ThrottlingError", "None"]),
    "a partition out of throughput": cancelled(["None", "ProvisionedThroughputExceeded"]),
    "throttling": error("ThrottlingException"),
    "out of throughput": error("ProvisionedThroughputExceededException"),
    "the account's request limit": error("RequestLimitExceeded"),
    "an internal error": error("InternalServerError", 500),
    "a busy service": error("ServiceUnavailable", 503),
    "an earlier attempt in progress": error("TransactionInProgressException"),
    "a proxy's answer": (502, {}),
}
turned_away = pytest.mark.parametrize("answer", TURNED_AWAY.values(), ids=TURNED_AWAY.keys())


@pytest.mark.fault("A5.3")
@turned_away
def test_a_write_that_is_turned_away_is_tried_until_patience_ends(
    tables: EmulatorTables, answer: Answer
) -> None:
    account_id = new_account_id()
    tables.clean.give(account_id, "1.00")
    before = tables.clean.store.load(account_id)
    harness, wire = tables.harness(_every_write(answer), attempts=1, budget=_some_patience)

    with pytest.raises(Unavailable):
        harness.spend(account_id, "k")

    assert wire.sent.count("TransactWriteItems") == PAUSES + 1
    assert tables.clean.store.load(account_id) == before
    assert tables.clean.store.entries(account_id, [Key("s:usage:k")]) == {}


@turned_away
def test_a_write_that_is_turned_away_once_lands_within_the_request(
    tables: EmulatorTables, answer: Answer
) -> None:
    account_id = new_account_id()
    tables.clean.give(account_id, "1.00")
    harness, wire = tables.harness(only(3, answer), attempts=1)

    posted = harness.spend(account_id, "k")

    assert not posted.replayed
    assert wire.sent.count("TransactWriteItems") == 2
    assert verify(harness.store, account_id) == []


@turned_away
@pytest.mark.parametrize("n", [1, 2])
def test_a_read_that_is_turned_away_is_unavailable_and_writes_nothing(
    tables: EmulatorTables, answer: Answer, n: int
) -> None:
    account_id = new_account_id()
    tables.clean.give(account_id, "1.00")
    harness, wire = tables.harness(since(n, answer), attempts=1, budget=_some_patience)

    with pytest.raises(Unavailable):
        harness.spend(account_id, "k")

    assert "TransactWriteItems" not in wire.sent
    assert tables.clean.store.load(account_id).balance == Credits(100)


@pytest.mark.parametrize("code", sorted(BUSY))
def test_a_commit_that_was_not_tried_is_contended(tables: EmulatorTables, code: str) -> None:
    harness, _ = tables.harness(since(1, error(code)), attempts=1)
    account_id = new_account_id()

    with pytest.raises(Contended):
        harness.store.commit(decision(account_id, entry(account_id)), seen=Version(0))


@pytest.mark.parametrize("code", sorted(UNCERTAIN))
def test_a_commit_whose_outcome_is_not_known_is_unavailable(
    tables: EmulatorTables, code: str
) -> None:
    harness, _ = tables.harness(since(1, error(code)), attempts=1)
    account_id = new_account_id()

    with pytest.raises(Unavailable):
        harness.store.commit(decision(account_id, entry(account_id)), seen=Version(0))


def test_a_conflict_beside_a_day_that_is_closed_already_is_contended(
    tables: EmulatorTables,
) -> None:
    answer = cancelled(["TransactionConflict", "None", "ConditionalCheckFailed"])
    harness, _ = tables.harness(only(1, answer), attempts=1)
    account_id = new_account_id()
    made = decision(account_id, entry(account_id), days=(closed_day(account_id),))

    with pytest.raises(Contended):
        harness.store.commit(made, seen=Version(0))


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_every_read_says_unavailable_and_nothing_else(tables: EmulatorTables, code: str) -> None:
    harness, _ = tables.harness(since(1, error(code)), attempts=1)
    store, account_id = harness.store, new_account_id()
    reads = {
        "load": lambda: store.load(account_id),
        "one entry": lambda: store.entries(account_id, [Key("k")]),
        "entries": lambda: store.entries(account_id, [Key("k"), Key("l")]),
        "history": lambda: store.history(HistoryQuery(account_id=account_id, limit=1)),
        "due": lambda: list(store.due(now=NOW, shard=0)),
        "accounts": lambda: list(store.accounts(segment=0, segments=1)),
        "all entries": lambda: list(store.all_entries(account_id)),
        "entries in order": lambda: list(store.in_order(account_id)),
        "closed days": lambda: store.closed_days(account_id),
        "prices": lambda: harness.catalogue.prices("default", "message"),
        "price list": lambda: harness.catalogue.price_list("default"),
        "packages": harness.catalogue.packages,
    }

    answers = {name: _outcome(read) for name, read in reads.items()}

    assert answers == dict.fromkeys(reads, Unavailable)


def test_keys_that_the_batch_left_unread_are_asked_for_again(tables: EmulatorTables) -> None:
    account_id = new_account_id()
    tables.clean.store.commit(
        decision(account_id, entry(account_id, 1), entry(account_id, 2)), seen=Version(0)
    )
    table = f"{tables.prefix}credit_transactions"
    left = {"Keys": [{"account_id": {"S": account_id}, "key": {"S": "key-2"}}]}
    partly: Answer = (200, {"Responses": {table: []}, "UnprocessedKeys": {table: left}})
    harness, wire = tables.harness(only(1, partly))

    found = harness.store.entries(account_id, [Key("key-1"), Key("key-2")])

    assert list(found) == ["key-2"]
    assert wire.sent == ["BatchGetItem", "BatchGetItem"]


def test_a_batch_that_reads_nothing_at_all_is_unavailable(tables: EmulatorTables) -> None:
    table = f"{tables.prefix}credit_transactions"
    keys = [{"account_id": {"S": "a"}, "key": {"S": each}} for each in ("k", "l")]
    nothing: Answer = (200, {"Responses": {}, "UnprocessedKeys": {table: {"Keys": keys}}})
    harness, _ = tables.harness(since(1, nothing))

    with pytest.raises(Unavailable):
        harness.store.entries(new_account_id(), [Key("k"), Key("l")])


@pytest.mark.parametrize("code", ["ValidationException", "ResourceNotFoundException"])
def test_our_own_mistakes_are_not_called_unavailable(tables: EmulatorTables, code: str) -> None:
    harness, _ = tables.harness(since(1, error(code)), attempts=1)

    with pytest.raises(ClientError):
        harness.store.load(new_account_id())


def test_every_way_in_which_the_wire_can_break_is_unavailable() -> None:
    kinds = [*_transport_errors(), ResponseParserError]

    assert len(kinds) > 10
    for kind in kinds:
        with pytest.raises(Unavailable), reading():
            raise _made(kind)
        with pytest.raises(Unavailable), translated():
            raise _made(kind)


def _transport_errors() -> Iterator[type[Exception]]:
    for each in vars(botocore.exceptions).values():
        if isinstance(each, type) and issubclass(each, TRANSPORT):
            yield each


def _made(kind: type[Exception]) -> Exception:
    """Make an error without what its message is filled with."""
    return kind.__new__(kind)


def _outcome(read: Callable[[], object]) -> type[Exception] | None:
    try:
        read()
    except Exception as exc:  # noqa: BLE001 - which kind it is, is the question
        return type(exc)
    return None


def _some_patience() -> MemoryRetryBudget:
    return MemoryRetryBudget(pauses=PAUSES)


def test_the_wire_that_these_tests_break_is_the_one_that_the_client_uses(
    tables: EmulatorTables,
) -> None:
    harness, wire = tables.harness()

    harness.store.load(new_account_id())

    assert isinstance(wire, Wire)
    assert wire.sent == ["GetItem"]


def _every_write(answer: Answer) -> Plan:
    """Turn every commit away: they are the third call, and every second one after it."""
    return lambda attempt: answer if attempt >= 3 and attempt % 2 else None

"""Voiding one grant: what is left of it goes, once, and nobody's hold is broken by it."""

from dataclasses import replace

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Account, Status
from prepaid.domain.auditing import AuditRow
from prepaid.domain.commands import Adjust, Command, Give, SetStatus
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AdjustmentTooLarge,
    AlreadyReversed,
    InsufficientCredits,
    InvalidRequest,
    NotFound,
)
from prepaid.domain.grants import Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Key, Writer
from prepaid.domain.voiding import VoidGrant

NOW = Instant(1_795_000_000)
ADMIN = "admin:admin-1"


def grant(number: int, left: int, expires_at: Instant | None = None) -> Grant:
    return Grant(
        grant_id=number,
        kind=GrantKind.PROMOTIONAL,
        amount=Credits(10_00),
        remaining=Credits(left),
        expires_at=expires_at,
    )


def account(*grants: Grant, held: int = 0) -> Account:
    holds = [
        Hold(
            number=9,
            amount=Credits(held),
            expires_at=Instant(NOW + 60),
            operation="message",
            maker=Writer.SERVICE,
            plan="default",
            opened_at=NOW,
        )
    ]
    return Account(
        account_id=AccountId("a"),
        version=3,  # type: ignore[arg-type]  # a plain number
        seq=9,
        as_of=NOW,
        balance=Credits(sum(each.remaining.hundredths for each in grants)),
        grants=grants,
        holds=tuple(holds) if held else (),
    )


def void(number: int = 1, *, force: bool = False, key: str = "k", **more: object) -> VoidGrant:
    made = VoidGrant(
        key=keys.void_of_grant(number),
        actor=ADMIN,
        request_id="r",
        grant_id=number,
        client_key=key,
        force=force,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def decided(before: Account, command: Command) -> Decision:
    return decide(begin(before, NOW, command), command)


def test_what_is_left_of_one_grant_goes_and_nothing_of_the_others() -> None:
    before = account(grant(1, 4_00), grant(2, 10_00))

    after = decided(before, void(note="Given twice"))

    [entry] = after.entries
    assert (entry.kind, entry.amount, entry.grant_id) == (EntryKind.ADJUSTMENT, Credits(-400), 1)
    assert [(part.grant_id, part.amount) for part in entry.burned] == [(1, Credits(4_00))]
    assert (entry.key, entry.note) == (Key("void-grant:1"), "Given twice")
    assert [each.grant_id for each in after.account.grants] == [2]
    assert after.account.balance == Credits(10_00)


def test_a_grant_that_holds_nothing_cannot_be_voided() -> None:
    with pytest.raises(NotFound):
        decided(account(grant(2, 1_00)), void(1))


@pytest.mark.fault(
    "D75",
    "A grant is voided whose credits an open hold needs",
    "402 unless `force`: a hold is a promise; nothing is written",
)
def test_credits_that_open_holds_need_stay_unless_forced() -> None:
    before = account(grant(1, 4_00), grant(2, 5_00), held=5_01)

    with pytest.raises(InsufficientCredits) as refused:
        decided(before, void(1))

    assert refused.value.available == Credits(3_99)
    assert decided(before, void(1, force=True)).account.available(NOW) == Credits(-1)


def test_credits_that_holds_do_not_need_may_go() -> None:
    before = account(grant(1, 4_00), grant(2, 5_00), held=5_00)

    assert decided(before, void(1)).account.available(NOW) == Credits(0)


def test_expired_credits_that_only_a_hold_keeps_stay_unless_forced() -> None:
    before = account(grant(1, 4_00, expires_at=Instant(NOW - 1)), held=4_00)

    with pytest.raises(InsufficientCredits):
        decided(before, void(1))


def test_another_request_for_the_same_grant_is_told_that_it_is_done() -> None:
    [entry] = decided(account(grant(1, 4_00)), void()).entries

    assert isinstance(void(key="other").clash(entry), AlreadyReversed)
    assert void().fingerprint == entry.fingerprint != void(key="other").fingerprint


@pytest.mark.parametrize("amount", [Credits(5_01), Credits(-5_01)])
def test_an_admin_moves_so_much_at_once_and_no_more(amount: Credits) -> None:
    before = account(grant(1, 10_00))
    command = Adjust(key=Key("a"), actor=ADMIN, request_id="r", amount=amount)

    with pytest.raises(AdjustmentTooLarge):
        decided(before, replace(command, at_most=Credits(5_00)))

    for allowed in (Credits(5_01), None):
        assert decided(before, replace(command, at_most=allowed)).entries


def give(**more: object) -> Give:
    made = Give(
        key=Key("g"),
        actor=ADMIN,
        request_id="r",
        audit="grant",
        entry_kind=EntryKind.GRANT,
        grant_kind=GrantKind.PROMOTIONAL,
        amount=Credits(5_01),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def test_a_grant_is_bounded_as_an_adjustment_is() -> None:
    with pytest.raises(AdjustmentTooLarge):
        decided(account(), give(at_most=Credits(5_00)))


@pytest.mark.parametrize("ends", [NOW - 1, NOW])
def test_an_admin_gives_nothing_that_has_expired(ends: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decided(account(), give(expires_at=Instant(ends)))

    assert refused.value.pointer == "/expires_at"
    assert decided(account(), give(expires_at=Instant(NOW + 1))).entries


@pytest.mark.parametrize("kind", [GrantKind.BONUS, GrantKind.PROMOTIONAL])
def test_the_entry_of_a_grant_says_its_kind_where_that_is_unusual(kind: GrantKind) -> None:
    [entry] = decided(account(), give(grant_kind=kind)).entries

    assert entry.grant_kind == (kind if kind is GrantKind.BONUS else None)


def test_the_cap_the_note_of_an_audit_and_who_asks_are_told_apart_from_the_content() -> None:
    one, other = give(), give(at_most=Credits(10_00), audit="other", actor="admin:other")

    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != give(note="why").fingerprint


def test_what_an_admin_does_is_written_down_with_what_was_before_and_after() -> None:
    before = account(grant(1, 4_00), held=1_00)
    command = SetStatus(
        key=keys.status("s"),
        actor=ADMIN,
        request_id="r-1",
        reason="Fraud",
        note="Ticket 7",
        audit="status",
        status=Status.FROZEN,
    )

    after = decided(before, command)

    shown = {"balance": "4.00", "held": "1.00", "available": "3.00", "unlimited": False}
    assert after.also == (
        AuditRow(
            at=NOW,
            actor=ADMIN,
            action="status",
            subject="a",
            request_id="r-1",
            number=10,
            reason="Fraud",
            note="Ticket 7",
            before={**shown, "status": "active"},
            after={**shown, "status": "frozen"},
            account_id=AccountId("a"),
            entry_key=keys.status("s"),
        ),
    )
    assert after.entries[0].before == {"status": "active", "unlimited": False}


def test_what_nobody_audits_leaves_no_row() -> None:
    command = Adjust(key=Key("a"), actor=ADMIN, request_id="r", amount=Credits(1))

    assert decided(account(grant(1, 30_00)), command).also == ()

"""Channels and recipients are settings by which no spend decides: the account has none of them."""

from collections.abc import Mapping
from typing import Any

import pytest
from prepaid.accounts.settings import Settings
from prepaid.alerts.channels import DEFAULT, Channel, Contacts, Locale, Recipient
from prepaid.domain.account import Version
from prepaid.domain.credits import Credits
from prepaid.ledger.dynamodb import items

from tests.support.stage import USER, Reply, Stage

CHOSEN = {
    "channels": {"bus": False, "email": True},
    "recipients": [{"email": "User@Example.com", "locale": "de"}, {"email": "a+b@example.org"}],
    "cooldown_seconds": {"email": 86_400},
    "repeat_days": 7,
}


def save(stage: Stage, body: Mapping[str, object], seen: str = "*") -> Reply:
    return stage.call("put_settings", body, headers={"if-match": seen})


def test_channels_and_recipients_are_shown_as_they_were_saved(stage: Stage) -> None:
    saved = save(stage, CHOSEN)

    shown = stage.call("get_settings")

    assert saved.status == 200
    assert shown.json == saved.json
    assert shown.json["channels"] == {"bus": False, "sns": False, "email": True}
    assert shown.json["cooldown_seconds"] == {"bus": 0, "sns": 0, "email": 86_400}
    assert shown.json["repeat_days"] == 7
    assert shown.json["recipients"] == [
        {"email": "user@example.com", "locale": "de", "state": "unconfirmed"},
        {"email": "a+b@example.org", "locale": "en", "state": "unconfirmed"},
    ]


def test_what_is_left_out_has_its_default_again(stage: Stage) -> None:
    save(stage, CHOSEN)

    cleared = save(stage, {}).json

    assert cleared["channels"] == {"bus": True, "sns": False, "email": False}
    assert cleared["recipients"] == []
    assert cleared["repeat_days"] is None


def test_an_admin_chooses_for_others(stage: Stage) -> None:
    stage.fund("1.00")
    admin: Any = {"role": "admin", "account_id": "admin-1", "path": {"account_id": USER}}

    saved = stage.call("put_account_settings", CHOSEN, headers={"if-match": "*"}, **admin)

    assert saved.json["recipients"] == stage.call("get_settings").json["recipients"]


def test_the_account_is_no_larger_for_them(stage: Stage) -> None:
    save(stage, {})
    bare = len(str(items.account_to_item(stage.store.load(USER), version=Version(1))))

    save(stage, CHOSEN)

    account = stage.store.load(USER)
    assert len(str(items.account_to_item(account, version=Version(1)))) == bare


def test_a_repeat_of_what_was_saved_is_answered_and_another_choice_is_not(stage: Stage) -> None:
    first = save(stage, CHOSEN, '"0"')

    again = save(stage, CHOSEN, '"0"')
    other = save(stage, {**CHOSEN, "recipients": []}, '"0"')

    assert again.json == first.json
    assert (other.status, other.code) == (412, "precondition_failed")


def test_settings_without_contacts_are_known_by_the_fingerprint_that_they_always_had() -> None:
    content = Settings(thresholds=(Credits(0),)).content()

    assert content.keys() == {
        *("thresholds", "no_thresholds", "time_zone", "overage"),
        *("limits", "admin_limits", "leaves_admin_limits"),
    }


def test_contacts_are_read_as_they_were_written_and_nothing_is_the_default() -> None:
    chosen = Contacts(
        channels=frozenset({Channel.SNS, Channel.EMAIL}),
        recipients=(Recipient("a@example.com", Locale.DE), Recipient("b@example.com")),
        cooldown_seconds={Channel.SNS: 60},
        repeat_days=3,
    )

    assert Contacts.from_plain(chosen.to_plain()) == chosen
    assert Contacts.from_plain({"version": 3}) == DEFAULT
    assert DEFAULT.to_plain() == {}


@pytest.mark.parametrize(
    "email",
    [
        *("", "a", "a@b", "@example.com", "a@example.com\r\nBcc: b@example.com", "a b@example.com"),
        *("a@-example.com", "a@example..com", ".a@example.com", "a@exämple.com", "<a@example.com>"),
        *("a,b@example.com", "a@example.com,b@example.com", "x" * 250 + "@example.com"),
    ],
)
def test_what_is_no_address_is_refused(stage: Stage, email: str) -> None:
    reply = save(stage, {"recipients": [{"email": email}]})

    assert (reply.status, reply.pointers) == (422, ["/recipients/0/email"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"recipients": [{"email": f"{n}@example.com"} for n in range(6)]}, "/recipients"),
        ({"recipients": [{"email": "A@b.co"}, {"email": "a@b.co"}]}, "/recipients"),
        ({"recipients": [{"email": "a@b.co", "locale": "fr"}]}, "/recipients/0/locale"),
        ({"channels": {"fax": True}}, "/channels/fax"),
        ({"cooldown_seconds": {"email": 604_801}}, "/cooldown_seconds/email"),
        ({"cooldown_seconds": {"email": -1}}, "/cooldown_seconds/email"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    stage: Stage, body: Mapping[str, object], pointer: str
) -> None:
    reply = save(stage, body)

    assert (reply.status, reply.pointers) == (422, [pointer])

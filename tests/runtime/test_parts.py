"""The parts as the environment describes them: what is named is taken, what is not is left out."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from prepaid.alerts.channels import Channel
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.errors import Unavailable
from prepaid.runtime import secrets
from prepaid.runtime.secrets import Absent, Unreadable
from prepaid.runtime.wiring import (
    administration,
    alerts,
    calls,
    contacts,
    ledger,
    lists,
    payments,
    rankings,
    snapshots,
    webhooks,
)
from prepaid.web.identity import Role

SETTINGS = {
    "SIGNING_SECRET": "signing",
    "WEBHOOK_SECRET": "webhooks",
    "STRIPE_PUBLISHABLE_KEY": "/key",
    "STRIPE_WEBHOOK_SECRET": "/webhook",
    "VAPI_WEBHOOK_SECRET": "/vapi",
    "VAPI_API_KEY": "/vapi-key",
    "PUBLIC_URL": "https://api.example.com",
    "ALERT_TOPIC": "",
}
SECRETS: dict[str, Callable[[], object]] = {
    "cursors": lists.cursors,
    "links in mails": contacts.mail_links,
    "webhooks": webhooks.parts.keys,
    "a page's key": payments.parts.publishable_key,
    "Stripe's webhooks": lambda: payments.parts.webhook_secrets(False),
    "Vapi's webhooks": lambda: calls.parts.webhook_secret(True),
    "Vapi's key": calls._key,
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(lists, "parts", lists.Parts(signing_key=lists.signing_key))


@pytest.mark.parametrize("use", SECRETS.values(), ids=SECRETS)
def test_a_secret_that_cannot_be_read_is_unavailable_with_its_cause(
    use: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_name: str) -> str:
        raise Unreadable("denied")

    fresh(monkeypatch)
    for name in ("read_secret", "read_parameter"):
        monkeypatch.setattr(secrets, name, unreadable)

    with pytest.raises(Unavailable) as refused:
        use()

    assert isinstance(refused.value.__cause__, Unreadable)


def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be there of secrets that other tests read."""
    for module in (lists, webhooks):
        monkeypatch.setattr(module, "cached_secret", secrets.cached_secret.__wrapped__)
    for other in (payments, calls):
        monkeypatch.setattr(other, "cached_parameter", secrets.cached_parameter.__wrapped__)


@pytest.mark.parametrize(("text", "key"), [(" key\n", "key"), (" ", None), (None, None)])
def test_without_a_key_in_its_parameter_there_is_no_key_to_vapi(
    text: str | None, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_name: str) -> str:
        if text is None:
            raise Absent("nobody")
        return text

    fresh(monkeypatch)
    monkeypatch.setattr(secrets, "read_parameter", read)

    assert calls._key() == key


def test_a_newer_secret_is_read_only_when_the_last_one_proved_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, bool]] = []

    def cached(name: str) -> Any:
        def get(newer: bool) -> str:
            asked.append((name, newer))
            return " a, b\n"

        return SimpleNamespace(get=get)

    for module in (payments, calls):
        monkeypatch.setattr(module, "cached_parameter", cached)

    found = [payments.parts.webhook_secrets(newer) for newer in (False, True)]
    texts = [calls.parts.webhook_secret(newer) for newer in (False, True)]

    assert found == [("a", "b")] * 2
    assert texts == ["a, b"] * 2
    assert asked == [("/webhook", False), ("/webhook", True), ("/vapi", False), ("/vapi", True)]


@pytest.mark.parametrize(
    ("given", "base"),
    [("", "https://api.stripe.com"), ("http://127.0.0.1:9", "http://127.0.0.1:9")],
)
def test_stripe_is_called_where_the_stack_says(
    given: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_API_BASE", given)

    made: Any = payments._processor_with.__wrapped__("sk_test_1")

    assert made._client._requestor._options.base_addresses.get("api", "") == base


@pytest.mark.parametrize(
    ("given", "base"), [("", "https://api.vapi.ai"), ("http://127.0.0.1:9", "http://127.0.0.1:9")]
)
def test_vapi_is_called_where_the_stack_says(
    given: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAPI_API_BASE", given)

    assert calls._provider().api_base == base  # type: ignore[attr-defined]  # of Vapi's client


def test_a_stack_without_a_topic_announces_on_the_bus_alone() -> None:
    assert alerts._topic() is None


@pytest.mark.parametrize("topic", [None, "the topic"])
def test_alerts_go_to_the_bus_and_to_the_topic_where_there_is_one(
    topic: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Any = {"topic": lambda: topic, "announcer": lambda: "the bus"}
    monkeypatch.setattr(alerts, "parts", replace(alerts.parts, **made))

    found: Any = alerts._announcers()

    assert found == {Channel.BUS: "the bus"} | ({Channel.SNS: topic} if topic else {})


@pytest.mark.parametrize("mailer", [None, "the mailer"])
def test_mail_is_posted_where_there_is_a_mailer(
    mailer: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Any = {"mailer": lambda: mailer, "consents": lambda: "the consents"}
    monkeypatch.setattr(contacts, "parts", replace(contacts.parts, **made))
    monkeypatch.setattr(alerts, "exceptions", lambda: "the inbox")
    monkeypatch.setattr(lists, "parts", lists.Parts(signing_key=lambda: b"k"))

    post: Any = alerts._post()

    assert (post.mailer if post else None) == mailer
    if post:
        assert (post.consents, post.exceptions) == ("the consents", "the inbox")
        assert (post.links.key, post.links.base) == (b"k", "https://api.example.com")


def test_keys_of_stripe_are_those_of_minutes_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def get(newer: bool) -> str:
        asked.append(newer)
        return " pk_test_1\n"

    monkeypatch.setattr(payments, "cached_parameter", lambda _: SimpleNamespace(get=get))

    assert (payments.parts.publishable_key(), asked) == ("pk_test_1", [False])


@pytest.mark.parametrize(
    ("bound", "role", "most"),
    [
        ("", Role.ADMIN, None),
        ("12.50", Role.ADMIN, Credits(1250)),
        ("12.50", Role.SERVICE, Credits(1250)),
        ("12.50", Role.SUPER_ADMIN, None),
    ],
)
def test_only_a_super_admin_moves_more_than_the_bound(
    bound: str, role: Role, most: Credits | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LARGEST_ADJUSTMENT", bound)

    assert administration.at_most(SimpleNamespace(caller=SimpleNamespace(role=role))) == most  # type: ignore[arg-type]  # only who asks


def test_a_snapshot_knows_a_thousand_accounts_by_order_as_of_its_oldest_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accounts = [(AccountId(f"a{number:04}"), Credits(number)) for number in range(1_001)]
    parts = [
        SimpleNamespace(as_of=9, top={"balance": accounts[:600]}),
        SimpleNamespace(as_of=7, top={"balance": accounts[600:]}),
    ]
    stored = SimpleNamespace(read=lambda *_: parts)
    monkeypatch.setattr(snapshots, "snapshots", lambda: stored)

    found = rankings.rankings().ranking("balance")  # type: ignore[arg-type]  # an order's name
    parts.clear()
    none = rankings.rankings().ranking("balance")  # type: ignore[arg-type]  # as above

    assert (found.as_of, len(found.account_ids), found.account_ids[0]) == (7, 1_000, "a1000")
    assert "a0000" not in found.account_ids
    assert (none.as_of, list(none.account_ids)) == (None, [])


def test_credits_that_were_bought_are_known_by_the_name_of_stripe() -> None:
    assert list(ledger.providers()) == ["stripe"]

"""A key of the mode that the stack is not in never reaches Stripe."""

import pytest
from prepaid.domain.errors import Unavailable
from prepaid.payments.stripe.keys import KeyOfOtherMode
from prepaid.runtime.settings import Settings
from prepaid.runtime.wiring import payments

from tests.support.stage import USER, Stage

LIVE = ("sk_live_1", "rk_live_1", "sk_org_live_1")
TEST = ("sk_test_1", "rk_test_1", "sk_org_test_1")
NONE = ("", "whsec_1", "live_1", "sk_1", "xsk_test_1")


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the parameters hold, by their names; processors are named by their keys."""
    found: dict[str, str] = {}
    monkeypatch.setattr(payments, "_text", found.__getitem__)
    monkeypatch.setattr(payments, "_processor_with", lambda key: f"processor with {key}")
    return found


def set_mode(monkeypatch: pytest.MonkeyPatch, live: str) -> None:
    names = {"STRIPE_SECRET_KEY": "/s", "STRIPE_PUBLISHABLE_KEY": "/p", "STRIPE_LIVE": live}
    monkeypatch.setattr(payments, "settings", Settings(names))


@pytest.mark.parametrize(("live", "keys"), [("false", TEST), ("", TEST), ("true", LIVE)])
def test_a_key_of_the_stacks_mode_is_used(
    monkeypatch: pytest.MonkeyPatch, stored: dict[str, str], live: str, keys: tuple[str, ...]
) -> None:
    set_mode(monkeypatch, live)

    for key in keys:
        stored.update({"/s": key, "/p": f"p{key[1:]}"})
        assert str(payments.processor()) == f"processor with {key}"
        assert payments.publishable_key() == f"p{key[1:]}"


@pytest.mark.fault(
    "H48",
    "A stack is given a live key where no real money may move, or the reverse",
    "503, logged with the parameter's name; nothing is written, Stripe is not called",
)
@pytest.mark.parametrize(
    ("live", "keys"), [("false", LIVE + NONE), ("", LIVE + NONE), ("true", TEST + NONE)]
)
def test_a_key_of_the_other_mode_or_of_none_is_refused_and_the_log_names_its_parameter(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    stored: dict[str, str],
    live: str,
    keys: tuple[str, ...],
) -> None:
    set_mode(monkeypatch, live)

    for key in keys:
        stored.update({"/s": key, "/p": key})
        for use in (payments.processor, payments.publishable_key):
            with pytest.raises(Unavailable) as refusal:
                use()
            assert isinstance(refusal.value.__cause__, KeyOfOtherMode)
            assert not key or key not in f"{refusal.value} {refusal.value.__cause__}".split()

    parameters = {vars(record).get("parameter") for record in caplog.records}
    assert parameters == {"/s", "/p"}
    assert not any(key in caplog.text.split() for key in keys if key)


@pytest.mark.fault("H48")
def test_a_purchase_with_such_a_key_is_a_503_and_neither_written_nor_told_to_stripe(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, stored: dict[str, str]
) -> None:
    real = payments.Parts(
        payments=lambda: stage.store.payments,
        starts=lambda: stage.store.payments,
        records=lambda _: stage.records,
        processors={"stripe": lambda: payments._processor_with(payments._key("/s"))},
        webhook_secrets=lambda _missed: (),
        publishable_key=lambda: payments._key("/p"),
        live=lambda: False,
    )
    monkeypatch.setattr(payments, "parts", real)
    stored.update({"/s": "sk_live_1", "/p": "pk_test_1"})

    secret = stage.call("create_purchase", {"package_id": "starter"}, key="k")
    stored.update({"/s": "sk_test_1", "/p": "pk_live_1"})
    publishable = stage.call("create_purchase", {"package_id": "starter"}, key="k")

    assert [(each.status, each.code) for each in (secret, publishable)] == [
        (503, "unavailable"),
        (503, "unavailable"),
    ]
    assert stage.payment_processor.asked == []
    assert list(stage.store.payments.of_account(USER, limit=10)) == []

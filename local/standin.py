"""What the stack pays with: Stripe itself when the shell has a key, otherwise the stand-in."""

import os
import subprocess

from local import deploy
from local.aws import client
from local.progress import StackError, say
from local.stack_layout import StackLayout
from local.standin_process import StandInProcess

API = "https://api.stripe.com"
_LOCAL = {
    "STRIPE_SECRET_KEY": "sk_test_local",
    "STRIPE_PUBLISHABLE_KEY": "pk_test_local",
    "STRIPE_WEBHOOK_SECRET": "whsec_local",
}
_NAMES = {
    "STRIPE_SECRET_KEY": "StripeSecretKeyParameter",
    "STRIPE_PUBLISHABLE_KEY": "StripePublishableKeyParameter",
    "STRIPE_WEBHOOK_SECRET": "StripeWebhookSecretParameter",
}
_NAME = "the stand-in for Stripe"


def is_needed() -> bool:
    """Whether the shell has no key of Stripe's."""
    return not os.environ.get("STRIPE_SECRET_KEY")


def overrides(layout: StackLayout) -> list[str]:
    """The template's parameters that say whom the functions pay with."""
    if is_needed():
        return [f"StripeApiBase={layout.standin_url}", "StripeLive=false"]
    live = "_live_" in os.environ["STRIPE_SECRET_KEY"]
    return [f"StripeApiBase={API}", f"StripeLive={str(live).lower()}"]


def keep_settings(layout: StackLayout) -> None:
    """Put the keys where the functions read them: into the emulator's parameters.

    Raises StackError when the shell has a secret key but not the other two.
    """
    values = _LOCAL
    if not is_needed():
        values = {name: os.environ.get(name, "") for name in _LOCAL}
        missing = [name for name, value in values.items() if not value]
        if missing:
            raise StackError(f"STRIPE_SECRET_KEY is set; set {' and '.join(missing)} as well")
    names = deploy.outputs(layout)
    ssm = client(layout, "ssm")
    for variable, value in values.items():
        parameter = names[_NAMES[variable]]
        ssm.put_parameter(Name=parameter, Value=value, Type="SecureString", Overwrite=True)


def process(layout: StackLayout) -> StandInProcess:
    """The stand-in's process."""
    return StandInProcess(
        "the stand-in for Stripe", layout.standin_url, layout.log("stripe"), layout.standin_file
    )


def start(layout: StackLayout) -> subprocess.Popen[bytes]:
    """Start the stand-in and return once it answers. Raises StackError if it does not."""
    arguments = ["local.stripe", "--port", str(layout.standin_port)]
    arguments += ["--state", str(layout.directory / "stripe")]
    arguments += ["--webhook-url", f"http://127.0.0.1:{layout.port}/_local/stripe-webhook"]
    return process(layout).start(arguments, clock_file=layout.clock_file)


def takes_payments(layout: StackLayout) -> bool:
    """Whether the stack as it is deployed pays at the stand-in, whatever this shell's keys are."""
    return deploy.parameters(layout)["StripeApiBase"] == layout.standin_url


def introduce(layout: StackLayout) -> None:
    """Say loudly whether money moves."""
    if is_needed():
        say(f"\nNO MONEY MOVES: a stand-in for Stripe answers at {layout.standin_url}.")
        say("Buy with POST /api/credits/purchase, then play the customer:")
        say(f"  {layout.make('pay payment=<payment_id> outcome=succeed')}")
        return
    say(
        "\nSTRIPE ITSELF takes the payments, with the key in STRIPE_SECRET_KEY. Its events come by:"
    )
    say(f"  stripe listen --forward-to {layout.url}/api/credits/stripe/webhook")

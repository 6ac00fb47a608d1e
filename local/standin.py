"""What the stack pays with: Stripe itself when the shell has a key, otherwise the stand-in."""

import os
import signal
import subprocess
import sys
import time

import httpx

from local import deploy, processes
from local.aws import client
from local.progress import StackError, say
from local.stack_layout import PROJECT, StackLayout, clean_environment

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
_READY_WITHIN_SECONDS = 20
_ENDS_WITHIN_SECONDS = 10


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


def start(layout: StackLayout) -> subprocess.Popen[bytes]:
    """Start the stand-in and return once it answers. Raises StackError if it does not."""
    command = [sys.executable, "-m", "local.stripe", "--port", str(layout.standin_port)]
    command += ["--state", str(layout.directory / "stripe")]
    command += ["--webhook-url", f"http://127.0.0.1:{layout.port}/_local/stripe-webhook"]
    with layout.log("stripe").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            command,
            cwd=PROJECT,
            env=clean_environment() | {"CLOCK_FILE": str(layout.clock_file)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the stack, which stops the stand-in in order
        )
    processes.record(process.pid, layout.standin_file)
    try:
        _wait_until_ready(layout, process)
    except BaseException:
        stop(layout, process)
        raise
    return process


def takes_payments(layout: StackLayout) -> bool:
    """Whether the stack as it is deployed pays at the stand-in, whatever this shell's keys are."""
    return deploy.parameters(layout)["StripeApiBase"] == layout.standin_url


def end_leftover(layout: StackLayout) -> bool:
    """End a stand-in that a killed stack left running; whether there was one."""
    ended = processes.end(
        layout.standin_file, within_seconds=_ENDS_WITHIN_SECONDS, name="the stand-in for Stripe"
    )
    layout.standin_file.unlink(missing_ok=True)
    return ended


def stop(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    """End the stand-in; whatever it answered is on disk already."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    layout.standin_file.unlink(missing_ok=True)


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


def _wait_until_ready(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            url = f"{layout.standin_url}/_standin/health"
            if httpx.get(url, timeout=1, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise StackError(f"the stand-in for Stripe did not start; see {layout.log('stripe')}")

"""What the stack makes calls with: a stand-in for Vapi beside the one for Stripe."""

import subprocess

from local import deploy
from local.aws import client
from local.progress import say
from local.stack_layout import StackLayout
from local.standin_process import StandInProcess

_VALUES = {"VapiApiKeyParameter": "vapi_key_local", "VapiWebhookSecretParameter": "vapi_local"}
_NAME = "the stand-in for Vapi"


def overrides(layout: StackLayout) -> list[str]:
    """The template's parameters that say where calls are made."""
    return [f"VapiApiBase={layout.vapi_url}", "VapiDomain=127.0.0.1"]


def keep_settings(layout: StackLayout) -> None:
    """Put key and token where the functions read them: into the emulator's parameters."""
    names = deploy.outputs(layout)
    ssm = client(layout, "ssm")
    for name, value in _VALUES.items():
        ssm.put_parameter(Name=names[name], Value=value, Type="SecureString", Overwrite=True)


def process(layout: StackLayout) -> StandInProcess:
    """The stand-in's process."""
    return StandInProcess(_NAME, layout.vapi_url, layout.log("vapi"), layout.vapi_file)


def start(layout: StackLayout) -> subprocess.Popen[bytes]:
    """Start the stand-in and return once it answers. Raises StackError if it does not."""
    arguments = ["local.vapi", "--port", str(layout.vapi_port)]
    arguments += ["--webhook-url", f"http://127.0.0.1:{layout.port}/_local/vapi-webhook"]
    return process(layout).start(arguments, clock_file=layout.clock_file)


def introduce(layout: StackLayout) -> None:
    """Say how to play a call."""
    say(f"\nNOBODY IS CALLED: {_NAME} answers at {layout.vapi_url}. Play a whole call:")
    say(f"  {layout.make('call user=user-1 minutes=3.2')}")

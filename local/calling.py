"""What the stack makes calls with: a stand-in for Vapi beside the one for Stripe."""

import signal
import subprocess
import sys
import time

import httpx

from local import deploy, processes
from local.aws import client
from local.progress import StackError, say
from local.stack_layout import PROJECT, StackLayout, clean_environment

_VALUES = {"VapiApiKeyParameter": "vapi_key_local", "VapiWebhookSecretParameter": "vapi_local"}
_NAME = "the stand-in for Vapi"
_READY_WITHIN_SECONDS = 20
_ENDS_WITHIN_SECONDS = 10


def overrides(layout: StackLayout) -> list[str]:
    """The template's parameters that say where calls are made."""
    return [f"VapiApiBase={layout.vapi_url}", "VapiDomain=127.0.0.1"]


def keep_settings(layout: StackLayout) -> None:
    """Put key and token where the functions read them: into the emulator's parameters."""
    names = deploy.outputs(layout)
    ssm = client(layout, "ssm")
    for name, value in _VALUES.items():
        ssm.put_parameter(Name=names[name], Value=value, Type="SecureString", Overwrite=True)


def start(layout: StackLayout) -> subprocess.Popen[bytes]:
    """Start the stand-in and return once it answers. Raises StackError if it does not."""
    command = [sys.executable, "-m", "local.vapi", "--port", str(layout.vapi_port)]
    command += ["--webhook-url", f"http://127.0.0.1:{layout.port}/_local/vapi-webhook"]
    with layout.log("vapi").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            command,
            cwd=PROJECT,
            env=clean_environment() | {"CLOCK_FILE": str(layout.clock_file)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the stack, which stops the stand-in in order
        )
    processes.record(process.pid, layout.vapi_file)
    try:
        _wait_until_ready(layout, process)
    except BaseException:
        stop(layout, process)
        raise
    return process


def end_leftover(layout: StackLayout) -> bool:
    """End a stand-in that a killed stack left running; whether there was one."""
    ended = processes.end(layout.vapi_file, within_seconds=_ENDS_WITHIN_SECONDS, name=_NAME)
    layout.vapi_file.unlink(missing_ok=True)
    return ended


def stop(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    """End the stand-in, which keeps nothing."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    layout.vapi_file.unlink(missing_ok=True)


def introduce(layout: StackLayout) -> None:
    """Say how to play a call."""
    say(f"\nNOBODY IS CALLED: {_NAME} answers at {layout.vapi_url}. Play a whole call:")
    say(f"  {layout.make('call user=user-1 minutes=3.2')}")


def _wait_until_ready(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            url = f"{layout.vapi_url}/_standin/health"
            if httpx.get(url, timeout=1, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise StackError(f"{_NAME} did not start; see {layout.log('vapi')}")

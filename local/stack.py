"""The steps of the local stack: start, deploy, route, serve, seed, wait, save."""

import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType

from local import (
    build,
    calling,
    deploy,
    emulator,
    mail,
    page,
    routes,
    seeds,
    standin,
    tokens,
    warm,
    wheels,
)
from local.aws import client
from local.control import clean_up, hold_place
from local.origins import Origins
from local.progress import StackError, say, step
from local.serve import Server
from local.stack_layout import StackLayout

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the stack to stop; not an error, and nothing but `run` may catch it."""


def run(layout: StackLayout) -> None:
    """Bring the stack up, stay until Ctrl-C or SIGTERM, and take it down in order.

    Raises StackError when it cannot come up or its emulator dies.
    """
    with hold_place(layout), ExitStack() as closing:
        for number in _SIGNALS:
            signal.signal(number, _stop)
        try:
            say(f"Prepaid on {layout.url}")
            Origins.from_environment(layout)  # before anything is started in vain
            processes = [_start_emulator(layout, closing), *_start_standin(layout, closing)]
            processes.append(_start_vapi(layout, closing))
            release = _build(layout)
            is_new = deploy.deployed_release(layout) != release
            if is_new:
                _deploy(layout)
            server = _open_gateway(layout, closing)
            if is_new:
                _seed(layout)
                deploy.remember_release(layout, release)
            warm.begin(layout)
            has_page = page.build(layout)
            server.open()
            _introduce(layout, has_page=has_page)
            _watch(layout, processes)
        except Stopped:
            say()
        finally:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_IGN)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _start_emulator(layout: StackLayout, closing: ExitStack) -> subprocess.Popen[bytes]:
    clean_up(layout)
    with step("start the emulator"):
        process = emulator.start(layout)
    closing.callback(_save, layout, process)
    return process


def _start_standin(layout: StackLayout, closing: ExitStack) -> list[subprocess.Popen[bytes]]:
    """Start the stand-in for Stripe where there is no key of Stripe's."""
    if not standin.is_needed():
        return []
    with step("start the stand-in for Stripe"):
        process = standin.start(layout)
    closing.callback(standin.process(layout).stop, process)
    return [process]


def _start_vapi(layout: StackLayout, closing: ExitStack) -> subprocess.Popen[bytes]:
    with step("start the stand-in for Vapi"):
        process = calling.start(layout)
    closing.callback(calling.process(layout).stop, process)
    return process


def _build(layout: StackLayout) -> str:
    """Build what has changed; the release that the sources and the way to pay make."""
    with build.build_lock():
        if not build.is_current():
            packages = wheels.fetch(layout)
            with step("build the functions and their layers"):
                build.build(layout, packages)
    return "-".join([build.fingerprint(), "standin" if standin.is_needed() else "stripe"])


def _deploy(layout: StackLayout) -> None:
    with step("deploy the template"), build.build_lock():
        overrides = [*standin.overrides(layout), *calling.overrides(layout)]
        deploy.deploy(layout, overrides=[*overrides, *mail.overrides(layout)])
        mail.verify_sender(layout)
    with step("create the routes"):
        routes.create_routes(layout)


def _open_gateway(layout: StackLayout, closing: ExitStack) -> Server:
    standin.keep_settings(layout)
    calling.keep_settings(layout)
    with step("open the gateway"):
        secret = deploy.resources(layout)["TokenSecret"]
        value = client(layout, "secretsmanager").get_secret_value(SecretId=secret)
        tokens.keep_secret(layout, value["SecretString"])
        server = Server(layout)
        server.start()
    closing.callback(server.stop)
    return server


def _seed(layout: StackLayout) -> None:
    with step("seed the demo accounts"):
        seeds.seed(layout)


def _introduce(layout: StackLayout, *, has_page: bool = True) -> None:
    api = f"{layout.url}/api/credits"
    if has_page:
        say(f"\nBuy and spend credits at {layout.url}/credits; every state of the page: /gallery.")
    say(f"\nReady. The API is at {api}, AWS at {layout.emulator_url}. Try:\n")
    say(f"  curl {api}/packages")
    say(f"  JWT=$({layout.make('token user=user-1 role=user')})")
    say(f'  curl -H "Authorization: Bearer $JWT" {api}/balance')
    say("  curl -H \"Authorization: Bearer $JWT\" -H 'Idempotency-Key: call-1' \\")
    say("    -H 'Content-Type: application/json' \\")
    say("""    -d '{"operation": "vapi_call", "quantities": {"call": 1, "minute": 3.2}}' \\""")
    say(f"    {api}/usage\n")
    for demo in seeds.DEMO[1:]:
        say(f"  {layout.make(f'token user={demo.user} role={demo.role}')}")
    standin.introduce(layout)
    calling.introduce(layout)
    say(f"\n`{layout.make('down')}` (or Ctrl-C after `make run`) saves the state and stops.")


def _watch(layout: StackLayout, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Return never: the emulator, or the stand-in for Stripe, has ended by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    ended = "emulator" if processes[0].poll() is not None else "stripe"
    raise StackError(f"a part of the stack ended by itself; see {layout.log(ended)}")


def _save(layout: StackLayout, process: subprocess.Popen[bytes]) -> None:
    with step("save the state and stop"):
        saved = emulator.stop(layout, process)
    if not saved:
        say("  ! the emulator did not end in time: what came after the last clean stop is lost")

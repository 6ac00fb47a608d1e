"""The steps of the local stack: start, deploy, route, serve, seed, wait, save."""

import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType

from local import build, calling, deploy, emulator, routes, seeds, standin, tokens, wheels
from local.aws import client
from local.control import clean_up, hold_place
from local.origins import Origins
from local.places import Place
from local.progress import StackError, say, step
from local.serve import Server

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the stack to stop; not an error, and nothing but `run` may catch it."""


def run(place: Place) -> None:
    """Bring the stack up, stay until Ctrl-C or SIGTERM, and take it down in order.

    Raises StackError when it cannot come up or its emulator dies.
    """
    with hold_place(place), ExitStack() as closing:
        for number in _SIGNALS:
            signal.signal(number, _stop)
        try:
            say(f"Prepaid on {place.url}")
            Origins.from_environment(place)  # before anything is started in vain
            processes = [_start_emulator(place, closing), *_start_standin(place, closing)]
            processes.append(_start_vapi(place, closing))
            release = _build(place)
            is_new = deploy.deployed_release(place) != release
            if is_new:
                _deploy(place)
            server = _open_gateway(place, closing)
            if is_new:
                _seed(place)
                deploy.remember_release(place, release)
            server.open()
            _introduce(place)
            _watch(place, processes)
        except Stopped:
            say()
        finally:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_IGN)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _start_emulator(place: Place, closing: ExitStack) -> subprocess.Popen[bytes]:
    clean_up(place)
    with step("start the emulator"):
        process = emulator.start(place)
    closing.callback(_save, place, process)
    return process


def _start_standin(place: Place, closing: ExitStack) -> list[subprocess.Popen[bytes]]:
    """Start the stand-in for Stripe where there is no key of Stripe's."""
    if not standin.is_needed():
        return []
    with step("start the stand-in for Stripe"):
        process = standin.start(place)
    closing.callback(standin.stop, place, process)
    return [process]


def _start_vapi(place: Place, closing: ExitStack) -> subprocess.Popen[bytes]:
    with step("start the stand-in for Vapi"):
        process = calling.start(place)
    closing.callback(calling.stop, place, process)
    return process


def _build(place: Place) -> str:
    """Build what has changed; the release that the sources and the way to pay make."""
    with build.build_lock():
        if not build.is_current():
            packages = wheels.fetch(place)
            with step("build the functions and their layers"):
                build.build(place, packages)
    return "-".join([build.fingerprint(), "standin" if standin.is_needed() else "stripe"])


def _deploy(place: Place) -> None:
    with step("deploy the template"), build.build_lock():
        deploy.deploy(place, overrides=[*standin.overrides(place), *calling.overrides(place)])
    with step("create the routes"):
        routes.create_routes(place)


def _open_gateway(place: Place, closing: ExitStack) -> Server:
    standin.keep_settings(place)
    calling.keep_settings(place)
    with step("open the gateway"):
        secret = deploy.resources(place)["TokenSecret"]
        value = client(place, "secretsmanager").get_secret_value(SecretId=secret)
        tokens.keep_secret(place, value["SecretString"])
        server = Server(place)
        server.start()
    closing.callback(server.stop)
    return server


def _seed(place: Place) -> None:
    with step("seed the demo accounts"):
        seeds.seed(place)


def _introduce(place: Place) -> None:
    api = f"{place.url}/api/credits"
    say(f"\nReady. The API is at {api}, AWS at {place.emulator_url}. Try:\n")
    say(f"  curl {api}/packages")
    say(f"  JWT=$({place.make('token user=user-1 role=user')})")
    say(f'  curl -H "Authorization: Bearer $JWT" {api}/balance')
    say("  curl -H \"Authorization: Bearer $JWT\" -H 'Idempotency-Key: call-1' \\")
    say("    -H 'Content-Type: application/json' \\")
    say("""    -d '{"operation": "vapi_call", "quantities": {"call": 1, "minute": 3.2}}' \\""")
    say(f"    {api}/usage\n")
    for demo in seeds.DEMO[1:]:
        say(f"  {place.make(f'token user={demo.user} role={demo.role}')}")
    standin.introduce(place)
    calling.introduce(place)
    say(f"\n`{place.make('down')}` (or Ctrl-C after `make run`) saves the state and stops.")


def _watch(place: Place, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Return never: the emulator, or the stand-in for Stripe, has ended by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    ended = "emulator" if processes[0].poll() is not None else "stripe"
    raise StackError(f"a part of the stack ended by itself; see {place.log(ended)}")


def _save(place: Place, process: subprocess.Popen[bytes]) -> None:
    with step("save the state and stop"):
        saved = emulator.stop(place, process)
    if not saved:
        say("  ! the emulator did not end in time: what came after the last clean stop is lost")

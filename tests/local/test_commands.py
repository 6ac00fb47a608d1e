"""What the commands of the local stack say to somebody who typed something wrong."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local import __main__ as commands
from local import bounce, clock, emulator, jobs, pay, wheels
from local.control import require_up
from local.origins import Origins
from local.progress import StackError
from local.stack_layout import PROJECT, StackLayout
from local.tools import run_tool
from tests.e2e.running import free_place


@pytest.fixture
def layout(tmp_path: Path) -> StackLayout:
    return free_place(tmp_path)


def test_commands_are_printed_as_they_must_be_typed(tmp_path: Path) -> None:
    assert StackLayout(5001, tmp_path).make("up") == "make up"
    assert StackLayout(5150, tmp_path).make("up") == "make up PORT=5150"


def test_two_folders_on_one_port_are_two_stacks(tmp_path: Path) -> None:
    one, other = StackLayout(5150, tmp_path / "a"), StackLayout(5150, tmp_path / "b")

    assert one.identity != other.identity


def test_a_wrong_job_is_answered_with_the_jobs(layout: StackLayout) -> None:
    with pytest.raises(StackError, match=r"no job 'get_balance'.*settle_due.*make job"):
        jobs.run(layout, "get_balance")


def test_the_jobs_are_the_functions_that_no_request_invokes() -> None:
    assert {"deliver_alerts", "settle_due", "verify_ledger", "seed_catalogue"} <= set(jobs.names())
    assert not {"authorize", "get_balance", "stripe_webhook"} & set(jobs.names())


def test_a_wrong_outcome_is_answered_with_the_outcomes(layout: StackLayout) -> None:
    with pytest.raises(StackError, match=f"no outcome 'nope'.*succeed.*PORT={layout.port}"):
        pay.pay(layout, "pay_1", "nope")


def test_a_mail_that_is_to_come_back_must_be_named(layout: StackLayout) -> None:
    with pytest.raises(StackError, match=f"make bounce user=user-1 email=.* PORT={layout.port}"):
        bounce.bounce(layout, "user-1", "")


def test_a_command_without_a_stack_says_how_to_start_one(layout: StackLayout) -> None:
    with pytest.raises(StackError, match=f"`make up PORT={layout.port}` first"):
        require_up(layout)


def test_a_clock_that_goes_back_says_what_stays(
    layout: StackLayout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(layout.port))
    monkeypatch.setenv("PREPAID_LOCAL_DIR", str(layout.root))
    clock.forward(layout, "2h")
    monkeypatch.setattr("sys.argv", ["clock", "0"])

    clock.main()

    assert "stays" in capsys.readouterr().out


def test_a_clock_goes_ten_years_ahead_at_most(layout: StackLayout) -> None:
    with pytest.raises(SystemExit, match="ten years"):
        clock.forward(layout, "999999999d")


@pytest.mark.parametrize("origin", ["http://localhost:5173", "http://127.0.0.1", "http://[::1]:80"])
def test_pages_of_this_machine_may_call(layout: StackLayout, origin: str) -> None:
    assert Origins(layout.url).allow(origin)


@pytest.mark.parametrize("origin", ["https://a.example", "http://localhost.a.example", "null"])
def test_other_pages_may_not(layout: StackLayout, origin: str) -> None:
    assert not Origins(layout.url).allow(origin)


def test_origins_that_are_named_replace_the_default(
    layout: StackLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORIGINS", "https://a.example, https://b.example")

    origins = Origins.from_environment(layout)

    assert origins.allow("https://b.example")
    assert origins.allow(layout.url)
    assert not origins.allow("http://localhost:5173")


def test_what_is_no_origin_is_refused(layout: StackLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORIGINS", "https://a.example/page")

    with pytest.raises(StackError, match="no origin"):
        Origins.from_environment(layout)


def test_a_verification_without_a_stack_says_how_to_start_one_in_one_line(
    layout: StackLayout,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.cli", "verify"],
        env={"PORT": str(layout.port), "PREPAID_LOCAL_DIR": str(layout.root), "PATH": os.defpath}
        | {"PYTHONPATH": os.pathsep.join([".", "layers/prepaid"])},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert f"`make up PORT={layout.port}`" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_payment_with_a_key_of_stripes_is_paid_at_stripe(
    layout: StackLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pay, "require_up", lambda _: None)
    monkeypatch.setattr(pay, "takes_payments", lambda _: False)

    with pytest.raises(StackError, match=f"key of Stripe's.*make down PORT={layout.port}"):
        pay.pay(layout, "pay_1", "succeed")


def test_a_port_beside_ours_that_is_taken_is_named_with_its_purpose(layout: StackLayout) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", layout.emulator_port))

        with pytest.raises(StackError) as said:
            emulator._check_ports(layout)

    assert f"port {layout.emulator_port}, which the emulator (PORT+1) needs" in str(said.value)
    assert f"make up PORT={layout.port + 10}" in str(said.value)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_in_a_sentence(
    code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: StackLayout) -> None:
        """Meet a full disk."""
        raise OSError(code, "full", "state.json")

    monkeypatch.setitem(commands._PLAIN, "reset", fails)
    monkeypatch.setattr("sys.argv", ["local", "reset"])

    assert commands.main() == 1
    assert "the disk is full: state.json cannot be written" in capsys.readouterr().out


def test_a_tool_that_meets_a_full_disk_says_no_more_than_that(tmp_path: Path) -> None:
    writes = "import sys; sys.exit('OSError: [Errno 28] No space left on device')"

    with pytest.raises(StackError, match=r"^the disk is full: python"):
        run_tool([sys.executable, "-c", writes], log=tmp_path / "tool.log")


def test_a_later_build_takes_its_packages_from_this_machine(
    layout: StackLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = tmp_path / "wheels"
    cached.mkdir()
    monkeypatch.setattr(wheels, "directory", lambda: cached)
    monkeypatch.setattr(wheels, "run_tool", lambda *_, **__: pytest.fail("it asks the network"))

    assert wheels.fetch(layout) == {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(cached)}

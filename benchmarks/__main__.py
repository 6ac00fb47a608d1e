"""`python -m benchmarks [--short]`: what the product costs, in counts and in ratios of one run."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import alert_jobs, contention, imports, round_trips
from tests.support import emulator


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer repetitions")
    short = parser.parse_args().short
    console = Console(width=100)
    with tempfile.TemporaryDirectory(prefix="prepaid-bench-") as directory:
        with emulator.running(Path(directory) / "emulator") as url:
            _print_costs(console, round_trips.measured(url))
            _print_sizes(console, round_trips.sizes(url))
        _print_alert_jobs(console, few=1_000, many=10_000 if short else 100_000)
        _print_contention(console, contention.measured(seconds=2 if short else 20))
        _print_calls(console, contention.calls_at_once(250 if short else 1_000))
        console.print("\nBuilding the layer and compiling it …", highlight=False)
        starts = imports.measured(Path(directory), times=5 if short else 21)
    _print_starts(console, starts)


def _print_costs(console: Console, costs: list[round_trips.Cost]) -> None:
    table = Table(title="Round trips and units (MiniStack, as DynamoDB counts them)")
    for heading in ("request", "round trips", "read units", "write units", "write units / entry"):
        table.add_column(heading, justify="left" if heading == "request" else "right")
    for cost in costs:
        each = f"{cost.write / cost.entries:.2f}" if cost.entries else "–"
        table.add_row(cost.name, str(cost.calls), f"{cost.read:g}", f"{cost.write:g}", each)
    console.print(table)
    console.print(
        "AWS also bills the write units of a transaction that it cancels (a replay); "
        "MiniStack reports none.\n",
        highlight=False,
    )


def _print_sizes(console: Console, sizes: dict[str, int]) -> None:
    table = Table(title="Bytes by DynamoDB's rules; a unit of writing holds 1,024")
    table.add_column("item")
    table.add_column("bytes", justify="right")
    for name, size in sizes.items():
        table.add_row(name, f"{size:,}")
    console.print(table)


def _print_alert_jobs(console: Console, *, few: int, many: int) -> None:
    """Print what the jobs ask of the store; more accounts may not cost more."""
    table = Table(title=f"Requests of one run of a job, {alert_jobs.DUE} accounts due")
    for heading in ("job", f"of {few:,} accounts", f"of {many:,}", "requests"):
        table.add_column(heading, justify="left" if heading in {"job", "requests"} else "right")
    for one, other in zip(alert_jobs.measured(few), alert_jobs.measured(many), strict=True):
        asked = ", ".join(f"{amount} {name}" for name, amount in sorted(one.requests.items()))
        table.add_row(one.name, str(one.requests.total()), str(other.requests.total()), asked)
        assert one.requests == other.requests, "work grows with the accounts there are"
    console.print(table)


def _print_contention(console: Console, loads: list[contention.Load]) -> None:
    table = Table(title="One hot account, in virtual time (the model: docs/decisions/0026)")
    for heading in ("load", "served", "spends/s", "units each", "p50 s", "p99 s", "503s"):
        table.add_column(heading, justify="left" if heading == "load" else "right")
    for load in loads:
        outcome = load.outcome
        table.add_row(
            load.name,
            f"{len(outcome.accepted_by)} of {load.clients}",
            f"{outcome.per_second:.1f}",
            f"{outcome.units_each:.1f}",
            f"{outcome.percentile(50):.2f}",
            f"{outcome.percentile(99):.2f}",
            str(outcome.unavailable),
        )
    console.print(table)


def _print_calls(console: Console, calls: contention.Calls) -> None:
    console.print(
        f"{calls.calls:,} calls at once on one account: {calls.admitted} admitted, {calls.refused} "
        f"refused, all answered within {calls.longest_seconds:.2f} s (Vapi waits 7.5).",
        highlight=False,
    )


def _print_starts(console: Console, starts: list[imports.Start]) -> None:
    bare = starts[0].milliseconds
    table = Table(title="Import and client, compiled (CPU, medians)")
    for heading in ("what", "ms here", "times a bare client"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for start in starts:
        table.add_row(start.name, f"{start.milliseconds:.0f}", f"{start.milliseconds / bare:.2f}")
    console.print(table)
    console.print("Each new module of a spend adds to its cold start; a test holds their number.")


if __name__ == "__main__":
    main()

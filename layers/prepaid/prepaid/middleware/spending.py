"""`with spending(…)`: a part of a function that is paid for itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from prepaid.domain.credits import Credits
from prepaid.metering.work import Work
from prepaid.middleware.bill import Bill, Measured, expectation
from prepaid.middleware.run import Run, function_actor, function_name, seconds_left
from prepaid.middleware.sources import sound
from prepaid.web.identity import account_id_of


@contextmanager
def spending(
    operation: str,
    *,
    account: str,
    key: str,
    expected: Measured | dict[str, Measured] | None = None,
    at_most: str | None = None,
    context: object = None,
) -> Iterator[Bill]:
    """Pay for what is done inside, once for each *key* of this function and operation.

    Set aside is the price of what is *expected* (one of the only unit, if nothing is said), or what
    is available up to *at_most* credits for work that tells the bill afterwards what it used. An
    exception releases it. Whether an earlier attempt was paid, `bill.repeated` says: nothing is
    paid again, and the caller decides what is left to do. *context* is Lambda's.

    Raises what a hold is refused for before anything is done (`InsufficientCredits` above all), and
    `Unavailable` before or after; then the whole may be tried again.
    """
    work = Work(
        account_id=account_id_of(account),
        operation=operation,
        key=f"{function_name()}:{operation}:spending:{sound(key)}",
        seconds=seconds_left(context),
        expected=expectation(expected, at_most),
        at_most=None if at_most is None else Credits.parse(at_most),
    )
    run = Run.begin(work, function_actor(context))
    try:
        yield run.bill
    except Exception:
        run.fail()
        raise
    run.succeed()

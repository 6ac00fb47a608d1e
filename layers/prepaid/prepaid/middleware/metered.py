"""`@metered(…)`: a handler that does its work only if it can be paid, and is paid once for it.

::

    @metered("message", account=lambda record: json.loads(record["body"])["account_id"])
    def send(record): ...

Before the handler runs, credits are set aside; its answer pays, its exception releases them. The
source's own id of what came is the key, so a retried invocation goes on where the last one stopped.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from prepaid.domain.commands import Actor
from prepaid.domain.credits import Credits
from prepaid.domain.errors import PrepaidError
from prepaid.domain.pricing import RequestedQuantities
from prepaid.metering.work import Work
from prepaid.middleware import http
from prepaid.middleware.bill import Measured, expectation
from prepaid.middleware.run import Run, as_text, function_actor, function_name, seconds_left
from prepaid.middleware.sources import Source, event_of, is_http, sound, source_of
from prepaid.runtime import jobs
from prepaid.web.identity import account_id_of

type Event = Mapping[str, Any]
BILL = "bill"
"""A handler that has a parameter of this name is given the bill of its work."""


class NoAccount(Exception):
    """Nobody was named who pays: only over HTTP the caller does."""


def metered(
    operation: str,
    *,
    account: Callable[[Any], str] | None = None,
    key: Callable[[Any], str] | None = None,
    expected: Measured | dict[str, Measured] | None = None,
    at_most: str | None = None,
    keep: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Have a handler of one event or one record paid, once for each.

    *account* says of an event who pays; over HTTP it is the caller, and only a service may name
    another. *key* says by what an event is known when it comes again, where its source does not.
    Set aside is the price of what is *expected* (one of the only unit, if nothing is said), or what
    is available up to *at_most* credits for work that says afterwards what it used: the handler
    then has a parameter `bill`. With *keep*, an answer of at most 900 bytes of JSON is stored with
    the payment, where the account's users can read it, and a repeat gets it.

    What was paid is not done again. Over HTTP everything refused is answered as a problem, a
    repeat without a kept answer with 409; an answer of 400 or above counts as failed. Elsewhere a
    refusal is raised, so that the source tries again, and a repeat answers `None`.

    Raises `TypeError` for a generator, whose work begins only after it has returned.
    """
    wants = expectation(expected, at_most)
    ceiling = None if at_most is None else Credits.parse(at_most)
    terms = _Terms(operation, account, key, wants, ceiling, keep)

    def decorate(handler: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler):
            raise TypeError("a generator cannot be metered: meter what does the work")
        billed = BILL in inspect.signature(handler).parameters
        if inspect.iscoroutinefunction(handler):
            return _asynchronous(handler, terms, billed=billed)
        return _synchronous(handler, terms, billed=billed)

    return decorate


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a decorator said."""

    operation: str
    account: Callable[[Any], str] | None
    key: Callable[[Any], str] | None
    expected: RequestedQuantities | None
    at_most: Credits | None
    keep: bool


class _Visit:
    """One call of a metered handler: what came, and the run that it led to.

    What came is the first argument and Lambda's context the second; Powertools names them.
    """

    def __init__(self, terms: _Terms, args: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        self._terms = terms
        given, context = [*args, *named.values(), None, None][:2]
        self._given = given
        self._context = context
        self._event = event_of(given)
        self._http = is_http(self._event)
        self.run: Run | None = None

    def begin(self) -> bool:
        """Set credits aside; return whether there is work to do. Raises what refuses it."""
        work, actor = self._work()
        self.run = Run.begin(work, actor)
        return not self.run.bill.repeated

    def repeat(self) -> Any:
        """Return what a repeat of paid work is answered."""
        assert self.run is not None
        return http.repeated(self.run.attempt.paid, over_http=self._http)

    def succeed(self, answer: Any) -> Any:
        """Pay, unless the answer itself says over HTTP that the work failed."""
        assert self.run is not None
        if inspect.isgenerator(answer) or inspect.iscoroutine(answer):
            self.run.fail()
            raise TypeError("what a metered handler answers must be done when it returns")
        if self._http and http.failed(answer):
            self.run.fail()
            return answer
        self.run.succeed(as_text(answer) if self._terms.keep else None)
        return answer

    def fail(self) -> None:
        """Release what was set aside."""
        assert self.run is not None
        self.run.fail()

    def refuse(self, error: PrepaidError) -> Any:
        """Answer over HTTP what is refused or unavailable; raise it where nobody waits."""
        if not self._http:
            jobs.log_failure("work was not paid", error, code=error.code)
            raise error
        return http.problem(self._event, self._context, error)

    def extras(self, *, billed: bool) -> dict[str, Any]:
        """Return what the handler is given besides."""
        assert self.run is not None
        return {BILL: self.run.bill} if billed else {}

    def _work(self) -> tuple[Work, Actor]:
        terms, event = self._terms, self._event
        source = self._source()
        if self._http:
            named = None if terms.account is None else account_id_of(terms.account(self._given))
            actor, account_id = http.payer(event, self._context, named)
        elif terms.account is None:
            raise NoAccount("Say with account= of an event who pays.")
        else:
            account_id = account_id_of(terms.account(self._given))
            actor = function_actor(self._context)
        work = Work(
            account_id=account_id,
            operation=terms.operation,
            key=f"{function_name()}:{terms.operation}:{source.key}",
            content=source.content,
            seconds=seconds_left(self._context),
            expected=terms.expected,
            at_most=terms.at_most,
        )
        return work, actor

    def _source(self) -> Source:
        if self._terms.key is None:
            return source_of(self._event)
        return Source(f"key:{sound(self._terms.key(self._given))}")


def _synchronous(handler: Callable[..., Any], terms: _Terms, *, billed: bool) -> Callable[..., Any]:
    @wraps(handler)
    def wrapped(*args: Any, **named: Any) -> Any:
        visit = _Visit(terms, args, named)
        try:
            if not visit.begin():
                return visit.repeat()
            try:
                answer = handler(*args, **named, **visit.extras(billed=billed))
            except Exception:
                visit.fail()
                raise
            return visit.succeed(answer)
        except PrepaidError as error:
            return visit.refuse(error)

    return wrapped


def _asynchronous(
    handler: Callable[..., Any], terms: _Terms, *, billed: bool
) -> Callable[..., Any]:
    from asyncio import CancelledError, to_thread  # noqa: PLC0415 - who awaits has it already

    @wraps(handler)
    async def wrapped(*args: Any, **named: Any) -> Any:
        visit = _Visit(terms, args, named)
        try:
            if not await to_thread(visit.begin):
                return visit.repeat()
            try:
                answer = await handler(*args, **named, **visit.extras(billed=billed))
            except (Exception, CancelledError):
                await to_thread(visit.fail)
                raise
            return await to_thread(visit.succeed, answer)
        except PrepaidError as error:
            return visit.refuse(error)

    return wrapped

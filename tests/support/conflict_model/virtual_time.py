"""Virtual time: processes take turns, and the clock jumps to whoever waits least."""

import threading
from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from itertools import count


class VirtualTime:
    """A clock for processes that each run in a thread, one at a time.

    A process runs until it sleeps or ends; the one whose moment comes first goes on. Processes that
    wait for the same moment go on in the order in which they began to wait.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._order = count()
        self._waiting: list[tuple[float, int, threading.Semaphore]] = []
        self._turn_over = threading.Semaphore(0)
        self._processes: set[int] = set()
        self._failures: list[BaseException] = []

    def clock(self) -> float:
        """Return the seconds since the beginning."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass for the process that calls; nobody else has a turn to wait for."""
        if threading.get_ident() not in self._processes:
            raise RuntimeError("only a process can let time pass")
        turn = threading.Semaphore(0)
        heappush(self._waiting, (self._now + seconds, next(self._order), turn))
        self._turn_over.release()
        turn.acquire()

    def run(self, processes: Iterable[tuple[float, Callable[[], None]]]) -> None:
        """Run processes, each from its moment in seconds, until all have ended.

        Raises what the first process that failed raised, once the others have ended.
        """
        threads = [self._started(moment, process) for moment, process in processes]
        while self._waiting:
            self._now, _, turn = heappop(self._waiting)
            turn.release()
            self._turn_over.acquire()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _started(self, moment: float, process: Callable[[], None]) -> threading.Thread:
        turn = threading.Semaphore(0)
        heappush(self._waiting, (moment, next(self._order), turn))

        def body() -> None:
            turn.acquire()
            self._processes.add(threading.get_ident())
            try:
                process()
            except BaseException as exc:  # noqa: BLE001 - raised again by run
                self._failures.append(exc)
            finally:
                self._processes.discard(threading.get_ident())
                self._turn_over.release()

        thread = threading.Thread(target=body, daemon=True)
        thread.start()
        return thread

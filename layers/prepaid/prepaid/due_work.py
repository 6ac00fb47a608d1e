"""Due work: gone through piece by piece, until it is done or the time is up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DueRow[Row]:
    """A row that is due, by the id of its owner and its own.

    What `read` raises for one that nobody can read spoils no other.
    """

    owner_id: str
    row_id: str
    read: Callable[[], Row] = field(compare=False)


@dataclass(slots=True)
class Worked:
    """How many pieces were done and how many failed; *finished* unless the time was up before."""

    done: int = 0
    failed: int = 0
    finished: bool = True


def work_through[Due](
    due: Iterable[Due],
    do: Callable[[Due], object],
    *,
    time_is_up: Callable[[], bool],
    failed: Callable[[Due, Exception], None],
) -> Worked:
    """Do each piece of *due* work, in order; whatever one of them raises stops no other.

    *failed* receives each that raised; *time_is_up* is asked before each. Raises what *due* and
    *failed* raise.
    """
    worked = Worked()
    for each in due:
        if time_is_up():
            worked.finished = False
            return worked
        try:
            do(each)
        except Exception as exc:  # noqa: BLE001 - counted and reported; the others must be done
            worked.failed += 1
            failed(each, exc)
        else:
            worked.done += 1
    return worked

"""One test for many files: thousands of tests cost more than what they look at."""

from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def named(path: Path) -> str:
    """Return how a file is called in the project."""
    return path.relative_to(ROOT).as_posix()


def for_each(paths: Sequence[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """Let a test of one file be a test of all *paths*, which tells every one that fails."""

    def decorated(test: Callable[[Path], None]) -> Callable[[], None]:
        def of_all() -> None:
            failures = []
            for path in paths:
                try:
                    test(path)
                except AssertionError as failure:
                    failure.add_note(f"in {named(path)}")
                    failures.append(failure)
            assert paths
            if failures:
                names = ", ".join(str(each.__notes__[-1]) for each in failures)
                raise ExceptionGroup(names, failures)

        of_all.__name__, of_all.__doc__ = test.__name__, test.__doc__
        of_all.__module__, of_all.__qualname__ = test.__module__, test.__qualname__
        return of_all

    return decorated

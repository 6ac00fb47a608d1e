"""Keeps the rows in one SQLite file, so that they outlive a restart and a kill."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from local.stripe.errors import Json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rows (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    object TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (object, id)
)
"""
_WRITE = """
INSERT INTO rows (object, id, body) VALUES (?, ?, ?)
ON CONFLICT (object, id) DO UPDATE SET body = excluded.body
"""


class Store:
    """Rows on disk below *directory*, or nowhere when there is none.

    A write is one SQLite commit in a write-ahead log: after a kill at any moment it is there
    whole or not at all.
    """

    def __init__(self, directory: Path | None) -> None:
        self._database: sqlite3.Connection | None = None
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
            path = directory / "stripe.sqlite3"
            self._database = sqlite3.connect(path, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute(_SCHEMA)

    def load(self) -> list[Json]:
        """Every row, in the order in which it was first written."""
        if self._database is None:
            return []
        found = self._database.execute("SELECT body FROM rows ORDER BY position")
        return [json.loads(body) for (body,) in found]

    def write(self, rows: Iterable[Json], *, forget: Iterable[Json] = ()) -> None:
        """Insert or replace *rows* and remove *forget*, together."""
        if self._database is None:
            return
        bodies = [(row["object"], row["id"], json.dumps(row)) for row in rows]
        with self._database as commit:
            commit.executemany(_WRITE, bodies)
            commit.executemany(
                "DELETE FROM rows WHERE object = ? AND id = ?",
                [(row["object"], row["id"]) for row in forget],
            )

    def clear(self) -> None:
        """Remove every row."""
        if self._database is not None:
            with self._database as commit:
                commit.execute("DELETE FROM rows")

    def close(self) -> None:
        """Release the file."""
        if self._database is not None:
            self._database.close()

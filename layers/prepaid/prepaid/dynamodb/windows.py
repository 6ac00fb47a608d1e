"""How far lists were read, in the table of records: a row for each list."""

from prepaid.domain.credits import Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.windows import Window

RECONCILE = "reconcile"


class DynamoWindows:
    """`ReadWindows` on DynamoDB; *sort* tells one system's lists from another's."""

    def __init__(self, table: RecordsTable, sort: str) -> None:
        self._table = table
        self._sort = sort

    def window(self, source: str) -> Window | None:
        """Read the window of a list that is being read, or `None` at first."""
        found = self._table.read(f"{RECONCILE}#{source}", self._sort)
        if found is None:
            return None
        return Window(
            since=Instant(int(found["since"])),
            until=Instant(int(found["until"])),
            after=found.get("after"),
        )

    def keep_window(self, source: str, window: Window) -> None:
        """Keep the window of a list; of two runs at once, whoever writes last decides."""
        row: dict[str, object] = {
            names.KIND_ID: f"{RECONCILE}#{source}",
            names.SORT: self._sort,
            "since": window.since,
            "until": window.until,
        }
        if window.after is not None:
            row["after"] = window.after
        self._table.replace(row)

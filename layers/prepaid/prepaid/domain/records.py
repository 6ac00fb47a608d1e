"""Records: rows that are true only together with the decision that they are written with."""

from typing import ClassVar


class Record:
    """A row that a commit writes with the account and its entries, or not at all.

    `kind` finds the writer of the row. Another write can come before that of a `versioned` record
    alone; the others belong to the account, whose version is enough.
    """

    __slots__ = ()

    kind: ClassVar[str]
    versioned: ClassVar[bool] = False

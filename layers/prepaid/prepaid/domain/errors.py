"""Everything that can be refused, as one tree whose every leaf has a stable code."""

from collections.abc import Mapping
from typing import ClassVar, override

from prepaid.domain.credits import Credits


class PrepaidError(Exception):
    """An error that is shown to the caller: a stable *code* and a sentence for a person.

    `retry_after_seconds` is when the answer may be different, where that is known.
    """

    code: ClassVar[str]
    retry_after_seconds: int | None = None

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def members(self) -> Mapping[str, object]:
        """What the answer carries besides code and sentence, ready for JSON."""
        return {}


class Refusal(PrepaidError):
    """The ledger said no, and nothing was written under this key."""


class InsufficientCredits(Refusal):
    """The command needs more credits than are available."""

    code = "insufficient_credits"

    def __init__(self, *, required: Credits, available: Credits) -> None:
        super().__init__(f"{required} credits are required, {available} are available.")
        self.required = required
        self.available = available

    @override
    def members(self) -> Mapping[str, object]:
        return {"required": str(self.required), "available": str(self.available)}


class AccountFrozen(Refusal):
    """The account may not spend: an admin froze or closed it."""

    code = "account_frozen"


class Forbidden(Refusal):
    """The caller's role does not allow this."""

    code = "forbidden"


class LimitExceeded(Refusal):
    """One of the account's limits would be passed, such as the number of open holds."""

    code = "limit_exceeded"

    def __init__(self, *, limit: str, allowed: int) -> None:
        super().__init__(f"This account may have at most {allowed} {limit}.")
        self.limit = limit
        self.allowed = allowed

    @override
    def members(self) -> Mapping[str, object]:
        return {"limit": self.limit, "allowed": self.allowed}


class AdjustmentTooLarge(Refusal):
    """An admin gives or takes more at once than the stack lets them; a super admin may."""

    code = "adjustment_too_large"

    def __init__(self, *, at_most: Credits) -> None:
        super().__init__(f"An admin may add or remove at most {at_most} at once.")
        self.at_most = at_most

    @override
    def members(self) -> Mapping[str, object]:
        return {"at_most": str(self.at_most)}


class AlreadyReversed(Refusal):
    """What is to be taken back was taken back before, by another request."""

    code = "already_reversed"


class GrantMerged(Refusal):
    """The grant lives on in another one, whose credits cannot be told apart."""

    code = "grant_merged"

    def __init__(self, *, into: str) -> None:
        super().__init__(f"This grant was merged into {into}.")
        self.into = into

    @override
    def members(self) -> Mapping[str, object]:
        return {"merged_into": self.into}


class NotFound(Refusal):
    """There is no such thing, or it belongs to somebody else."""

    code = "not_found"


class HoldEnded(Refusal):
    """The hold was captured, voided, or has expired; it ends once."""

    code = "hold_ended"


class KeyReused(Refusal):
    """The key is taken by a command with another content."""

    code = "idempotency_key_reused"


class InvalidRequest(Refusal):
    """The request can be read but not meant; *pointer* (RFC 6901) names the field."""

    code = "invalid_request"

    def __init__(self, detail: str, *, pointer: str) -> None:
        super().__init__(detail)
        self.pointer = pointer

    @override
    def members(self) -> Mapping[str, object]:
        return {"errors": [{"pointer": self.pointer, "detail": self.detail}]}


class UnknownOperation(InvalidRequest):
    """No price is in force for the operation."""

    code = "unknown_operation"


class PreconditionFailed(PrepaidError):
    """What is to be changed has changed since the caller read it."""

    code = "precondition_failed"

    def __init__(
        self, detail: str = "Somebody changed it since you read it: read it again."
    ) -> None:
        super().__init__(detail)


class RateLimited(PrepaidError):
    """The caller asks for this too often; *retry_after_seconds* says when to come back."""

    code = "rate_limited"

    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(PrepaidError):
    """Whether the write landed cannot be known now; the same key settles it."""

    code = "unavailable"

    def __init__(self, detail: str, *, retry_after_seconds: int = 1) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class Contended(Unavailable):
    """The store was too busy to decide. Nothing was written."""

    def __init__(self) -> None:
        super().__init__("The ledger is too busy.")

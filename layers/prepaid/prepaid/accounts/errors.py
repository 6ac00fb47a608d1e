"""What can be refused of settings."""

from prepaid.domain.errors import Refusal


class PreconditionFailed(Refusal):
    """Somebody else has saved since what the caller saw."""

    code = "precondition_failed"

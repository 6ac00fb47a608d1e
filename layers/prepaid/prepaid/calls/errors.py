"""What can be refused of calls."""

from prepaid.domain.errors import Refusal


class CallAlreadyBound(Refusal):
    """The call is bound to another account or hold, and stays so."""

    code = "call_already_bound"

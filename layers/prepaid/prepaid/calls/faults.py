"""Whose fault it was that a call ended: what fails at the provider costs its customer nothing.

Vapi names the reason of an end; it says of its own faults that they are typically not billed:
https://docs.vapi.ai/calls/call-ended-reason
"""

_PROVIDERS = ("call.in-progress.error-vapifault-", "call.start.error-")
_OUR_ACCOUNT = ("call.start.error-subscription-",)


def is_providers_fault(ended_reason: str) -> bool:
    """Say whether the provider failed the call."""
    return ended_reason.startswith(_PROVIDERS)


def is_our_account(ended_reason: str) -> bool:
    """Say whether our own account at the provider is empty or blocked: no caller is at fault."""
    return ended_reason.startswith(_OUR_ACCOUNT)

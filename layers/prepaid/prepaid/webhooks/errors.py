"""What is refused of webhooks alone."""

from collections.abc import Mapping
from typing import override

from prepaid.domain.errors import Refusal


class WebhookLimitExceeded(Refusal):
    """There would be too many webhooks, or too many valid secrets of one."""

    code = "webhook_limit_exceeded"

    def __init__(self, *, limit: str, allowed: int) -> None:
        super().__init__(f"There may be at most {allowed} {limit}.")
        self.limit = limit
        self.allowed = allowed

    @override
    def members(self) -> Mapping[str, object]:
        return {"limit": self.limit, "allowed": self.allowed}

"""Give the demo accounts what they start with, through the API as an administrator would."""

from dataclasses import dataclass

import httpx

from local.progress import StackError
from local.stack_layout import StackLayout
from local.tokens import token


@dataclass(frozen=True, slots=True)
class Demo:
    """One identity that the local stack knows, and the credits its account starts with."""

    user: str
    role: str
    credits: str | None = None


DEMO = (
    Demo("user-1", "user", credits="100.00"),
    Demo("user-2", "user"),  # an account that nobody has touched reads as 0.00
    Demo("calls", "service"),
    Demo("admin-1", "admin"),
    Demo("root-1", "super_admin"),
)


def seed(layout: StackLayout) -> None:
    """Adjust each demo account once, ever. Raises StackError when the API refuses."""
    bearer = token(layout, user="admin-1", role="admin")
    with httpx.Client(base_url=layout.url, timeout=60, trust_env=False) as api:
        for demo in DEMO:
            if demo.credits is None:
                continue
            answer = api.post(
                "/api/credits/admin/adjust",
                headers={
                    "Authorization": f"Bearer {bearer}",
                    "Idempotency-Key": f"demo-{demo.user}",
                },
                json={
                    "account_id": demo.user,
                    "amount": demo.credits,
                    "reason": "demo credits",
                    "create": True,
                },
            )
            if not answer.is_success:
                said = f"HTTP {answer.status_code} {answer.text[:300]}"
                raise StackError(f"{demo.user} did not get its {demo.credits} credits: {said}")

"""PUT /api/credits/settings: choose thresholds, time zone, overage and spending limits."""

from prepaid.accounts.web.settings import SettingsIn, SettingsOut, answer
from prepaid.domain.errors import PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.account_settings import account_settings
from prepaid.web.identity import OWN
from prepaid.web.request import Answer, Request


@endpoint(
    allow=OWN, body=SettingsIn, answer=SettingsOut, refuses=(PreconditionFailed,), guarded=True
)
def handler(request: Request[SettingsIn]) -> Answer:
    """Save all settings of the caller's account over those that the caller saw."""
    saving = request.body.saving(request, request.account_id, by_admin=False)
    return answer(account_settings().save(saving, request.received_at))


start(shared_client)

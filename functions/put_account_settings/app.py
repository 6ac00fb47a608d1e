"""PUT /api/credits/admin/settings/{account_id}: choose the settings of anybody's account."""

from prepaid.accounts.web.settings import AdminSettingsIn, SettingsOut, answer
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.account_settings import account_settings
from prepaid.web.actor import account_in_path
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=AdminSettingsIn,
    answer=SettingsOut,
    refuses=(NotFound, PreconditionFailed),
    guarded=True,
)
def handler(request: Request[AdminSettingsIn]) -> Answer:
    """Save all settings, with limits that the account's user cannot lift."""
    saving = request.body.saving(request, account_in_path(request), by_admin=True)
    return answer(account_settings().save(saving, request.received_at))


start(shared_client)

"""GET /api/credits/admin/settings/{account_id}: the settings of anybody's account."""

from prepaid.accounts.web.settings import SettingsOut, answer
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.account_settings import account_settings
from prepaid.web.actor import account_in_path
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, answer=SettingsOut, refuses=(NotFound,), guarded=True)
def handler(request: Request) -> Answer:
    """Answer the settings under the tag with which they are replaced."""
    account_id = account_in_path(request)
    return answer(account_settings().show(account_id, request.received_at, written=True))


start(shared_client)

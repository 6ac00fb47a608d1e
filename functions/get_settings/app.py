"""GET /api/credits/settings: the settings of an account, and how its limits stand."""

from prepaid.accounts.web.settings import SettingsOut, answer
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.account_settings import account_settings
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, answer=SettingsOut, refuses=(NotFound,), guarded=True)
def handler(request: Request) -> Answer:
    """Answer the settings under the tag with which they are replaced."""
    others = request.account_id != request.caller.account_id
    return answer(account_settings().show(request.account_id, request.received_at, written=others))


start(shared_client)

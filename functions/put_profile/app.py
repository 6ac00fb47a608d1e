"""PUT /api/credits/admin/users/{account_id}/profile: say who an account's owner is."""

from prepaid.accounts.profiles import Profile
from prepaid.accounts.web.profiles import ProfileIn, ProfileOut
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.profiles import profile_keeping
from prepaid.web.actor import account_in_path, admin_act
from prepaid.web.identity import HOSTING_ACCOUNTS
from prepaid.web.request import Request


@endpoint(allow=HOSTING_ACCOUNTS, body=ProfileIn, answer=ProfileOut, refuses=(NotFound,))
def handler(request: Request[ProfileIn]) -> ProfileOut:
    """Replace the whole profile, also of an account that nobody has written to yet."""
    body = request.body
    profile = Profile(account_id=account_in_path(request), name=body.name, email=body.email)
    return ProfileOut.of(profile_keeping().put(profile, admin_act(request, body.reason)))


start(shared_client)

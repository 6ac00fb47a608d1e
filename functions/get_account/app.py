"""GET /api/credits/admin/users/{account_id}: all that support needs to see of one account."""

from prepaid.accounts.finding import cases_about
from prepaid.accounts.grants import grants_of
from prepaid.accounts.web.accounts import SHOWN, AccountDetailOut
from prepaid.domain.errors import NotFound
from prepaid.domain.runway import first_day
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.ports import HistoryQuery
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.account_settings import account_settings
from prepaid.runtime.wiring.accounts import packages
from prepaid.runtime.wiring.alerts import alert_history
from prepaid.runtime.wiring.inbox import inbox
from prepaid.runtime.wiring.ledger import ledger, providers, store
from prepaid.runtime.wiring.payments import purchases
from prepaid.runtime.wiring.profiles import profiles
from prepaid.web.actor import account_in_path
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=AccountDetailOut, refuses=(NotFound,))
def handler(request: Request) -> AccountDetailOut:
    """Answer one account as settled now, with its latest entries and payments."""
    account_id, now = account_in_path(request), request.received_at
    shown, grants = grants_of(ledger(), account_id, now, providers())
    bought, _ = purchases().page(account_id, limit=SHOWN, after=None)
    profile = profiles().profile(account_id)
    if not shown.account.version and not bought and profile.empty:
        raise NotFound("There is no such account: nobody has written to it.")
    closed = store().closed_days(account_id, since=first_day(shown.account, now))
    latest = store().history(HistoryQuery(account_id=account_id, limit=SHOWN))
    return AccountDetailOut.of(
        shown,
        profile=profile,
        runway=shown.runway(closed, now),
        grants=grants,
        packages=packages(),
        entries=latest.entries,
        payments=bought,
        settings=account_settings().shown(shown.account, now),
        alerts=alert_history().of_account(account_id, limit=SHOWN),
        cases=cases_about(inbox(), account_id),
    )


start(shared_client)

"""POST /api/credits/alerts/test: send a test message by the channels of an account."""

from prepaid.alerts.web.alerts import TrialIn, TrialsOut
from prepaid.domain.errors import RateLimited
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.alerts import trials
from prepaid.web.identity import OWN
from prepaid.web.request import Request


@endpoint(allow=OWN, body=TrialIn, answer=TrialsOut, refuses=(RateLimited,))
def handler(request: Request[TrialIn]) -> TrialsOut:
    """Say what became of it by each channel; a test message is about nothing."""
    account_id, body = request.account_id, request.body
    trial_id = f"{account_id}#{request.request_id}"
    done = trials().send(account_id, body.channels, trial_id=trial_id, now=request.received_at)
    return TrialsOut.of(done)


start(shared_client)

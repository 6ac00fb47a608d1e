"""GET /api/credits/transactions/{entry_id}: one entry, explained."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.origins import origins
from prepaid.ledger.related import related
from prepaid.ledger.web import ids
from prepaid.ledger.web.explained import ExplainedEntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, providers, store
from prepaid.web.actor import account_read
from prepaid.web.identity import READING
from prepaid.web.request import Request


@endpoint(allow=READING, answer=ExplainedEntryOut, refuses=(NotFound,))
def handler(request: Request) -> ExplainedEntryOut:
    """Answer the entry with its calculation and a sentence that says what happened."""
    key = ids.key_in(request.path_id("entry_id"))
    entry = ledger().entry(request.account_id, key)
    if entry is None and account_read(request) is None:
        raise NotFound("There is no such entry of your own: name its account by ?account_id=.")
    if entry is None:
        raise NotFound("There is no such entry.")
    belongs = related(store(), entry, providers())
    return ExplainedEntryOut.of(entry, origins(store(), entry), belongs)


start(shared_client)

"""DELETE /api/credits/admin/phone-numbers/{phone_number_id}: a number brings nobody's calls."""

from prepaid.calls.web.numbers import DeletedOut, source_id_in
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import source_mapping
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=DeletedOut, refuses=(NotFound,))
def handler(request: Request) -> DeletedOut:
    """Forget the mapping; what was billed by it stays."""
    source_id = source_id_in(request.path_text("phone_number_id"))
    source_mapping().delete(source_id, admin_act(request))
    return DeletedOut(phone_number_id=source_id)


start(shared_client)

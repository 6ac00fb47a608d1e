"""PUT /api/credits/admin/phone-numbers/{phone_number_id}: say whose calls a number brings."""

from prepaid.calls.web.numbers import NumberIn, NumberOut, source_id_in
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import source_mapping
from prepaid.web.actor import admin_act
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Request


@endpoint(allow=ADMINISTERING, body=NumberIn, answer=NumberOut, refuses=(NotFound,))
def handler(request: Request[NumberIn]) -> NumberOut:
    """Map the number, or the campaign of that id, from its next call on."""
    source_id = source_id_in(request.path_text("phone_number_id"))
    by = admin_act(request, request.body.reason)
    source = request.body.source(source_id, by=by.actor, now=by.now)
    source_mapping().put(source, by)
    return NumberOut.of(source)


start(shared_client)

"""POST /api/credits/admin/packages: put a package up for sale."""

from prepaid.accounts.web.packages import AdminPackageOut, NewPackageIn
from prepaid.catalogue.editing import create_package
from prepaid.domain.errors import PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=OVERSEEING,
    body=NewPackageIn,
    answer=AdminPackageOut,
    refuses=(PreconditionFailed,),
    creates=True,
)
def handler(request: Request[NewPackageIn]) -> Answer:
    """Write it once; its id is never used for another."""
    package = request.body.package(request.body.package_id, version=0, archived=False)
    by = admin_act(request, request.body.reason)
    return Answer(AdminPackageOut.of(create_package(catalogue(), package, by)), 201)


start(shared_client)

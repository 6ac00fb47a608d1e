"""DELETE /api/credits/admin/packages/{package_id}: take a package from sale."""

from prepaid.accounts.web.packages import AdminPackageOut
from prepaid.catalogue.editing import archive_package
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=AdminPackageOut, refuses=(NotFound, PreconditionFailed))
def handler(request: Request) -> AdminPackageOut:
    """Archive it: payments refer to it for ever."""
    by = admin_act(request)
    package_id = request.path_id("package_id")
    return AdminPackageOut.of(archive_package(catalogue(), package_id, by))


start(shared_client)

"""PUT /api/credits/admin/packages/{package_id}: change a package, from now on."""

from prepaid.accounts.web.packages import AdminPackageOut, PackageChangeIn
from prepaid.catalogue.editing import update_package
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(
    allow=OVERSEEING,
    body=PackageChangeIn,
    answer=AdminPackageOut,
    refuses=(NotFound, PreconditionFailed),
)
def handler(request: Request[PackageChangeIn]) -> AdminPackageOut:
    """Replace the terms that were read; what was bought keeps its own."""
    body = request.body
    package_id = request.path_id("package_id")
    package = body.package(package_id, version=body.version, archived=body.archived)
    by = admin_act(request, request.body.reason)
    return AdminPackageOut.of(update_package(catalogue(), package, by))


start(shared_client)

"""GET /api/credits/admin/packages: every package, for sale or not."""

from prepaid.accounts.web.packages import AdminPackageOut, AdminPackagesOut
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=AdminPackagesOut)
def handler(_request: Request) -> AdminPackagesOut:
    """Answer those for sale first, in their order."""
    return AdminPackagesOut(
        items=[AdminPackageOut.of(each) for each in catalogue().every_package()]
    )


start(shared_client)

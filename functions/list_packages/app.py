"""GET /api/credits/packages: the packages for sale."""

from prepaid.catalogue.web import PackageOut, PackagesOut
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Request


@endpoint(allow=PUBLIC, answer=PackagesOut)
def handler(_request: Request) -> PackagesOut:
    """Answer the packages for sale in their order."""
    packages = catalogue().packages()
    return PackagesOut(items=[PackageOut.of(package) for package in packages])


start(shared_client)

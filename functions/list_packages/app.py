"""GET /api/credits/packages: the packages for sale."""

from prepaid.catalogue.web import PackageOut, PackagesOut
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Request


@endpoint(allow=PUBLIC, answer=PackagesOut)
def handler(_request: Request) -> PackagesOut:
    """Answer the shelf in its order."""
    packages = wiring.catalogue().packages()
    return PackagesOut(items=[PackageOut.of(package) for package in packages])

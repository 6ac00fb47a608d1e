"""GET /api/credits/packages: the packages for sale."""

from prepaid.api.identity import PUBLIC
from prepaid.api.messages import Request
from prepaid.api.schemas.catalogue import PackageOut, PackagesOut
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(allow=PUBLIC, answer=PackagesOut)
def handler(_request: Request) -> PackagesOut:
    """Answer the shelf in its order."""
    packages = wiring.catalogue().packages()
    return PackagesOut(items=[PackageOut.of(package) for package in packages])

"""Where webhooks may be sent: HTTPS to public addresses, and for tests to one named origin."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from prepaid.domain.errors import InvalidRequest

HTTPS_PORT = 443
FIRST_FREE_PORT = 1_024
MAX_URL = 2_000
POINTER = "/url"
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}", re.ASCII)
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_TUNNELS = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Networks of which an address may stand for another one (Teredo, 6to4), or for none."""


class AddressRefused(Exception):
    """No webhook is sent there; the message names why, in one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to connect: *host* is what the certificate and the Host header must name."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The value of the Host header."""
        usual = self.port == (HTTPS_PORT if self.scheme == "https" else 80)
        return self.host if usual else f"{self.host}:{self.port}"


def target_of(url: str, *, test_origin: str = "") -> Target:
    """Return where *url* leads; raise `AddressRefused` unless it is HTTPS to a name or address.

    *test_origin*, if there is one, may be reached as it is written, by HTTP too.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise AddressRefused("url") from exc
    sound = _VISIBLE.fullmatch(url) is not None and len(url) <= MAX_URL
    if not sound or parts.username is not None or parts.fragment or "\\" in url:
        raise AddressRefused("url")
    if is_test_origin(url, test_origin):
        usual = HTTPS_PORT if parts.scheme == "https" else 80
    elif parts.scheme != "https":
        raise AddressRefused("scheme")
    elif not (port is None or port == HTTPS_PORT or port >= FIRST_FREE_PORT):
        raise AddressRefused("port")
    else:
        usual = HTTPS_PORT
    if _HOST.fullmatch(host) is None:
        raise AddressRefused("host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=usual if port is None else port, path=path)


def refuse_url(url: str, *, test_origin: str = "") -> None:
    """Raise `InvalidRequest` for a URL to which nothing is ever sent; names are not resolved."""
    try:
        target = target_of(url, test_origin=test_origin)
        literal = _literal(target.host)
        if literal is not None and not is_test_origin(url, test_origin):
            refuse_address(literal)
    except AddressRefused as exc:
        raise InvalidRequest(
            "Must be an https URL of a public host, without a user or a fragment; its port 443 or"
            " from 1024 on.",
            pointer=POINTER,
        ) from exc


def is_test_origin(url: str, test_origin: str) -> bool:
    """Say whether *url* is at the one origin that tests may use; without one, none is."""
    if not test_origin:
        return False
    return _origin(url) == _origin(test_origin)


def refuse_address(address: str) -> None:
    """Raise `AddressRefused` unless *address* is a public one of the internet.

    Refused are private, loopback, link-local, multicast, reserved and shared ones, and IPv6 that
    stands for IPv4 (mapped, 6to4, Teredo, NAT64).
    """
    try:
        found = ip_address(address)
    except ValueError as exc:
        raise AddressRefused("address") from exc
    if not _is_public(found):
        raise AddressRefused("address")


def refuse_own_machine(address: str) -> None:
    """Raise `AddressRefused` for an address by which a function reaches what runs it on AWS."""
    found = ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    judged = found if mapped is None else mapped
    if judged.is_loopback or judged.is_link_local or judged.is_unspecified:
        raise AddressRefused("address")


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return True
    return address in _PUBLIC_IPV6 and not any(address in each for each in _TUNNELS)


def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    usual = HTTPS_PORT if parts.scheme == "https" else 80
    return parts.scheme, parts.hostname or "", parts.port or usual


def usable_test_origin(origin: str, *, emulator_url: str) -> str:
    """Return the test origin of a stack, or nothing where it is this machine and AWS is not.

    On AWS, loopback is what runs the function itself; *emulator_url* is where AWS is emulated, if
    it is. A name that leads there is refused by `refuse_own_machine`, once it is resolved.
    """
    if not origin:
        return ""
    host = urlsplit(origin).hostname or ""
    if _is_loopback(host) and not is_emulated(emulator_url):
        return ""
    return origin


def is_emulated(url: str) -> bool:
    """Say whether AWS, reached at *url*, is emulated on this machine; without one it is not."""
    return _is_loopback(urlsplit(url).hostname or "")


def _is_loopback(host: str) -> bool:
    literal = _literal(host)
    if literal is None:
        return host == "localhost" or host.endswith(".localhost")
    return ip_address(literal).is_loopback

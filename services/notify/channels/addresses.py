"""Where a webhook may go: what its address looks like, and which networks it may reach.

Whoever may call `subscribe` names the address, so without these rules notify would carry requests
into the platform's own network for them (OWASP: server-side request forgery).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from .settings import ChannelSettings, Network

if TYPE_CHECKING:
    from urllib3.util import Url

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")  # RFC 1123, and _ as in compose files
LONGEST_NAME = 253  # RFC 1035, as text
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
PROTOCOL_ASSIGNMENTS = IPv4Network("192.0.0.0/24")  # RFC 6890; not every Python knows all of it
LOOK_UP_S = 2.0  # a caller of `subscribe` does not wait longer for DNS; each delivery looks again
DEFAULT_PORTS = {"https": 443, "http": 80}
Address = IPv4Address | IPv6Address


class BadAddress(ValueError):
    """Nothing may be sent there. The sentence does not repeat the address."""


def web_address(address: str) -> Url:
    """The parts of an address, a host of other letters as DNS has it (`xn--…`). Raises `BadAddress`."""
    # only where there is a webhook: 1 MB in each service, which all know notify's contracts
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parts = parse_url(address)
    except LocationParseError:
        raise BadAddress("A webhook's address reads like https://host/path.") from None
    if parts.scheme not in DEFAULT_PORTS or not parts.host or parts.port == 0:
        raise BadAddress("A webhook's address reads like https://host/path.")
    if "\\" in address or not address.isprintable() or " " in address:
        raise BadAddress("A webhook's address has no spaces, backslashes or control characters.")
    if not _is_host(parts.host):
        raise BadAddress("The host of a webhook's address is none that DNS could know.")
    return parts


def reachable(parts: Url, settings: ChannelSettings) -> list[str]:
    """The IP addresses of the host, as text, that a webhook may connect to, in the resolver's order.

    Raises `BadAddress` when it has only others, or would be asked in the clear without leave, and
    `OSError` when its name is not known now.
    """
    if parts.scheme != "https" and not settings.plain_http:
        raise BadAddress("A webhook's address begins with https:// (WEBHOOK_HTTP is not set).")
    port = parts.port or DEFAULT_PORTS[parts.scheme or "https"]
    found = socket.getaddrinfo(bare(parts), port, type=socket.SOCK_STREAM)
    each = dict.fromkeys(str(entry[4][0]) for entry in found)
    allowed = [ip for ip in each if is_allowed(ip_address(ip), settings.networks)]
    if not allowed:
        raise BadAddress("The host is in a network that WEBHOOK_NETWORKS does not list.")
    return allowed


def bare(parts: Url) -> str:
    """The host, an IPv6 address without its brackets."""
    return (parts.host or "").strip("[]")


def is_allowed(ip: Address, networks: Sequence[Network]) -> bool:
    """Whether a webhook may connect to it: a public address, or one in a network that is listed.

    Not public are loopback, link-local, private, unique-local, shared, unspecified, multicast and
    reserved ones, in IPv6 clothes as well.
    """
    inner = _unwrapped(ip)
    if any(inner in network or ip in network for network in networks):
        return True
    special = inner.is_multicast or inner.is_reserved or inner in PROTOCOL_ASSIGNMENTS
    site_local = isinstance(inner, IPv6Address) and inner.is_site_local
    return inner.is_global and not special and not site_local


def _unwrapped(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _is_host(host: str) -> bool:
    """An IP address in its usual form, or a name. `127.1` and `0x7f000001` are neither, though some
    resolvers read them as addresses."""
    name = host.removesuffix(".")
    labels = name.split(".")
    if host.startswith("[") or labels[-1].isdigit() or labels[-1].startswith("0x"):
        return _is_ip(host.strip("[]"))
    return len(name) <= LONGEST_NAME and all(LABEL.fullmatch(label) for label in labels)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

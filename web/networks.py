"""What counts as one visitor's network: the least that a provider gives to one line."""

from functools import lru_cache
from ipaddress import IPv6Network

from starlette.requests import HTTPConnection

from web.proxies import plain

# A line has at least 64 bits of an IPv6 address to itself, and may use another one each time.
_PREFIX = 64


def of(connection: HTTPConnection) -> str:
    """Return the network that a request or a socket comes from; empty where nothing tells."""
    return network(connection.client.host) if connection.client else ""


@lru_cache(maxsize=4096)
def network(host: str) -> str:
    """Return the network of an address: an IPv4 address itself, the /64 of an IPv6 address."""
    address = plain(host).partition("%")[0]
    try:
        return str(IPv6Network((address, _PREFIX), strict=False))
    except ValueError:
        return address

"""Proof that a request comes from our own pages, not from another site in the same browser."""

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from web.problems import OtherSite

logger = logging.getLogger(__name__)
_PORTS = {"http": 80, "https": 443}
# Whoever asks from ever other sites fills no disk.
MOST_TOLD = 100
_told: set[tuple[str, str]] = set()


def require_ours(request: Request) -> None:
    """Refuse what does not prove to come from our own pages.

    Raises:
        OtherSite: it comes from elsewhere, or nothing tells.
    """
    if not is_ours(request.headers):
        raise OtherSite


def is_ours(headers: Headers) -> bool | None:
    """Tell whether a browser sent this from our own pages; None where nothing tells.

    Browsers send `Origin` with every request that changes something, and with every socket.
    """
    origin = headers.get("origin")
    if origin is not None:
        host = headers.get("host", "")
        if is_same(origin, host):
            return True
        _tell(origin, host)
        return False
    site = headers.get("sec-fetch-site")
    return None if site is None else site in ("same-origin", "none")


def is_same(origin: str, host: str) -> bool:
    """Tell whether an origin is at a host, with the scheme's usual port or without."""
    try:
        theirs = urlsplit(origin)
        ours = urlsplit(f"{theirs.scheme}://{host}")
        names = [(each.hostname, each.port or _PORTS.get(each.scheme)) for each in (theirs, ours)]
    except ValueError:
        return False
    # A page of no site, whose origin is "null", is at no host either.
    return theirs.hostname is not None and names[0] == names[1]


def _tell(origin: str, host: str) -> None:
    """Write down, once for each pair, what did not match: it may be a proxy's settings."""
    if (origin, host) in _told or len(_told) >= MOST_TOLD:
        return
    _told.add((origin, host))
    logger.warning(
        "refused what a page of %.200r sends, because it came to %.200r; if both are this app, "
        "set DIALOGUE_PUBLIC_URL, or let the proxy pass the Host on",
        *(origin, host),
    )

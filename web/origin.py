"""Proof that a request comes from our own pages, not from another site in the same browser."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request

from web.problems import OtherSite


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
        return urlsplit(origin).netloc == headers.get("host")
    site = headers.get("sec-fetch-site")
    return None if site is None else site in ("same-origin", "none")

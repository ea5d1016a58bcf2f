"""Uploads: to a page that asks for a file, from the browser in which it is open, within a budget.

The framework itself takes a file from whoever has opened its socket, and keeps it in memory.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from dialogue.refusals import NotPermitted
from web import addresses, cookies, framework
from web.problems import TooLarge, TooMany

# A Word template has at most five, and some wrapping.
MOST_BYTES = 6_000_000
# The framework keeps those of before until the page is left.
MOST_BYTES_OF_A_PAGE = 24_000_000
MOST_BYTES_OF_ALL = 240_000_000
MOST_PAGES = 2_000
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")

# Open pages that ask for a file, by the framework's id, with the session of who is signed in there.
_asking: dict[str, str] = {}
_coming: Counter[str] = Counter()


def expect(signed_in: str) -> None:
    """Let the browser of this page upload: a page says so that asks for a file.

    `signed_in` is the value of its session's cookie. It ends when the page is drawn anew.
    """
    if page := framework.page_id():
        _asking.pop(page, None)
        _asking[page] = signed_in
        if len(_asking) > MOST_PAGES:
            _asking.pop(next(iter(_asking)), None)


def expect_none() -> None:
    """Take no more files from this page, until it asks for one."""
    if page := framework.page_id():
        _asking.pop(page, None)


def is_upload(request: Request) -> bool:
    """Tell whether a request brings a file."""
    path = addresses.inner(request.scope)
    return request.method == "PUT" and _PATH.fullmatch(path) is not None


@contextmanager
def room(request: Request) -> Iterator[int]:
    """Keep room for a file while it comes, and give out how many bytes it may have.

    Raises:
        NotPermitted: the page does not ask for one, or this is not the browser where it is open.
        TooLarge: it does not say how large it is, is too large, or the page has sent too many.
        TooMany: the process has no room for it now.
    """
    found = _PATH.fullmatch(addresses.inner(request.scope))
    page = found[1] if found else ""
    signed_in = request.cookies.get(cookies.SESSION)
    if not signed_in or _asking.get(page) != signed_in:
        raise NotPermitted
    declared = request.headers.get("content-length", "")
    size = int(declared) if declared.isdecimal() else MOST_BYTES + 1
    if (
        size > MOST_BYTES
        or framework.uploaded_bytes(page) + _coming[page] + size > MOST_BYTES_OF_A_PAGE
    ):
        raise TooLarge
    if framework.uploaded_bytes() + _coming.total() + size > MOST_BYTES_OF_ALL:
        raise TooMany(seconds=60)
    _coming[page] += size
    try:
        yield size
    finally:
        _coming[page] -= size
        if not _coming[page]:
            del _coming[page]

"""What is at no address: a mistyped one leads on, any other is said to be none."""

from collections.abc import Collection, Iterator
from functools import cache

from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from dialogue.roles import Place
from web import addresses, framework
from web.problems import UnknownAddress, WrongMethod

# It tells strangers how many sessions there are, and what they weigh.
HIDDEN = "/_stcore/metrics"
PAGES = frozenset({"", *Place})
# The framework's own route for every path that no other has: it shows an empty page.
OTHERWISE = "static-assets"


class Nowhere(BaseRoute):
    """The last route of ours: it has what neither we nor the framework have."""

    def __init__(self, doors: Collection[str]) -> None:
        """Know the first parts of the paths that are ours."""
        self._doors = doors

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what no route before it and none of the framework's after it is for."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path = addresses.inner(scope)
        is_ours = addresses.door(scope) != ""
        is_nowhere = is_ours or path == HIDDEN or not _has(path, self._others(scope), scope)
        return (Match.FULL if is_nowhere else Match.NONE), {"endpoint": self}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead on to what was meant, or say that there is nothing.

        Raises:
            UnknownAddress, WrongMethod: nothing like it is here.
        """
        request = Request(scope)
        path = addresses.inner(scope)
        meant = self._meant(path)
        if request.method in ("GET", "HEAD") and meant != path:
            await addresses.lead(request, addresses.under(meant))(scope, receive, send)
            return
        is_ours = addresses.door(scope) != ""
        others = self._others(scope)
        if is_ours and any(each.matches(scope)[0] is Match.PARTIAL for each in others):
            raise WrongMethod
        raise UnknownAddress

    def _meant(self, path: str) -> str:
        """Return a path without a slash at its end and with its place in small letters."""
        place, slash, rest = path.strip("/").partition("/")
        small = place.lower()
        return f"/{small}{slash}{rest}" if small in self._doors or small in PAGES else path

    def _others(self, scope: Scope) -> Iterator[BaseRoute]:
        routes: list[BaseRoute] = scope["app"].routes
        return (each for each in routes if each is not self)


def _has(path: str, routes: Iterator[BaseRoute], scope: Scope) -> bool:
    """Tell whether the framework has something at a path: a page, a file, or a route for it."""
    if path.removeprefix("/") in PAGES | _files():
        return True
    return any(
        getattr(each, "name", "") != OTHERWISE and each.matches(scope)[0] is not Match.NONE
        for each in routes
    )


@cache
def _files() -> frozenset[str]:
    folder = framework.STATIC
    return frozenset(each.relative_to(folder).as_posix() for each in folder.rglob("*"))

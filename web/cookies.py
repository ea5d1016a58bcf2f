"""Our cookies: what they are called, and where a browser sends them."""

from starlette.requests import Request
from starlette.responses import Response

from web import addresses

SESSION = "dialogue_session"
SCREEN = "dialogue_screen"
BROWSER = "dialogue_browser"


def keep(response: Response, request: Request, name: str, value: str, *, seconds: int) -> None:
    """Leave something in the browser that no script reads, for this app and none beside it."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=_path(),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def forget(response: Response, name: str) -> None:
    """Take it back."""
    response.delete_cookie(name, path=_path())


def _path() -> str:
    return addresses.base() or "/"

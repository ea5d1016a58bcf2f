"""What the framework's page is told about where it runs, as the framework itself would say it."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/_stcore/host-config"
SETTINGS = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    # It would cover the page, in English and with a command for programmers, as soon as the server
    # is away, and keep every button of the page from being pressed.
    # `components.shell.connection` says it in the page's language.
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}


class HostSettings:
    """Answers what the framework keeps for itself, and has no option for."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the page's question about where it runs, and let everything else pass."""
        if scope["type"] != "http" or not scope["path"].endswith(PATH):
            await self._app(scope, receive, send)
            return
        response = JSONResponse(SETTINGS, headers={"Cache-Control": "no-cache"})
        await response(scope, receive, send)

"""Files that a browser may keep: an address with a file's digest never means anything else."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from web import addresses

FOLDER = Path(__file__).parent.parent / "audience" / "static"
FOR_GOOD = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """Return an asset's address, a new one for each content, so that no phone keeps an old one."""
    return addresses.under(f"/assets/{name}?v={_digest(name)}")


class Assets(StaticFiles):
    """The files; a browser asks again for one whose address does not carry its digest."""

    def __init__(self) -> None:
        """Serve our own."""
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, and say how long it may be kept."""
        response = await super().get_response(path, scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        # Asked for by its digest, but another by now: a page from before the last update.
        is_lasting = asked == [_digest(path)] if asked else False
        response.headers["Cache-Control"] = FOR_GOOD if is_lasting else "no-cache"
        return response


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]

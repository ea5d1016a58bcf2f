"""Files that a browser may keep: an address with a file's digest never means anything else."""

import hashlib
import os
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from web import addresses, scripts

FOLDER = Path(__file__).parent.parent / "audience" / "static"
FOR_GOOD = "public, max-age=31536000, immutable"


def address(name: str) -> str:
    """Return an asset's address, a new one for each content, so that no phone keeps an old one."""
    return addresses.under(f"/assets/{name}?v={_digest(FOLDER / name)}")


class Assets(StaticFiles):
    """The files; a browser asks again for one whose address does not carry its digest.

    A script comes with all that it imports, so a phone waits for one answer.
    """

    def __init__(self) -> None:
        """Serve our own."""
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, and say how long it may be kept."""
        response = await super().get_response(path, scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        # Asked for by its digest, but another by now: a page from before the last update.
        is_lasting = asked == [_digest(FOLDER / path)] if asked else False
        response.headers["Cache-Control"] = FOR_GOOD if is_lasting else "no-cache"
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer with a file as it is, or with a script's bundle."""
        path = Path(full_path)
        if path.suffix != ".js":
            return super().file_response(full_path, stat_result, scope, status_code)
        headers = {"ETag": f'"{_digest(path)}"'}
        response = Response(_script(path), media_type="text/javascript", headers=headers)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response


@cache
def _digest(path: Path) -> str:
    content = _script(path) if path.suffix == ".js" else path.read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def _script(path: Path) -> bytes:
    return scripts.bundle(path).encode()

"""`/live/{slug}`: a WebSocket that carries an event's newest revision and nothing else."""

from contextlib import suppress
from urllib.parse import urlsplit

import anyio
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from access import links
from data_access import engine, revisions
from dialogue.refusals import UnknownEvent
from live.hub import Follower, hub

SHORTEST_PAUSE_SECONDS = 0.2
NOT_ALLOWED = 4403
UNKNOWN = 4404


async def live(socket: WebSocket) -> None:
    """Send the newest revision at once, and again after each change, at most 5 times a second."""
    slug = socket.path_params["slug"]
    await socket.accept()
    if not _is_ours(socket) or not links.roles(socket.cookies.get(links.COOKIE)):
        await socket.close(NOT_ALLOWED)
        return
    # Join before reading, so that no change falls between the two.
    follower = hub.join(slug)
    try:
        follower.hear(await anyio.to_thread.run_sync(_revision, slug))
        await _serve(socket, follower)
    except UnknownEvent:
        await socket.close(UNKNOWN)
    finally:
        hub.leave(slug, follower)


async def _serve(socket: WebSocket, follower: Follower) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(_send, socket, follower)
        # Nothing is expected from the page; the wait ends when it goes away.
        async for _ in socket.iter_text():
            pass
        group.cancel_scope.cancel()


async def _send(socket: WebSocket, follower: Follower) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(str(await follower.newest()))
            await anyio.sleep(SHORTEST_PAUSE_SECONDS)


def _is_ours(socket: WebSocket) -> bool:
    # Browsers send cookies along with a socket that any other site opens; only the Origin tells.
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


def _revision(slug: str) -> int:
    with engine.current().reading() as session:
        return revisions.current(session, slug)


routes = [WebSocketRoute("/live/{slug}", live)]

"""`/live/{slug}`: a WebSocket that carries an event's newest revision and nothing else."""

from contextlib import suppress

import anyio
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from access import visitors
from data_access import engine, revisions
from dialogue.accounts import Visitor
from dialogue.refusals import NotNow, UnknownEvent
from live import pacing
from live.hub import Follower, hub
from web import origin, threads

# Whoever did something sees it first, and does not draw it twice.
OWN_FIRST_SECONDS = 0.03
# A session that ends because its time is over is not announced by anybody.
ASKED_AGAIN_SECONDS = 60.0
NOT_ALLOWED = 4403
UNKNOWN = 4404
TRY_AGAIN_LATER = 1013


async def live(socket: WebSocket) -> None:
    """Send the newest revision at once, and again after each change.

    A change is told within 50 ms; in a busy event, `live.pacing`, what phones send is told
    together, at most 5 times in two seconds, and what people at desks do up to 20 times a second.
    """
    slug = socket.path_params["slug"]
    await socket.accept()
    try:
        visitor = await _visitor(socket)
    except (engine.Failure, NotNow):
        await socket.close(TRY_AGAIN_LATER)
        return
    # Browsers send cookies along with a socket that any other site opens.
    if origin.is_ours(socket.headers) is False or not visitor.roles(slug):
        await socket.close(NOT_ALLOWED)
        return
    # Join before reading, so that no change falls between the two.
    follower, commands = hub.join(slug), hub.join(revisions.commands_of(slug))
    admission = hub.join(revisions.ACCESS)
    try:
        follower.hear(await threads.for_reading(_revision, slug))
        async with anyio.create_task_group() as group:
            # Nobody acts at a screen, and none may lag behind what a person at a desk has done.
            own_first = 0.0 if visitor.account_id is None else OWN_FIRST_SECONDS
            group.start_soon(_send, socket, slug, follower, commands, own_first)
            group.start_soon(_close_when_revoked, socket, slug, admission)
            # Nothing is expected from the page; the wait ends when it goes away.
            async for _ in socket.iter_text():
                pass
            group.cancel_scope.cancel()
    except UnknownEvent:
        await socket.close(UNKNOWN)
    except (engine.Failure, NotNow):
        await socket.close(TRY_AGAIN_LATER)
    finally:
        hub.leave(slug, follower)
        hub.leave(revisions.commands_of(slug), commands)
        hub.leave(revisions.ACCESS, admission)


async def _send(
    socket: WebSocket, slug: str, follower: Follower, commands: Follower, own_first: float
) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            sent = await follower.newest()
            if sent == commands.heard:
                await anyio.sleep(own_first)
            await socket.send_text(str(sent))
            await anyio.sleep(pacing.SHORTEST_SECONDS)
            with anyio.move_on_after(hub.pause(slug) - pacing.SHORTEST_SECONDS):
                while await commands.newest() <= sent:
                    pass


async def _close_when_revoked(socket: WebSocket, slug: str, admission: Follower) -> None:
    while await _is_allowed(socket, slug):
        with anyio.move_on_after(ASKED_AGAIN_SECONDS):
            await admission.newest()
    with suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(NOT_ALLOWED)


async def _is_allowed(socket: WebSocket, slug: str) -> bool:
    try:
        return bool((await _visitor(socket)).roles(slug))
    except (engine.Failure, NotNow):
        # It carries numbers alone, and is asked again soon.
        return True


async def _visitor(socket: WebSocket) -> Visitor:
    return await threads.for_reading(visitors.current, socket.cookies)


def _revision(slug: str) -> int:
    with engine.current().reading() as session:
        return revisions.current(session, slug)


routes = [WebSocketRoute("/live/{slug}", live)]

"""The app: settings, database and live hub, then the three doors on one server."""

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route, WebSocketRoute

import components.chair.routes
import components.desk.routes
import components.hall.routes
import components.shell.routes
import live.routes
import reports.routes
import settings
import welcome
from access import account, identity, screens, signin
from audience import erasing, health, openapi, replies
from audience.api import Api
from audience.catalogue import Catalogue
from audience.intake import SubmissionWriter
from audience.pages import AskPages
from components.desk import lists
from components.shell.session_language import _
from data_access import engine, patience, schema
from data_access.engine import Database
from data_access.events import events
from data_access.revisions import Listener
from dialogue import event_files
from dialogue.events import first_needed
from live.hub import hub
from web import addresses, assets, failures, html, plotly
from web.addresses import Addresses
from web.assets import Assets
from web.connections import guard_every_server
from web.crowd import FILES_OF_OTHERS, crowd, open_more_files
from web.host_settings import HostSettings
from web.logs import batch_lines_of_strangers
from web.nowhere import Nowhere
from web.protection import Protection
from web.proxies import Proxies
from web.readiness import readiness

FOLDER = Path(__file__).parent
SAMPLE = FOLDER / "events" / "dong-nai-2022.toml"

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
# A collection goes through everything that is kept, which is a lot here, to find next to nothing:
# as often as is usual, that took a third of the time of a burst of submissions.
gc.set_threshold(10_000, 20, 20)
intake = SubmissionWriter()
catalogue = Catalogue()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Migrate, follow every change, take questions, and print the links to open."""
    crowd.most = min(crowd.most, open_more_files() - FILES_OF_OTHERS)
    html.read_all()
    database = await anyio.to_thread.run_sync(_open_database)
    hub.run_on(asyncio.get_running_loop())
    database.follow(hub.announce)
    listener = Listener(database, url=settings.current().listen_url)
    await anyio.to_thread.run_sync(listener.start)
    async with (
        _warming(),
        health.watch.running(listener),
        intake.running(),
        erasing.running(settings.current().keep_contacts_days),
    ):
        welcome.print_links(sys.stdout)
        yield {}
    await anyio.to_thread.run_sync(listener.stop)
    hub.run_on(None)
    database.close()


def _open_database() -> Database:
    database = engine.start(settings.current().database_url)
    schema.migrate(database, at=datetime.now(UTC))
    with database.transaction() as session:
        if settings.current().sample == "on" and not events.list_slugs(session):
            events.add(session, event_files.read(SAMPLE.read_text(encoding="utf-8")))
    return database


@asynccontextmanager
async def _warming() -> AsyncIterator[None]:
    """Read what the first pages need, before which the process is not ready."""
    readiness.begin("snapshots", "the snapshots are not read yet")
    reading = asyncio.create_task(_warm())
    yield
    reading.cancel()


async def _warm() -> None:
    while True:
        with suppress(engine.Failure):
            await asyncio.to_thread(_read_snapshots)
            readiness.fault("snapshots", None)
            return
        await asyncio.sleep(1)


def _read_snapshots() -> None:
    now = datetime.now(UTC)
    with patience.within(patience.LONG_SECONDS):
        with engine.current().reading() as session:
            needed = first_needed(events.list_nearest(session, at=now), now)
        for each in needed:
            lists.warm(each.slug)


async def _icon(_request: Request) -> FileResponse:
    return FileResponse(assets.FOLDER / "icon.png")


def _say_that_it_broke(_error: Exception) -> bool:
    """Show a person words instead of a programme's error, which the log has."""
    st.error(_("Something went wrong here. It has been recorded; please reload the page."))
    return True


try:
    settings.current()
except settings.SettingWrong as error:
    sys.exit(str(error))
addresses.tell_the_framework()
guard_every_server()
batch_lines_of_strangers()

routes: list[Mount | Route | WebSocketRoute] = [
    Mount("/api", routes=[*Api(intake, catalogue).routes, *openapi.routes]),
    *AskPages(intake, catalogue).routes,
    *replies.routes,
    *signin.routes,
    *screens.routes,
    *identity.routes,
    *account.routes,
    *live.routes.routes,
    *components.shell.routes.routes,
    *components.desk.routes.routes,
    *components.chair.routes.routes,
    *components.hall.routes.routes,
    *reports.routes.routes,
    *health.routes,
    # The framework's page asks for this one; giving an icon to each rerun would cost a tenth.
    Route("/favicon.png", _icon),
    *plotly.routes,
    Mount("/assets", Assets()),
]
doors = frozenset(addresses.first_part(each.path) for each in routes)
app = st.App(
    FOLDER / "pages" / "navigation.py",
    routes=[*routes, Nowhere(doors)],
    middleware=[
        Middleware(Proxies),
        Middleware(Addresses, doors=doors),
        Middleware(Protection),
        Middleware(HostSettings),
    ],
    exception_handlers=failures.HANDLERS,
    on_script_error=_say_that_it_broke,
    lifespan=lifespan,
)

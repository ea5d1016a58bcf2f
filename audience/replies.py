"""Everybody reads the published replies, on a page that can be printed."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from audience import leading
from audience.api import slug_of
from data_access import engine
from data_access.followup import replies
from data_access.questions.cached.snapshots import Snapshot
from dialogue.replies import Published
from live import snapshots
from locales import Language
from web import html, threads
from web.html import language_of


class Shown(NamedTuple):
    """A published reply in words: whose question, whose answer, in which document."""

    number: int
    question: str
    asked_by: str
    department: str
    document: str
    text: str
    published_at: str


async def show(request: Request) -> Response:
    """Show the published replies by number."""
    if elsewhere := leading.to_small_letters(request):
        return elsewhere
    snapshot, published = await threads.for_reading(_read, slug_of(request))
    return html.page(
        request,
        "replies.html",
        event=snapshot.event,
        replies=[shown(each, snapshot, language_of(request)) for each in published],
    )


def shown(published: Published, snapshot: Snapshot, language: Language) -> Shown:
    """Put a published reply into words."""
    written = published.written
    department = snapshot.departments[published.department]
    document = ""
    if written.document_number and written.document_date:
        document = language.gettext("Document {number} of {date}").format(
            number=written.document_number, date=language.date(written.document_date)
        )
    units = (published.organisation, snapshot.districts[published.district].name)
    return Shown(
        number=published.number,
        question=published.question,
        asked_by=", ".join(filter(None, units)),
        department=language.pick(department.name, department.name_en),
        document=document,
        text=written.text,
        published_at=published.published_at.isoformat(),
    )


def _read(slug: str) -> tuple[Snapshot, list[Published]]:
    with engine.current().reading() as session:
        published = replies.list_published(session, slug)
    # Read afterwards, so that the snapshot knows whatever the replies speak of.
    return snapshots.current(slug), published


routes = [Route("/replies", leading.to_event), Route("/replies/{slug}", show)]

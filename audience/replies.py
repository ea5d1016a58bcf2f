"""Everybody reads the published replies, on a page that can be printed."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from audience import leading
from audience.api import slug_of
from data_access import boards, engine, replies
from data_access.boards import Board
from dialogue.replies import Published
from locales import Language
from web import html, threads
from web.html import spoken


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
    board, published = await threads.read(_read, slug_of(request))
    return html.page(
        request,
        "replies.html",
        event=board.event,
        replies=[shown(each, board, spoken(request)) for each in published],
    )


def shown(published: Published, board: Board, language: Language) -> Shown:
    """Put a published reply into words."""
    written = published.written
    department = board.departments[published.department]
    document = ""
    if written.document_number and written.document_date:
        document = language.gettext("Document {number} of {date}").format(
            number=written.document_number, date=language.date(written.document_date)
        )
    units = (published.organisation, board.districts[published.district].name)
    return Shown(
        number=published.number,
        question=published.question,
        asked_by=", ".join(filter(None, units)),
        department=language.pick(department.name, department.name_en),
        document=document,
        text=written.text,
        published_at=published.published_at.isoformat(),
    )


def _read(slug: str) -> tuple[Board, list[Published]]:
    with engine.current().reading() as session:
        published = replies.list_published(session, slug)
    # Read afterwards, so that the board knows whatever the replies speak of.
    return boards.current(slug), published


routes = [Route("/replies", leading.to_event), Route("/replies/{slug}", show)]

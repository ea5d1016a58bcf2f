"""What the screens of the hall show: an event's board as the picture of a scene, in a language."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import TypedDict

import segno

import welcome
from components import practice, progress
from components.question_rows import asked
from components.shared import shared
from components.stage import (
    Asked,
    Black,
    Frame,
    Listing,
    Participation,
    Picture,
    PublicBoard,
    Shown,
)
from data_access import boards, engine, public_questions, tallies
from data_access.boards import Board
from dialogue.events import Intake
from dialogue.hall import Hall, Scene
from dialogue.questions import Question
from dialogue.roles import Place
from locales import Language

# Beside the question on stage, and where the next ones have the screen to themselves.
FOLLOWING = 2
MOST_NEXT = 5
# In each list of the public board; a screen that has no room for all leaves out the last.
MOST_LISTED = 8
KEPT_ADDRESSES = 32
# As long as one is kept so is its board, and all screens look at the newest.
KEPT_BOARDS = 4


class _WayToAsk(TypedDict):
    invitation: str
    address: str
    qr_code: str


def shown(place: Place, slug: str, spoken: Language, *, at: datetime, overlay: bool) -> Shown:
    """Return what an event's screens show at a time in a place: the projector, or the display.

    `overlay` leaves nothing but the question on stage.

    Raises:
        UnknownEvent: no event has this slug.
    """
    board = boards.on_screens(slug)
    drawn: Picture
    if place is Place.DISPLAY:
        drawn = public_board(board, spoken, at=at)
    else:
        drawn = picture(board, spoken, board.hall, on_stage=board.on_stage, at=at, overlay=overlay)
    return Shown(picture=drawn, slug=board.event.slug, revision=board.revision)


def are_on_screens(board: Board) -> bool:
    """Tell whether a board is what the screens show: of an event and its rehearsal one is."""
    event = board.event
    return boards.on_screens(event.practice_of or event.slug).event.slug == event.slug


def picture(
    board: Board,
    spoken: Language,
    hall: Hall,
    *,
    on_stage: Question | None,
    at: datetime,
    overlay: bool = False,
) -> Picture:
    """Return what a screen shows at a time, in a hall that stands so, with this question on stage.

    Both are the board's own on the screens, and what is made ready where somebody looks ahead.
    """
    frame = _frame(board, spoken, at=at, overlay=overlay)
    if hall.dark:
        return Black(**frame, scene="black")
    match hall.scene:
        case Scene.WELCOME:
            return {**frame, "scene": "welcome", **_way_to_ask(board, spoken, at=at)}
        case Scene.QUESTION:
            clock = progress.question_clock(board) if hall.shows_timer else None
            return {
                **frame,
                "scene": "question",
                "timer": clock if on_stage is board.on_stage else None,
                "on_stage": asked(board, on_stage, spoken) if on_stage else None,
                "waiting": spoken.gettext("The next question is about to begin"),
                "next_heading": spoken.gettext("Next"),
                "following": _coming(board, spoken, on_stage, most=FOLLOWING),
                **_way_to_ask(board, spoken, at=at),
            }
        case Scene.NEXT:
            coming = Listing(
                title=spoken.gettext("The next questions"),
                questions=_coming(board, spoken, on_stage, most=MOST_NEXT),
                empty=spoken.gettext("No question waits for its turn yet"),
            )
            return {**frame, "scene": "next", "coming": coming}
        case Scene.PARTICIPATION:
            return _participation(board, spoken, frame)
        case Scene.MESSAGE:
            return {**frame, "scene": "message", "text": hall.message or ""}
        case Scene.THANKS:
            return {
                **frame,
                "scene": "thanks",
                "title": spoken.gettext("Thank you for taking part"),
                "text": spoken.gettext("The written replies are published at"),
                "address": _typed(welcome.replies_url(board.event.slug)),
                "qr_code": _qr_code(welcome.replies_url(board.event.slug)),
            }


def public_board(board: Board, spoken: Language, *, at: datetime) -> PublicBoard:
    """Return the newest public questions and those with the most votes, at a time."""
    newest, most_voted = _public(board)
    return {
        **_frame(board, spoken, at=at, overlay=False),
        "scene": "board",
        "newest": Listing(
            title=spoken.gettext("Newest questions"),
            questions=[_briefly(board, each, spoken) for each in newest],
            empty=spoken.gettext("No questions yet."),
        ),
        "most_voted": Listing(
            title=spoken.gettext("Most supported"),
            questions=[_briefly(board, each, spoken) for each in most_voted],
            empty=spoken.gettext("Nobody has supported a question yet."),
        ),
    }


def _briefly(board: Board, question: Question, spoken: Language) -> Asked:
    """Return a question for a narrow column: with its district and its votes, if it has any."""
    marks = [board.districts[question.district].short_name]
    if question.votes:
        votes = spoken.ngettext("{count} supporter", "{count} supporters", question.votes)
        marks.append(votes.format(count=spoken.number(question.votes)))
    return {**asked(board, question, spoken), "marks": marks}


@shared(KEPT_BOARDS)
def _public(board: Board) -> tuple[list[Question], list[Question]]:
    slug = board.event.slug
    with engine.current().reading() as session:
        newest = public_questions.newest(session, slug, most=MOST_LISTED)
        most_voted = public_questions.most_voted(session, slug, most=MOST_LISTED)
    return _known(board, newest), _known(board, most_voted)


def _known(board: Board, numbers: Iterable[int]) -> list[Question]:
    """Return questions as the board has them; the database may be a moment ahead of it."""
    known = (board.questions.get(each) for each in numbers)
    return [each for each in known if each is not None and each.is_public]


def _frame(board: Board, spoken: Language, *, at: datetime, overlay: bool) -> Frame:
    event = board.event
    return Frame(
        heading=spoken.pick(event.title, event.title_en),
        theme=spoken.pick(event.theme, event.theme_en),
        language=spoken.code,
        now=at.timestamp(),
        timer=None,
        practice=practice.mark(spoken) if event.practice_of else None,
        overlay=overlay,
    )


def _way_to_ask(board: Board, spoken: Language, *, at: datetime) -> _WayToAsk:
    invitation = spoken.gettext("Follow the questions on your phone")
    if board.event.intake_at(at) is Intake.OPEN:
        invitation = spoken.gettext("Ask from your phone")
    address = welcome.ask_url(board.event.slug)
    return _WayToAsk(invitation=invitation, address=_typed(address), qr_code=_qr_code(address))


def _typed(address: str) -> str:
    """Return an address as people type it."""
    return address.split("://", 1)[1]


@lru_cache(KEPT_ADDRESSES)
def _qr_code(address: str) -> str:
    return segno.make(address, error="m").svg_data_uri(border=2)


def _coming(board: Board, spoken: Language, on_stage: Question | None, *, most: int) -> list[Asked]:
    coming = (each for each in board.coming if each is not on_stage)
    return [asked(board, each, spoken) for each in islice(coming, most)]


def _participation(board: Board, spoken: Language, frame: Frame) -> Participation:
    by_district, by_topic = Counter[str](), Counter[str | None]()
    for cell, count in tallies.counts(board).items():
        by_district[cell.district] += count
        by_topic[cell.topic] += count
    return {
        **frame,
        "scene": "participation",
        "title": spoken.gettext("What young people ask"),
        "total": _total(by_district, spoken),
        "districts": [
            {
                "name": each.short_name,
                "count": by_district[each.code],
                "column": each.tile_column,
                "row": each.tile_row,
            }
            for each in board.event.districts
        ],
        # What nobody asks about, or what has no topic yet, is nothing to the hall.
        "topics": [
            {"name": spoken.pick(each.name, each.name_en), "count": by_topic[each.code]}
            for each in board.event.topics
            if by_topic[each.code]
        ],
    }


def _total(by_district: Counter[str], spoken: Language) -> str:
    count, districts = by_district.total(), len(+by_district)
    if not count:
        return spoken.gettext("No questions yet.")
    questions = spoken.ngettext("{number} question", "{number} questions", count)
    places = spoken.ngettext("from {count} district", "from {count} districts", districts)
    return " ".join(
        (
            questions.format(number=spoken.number(count)),
            places.format(count=spoken.number(districts)),
        )
    )

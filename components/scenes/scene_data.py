"""What the screens of the hall show: a snapshot as the words of a scene."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import TypedDict

import segno

import welcome
import words.events
from components.live.cache import shared_cache
from components.questions import marks
from components.scenes import progress
from components.scenes.stage import (
    Black,
    Frame,
    HallBoard,
    Listing,
    Participation,
    SceneData,
    SceneQuestion,
    ScreenContent,
)
from components.shell import practice
from data_access.participation import tallies
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.reading import public_questions
from dialogue.events import Intake
from dialogue.hall import Hall, Scene
from dialogue.questions import Question
from dialogue.roles import Place
from live import snapshots
from locales import Language

# Beside the question on stage, and where the next ones have the screen to themselves.
FOLLOWING = 2
MOST_NEXT = 5
# In each list of the public board; a screen that has no room for all leaves out the last.
MOST_LISTED = 8
KEPT_ADDRESSES = 32
# As long as one is kept so is its snapshot, and all screens look at the newest.
KEPT_BOARDS = 4


class _WayToAsk(TypedDict):
    invitation: str
    address: str
    qr_code: str


def shown(
    place: Place, slug: str, language: Language, *, at: datetime, overlay: bool
) -> ScreenContent:
    """Return what an event's screens show at a time in a place: the projector, or the display.

    `overlay` leaves nothing but the question on stage.

    Raises:
        UnknownEvent: no event has this slug.
    """
    snapshot = snapshots.on_screens(slug)
    drawn: SceneData
    if place is Place.DISPLAY:
        drawn = public_board(snapshot, language, at=at)
    else:
        drawn = of_hall(
            snapshot, language, snapshot.hall, on_stage=snapshot.on_stage, at=at, overlay=overlay
        )
    return ScreenContent(scene_data=drawn, slug=snapshot.event.slug, revision=snapshot.revision)


def are_on_screens(snapshot: Snapshot) -> bool:
    """Tell whether a snapshot is what the screens show: of an event and its rehearsal one is."""
    event = snapshot.event
    return snapshots.on_screens(event.practice_of or event.slug).event.slug == event.slug


def of_hall(
    snapshot: Snapshot,
    language: Language,
    hall: Hall,
    *,
    on_stage: Question | None,
    at: datetime,
    overlay: bool = False,
) -> SceneData:
    """Return what a screen shows at a time, in a hall that stands so, with this question on stage.

    Both are the snapshot's own on the screens, and what is made ready where somebody looks ahead.
    """
    frame = _frame(snapshot, language, at=at, overlay=overlay)
    if hall.dark:
        return Black(**frame, scene="black")
    match hall.scene:
        case Scene.WELCOME:
            return {**frame, "scene": "welcome", **_way_to_ask(snapshot, language, at=at)}
        case Scene.QUESTION:
            clock = progress.question_clock(snapshot) if hall.shows_timer else None
            return {
                **frame,
                "scene": "question",
                "timer": clock if on_stage is snapshot.on_stage else None,
                "on_stage": asked(snapshot, on_stage, language) if on_stage else None,
                "waiting": language.gettext("The next question is about to begin"),
                "next_heading": language.gettext("Next"),
                "following": _coming(snapshot, language, on_stage, most=FOLLOWING),
                **_way_to_ask(snapshot, language, at=at),
            }
        case Scene.NEXT:
            coming = Listing(
                title=language.gettext("The next questions"),
                questions=_coming(snapshot, language, on_stage, most=MOST_NEXT),
                empty=language.gettext("No question waits for its turn yet"),
            )
            return {**frame, "scene": "next", "coming": coming}
        case Scene.PARTICIPATION:
            return _participation(snapshot, language, frame)
        case Scene.MESSAGE:
            return {**frame, "scene": "message", "text": hall.message or ""}
        case Scene.THANKS:
            return {
                **frame,
                "scene": "thanks",
                "title": language.gettext("Thank you for taking part"),
                "text": language.gettext("The written replies are published at"),
                "address": _typed(welcome.replies_url(snapshot.event.slug)),
                "qr_code": _qr_code(welcome.replies_url(snapshot.event.slug)),
            }


def public_board(snapshot: Snapshot, language: Language, *, at: datetime) -> HallBoard:
    """Return the newest public questions and those with the most votes, at a time."""
    newest, most_voted = _public(snapshot)
    return {
        **_frame(snapshot, language, at=at, overlay=False),
        "scene": "board",
        "newest": Listing(
            title=language.gettext("Newest questions"),
            questions=[_briefly(snapshot, each, language) for each in newest],
            empty=language.gettext("No questions yet."),
        ),
        "most_voted": Listing(
            title=language.gettext("Most supported"),
            questions=[_briefly(snapshot, each, language) for each in most_voted],
            empty=language.gettext("Nobody has supported a question yet."),
        ),
    }


def _briefly(snapshot: Snapshot, question: Question, language: Language) -> SceneQuestion:
    """Return a question for a narrow column: with its district and its votes, if it has any."""
    marks = [snapshot.districts[question.district].short_name]
    if question.votes:
        votes = language.ngettext("{count} supporter", "{count} supporters", question.votes)
        marks.append(votes.format(count=language.number(question.votes)))
    return {**asked(snapshot, question, language), "marks": marks}


@shared_cache(KEPT_BOARDS)
def _public(snapshot: Snapshot) -> tuple[list[Question], list[Question]]:
    slug = snapshot.event.slug
    with snapshot.database.reading() as session:
        newest = public_questions.newest(session, slug, most=MOST_LISTED)
        most_voted = public_questions.most_voted(session, slug, most=MOST_LISTED)
    return _known(snapshot, newest), _known(snapshot, most_voted)


def _known(snapshot: Snapshot, numbers: Iterable[int]) -> list[Question]:
    """Return questions as the snapshot has them; the database may be a moment ahead of it."""
    known = (snapshot.questions.get(each) for each in numbers)
    return [each for each in known if each is not None and each.is_public]


def _frame(snapshot: Snapshot, language: Language, *, at: datetime, overlay: bool) -> Frame:
    event = snapshot.event
    return Frame(
        heading=language.pick(event.title, event.title_en),
        theme=language.pick(event.theme, event.theme_en),
        language=language.code,
        now=at.timestamp(),
        timer=None,
        practice=practice.mark(language) if event.practice_of else None,
        overlay=overlay,
    )


def _way_to_ask(snapshot: Snapshot, language: Language, *, at: datetime) -> _WayToAsk:
    invitation = language.gettext("Follow the questions on your phone")
    if snapshot.event.intake_at(at) is Intake.OPEN:
        invitation = language.gettext("Ask from your phone")
    address = welcome.ask_url(snapshot.event.slug)
    return _WayToAsk(invitation=invitation, address=_typed(address), qr_code=_qr_code(address))


def _typed(address: str) -> str:
    """Return an address as people type it."""
    return address.split("://", 1)[1]


@lru_cache(KEPT_ADDRESSES)
def _qr_code(address: str) -> str:
    return segno.make(address, error="m").svg_data_uri(border=2)


def _coming(
    snapshot: Snapshot, language: Language, on_stage: Question | None, *, most: int
) -> list[SceneQuestion]:
    coming = (each for each in snapshot.coming if each is not on_stage)
    return [asked(snapshot, each, language) for each in islice(coming, most)]


def _participation(snapshot: Snapshot, language: Language, frame: Frame) -> Participation:
    by_district, by_topic = Counter[str](), Counter[str | None]()
    for cell, count in tallies.counts(snapshot).items():
        by_district[cell.district] += count
        by_topic[cell.topic] += count
    return {
        **frame,
        "scene": "participation",
        "title": language.gettext("What young people ask"),
        "total": _total(by_district, language),
        "districts": [
            {
                "name": each.short_name,
                "count": by_district[each.code],
                "column": each.tile_column,
                "row": each.tile_row,
            }
            for each in snapshot.event.districts
        ],
        # What nobody asks about, or what has no topic yet, is nothing to the hall.
        "topics": [
            {"name": language.pick(each.name, each.name_en), "count": by_topic[each.code]}
            for each in snapshot.event.topics
            if by_topic[each.code]
        ],
    }


def _total(by_district: Counter[str], language: Language) -> str:
    count, districts = by_district.total(), len(+by_district)
    if not count:
        return language.gettext("No questions yet.")
    questions = language.ngettext("{number} question", "{number} questions", count)
    places = language.ngettext("from {count} district", "from {count} districts", districts)
    return " ".join(
        (
            questions.format(number=language.number(count)),
            places.format(count=language.number(districts)),
        )
    )


def asked(snapshot: Snapshot, question: Question, language: Language) -> SceneQuestion:
    """Return a question as the hall reads it: with the asker's name only if the asker agreed."""
    named = snapshot.who_asked(question)
    return SceneQuestion(
        number=language.gettext("No. {number}").format(number=question.number),
        text=question.text,
        marks=marks.about(snapshot, question, language),
        who=str(named) if named and named.show_name else None,
        department=_answering(snapshot, question, language),
    )


def _answering(snapshot: Snapshot, question: Question, language: Language) -> str | None:
    if question.department is None:
        return None
    name = words.events.department(snapshot.departments[question.department], language)
    return language.gettext("To be answered by: {department}").format(department=name)

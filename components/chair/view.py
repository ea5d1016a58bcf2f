"""What the chair sees, made from the snapshot: plain words in a language."""

from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

import words.events
import words.hall
from components.chair.tablet import Button, ChairQuestion, ChairView
from components.questions import marks
from components.scenes import progress, rundown, scene_data
from data_access.questions.cached.snapshots import Snapshot
from dialogue.hall import Scene
from dialogue.questions import Question
from dialogue.roles import Role
from locales import Language

FOLLOWING = 3


def chair_view(
    snapshot: Snapshot, language: Language, roles: frozenset[Role], *, at: datetime
) -> ChairView:
    """Return all that somebody with these roles sees on the chair's page at a time."""
    event, hall = snapshot.event, snapshot.hall
    today = at.astimezone(ZoneInfo(event.timezone)).date()
    asked = snapshot.on_stage
    return ChairView(
        revision=snapshot.revision,
        language=language.code,
        now=at.timestamp(),
        day=progress.sentence(snapshot, language, at=at),
        question_clock=progress.question_clock(snapshot),
        part_clock=progress.part_clock(snapshot, language, at=at),
        on_stage=_asked(snapshot, asked, language, roles) if asked else None,
        coming=[
            _asked(snapshot, each, language, roles) for each in islice(snapshot.coming, FOLLOWING)
        ],
        screens=_screens(snapshot, language),
        dark=hall.dark,
        asking=hall.chair_asked_at is not None,
        asked=hall.desk_asked_at is not None,
        rundown=rundown.parts(snapshot, language, at=at),
        back=progress.back(snapshot, language),
        departments=[
            (each.code, words.events.department(each, language)) for each in event.departments
        ],
        due=(today + timedelta(days=event.reply_days)).isoformat(),
        today=today.isoformat(),
        labels=labels(language),
    )


def _screens(snapshot: Snapshot, language: Language) -> str | None:
    """Say what the screens show where it is not the question on stage, dark or not."""
    hall = snapshot.hall
    if not scene_data.are_on_screens(snapshot):
        is_rehearsal = snapshot.event.practice_of is not None
        return (
            language.gettext("the real event")
            if is_rehearsal
            else language.gettext("the rehearsal")
        )
    if hall.scene is Scene.QUESTION:
        return None
    name = words.hall.scenes(language)[hall.scene]
    return f"{name} “{hall.message}”" if hall.scene is Scene.MESSAGE else name


@cache
def labels(language: Language) -> dict[str, str]:
    """Name everything that the chair's page may say besides."""
    _ = language.gettext
    return {
        Button.NEXT: _("On to the next question"),
        Button.ANSWER: _("Mark answered"),
        Button.DEFER: _("Written reply later"),
        Button.PUT_BACK: _("Put back"),
        Button.UNDO: _("Undo"),
        Button.DARKEN: _("Screens off"),
        Button.LIGHTEN: _("Screens on"),
        Button.ASK: _("Ask to move on"),
        Button.WITHDRAW: _("Take back: move on"),
        Button.HEED: _("Understood"),
        "next_from": _("#{ending} is answered, #{coming} comes on"),
        "next_first": _("#{coming} comes on"),
        "next_last": _("#{ending} is answered, the queue is empty"),
        "next_none": _("The queue is empty"),
        "no_question": _("No question is on stage."),
        "waiting": _("“On to the next question” brings it on."),
        "nothing": _("The queue is empty. The desk sends the next question here."),
        "answers": _("Department"),
        "note": _("Note from the desk"),
        "prepared": _("Prepared answer"),
        "following": _("Coming next"),
        "elapsed": _("On stage for"),
        "left": _("Time left"),
        "over": _("Over by"),
        "part_left": _("This part has left"),
        "part_over": _("This part is over by"),
        "dark": _("The screens of the hall are dark."),
        "screens": _("The screens show: {scene}"),
        "elsewhere": _("The screens show: {scene}, not this question"),
        "asked": _("The desk asks to move on."),
        "asking": _("Asked to move on"),
        "take_back": _("press again to take it back"),
        "rundown": _("Rundown"),
        "begin": _("Begin: {part}"),
        "running": _("now"),
        "department": _("Which department replies"),
        "nobody": _("Not decided yet"),
        "due": _("Due date"),
        "confirm": _("Promise a written reply"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "working": _("One moment…"),
        "kept": _("No connection. What you pressed is kept and sent as soon as it is back: {name}"),
        "unsaved": _("Not saved yet. What you pressed is kept and sent again: {name}"),
        "lost": _("No connection"),
        "stood": _("No connection. This is how it stood last."),
        "open_sheet": _("Close this sheet first, then use the clicker."),
        "reload": _("F5 is off here, because clickers send it. Reload with Ctrl+R."),
        "keys": _("Clicker: PageDown next · PageUp back · B screens off"),
    }


def _asked(
    snapshot: Snapshot, question: Question, language: Language, roles: frozenset[Role]
) -> ChairQuestion:
    department, topic = question.department, snapshot.topics.get(question.topic or "")
    leading = topic.departments[0] if topic and topic.departments else None
    answers = (
        words.events.department(snapshot.departments[department], language) if department else None
    )
    return ChairQuestion(
        number=question.number,
        version=question.version,
        text=question.text,
        marks=[
            *marks.about(snapshot, question, language),
            *marks.who(snapshot, question, language, roles),
        ],
        answers=answers,
        note=question.note,
        prepared=question.prepared,
        department=department or leading,
    )

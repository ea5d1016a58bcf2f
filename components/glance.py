"""What the chair sees at one glance, made from the board: plain words in a language."""

from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

from components import pictures, progress, question_rows, words
from components.chair import Asked, Button, Glance, PartLine
from data_access.boards import Board
from dialogue.hall import Scene
from dialogue.questions import Question
from dialogue.roles import Role
from locales import Language

FOLLOWING = 3


def glance(board: Board, spoken: Language, roles: frozenset[Role], *, at: datetime) -> Glance:
    """Return all that somebody with these roles sees on the chair's page at a time."""
    event, hall = board.event, board.hall
    today = at.astimezone(ZoneInfo(event.timezone)).date()
    asked = board.on_stage
    return Glance(
        revision=board.revision,
        language=spoken.code,
        now=at.timestamp(),
        day=progress.sentence(board, spoken, at=at),
        question_clock=progress.question_clock(board),
        part_clock=progress.part_clock(board, spoken, at=at),
        on_stage=_asked(board, asked, spoken, roles) if asked else None,
        coming=[_asked(board, each, spoken, roles) for each in islice(board.coming, FOLLOWING)],
        screens=_screens(board, spoken),
        dark=hall.dark,
        asking=hall.chair_asked_at is not None,
        asked=hall.desk_asked_at is not None,
        rundown=_rundown(board, spoken, at=at),
        back=progress.back(board, spoken),
        departments=[(each.code, words.department(each, spoken)) for each in event.departments],
        due=(today + timedelta(days=event.reply_days)).isoformat(),
        today=today.isoformat(),
        labels=labels(spoken),
    )


def _screens(board: Board, spoken: Language) -> str | None:
    """Say what the screens show where it is not the question on stage, dark or not."""
    hall = board.hall
    if not pictures.are_on_screens(board):
        is_rehearsal = board.event.practice_of is not None
        return spoken.gettext("the real event") if is_rehearsal else spoken.gettext("the rehearsal")
    if hall.scene is Scene.QUESTION:
        return None
    name = words.scenes(spoken)[hall.scene]
    return f"{name} “{hall.message}”" if hall.scene is Scene.MESSAGE else name


@cache
def labels(spoken: Language) -> dict[str, str]:
    """Name everything that the chair's page may say besides."""
    _ = spoken.gettext
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


def _asked(board: Board, question: Question, spoken: Language, roles: frozenset[Role]) -> Asked:
    department, topic = question.department, board.topics.get(question.topic or "")
    leading = topic.departments[0] if topic and topic.departments else None
    answers = words.department(board.departments[department], spoken) if department else None
    return Asked(
        number=question.number,
        version=question.version,
        text=question.text,
        marks=[
            *question_rows.about(board, question, spoken),
            *question_rows.who(board, question, spoken, roles),
        ],
        answers=answers,
        note=question.note,
        prepared=question.prepared,
        department=department or leading,
    )


def _rundown(board: Board, spoken: Language, *, at: datetime) -> list[PartLine]:
    now = progress.standing(board, at=at)
    return [
        PartLine(
            code=each.part.code,
            name=words.part(each.part, spoken),
            times=f"{spoken.time(each.starts)}–{spoken.time(each.ends)}",
            running=each == now.running,
            begins=each == now.coming,
        )
        for each in progress.plan(board)
    ]

"""The lists of questions that people act on, encoded for `question_board.show`."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo

import words.activity
import words.events
import words.questions
from components.live.cache import shared_cache
from components.questions import labels, question_board, rows
from data_access.activity import activity
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.reading import inbox
from dialogue.activity import ActivityFilters as Lines
from dialogue.fairness import Tally, suggest
from dialogue.inbox import Filters, Order, View
from dialogue.lifecycle import Action, Status
from dialogue.questions import Source
from dialogue.roles import Role
from locales import Language

# What is picked from the event's lists is picked in the inbox.
PICKED = frozenset({Action.REJECT, Action.SET_TOPIC, Action.SET_DEPARTMENT})
# Many people look at the same few lists of the newest snapshot.
KEPT = 32
# Of so many that wait longest the next is suggested; the others have time.
MOST_WEIGHED = 2000


@shared_cache(KEPT)
def listed(
    snapshot: Snapshot, view: View, language: Language, roles: frozenset[Role], *, most: int
) -> bytes:
    """List a view's questions in its order, `most` at most, with the buttons of the roles."""
    now = datetime.now(UTC)
    suggests = view.order is Order.SUGGESTED
    with snapshot.database.reading() as session:
        numbers = inbox.numbers(
            session, snapshot.event.slug, view, most=MOST_WEIGHED if suggests else most, at=now
        )
        counted = inbox.tally(session, snapshot.event.slug) if suggests else []
    # The database may be a moment ahead of the snapshot; what is new there comes with the next.
    questions = [snapshot.questions[each] for each in numbers if each in snapshot.questions]
    if not suggests:
        return rows.joined(snapshot, questions, language, roles)
    tally = Tally(counted, snapshot.event.districts)
    ordered = suggest(questions, tally, snapshot.event.weights, at=now)[:most]
    whys = {each.number: words.questions.why(each, snapshot, language) for each in ordered}
    questions = [snapshot.questions[each.number] for each in ordered]
    return rows.joined(snapshot, questions, language, roles, whys=whys)


@shared_cache(KEPT)
def list_words(snapshot: Snapshot, language: Language) -> bytes:
    """Return what the desk's list says, with all that a moderator picks from."""
    return question_board.encode_words(
        language=language.code,
        labels=labels.board_labels(language),
        choices=labels.choices(snapshot.event, language),
    )


@cache
def brief_words(language: Language) -> bytes:
    """Return what a list says in which nothing is picked."""
    return question_board.encode_words(language=language.code, labels=labels.board_labels(language))


@shared_cache(KEPT)
def counts(snapshot: Snapshot, filters: Filters) -> Mapping[Status, int]:
    """Count the questions that pass the filters, by state."""
    if filters == Filters():
        return snapshot.counts
    with snapshot.database.reading() as session:
        return inbox.counts(session, snapshot.event.slug, filters, at=datetime.now(UTC))


@shared_cache(KEPT)
def on_stage(snapshot: Snapshot, language: Language, roles: frozenset[Role]) -> bytes:
    """List the question that is being asked now, or none."""
    questions = [snapshot.on_stage] if snapshot.on_stage else []
    return rows.joined(snapshot, questions, language, roles, buttons=rows.BUTTONS - PICKED)


@shared_cache(KEPT)
def queue(snapshot: Snapshot, language: Language, roles: frozenset[Role]) -> bytes:
    """List the queue, what comes next first, each question with its position."""
    return rows.joined(snapshot, snapshot.queue, language, roles, buttons=rows.BUTTONS - PICKED)


@shared_cache(KEPT)
def history(snapshot: Snapshot, number: int, language: Language) -> tuple[int, list[str]]:
    """Tell what was done to a question, the oldest first, after its number."""
    zone = ZoneInfo(snapshot.event.timezone)
    with snapshot.database.reading() as session:
        lines = activity.of_question(session, snapshot.event.slug, number)
    return number, [
        f"{language.date_time(line.at.astimezone(zone))} · "
        + words.activity.sentence(line, snapshot.event, language)
        for line in lines
    ]


@shared_cache(KEPT)
def kept(
    snapshot: Snapshot, numbers: tuple[int, ...], language: Language, roles: frozenset[Role]
) -> bytes:
    """Tell how questions stand now, whatever list they are in, and what was done to them last."""
    questions = [snapshot.questions[each] for each in numbers if each in snapshot.questions]
    encoded = rows.encoded(snapshot, questions, language, roles)
    zone = ZoneInfo(snapshot.event.timezone)
    told = []
    with snapshot.database.reading() as session:
        for each in questions:
            [line] = activity.page(session, snapshot.event.slug, Lines(number=each.number), most=1)
            done = words.activity.sentence(line, snapshot.event, language)
            told.append(f"{language.time(line.at.astimezone(zone))} · {done}")
    return question_board.join(
        b'{"row":' + row + b',"words":' + json.dumps(each, ensure_ascii=False).encode() + b"}"
        for row, each in zip(encoded, told, strict=True)
    )


def typed_in(
    snapshot: Snapshot, language: Language, roles: frozenset[Role], *, since: datetime
) -> bytes:
    """List what the desk typed in since a time, the newest first, with the button to edit."""
    lately = takewhile(lambda each: each.received_at >= since, snapshot.newest(*Status))
    typed = [each for each in lately if each.source is Source.DESK]
    return rows.joined(snapshot, typed, language, roles, buttons=frozenset({Action.EDIT}))

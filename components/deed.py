"""Does what a page asks for, and says in a line what came of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

from components import guard, language, question_board, words
from components.question_board import Said
from data_access import boards, deeds, engine
from dialogue import lifecycle
from dialogue.deeds import Deed, Seen
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, Refusal

Changed = TypeVar("Changed")


def do(slug: str, deed: Deed) -> Said:
    """Do what a button or a key says, as whoever looks at the page."""
    spoken = language.current()
    actor = guard.actor(slug)
    undone = deed.action is Action.UNDO
    try:
        with engine.current().transaction() as session:
            if undone:
                done = deeds.undo(session, slug, actor=actor, at=datetime.now(UTC))
            else:
                done = deeds.act(session, slug, deed, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        said = Said(text=words.refusal(refusal, spoken), undo=False)
        again = _all_the_same(slug, deed, refusal)
        return Said(**said, again=again) if again else said
    return Said(text=words.done(done, spoken, undone=undone), undo=not undone)


def change(
    command: Callable[..., Changed], slug: str, *what: object, **how: object
) -> Changed | None:
    """Change something about an event, as whoever looks at the page, or say why it was not done.

    Returns what the command does; None where it was refused.
    """
    try:
        with engine.current().transaction() as session:
            now = datetime.now(UTC)
            return command(session, slug, *what, actor=guard.actor(slug), at=now, **how)
    except Refusal as refusal:
        st.session_state.said = Said(text=words.refusal(refusal, language.current()), undo=False)
        return None


def attempt(command: Callable[..., Any], slug: str, *what: object, **how: object) -> Refusal | None:
    """Change something about an event as `change` does, and return why it was not done, if so."""
    try:
        with engine.current().transaction() as session:
            command(session, slug, *what, actor=guard.actor(slug), at=datetime.now(UTC), **how)
    except Refusal as refusal:
        return refusal
    return None


def _all_the_same(slug: str, deed: Deed, refusal: Refusal) -> dict[str, Any] | None:
    """Return a deed that came too late as it would be done on what there is now, if it can be."""
    if not isinstance(refusal, Conflict) or len(deed.seen) != 1:
        return None
    question = boards.current(slug).questions[deed.seen[0].number]
    if lifecycle.transition(deed.action, question.status) is None:
        return None
    return question_board.write(replace(deed, seen=(Seen(question.number, question.version),)))

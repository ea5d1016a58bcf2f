"""Does what a page asks for, and says in a line what came of it."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from components import guard, language, outbox, words
from components.outbox import Begin, Said
from data_access import boards, deeds, engine
from dialogue import lifecycle
from dialogue.accounts import Actor
from dialogue.deeds import Deed, Seen
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, NotNow, Refusal
from locales import Language

logger = logging.getLogger(__name__)
Changed = TypeVar("Changed")


@contextmanager
def writing() -> Iterator[Session]:
    """Open the transaction of what somebody does on a page.

    Raises:
        NotNow: the database did not do it.
    """
    try:
        with engine.current().transaction() as session:
            yield session
    except engine.Failure as error:
        logger.error("the database failed at a page: %s", engine.reason(error))
        raise NotNow from error


def do(slug: str, deed: Deed) -> Said:
    """Do what a button says, as whoever looks at the page."""
    actor = guard.actor(slug)
    return do_as(actor, slug, deed, language.current(), writing)


def do_as(actor: Actor, slug: str, deed: Deed, spoken: Language, begin: Begin) -> Said:
    """Do what somebody asks for, and say in a language what came of it."""
    undone = deed.action is Action.UNDO
    try:
        with begin() as session:
            if undone:
                done = deeds.undo(session, slug, actor=actor, at=datetime.now(UTC))
            else:
                done = deeds.act(session, slug, deed, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        again = _all_the_same(slug, deed, refusal)
        return outbox.refuse(words.refusal(refusal, spoken), again=again)
    said = outbox.say(words.done(done, spoken, undone=undone), undo=not undone)
    return {**said, "undone": list(done.numbers)} if undone else said


def change(
    command: Callable[..., Changed], slug: str, *what: object, **how: object
) -> Changed | None:
    """Change something about an event, as whoever looks at the page, or say why it was not done.

    Returns what the command does; None where it was refused.
    """
    actor = guard.actor(slug)
    try:
        with writing() as session:
            return command(session, slug, *what, actor=actor, at=datetime.now(UTC), **how)
    except Refusal as refusal:
        st.session_state.said = outbox.refuse(words.refusal(refusal, language.current()))
        return None


def attempt(command: Callable[..., Any], slug: str, *what: object, **how: object) -> Refusal | None:
    """Change something about an event as `change` does, and return why it was not done, if so."""
    actor = guard.actor(slug)
    try:
        with writing() as session:
            command(session, slug, *what, actor=actor, at=datetime.now(UTC), **how)
    except Refusal as refusal:
        return refusal
    return None


def _all_the_same(slug: str, deed: Deed, refusal: Refusal) -> dict[str, Any] | None:
    """Return a deed that came too late as it would be done on what there is now, if it can be."""
    if not isinstance(refusal, Conflict) or len(deed.seen) != 1:
        return None
    # Another process may be a moment ahead of what is known here.
    question = boards.current(slug).questions.get(deed.seen[0].number)
    if question is None or lifecycle.transition(deed.action, question.status) is None:
        return None
    return _write(replace(deed, seen=(Seen(question.number, question.version),)))


def read(sent: Mapping[str, Any]) -> Deed:
    """Return a deed as a list sends it.

    Raises:
        KeyError, TypeError, ValueError: no list sends this.
    """
    return Deed(
        action=Action(sent["action"]),
        seen=tuple(
            Seen(outbox.number(number), outbox.number(version)) for number, version in sent["seen"]
        ),
        reason=outbox.words_if_any(sent.get("reason")),
        into=outbox.number_if_any(sent.get("into")),
        position=outbox.number_if_any(sent.get("position")),
        before=outbox.number_if_any(sent.get("before")),
        text=outbox.words_if_any(sent.get("text")),
        parts=tuple(str(each) for each in sent.get("parts", ())),
        entry=outbox.words_if_any(sent.get("entry")),
        burst=outbox.number_if_any(sent.get("burst")),
    )


def _write(deed: Deed) -> dict[str, Any]:
    return {name: value for name, value in asdict(deed).items() if value not in (None, ())}

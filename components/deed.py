"""Does what a page asks for, and says in a line what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

from components import guard, language, outbox, words
from components.outbox import Begin, Said
from data_access import boards, deeds, engine
from dialogue import lifecycle
from dialogue.accounts import Actor
from dialogue.deeds import Deed, Seen
from dialogue.lifecycle import Action
from dialogue.refusals import Conflict, Refusal
from locales import Language

Changed = TypeVar("Changed")
_LARGEST = 2**31 - 1


def do(slug: str, deed: Deed) -> Said:
    """Do what a button says, as whoever looks at the page."""
    actor = guard.actor(slug)
    return do_as(actor, slug, deed, language.current(), engine.current().transaction)


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
    return outbox.say(words.done(done, spoken, undone=undone), undo=not undone)


def change(
    command: Callable[..., Changed], slug: str, *what: object, **how: object
) -> Changed | None:
    """Change something about an event, as whoever looks at the page, or say why it was not done.

    Returns what the command does; None where it was refused.
    """
    actor = guard.actor(slug)
    try:
        with engine.current().transaction() as session:
            return command(session, slug, *what, actor=actor, at=datetime.now(UTC), **how)
    except Refusal as refusal:
        st.session_state.said = outbox.refuse(words.refusal(refusal, language.current()))
        return None


def attempt(command: Callable[..., Any], slug: str, *what: object, **how: object) -> Refusal | None:
    """Change something about an event as `change` does, and return why it was not done, if so."""
    actor = guard.actor(slug)
    try:
        with engine.current().transaction() as session:
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
        seen=tuple(Seen(_number(number), _number(version)) for number, version in sent["seen"]),
        reason=sent.get("reason"),
        into=_number_if_any(sent, "into"),
        position=_number_if_any(sent, "position"),
        before=_number_if_any(sent, "before"),
        text=sent.get("text"),
        parts=tuple(str(each) for each in sent.get("parts", ())),
        entry=sent.get("entry"),
    )


def _number(sent: object) -> int:
    """Return a number that a database can hold."""
    if isinstance(sent, int) and 0 <= sent <= _LARGEST:
        return sent
    raise ValueError(f"not a number of ours: {sent!r:.40}")


def _number_if_any(sent: Mapping[str, Any], name: str) -> int | None:
    return None if sent.get(name) is None else _number(sent[name])


def _write(deed: Deed) -> dict[str, Any]:
    return {name: value for name, value in asdict(deed).items() if value not in (None, ())}

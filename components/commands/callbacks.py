"""What the buttons of a page change in its own run, where no script of the page sends commands."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

import words.outcomes
from components.commands import notices
from components.shell import guard, session_language
from data_access import engine
from data_access.engine import Session
from dialogue.refusals import NotNow, Refusal

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
        st.session_state.notice = notices.refused(
            words.outcomes.refusal(refusal, session_language.current())
        )
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

"""What the buttons of a page change in its own run, where no script of the page sends commands."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

import words.outcomes
from components.commands import door, notices
from components.shell import guard, session_language
from data_access import engine
from data_access.engine import Session
from dialogue.commands import Command, Outcome
from dialogue.refusals import NotNow, Refusal

logger = logging.getLogger(__name__)
Did = TypeVar("Did")


def attempt(work: Callable[[Session], Did]) -> Did | Refusal:
    """Do something in a transaction, or return why it was refused."""
    return door.attempt(work, _writing)


def run(command: Command, slug: str) -> Outcome:
    """Do a command to an event, as whoever looks at the page."""
    return door.run(command, slug, actor=guard.actor(slug), open_transaction=_writing)


def tell(command: Command, slug: str) -> str:
    """Do a command as `run` does, and say in a line what came of it."""
    notice = door.say(run(command, slug), command, slug, session_language.current())
    return notice["text"] if notice else ""


def refusal(command: Command, slug: str) -> str:
    """Do a command as `run` does, and say why it was not done, if so."""
    outcome = run(command, slug)
    if not isinstance(outcome, Refusal):
        return ""
    return words.outcomes.refusal(outcome, session_language.current())


def change(command: Command, slug: str) -> bool:
    """Do a command as `run` does; where it was not done, the page says why, and this is false."""
    refused = refusal(command, slug)
    if refused:
        st.session_state.notice = notices.refused(refused)
    return not refused


@contextmanager
def _writing() -> Iterator[Session]:
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

"""The form in which a written reply is typed; it saves by itself while somebody writes."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypedDict

import streamlit as st

from dialogue.replies import ReplyAction, Written
from web import scripts

_FOLDER = Path(__file__).parent
_FORM = st.components.v2.component(
    "reply_form",
    html='<form class="reply-form" novalidate></form>',
    js=scripts.bundle(_FOLDER / "reply_form.js"),
    css=(_FOLDER / "reply_form.css").read_text(encoding="utf-8"),
)


class Sent(NamedTuple):
    """What somebody typed, to be saved or submitted; `turn` counts what this form has sent.

    `version` is that of the reply which they saw.
    """

    action: ReplyAction
    written: Written
    version: int
    turn: int


class Heard(TypedDict):
    """What became of what a form sent last: its `turn`, and why it was refused, if it was."""

    turn: int
    refusal: str


class Fields(TypedDict):
    """What is typed, by the fields' names; a day in ISO form."""

    text: str
    document_number: str
    document_date: str


class Typed(Fields):
    """What the browser sends."""

    action: Literal["save_reply", "submit_reply"]
    version: int
    turn: int


class Form(Fields):
    """What is saved, and what the form says."""

    version: int
    heard: Heard
    saved: str
    labels: Mapping[str, str]
    longest: int
    language: str


def show(
    written: Written,
    *,
    key: str,
    version: int,
    heard: Heard,
    saved: str,
    labels: dict[str, str],
    longest: int,
    language: str,
    on_sent: Callable[[Sent], None],
) -> None:
    """Draw the form with what is saved; what is typed meanwhile is kept.

    `saved` says when and by whom it was saved. `labels` name the fields, the buttons and what the
    form says: `text`, `document_number`, `document_date`, `save`, `submit`, `counter` ({count},
    {most}), `unsaved`, `saving`.
    """

    def send() -> None:
        asked = st.session_state[key].sent
        if asked:
            on_sent(read(asked))

    day = written.document_date
    _FORM(
        key=key,
        data=Form(
            text=written.text,
            document_number=written.document_number or "",
            document_date=day.isoformat() if day else "",
            version=version,
            heard=heard,
            saved=saved,
            labels=labels,
            longest=longest,
            language=language,
        ),
        on_sent_change=send,
    )


def read(asked: dict[str, Any]) -> Sent:
    """Return what the browser sent; a day that is none is left out."""
    try:
        day = date.fromisoformat(str(asked.get("document_date") or ""))
    except ValueError:
        day = None
    return Sent(
        action=ReplyAction.SUBMIT
        if asked.get("action") == ReplyAction.SUBMIT
        else ReplyAction.SAVE,
        written=Written(
            text=str(asked.get("text") or ""),
            document_number=str(asked.get("document_number") or ""),
            document_date=day,
        ),
        version=int(asked.get("version") or 0),
        turn=int(asked.get("turn") or 0),
    )

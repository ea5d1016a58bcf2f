"""A live list of questions with their buttons: fed with rows, it answers with deeds."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from dialogue.deeds import Deed, Seen
from dialogue.lifecycle import Action

_FOLDER = Path(__file__).parent
_BOARD = st.components.v2.component(
    "question_board",
    css=(_FOLDER / "question_board.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "question_board.js").read_text(encoding="utf-8"),
)


class Row(TypedDict):
    """One question as the list draws it, every word of it plain text.

    `marks` are short facts such as district and topic; `actions` are the buttons, in order.
    """

    number: int
    version: int
    text: str
    marks: Sequence[str]
    votes: int
    position: int | None
    actions: Sequence[str]


def encode(rows: Iterable[Row]) -> bytes:
    """Return rows as `show` takes them: made once, they are sent to many pages as they are."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")).encode()


def show(
    rows: bytes,
    *,
    key: str,
    labels: Mapping[str, str],
    reasons: Sequence[tuple[str, str]],
    empty: str,
    on_deed: Callable[[Deed], None],
    height: int | None = None,
) -> None:
    """Draw rows from `encode`, and call `on_deed` once for each button that is pressed.

    `labels` names the actions and the words `reason`, `cancel`, `up`, `down`, `first`;
    `reasons` are (code, words) for a rejection. `height` in pixels makes the list scroll by
    itself.
    """
    frame = {
        "labels": labels,
        "reasons": reasons,
        "empty": empty,
        "height": height,
        "handled": _handled(key),
    }
    _BOARD(
        key=key,
        # Bytes, because the framework would write a mapping out twice at each rerun.
        data=b'{"frame":' + json.dumps(frame).encode() + b',"rows":' + rows + b"}",
        on_deeds_change=partial(_take, key, on_deed),
    )


def _take(key: str, on_deed: Callable[[Deed], None]) -> None:
    """Pass on the deeds that were not taken yet.

    The browser repeats each until it sees it handled: two quick clicks may reach us as one
    value, and none of them may be lost or done twice.
    """
    for sent in st.session_state[key].deeds or ():
        page, place = sent["page"], sent["place"]
        if place > _handled(key).get(page, 0):
            st.session_state[f"{key}-handled"] = {page: place}
            on_deed(_read(sent))


def _handled(key: str) -> dict[str, int]:
    handled: dict[str, int] = st.session_state.get(f"{key}-handled", {})
    return handled


def _read(sent: dict[str, Any]) -> Deed:
    return Deed(
        action=Action(sent["action"]),
        seen=(Seen(int(sent["number"]), int(sent["version"])),),
        reason=sent.get("reason"),
        position=sent.get("position"),
    )

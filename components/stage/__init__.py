"""The projector's picture: one component over the whole window, and nothing above it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import streamlit as st

_FOLDER = Path(__file__).parent
_STAGE = st.components.v2.component(
    "stage",
    css=(_FOLDER / "stage.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "stage.js").read_text(encoding="utf-8"),
)


class Asked(TypedDict):
    """A question as the hall reads it: its number, its words, and marks such as the district."""

    number: str
    text: str
    marks: Sequence[str]


def show(
    *,
    heading: str,
    theme: str,
    now: Asked | None,
    waiting: str,
    next_heading: str,
    following: Sequence[Asked],
    qr_code: str,
    invitation: str,
    address: str,
) -> None:
    """Draw the question on stage, those that come next, and the way to ask.

    `waiting` is said where no question is on stage; `qr_code` is the URL of a picture.
    """
    _STAGE(
        key="stage",
        data={
            "heading": heading,
            "theme": theme,
            "now": now,
            "waiting": waiting,
            "nextHeading": next_heading,
            "following": following,
            "qrCode": qr_code,
            "invitation": invitation,
            "address": address,
        },
    )

"""The hall reads what is being asked now and what comes next, and sees how to ask."""

import time
from itertools import islice

import segno
import streamlit as st

import welcome
from components import event_picker, guard, language, live_signal, practice, stage
from components.guard import require
from components.language import _
from components.question_rows import asked
from data_access import boards
from dialogue.roles import Place

FOLLOWING = 2

slug = event_picker.current(require(Place.PROJECTOR), Place.PROJECTOR)


@st.fragment(run_every=live_signal.SAFETY_NET)
def projector() -> None:
    """Draw the stage over the whole window."""
    guard.keep(Place.PROJECTOR, slug)
    board = boards.on_screens(slug)
    event = board.event
    address = welcome.ask_url(event.slug)
    spoken = language.current()
    stage.show(
        {
            "scene": "question",
            "heading": spoken.pick(event.title, event.title_en),
            "theme": spoken.pick(event.theme, event.theme_en),
            "language": spoken.code,
            "now": time.time(),
            "timer": None,
            "practice": practice.mark() if event.practice_of else None,
            "overlay": st.query_params.get("overlay") == "1",
            "on_stage": asked(board, board.on_stage, spoken) if board.on_stage else None,
            "waiting": _("The next question is about to begin"),
            "next_heading": _("Next"),
            "following": [asked(board, each, spoken) for each in islice(board.coming, FOLLOWING)],
            "qr_code": segno.make(address, error="m").svg_data_uri(border=2),
            "invitation": _("Ask from your phone"),
            "address": address.removeprefix("http://").removeprefix("https://"),
        }
    )
    live_signal.follow(event.slug, revision=board.revision)


projector()

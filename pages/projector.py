"""The hall sees the scene that the desk has switched to."""

from datetime import UTC, datetime

import streamlit as st

from components import event_picker, guard, language, live_signal, pictures, stage
from components.guard import require
from data_access import boards
from dialogue.roles import Place

slug = event_picker.current(require(Place.PROJECTOR), Place.PROJECTOR)


@st.fragment(run_every=live_signal.SAFETY_NET)
def projector() -> None:
    """Draw the scene over the whole window."""
    guard.keep(Place.PROJECTOR, slug)
    board = boards.current(slug)
    stage.show(
        pictures.picture(
            board,
            language.current(),
            board.hall,
            on_stage=board.on_stage,
            at=datetime.now(UTC),
            overlay=st.query_params.get("overlay") == "1",
        )
    )
    live_signal.follow(slug, revision=board.revision)


projector()

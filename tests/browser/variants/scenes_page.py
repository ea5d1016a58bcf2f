"""Shows the scene that the file `SCENE` holds, and looks for a new one all the time."""

import json
import os
from pathlib import Path

import streamlit as st

from components.scenes import stage
from components.scenes.stage import ScreenContent

LOOKS_AGAIN_AFTER = 0.1


@st.fragment(run_every=LOOKS_AGAIN_AFTER)
def scene() -> None:
    """Draw the newest scene."""
    drawn = json.loads(Path(os.environ["SCENE"]).read_text(encoding="utf-8"))
    stage.show(ScreenContent(scene_data=drawn, slug="", revision=0), source=None)


scene()

"""The app with one page more, whose fragment is empty: measured beside the desk, in one server."""

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from app import app
from web import nowhere

nowhere.PAGES |= {"empty"}


def _navigation(offer: Any, pages: list[Any], **how: Any) -> Any:
    empty = st.Page(Path(__file__).parent / "empty_page.py", url_path="empty", visibility="hidden")
    return offer([*pages, empty], **how)


st.navigation = partial(  # type: ignore[misc]
    _navigation, st.navigation
)

__all__ = ["app"]

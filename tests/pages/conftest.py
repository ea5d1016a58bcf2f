"""Pages run as a visitor's script would, on a real database, through the navigation script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import settings
from data_access import engine
from dialogue.roles import Role
from tests import factories

ROOT = Path(__file__).parent.parent.parent
Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A signing secret of the test's own."""
    monkeypatch.setenv("DIALOGUE_SECRET", "s" * 40)
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


@pytest.fixture
def visit(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Open a page as somebody with the given roles, in all events or in one only."""
    database = engine.start(sqlite_url)
    st.cache_data.clear()
    st.cache_resource.clear()

    def open_page(place: str, *roles: Role, only: str | None = None, **query: str) -> AppTest:
        cookies = factories.cookies(*roles, slug=only)
        # The test runner has no browser and so no cookies; the guard reads these instead.
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
        page = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=20)
        asked = {name.replace("_", "-"): value for name, value in query.items()}
        page.query_params.update(asked)
        return page.switch_page(f"{place}.py").run()

    yield open_page
    database.close()

"""What an event or a question does not have leaves no blank and no None on the hall's pages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from data_access import engine
from data_access.events import events
from data_access.hall import halls
from dialogue.events import Event
from dialogue.hall import Armed, Scene
from dialogue.lifecycle import Status
from dialogue.roles import Place, Role
from tests.factories import NOON, actor, ask_until, show
from tests.pages.conftest import Visit
from tests.pages.test_pages import component, scene_of

BARE = "bare"
# Without a rundown there is nothing to say of the day; a clock is named by what stands beside it.
MAY_BE_EMPTY = ("day", "label", "about")


@pytest.fixture
def bare(event: Event, visit: Visit) -> Visit:
    """Open pages of an event of which nothing is set that need not be."""
    districts = [replace(each, tile_column=None, tile_row=None) for each in event.districts]
    with engine.current().transaction() as session:
        events.add(
            session,
            replace(
                event,
                slug=BARE,
                title_en="",
                theme_en="",
                districts=tuple(districts),
                topics=(),
                departments=(),
                reasons=(),
                rundown=(),
                question_minutes=None,
            ),
        )
        halls.show_timer(session, BARE, shown=True, actor=actor(), at=NOON)
    return visit


def ask_little() -> None:
    """Ask what is on stage, waits and is new, with no more than a text and a district."""
    for status in (Status.ON_STAGE, Status.QUEUED, Status.APPROVED):
        ask_until(status, slug=BARE, topic=None, name=None, organisation=None)


def written(shown: Any) -> Iterator[str]:
    """Go through all words that are drawn, however deep."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for name, each in shown.items():
            yield from written(each) if each or name not in MAY_BE_EMPTY else ()
    elif isinstance(shown, list):
        for each in shown:
            yield from written(each)


def blanks(shown: Any) -> list[str]:
    """Find what no person should read."""
    words = list(written(shown))
    assert words
    return [each for each in words if not each.strip() or "None" in each or "null" in each]


@pytest.mark.parametrize("asked", [ask_little, lambda: None], ids=["little", "nothing"])
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scene", Scene)
def test_a_screen(bare: Visit, scene: Scene, lang: str, asked: Any) -> None:
    asked()
    show(scene, slug=BARE, message="Nghỉ giải lao")

    for place in (Place.PROJECTOR, Place.DISPLAY):
        page = bare(place, Role.SCREEN, only=BARE, event=BARE, lang=lang)
        shown = scene_of(page)
        assert shown["heading"].startswith("Đối thoại")
        assert blanks(shown) == []


@pytest.mark.parametrize("asked", [ask_little, lambda: None], ids=["little", "nothing"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_chair(bare: Visit, lang: str, asked: Any) -> None:
    asked()

    (shown,) = component(bare(Place.CHAIR, Role.CHAIR, event=BARE, lang=lang), "chair")

    assert blanks(shown) == []
    assert (shown["day"], shown["part_clock"], shown["rundown"], shown["back"]) == (
        *("", None),
        *([], None),
    )
    if shown["on_stage"]:
        assert shown["on_stage"]["marks"] == ["Biên Hòa"]
        assert shown["question_clock"]["ends_at"] is None
        unset = ("answers", "note", "prepared", "department")
        assert [shown["on_stage"][each] for each in unset] == [None] * 4


@pytest.mark.parametrize("asked", [ask_little, lambda: None], ids=["little", "nothing"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_desks_control(bare: Visit, lang: str, asked: Any) -> None:
    asked()
    with engine.current().transaction() as session:
        halls.arm(session, BARE, Armed(scene=Scene.NEXT), actor=actor(), at=NOON)

    (control,) = component(bare(Place.DESK, Role.MODERATOR, event=BARE, lang=lang), "stage_control")

    assert blanks(control["facts"]) == []
    assert (control["facts"]["day"], control["facts"]["plan"]) == ("", [])

"""What the hall's screens are given to draw."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import locales
from components.scenes import scene_data
from data_access import engine
from data_access.hall import halls
from dialogue.events import Intake
from dialogue.hall import Hall, Scene
from dialogue.lifecycle import Action, Status
from dialogue.roles import Place, Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until, show
from tests.pages.conftest import Visit
from tests.pages.test_pages import component, scene_of

VIETNAMESE = locales.language("vi")


def drawn(visit: Visit, place: Place = Place.PROJECTOR, **query: str) -> dict[str, Any]:
    return scene_of(visit(place, Role.SCREEN, **query))


def labels(shown: Any) -> Iterator[str]:
    """Go through all that is written in a scene."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for name, each in shown.items():
            yield from labels(each) if name != "label" else ()
    elif isinstance(shown, list):
        for each in shown:
            yield from labels(each)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scene", Scene)
def test_what_is_not_set_is_not_written(visit: Visit, scene: Scene, lang: str) -> None:
    ask(topic=None)
    ask_until(Status.QUEUED, topic=None, name=None)
    ask_until(Status.ON_STAGE, topic=None, organisation="")
    show(scene, message="Nghỉ giải lao")
    for place in (Place.PROJECTOR, Place.DISPLAY):
        written = list(labels(drawn(visit, place, lang=lang)))

        assert [each for each in written if not each.strip() or "None" in each] == []


def test_a_new_event_welcomes_the_hall(visit: Visit) -> None:
    stage = drawn(visit)

    assert stage["scene"] == "welcome"
    assert stage["invitation"] == "Gửi câu hỏi từ điện thoại"
    assert stage["address"].endswith(f"/ask/{SLUG}")


def test_nobody_is_invited_to_ask_while_no_questions_are_taken(visit: Visit) -> None:
    snapshot = snapshots.current(SLUG)
    opens = NOON + timedelta(minutes=5)
    paused = replace(
        snapshot, event=replace(snapshot.event, intake=Intake.CLOSED, reopens_at=opens)
    )

    def invitation(minutes: int) -> str:
        at = NOON + timedelta(minutes=minutes)
        shown = scene_data.of_hall(paused, VIETNAMESE, Hall(), on_stage=None, at=at)
        assert shown["scene"] == "welcome"
        return shown["invitation"]

    assert invitation(4) == "Theo dõi câu hỏi trên điện thoại"
    assert invitation(5) == "Gửi câu hỏi từ điện thoại"


def test_five_questions_come_next_and_none_that_is_on_hold(visit: Visit) -> None:
    numbers = [ask_until(Status.QUEUED) for _ in range(7)]
    act(numbers[1], Action.HOLD, version=2)
    show(Scene.NEXT)

    coming = drawn(visit)["coming"]["questions"]

    expected = [numbers[0], *numbers[2:6]]
    assert [each["number"] for each in coming] == [f"Câu số {each}" for each in expected]


def test_the_hall_sees_who_takes_part(visit: Visit) -> None:
    for district, topic in (("731", "viec-lam"), ("731", None), ("736", "viec-lam")):
        ask(district=district, topic=topic)
    show(Scene.PARTICIPATION)

    stage = drawn(visit, lang="en")

    counts = {each["name"]: each["count"] for each in stage["districts"]}
    assert stage["total"] == "3 questions from 2 districts"
    assert (counts["Biên Hòa"], counts["Định Quán"], sum(counts.values())) == (2, 1, 3)
    assert [each["count"] for each in stage["topics"]] == [2]


def test_what_is_made_ready_can_be_looked_at_beforehand(visit: Visit) -> None:
    on_stage, ready, later = (
        ask_until(status) for status in (Status.ON_STAGE, Status.QUEUED, Status.QUEUED)
    )
    snapshot = snapshots.current(SLUG)
    hall = Hall(scene=Scene.QUESTION, shows_timer=True)

    shown = scene_data.of_hall(
        snapshot, VIETNAMESE, hall, on_stage=snapshot.questions[ready], at=NOON
    )
    now = scene_data.of_hall(snapshot, VIETNAMESE, hall, on_stage=snapshot.on_stage, at=NOON)

    assert shown["scene"] == now["scene"] == "question"
    assert shown["on_stage"]["number"] == f"Câu số {ready}"  # type: ignore[index]
    assert [each["number"] for each in shown["following"]] == [f"Câu số {later}"]
    assert now["on_stage"]["number"] == f"Câu số {on_stage}"  # type: ignore[index]
    # The clock is that of the question which is on stage.
    assert shown["timer"] is None
    assert now["timer"] is not None


def test_a_dark_hall_sees_nothing(visit: Visit) -> None:
    ask_until(Status.ON_STAGE)
    with engine.current().transaction() as session:
        halls.darken(session, SLUG, dark=True, actor=actor(), at=NOON)

    assert drawn(visit)["scene"] == "black"


def test_a_scene_in_which_nothing_changed_is_the_same_message(visit: Visit) -> None:
    ask_until(Status.ON_STAGE)
    page = visit(Place.PROJECTOR, Role.SCREEN)
    (before,) = component(page, "stage")

    assert component(page.run(), "stage") == [before]
    ask()
    (after,) = component(page.run(), "stage")
    assert after["revision"] == before["revision"] + 1
    assert {**after["scene_data"], "now": 0} == {**before["scene_data"], "now": 0}

    show(Scene.THANKS)
    assert scene_of(page.run())["scene"] == "thanks"

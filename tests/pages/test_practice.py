"""A rehearsal on the pages: marked everywhere, never opened unasked, wiped when sure."""

import pytest
from streamlit.testing.v1 import AppTest

from components.shell.event_picker import SCREENS
from data_access import engine
from data_access.events import practice
from dialogue.lifecycle import Action, Status
from dialogue.refusals import PracticeOver
from dialogue.roles import MAY_OPEN, Place, Role
from live import snapshots
from tests.factories import NOON, SLUG, act, actor, ask, ask_until
from tests.pages.conftest import Visit
from tests.pages.test_pages import component, scene_of

PRACTICE = f"{SLUG}-tap-duot-1"
MARK = "TẬP DƯỢT – không phải câu hỏi thật"


def begin() -> None:
    with engine.current().transaction() as session:
        practice.begin(session, SLUG, actor=actor(), at=NOON)


def show(*, shown: bool) -> None:
    with engine.current().transaction() as session:
        practice.show_on_screens(session, SLUG, shown=shown, actor=actor(), at=NOON)


def wipe() -> None:
    with engine.current().transaction() as session:
        practice.wipe(session, PRACTICE, actor=actor(), at=NOON)


def links(page: AppTest) -> dict[str, str]:
    """Where the links of ours on a page lead, by their words."""
    return {each["label"]: each["path"] for each in component(page, "link")}


def warnings(page: AppTest) -> list[str]:
    return [each.value for each in page.warning]


def settings(page: AppTest) -> AppTest:
    """Open the desk's settings."""
    page.session_state["settings"] = True
    return page.run()


NAME = "10/11/2022 · Đối thoại giữa lãnh đạo UBND tỉnh Đồng Nai với thanh niên năm 2022"
PRACTICE_NAME = NAME.replace("·", "· Tập dượt:")
OF_AN_EVENT = [each for each in Place if each is not Place.ACCOUNTS]


@pytest.mark.parametrize("place", OF_AN_EVENT)
def test_every_page_of_a_rehearsal_says_so_and_none_of_the_real_event(
    visit: Visit, place: Place
) -> None:
    begin()
    role = min(MAY_OPEN[place])

    rehearsed, real = visit(place, role, event=PRACTICE), visit(place, role)

    assert not rehearsed.exception
    assert component(rehearsed, "banner") == [{"words": MARK}]
    assert component(real, "banner") == []
    # Under a stage nobody could reach it.
    if place in SCREENS:
        assert component(rehearsed, "bar") == []
    else:
        [of_rehearsed], [of_real] = component(rehearsed, "bar"), component(real, "bar")
        assert of_rehearsed["state"]["practice"]
        assert not of_real["state"]["practice"]
        assert (of_rehearsed["event"]["name"], of_real["event"]["name"]) == (PRACTICE_NAME, NAME)
        assert [each["name"] for each in of_real["event"]["targets"]] == [NAME, PRACTICE_NAME]


def test_the_home_page_knows_no_rehearsal(visit: Visit) -> None:
    begin()

    page = visit("home", event=PRACTICE)

    assert page.link_button[0].url.endswith(f"/ask/{SLUG}")
    assert [each["code"] for each in component(page, "bar")[0]["event"]["targets"]] == [SLUG]


def test_a_rehearsal_is_begun_in_the_settings_of_the_desk(visit: Visit) -> None:
    ask_until(Status.APPROVED)
    page = settings(visit(Place.DESK, Role.MODERATOR))

    page.button(key="practice-begin").click().run()

    assert snapshots.current(SLUG).practice == PRACTICE
    assert len(snapshots.current(PRACTICE).questions) == 1
    # A new page: nothing that this one holds of the real event meets the rehearsal.
    (going,) = [each for each in component(page, "link") if each["now"]]
    assert going["path"] == f"/desk?event={PRACTICE}&lang=vi"


@pytest.mark.parametrize("desk", [SLUG, PRACTICE])
def test_a_rehearsal_is_wiped_with_one_confirmed_deed(visit: Visit, desk: str) -> None:
    real = ask_until(Status.APPROVED, text="Câu hỏi thật của một bạn trẻ")
    begin()
    ask(slug=PRACTICE)
    page = settings(visit(Place.DESK, Role.MODERATOR, event=desk))
    assert page.button(key="practice-wipe").disabled

    page.checkbox(key="practice-sure").check().run()
    page.button(key="practice-wipe").click().run()

    with pytest.raises(PracticeOver):
        snapshots.current(PRACTICE)
    assert snapshots.current(SLUG).questions[real].text == "Câu hỏi thật của một bạn trẻ"
    if desk == SLUG:
        line = component(page, "question_board")[0]["frame"]["line"]
        assert line["notice"]["text"] == "Đã xóa buổi tập dượt. Câu hỏi thật vẫn nguyên vẹn."
        assert "practice-begin" in [each.key for each in page.button]


def test_whoever_has_the_desk_of_a_wiped_rehearsal_open_is_told_and_led_back(visit: Visit) -> None:
    begin()
    number = ask(slug=PRACTICE).number
    page = visit(Place.DESK, Role.MODERATOR, event=PRACTICE, lang="en")
    wipe()

    page.run()

    assert not page.exception
    assert [each.value for each in page.info] == [
        "Its questions have been wiped. The real ones are as they were."
    ]
    # Nothing real appears under the hands of somebody who practises.
    assert component(page, "question_board") == []
    assert links(page)["Open the real event"] == f"/desk?event={SLUG}&lang=en"
    with pytest.raises(PracticeOver):
        act(number, Action.APPROVE, version=1, slug=PRACTICE)


def test_an_old_address_of_a_rehearsal_says_that_it_is_over(visit: Visit) -> None:
    begin()
    wipe()

    page = visit(Place.REVIEW, Role.ANALYST, event=PRACTICE)

    over = "Các câu hỏi tập dượt đã được xóa. Câu hỏi thật vẫn nguyên vẹn."
    assert [each.value for each in page.info] == [over]
    assert links(page)["Mở buổi đối thoại thật"] == f"/review?event={SLUG}&lang=vi"
    unknown = visit(Place.REVIEW, Role.ANALYST, event="khong-co-tap-duot-1")
    assert over not in [each.value for each in unknown.info]


def test_the_screens_of_the_event_show_the_rehearsal_while_they_are_told_to(visit: Visit) -> None:
    begin()
    real = ask_until(Status.ON_STAGE, text="Câu hỏi thật đang hỏi trong hội trường")

    def screen(**query: str) -> tuple[str | None, str, str]:
        stage = scene_of(visit(Place.PROJECTOR, Role.SCREEN, **query))
        return stage["practice"], stage["scene"], stage["address"].split("/")[-1]

    assert screen() == (None, "question", SLUG)
    show(shown=True)
    assert screen() == (MARK, "welcome", PRACTICE)
    show(shown=False)
    assert screen() == (None, "question", SLUG)
    assert screen(event=PRACTICE) == (MARK, "welcome", PRACTICE)
    wipe()
    assert screen(event=PRACTICE) == (None, "question", SLUG)
    assert real in snapshots.current(SLUG).questions


def test_both_desks_say_which_of_the_two_the_screens_show(visit: Visit) -> None:
    begin()
    practising = visit(Place.DESK, Role.MODERATOR, event=PRACTICE)
    assert practising.toggle(key="practice-shown").value is False

    practising.toggle(key="practice-shown").set_value(True).run()

    assert snapshots.current(SLUG).hall.practice
    assert practising.toggle(key="practice-shown").value is True
    page = visit(Place.DESK, Role.MODERATOR)
    assert warnings(page) == ["Màn chiếu đang theo buổi tập dượt, chưa theo buổi này."]
    page.button(key="practice-hide").click().run()
    assert not snapshots.current(SLUG).hall.practice
    assert warnings(page) == []
    assert practising.run().toggle(key="practice-shown").value is False


def test_another_event_is_opened_by_an_address_that_loads_its_page_anew(visit: Visit) -> None:
    begin()

    [bar] = component(visit(Place.DESK, Role.MODERATOR, lang="en"), "bar")

    assert [(each["path"], each["asks"]) for each in bar["event"]["targets"]] == [
        (f"/desk?event={SLUG}&lang=en", None),
        (f"/desk?event={PRACTICE}&lang=en", None),
    ]

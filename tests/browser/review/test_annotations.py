"""Annotations on a page of their own: written, refused, changed by two at once, withdrawn."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from data_access import engine
from data_access.review import annotations
from dialogue.annotations import Annotation, Subject
from dialogue.roles import Role
from tests.browser.conftest import DESK, PHONE
from tests.factories import NOON, SLUG, actor, annotate
from tests.server import Server

Open = Callable[..., Page]
HOSTILE = "**đậm** <script>alert(1)</script> [x](http://x) :red[đỏ] $a_b$ # không"


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """The app with the page of the annotations alone."""
    started = Server(sqlite_url, tmp_path / "server.log")
    started.script = "tests/browser/variants/annotations.py"
    started.start()
    database = engine.start(sqlite_url)
    yield started
    database.close()
    started.stop()


def kept() -> list[Annotation]:
    with engine.current().reading() as session:
        return annotations.list_current(session, SLUG)


def opened(page: Page, subject: Subject) -> Locator:
    """Open what is behind a subject's button."""
    page.locator(f".st-key-annotations-{subject} button").click()
    return page.get_by_test_id("stPopoverBody")


def count(page: Page, subject: Subject) -> Locator:
    return page.locator(f".st-key-annotations-{subject} button")


def test_an_annotation_is_written_with_the_keyboard_and_counted(staff: Open) -> None:
    page = staff("", Role.ANALYST)
    expect(count(page, Subject.DISTRICTS)).to_contain_text("Viết nhận xét")

    behind = opened(page, Subject.DISTRICTS)
    behind.locator("textarea").fill("Huyện xa ít hỏi.\nCần hẹn lại.")
    behind.locator("textarea").press("Control+Enter")

    expect(count(page, Subject.DISTRICTS)).to_contain_text("Nhận xét (1)")
    expect(behind).to_contain_text("Huyện xa ít hỏi.\nCần hẹn lại.")
    expect(behind).to_contain_text("Người thử · ")
    expect(behind.locator("textarea")).to_have_value("")
    assert [(each.subject, each.moment) for each in kept()] == [(Subject.DISTRICTS, None)]


def test_what_is_refused_stays_in_the_box_and_is_saved_once_it_is_right(staff: Open) -> None:
    page = staff("", Role.MODERATOR)
    behind = opened(page, Subject.REPLAY)
    expect(behind).to_contain_text("Nhận xét mới, lúc 12:00 10/11/2022")

    behind.locator("textarea").fill("ơ")
    behind.get_by_role("button", name="Lưu").click()

    expect(behind).to_contain_text("Nội dung cần có từ 3 đến 1000 ký tự; hiện có 1.")
    expect(behind.locator("textarea")).to_have_value("ơ")
    behind.locator("textarea").fill("ơ, mất điện")
    behind.get_by_role("button", name="Lưu").click()
    expect(behind).not_to_contain_text("Nội dung cần có")
    expect(behind).to_contain_text("12:00 10/11/2022")
    assert [(each.text, each.moment) for each in kept()] == [("ơ, mất điện", NOON)]


def test_a_draft_is_still_there_when_the_box_is_closed_and_opened(staff: Open) -> None:
    page = staff("", Role.MODERATOR)
    behind = opened(page, Subject.DISTRICTS)
    behind.locator("textarea").fill("Đang viết dở")

    page.mouse.click(DESK["width"] - 20, DESK["height"] - 20)
    expect(behind).to_have_count(0)

    expect(opened(page, Subject.DISTRICTS).locator("textarea")).to_have_value("Đang viết dở")


def changing(page: Page) -> Locator:
    """Begin to change the only annotation of the districts, and return the box."""
    behind = opened(page, Subject.DISTRICTS)
    behind.get_by_role("button", name="Sửa hoặc rút").click()
    return behind.get_by_label("Nhận xét", exact=True)


def test_of_two_who_change_one_the_second_sees_what_the_first_wrote(staff: Open) -> None:
    annotate("Bản đầu tiên")
    first, second = staff("", Role.MODERATOR), staff("", Role.MODERATOR)
    theirs, mine = changing(first), changing(second)
    expect(mine).to_have_value("Bản đầu tiên")
    theirs.fill("Bản của người kia")
    theirs.press("Control+Enter")
    expect(theirs).to_have_count(0)

    mine.fill("Bản của tôi")
    mine.press("Control+Enter")

    behind = second.get_by_test_id("stPopoverBody")
    expect(behind).to_contain_text("Có người vừa sửa nhận xét này.")
    expect(behind).to_contain_text("Bản của người kia")
    expect(behind).to_contain_text("Người thử sửa lúc")
    expect(mine).to_have_value("Bản của tôi")
    assert [each.text for each in kept()] == ["Bản của người kia"]
    mine.press("Control+Enter")
    expect(mine).to_have_count(0)
    assert [each.text for each in kept()] == ["Bản của tôi"]


def test_who_changes_what_was_withdrawn_meanwhile_keeps_their_words(staff: Open) -> None:
    annotate("Bản đầu tiên")
    first, second = staff("", Role.MODERATOR), staff("", Role.MODERATOR)
    changing(first)
    mine = changing(second)
    mine.fill("Bản của tôi")
    first.get_by_role("button", name="Rút", exact=True).click()
    expect(count(first, Subject.DISTRICTS)).to_contain_text("Viết nhận xét")

    mine.press("Control+Enter")

    behind = second.get_by_test_id("stPopoverBody")
    expect(behind).to_contain_text("Nhận xét này không còn nữa.")
    expect(behind.locator("textarea")).to_have_value("Bản của tôi")


def test_an_annotation_is_withdrawn_by_the_desk_and_not_by_another_analyst(staff: Open) -> None:
    annotate("Của người khác", by=actor(Role.ANALYST, account_id=99))
    analyst = staff("", Role.ANALYST)
    behind = opened(analyst, Subject.DISTRICTS)
    expect(behind).to_contain_text("Của người khác")
    expect(behind.get_by_role("button", name="Sửa hoặc rút")).to_have_count(0)

    page = staff("", Role.MODERATOR)
    behind = opened(page, Subject.DISTRICTS)
    behind.get_by_role("button", name="Sửa hoặc rút").click()
    behind.get_by_role("button", name="Rút", exact=True).click()

    expect(count(page, Subject.DISTRICTS)).to_contain_text("Viết nhận xét")
    assert kept() == []


@pytest.mark.parametrize("button", ["Lưu", "Thôi", "Rút"])
def test_a_double_click_does_no_more_than_a_click(staff: Open, button: str) -> None:
    annotate("Bản đầu tiên")
    page = staff("", Role.MODERATOR)
    mine = changing(page)
    mine.fill("Bản thứ hai")

    page.get_by_role("button", name=button, exact=True).first.dblclick()

    expect(mine).to_have_count(0)
    page.wait_for_timeout(1000)
    behind = page.get_by_test_id("stPopoverBody")
    expect(behind.get_by_label("Nhận xét mới")).to_have_value("")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_a_double_click_writes_one_annotation(staff: Open) -> None:
    page = staff("", Role.MODERATOR)
    behind = opened(page, Subject.DISTRICTS)
    behind.locator("textarea").fill("Chỉ một lần")

    behind.get_by_role("button", name="Lưu").dblclick()

    expect(count(page, Subject.DISTRICTS)).to_contain_text("Nhận xét (1)")
    page.wait_for_timeout(1000)
    expect(behind.locator("textarea")).to_have_value("")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert [each.text for each in kept()] == ["Chỉ một lần"]


def test_who_may_only_read_sees_annotations_and_nothing_where_there_are_none(staff: Open) -> None:
    annotate("Huyện xa ít hỏi")

    page = staff("", Role.CHAIR)

    behind = opened(page, Subject.DISTRICTS)
    expect(behind).to_contain_text("Huyện xa ít hỏi")
    expect(behind.locator("textarea, button")).to_have_count(0)
    expect(count(page, Subject.REPLAY)).to_have_count(0)


@pytest.mark.parametrize("subject", [Subject.DISTRICTS, Subject.REPLAY])
def test_hostile_words_are_words_and_fit_a_phone(staff: Open, subject: Subject) -> None:
    by = actor(name="**Bưởi** <b>", account_id=9)
    annotate(f"{HOSTILE} {'a' * 300}", subject=subject, moment=NOON, by=by)
    page = staff("", Role.MODERATOR, size=PHONE)

    behind = opened(page, subject)

    expect(behind).to_contain_text(HOSTILE)
    expect(behind).to_contain_text("**Bưởi** <b>")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    edge = behind.evaluate("each => each.getBoundingClientRect().right")
    assert edge <= PHONE["width"]
    inner = behind.evaluate("each => each.scrollWidth - each.clientWidth")
    assert inner <= 0

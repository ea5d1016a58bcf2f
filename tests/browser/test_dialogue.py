"""The whole path with a phone, a desk and a projector open at once, and no reload anywhere."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from dialogue.roles import Role
from tests.browser.conftest import DESK, PROJECTOR
from tests.browser.steps import ask, board, click, go_to, row, show
from tests.server import Server

HOSTILE = (
    "<img src=x onerror=alert(1)> **đậm** $x^2$ :red[đỏ] [bấm](javascript:alert(1)) "
    "=HYPERLINK(1) 🙂 שלום e\u0302\u0301 %{x} {{7*7}}"
)


def never_reloads(page: Page) -> Callable[[], None]:
    page.evaluate("window.stillTheSame = true")
    return lambda: expect_true(page)


def expect_true(page: Page) -> None:
    assert page.evaluate("window.stillTheSame") is True


def test_a_question_goes_from_a_phone_to_the_chart(staff: Callable[..., Page], phone: Page) -> None:
    desk = staff("desk", Role.MODERATOR)
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    participation = staff("participation", Role.ANALYST)
    expect(board(desk, "inbox").locator(".empty")).to_be_visible()
    expect(projector.locator(".screen[data-scene=welcome]")).to_be_visible()
    expect(participation.locator("[data-testid=stMetricValue]").first).to_have_text("0")
    unchanged = [never_reloads(page) for page in (desk, projector, participation)]

    ask(phone, "Khi nào ấp 4 xã Thanh Sơn có sóng 4G ạ", district="736")

    arrived = row(desk, "inbox", "Khi nào ấp 4 xã Thanh Sơn có sóng 4G ạ")
    expect(arrived).to_contain_text("Định Quán")
    click(arrived, "approve")
    expect(arrived).to_have_count(0)
    show(desk, "approved")
    click(row(desk, "inbox", "Thanh Sơn"), "queue")
    expect(row(desk, "queue", "Thanh Sơn")).to_be_visible()
    click(row(desk, "queue", "Thanh Sơn"), "stage")
    expect(projector.locator(".stage .asked")).to_contain_text("Thanh Sơn")
    expect(projector.locator(".stage .marks")).to_contain_text("Định Quán")
    click(row(desk, "stage", "Thanh Sơn"), "answer")
    expect(projector.locator(".stage")).to_contain_text("sắp bắt đầu")
    metrics = participation.locator("[data-testid=stMetric]")
    expect(metrics.first).to_contain_text("1")
    answered = metrics.filter(has_text="Đã trả lời").locator("[data-testid=stMetricValue]")
    expect(answered).to_have_text("1")
    expect(participation.get_by_text("Định Quán").first).to_be_visible()

    for check in unchanged:
        check()


def test_reject_with_a_reason_and_undo(staff: Callable[..., Page], phone: Page) -> None:
    desk = staff("desk", Role.MODERATOR)
    ask(phone, "Mời cả nhà mua hàng giảm giá")

    advertising = row(desk, "inbox", "giảm giá")
    click(advertising, "reject")
    advertising.locator("[data-action=reason-advertising]").click()
    show(desk, "rejected")
    click(advertising, "restore")
    show(desk, "received")

    expect(advertising.locator("[data-action=approve]")).to_be_visible()


def test_the_queue_is_reordered_and_put_back(staff: Callable[..., Page], phone: Page) -> None:
    desk = staff("desk", Role.MODERATOR)
    for number in (1, 2, 3):
        phone.goto(re.sub(r"(/ask/[^/]+).*", r"\1", phone.url))
        ask(phone, f"Câu hỏi thứ {number} của buổi chiều")
        phone.wait_for_url("**/ask/*/*")
        click(row(desk, "inbox", f"thứ {number}"), "queue")
    texts = board(desk, "queue").locator(".text")

    expect(texts).to_have_count(3)
    click(row(desk, "queue", "thứ 3"), "first")
    expect(texts).to_have_text([re.compile(f"thứ {number}") for number in (3, 1, 2)])
    click(row(desk, "queue", "thứ 1"), "down")
    expect(texts).to_have_text([re.compile(f"thứ {number}") for number in (3, 2, 1)])
    click(row(desk, "queue", "thứ 2"), "stage")
    click(row(desk, "stage", "thứ 2"), "put_back")
    expect(texts).to_have_text([re.compile(f"thứ {number}") for number in (2, 3, 1)])


def test_clicks_faster_than_the_server_are_all_done(
    staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    for number in range(6):
        phone.goto(re.sub(r"(/ask/[^/]+).*", r"\1", phone.url))
        ask(phone, f"Câu hỏi thứ {number} gửi liên tiếp")
        phone.wait_for_url("**/ask/*/*")
        expect(row(desk, "inbox", f"thứ {number}")).to_be_visible()

    board(desk, "inbox").evaluate(
        """(element) => {
            const root = [...element.querySelectorAll("*")].find((each) => each.shadowRoot);
            const buttons = root.shadowRoot.querySelectorAll("[data-action=queue]");
            for (const button of [...buttons]) button.click();
        }"""
    )

    expect(board(desk, "queue").locator(".row")).to_have_count(6)
    expect(board(desk, "inbox").locator(".row")).to_have_count(0)


def test_two_moderators_at_once_the_second_is_told(staff: Callable[..., Page], phone: Page) -> None:
    first = staff("desk", Role.MODERATOR)
    ask(phone, "Câu hỏi mà hai người cùng bấm")
    expect(row(first, "inbox", "cùng bấm")).to_be_visible()
    # The second one's page does not hear of changes, as in the instant before it would.
    second = staff("desk", Role.MODERATOR, deaf=True)
    expect(row(second, "inbox", "cùng bấm")).to_be_visible()

    click(row(first, "inbox", "cùng bấm"), "queue")
    expect(row(first, "queue", "cùng bấm")).to_be_visible()
    click(row(second, "inbox", "cùng bấm"), "approve")

    line = board(second, "inbox").locator(".line")
    expect(line).to_contain_text("đã làm trước. Đã đưa vào hàng đợi: #1.")
    expect(row(second, "queue", "cùng bấm")).to_be_visible()
    expect(row(first, "queue", "cùng bấm")).to_be_visible()


def test_a_view_is_chosen_by_a_label_whose_count_has_changed_meanwhile(
    staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    late = staff("desk", Role.MODERATOR, deaf=True)
    expect(board(late, "inbox").locator(".empty")).to_be_visible()
    ask(phone, "Câu hỏi duyệt trong lúc đó")
    click(row(desk, "inbox", "trong lúc đó"), "approve")
    expect(board(desk, "inbox").locator("[data-action=view-approved]")).to_contain_text("1")

    show(late, "approved")

    expect(row(late, "inbox", "trong lúc đó")).to_be_visible()
    expect(board(late, "inbox").locator("[data-action=view-approved]")).to_contain_text("1")


def test_hostile_text_is_plain_text_everywhere(staff: Callable[..., Page], phone: Page) -> None:
    alerts: list[str] = []
    desk = staff("desk", Role.MODERATOR)
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    for page in (desk, projector, phone):
        page.on("dialog", lambda dialog: alerts.append(dialog.message))

    ask(phone, HOSTILE)
    shown = "<img src=x onerror=alert(1)> **đậm** $x^2$ :red[đỏ] [bấm](javascript:alert(1))"
    arrived = row(desk, "inbox", "đậm")
    expect(arrived.locator(".text")).to_contain_text(shown)
    expect(arrived.locator(".text")).to_contain_text("ế %{x} {{7*7}}")
    click(arrived, "queue")
    click(row(desk, "queue", "đậm"), "stage")
    expect(projector.locator(".stage .asked .text")).to_contain_text(shown)
    expect(phone.locator("body")).to_contain_text(shown)

    review = staff("review", Role.ANALYST)
    expect(review.locator(".st-key-headline [data-testid=stMetricValue]").first).to_have_text("1")
    for page in (desk, projector, phone, review):
        assert page.locator("img[src=x]").count() == 0
    assert alerts == []


@pytest.mark.parametrize("place", ["desk", "projector", "participation", "review"])
def test_the_first_request_of_a_fresh_process_is_guarded(
    server: Server, browser: Browser, place: str
) -> None:
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()

    page.goto(f"{server.url}/{place}")

    expect(page.locator("[data-testid=stAlert]")).to_contain_text("dành cho ban tổ chức")
    expect(page).to_have_title("Đối Thoại")  # by the navigation script alone
    assert page.locator(".board, .stage").count() == 0
    context.close()


def test_english_is_one_click_away_and_stays(staff: Callable[..., Page]) -> None:
    desk = staff("desk", Role.MODERATOR)
    expect(desk.get_by_role("button", name="Điều hành")).to_be_visible()

    desk.get_by_text("English").click()
    expect(desk.get_by_role("button", name="Conduct")).to_be_visible()
    go_to(desk, "Review")

    expect(desk.get_by_role("heading", name="Review")).to_be_visible()
    assert "lang=en" in desk.url


def test_the_desk_catches_up_after_the_server_was_away(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    expect(board(desk, "inbox").locator(".empty")).to_be_visible()
    expect(projector.locator(".screen[data-scene=welcome]")).to_be_visible()
    unchanged = [never_reloads(desk), never_reloads(projector)]

    server.kill()
    server.start()
    ask(phone, "Câu hỏi sau khi máy chủ trở lại")

    arrived = row(desk, "inbox", "trở lại")
    expect(arrived).to_be_visible(timeout=20_000)
    click(arrived, "queue")
    click(row(desk, "queue", "trở lại"), "stage")
    expect(projector.locator(".stage .asked")).to_contain_text("trở lại", timeout=20_000)
    for check in unchanged:
        check()

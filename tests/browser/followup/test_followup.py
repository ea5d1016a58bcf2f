"""From the hall to a published reply: the editors, a department, the asker and everybody."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from data_access import engine
from dialogue.accounts import Grant
from dialogue.lifecycle import Status
from dialogue.roles import Role
from tests import factories
from tests.browser.conftest import DESK
from tests.browser.steps import ask, reload
from tests.factories import DEPARTMENT, REPLY, SLUG, ask_until, submit_reply
from tests.server import Server

pytestmark = pytest.mark.long

ASKED = "Khi nào ấp 4 xã Thanh Sơn có sóng 4G ạ"
FIRST = "Sở đang phối hợp với doanh nghiệp viễn thông."
MENDED = "Trạm phát sóng ở ấp 4 hoạt động từ quý I năm 2023."

NEVER_BY_ITSELF = """
    window.setTimeout = ((set) => (f, ms) => set(f, ms === 1500 ? 1e9 : ms))(setTimeout)
"""


@pytest.fixture
def department(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody of a department."""
    contexts = []

    def open_page(path: str, *codes: str) -> Page:
        database = engine.start(server.database_url)
        grants = [Grant(Role.DEPARTMENT, SLUG, code) for code in codes or (DEPARTMENT,)]
        held = factories.sign_in(factories.add_account(besides=grants))
        database.close()
        context = browser.new_context(viewport=DESK, locale="vi-VN")  # type: ignore[arg-type]
        contexts.append(context)
        for name, value in held.items():
            context.add_cookies([{"name": name, "value": value, "url": server.url}])
        page = context.new_page()
        page.goto(f"{server.url}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def asked(server: Server) -> Iterator[Callable[..., int]]:
    """Ask questions and lead them to a state, as before the test."""
    database = engine.start(server.database_url)
    yield lambda status, **fields: ask_until(status, **fields)
    database.close()


def mark(table: Locator, row: int = 0) -> None:
    """Tick a row of a table, or open it where there is nothing to tick."""
    table.locator("tbody tr").nth(row).locator("input, button").click()


def table(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-{name} .dialogue-table")


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Trả lời bằng văn bản")


def follow_up(page: Page, number: int = 1) -> Locator:
    return page.locator(f".st-key-promise-{number}")


def test_a_reply_is_promised_written_sent_back_mended_published_and_read(
    server: Server,
    staff: Callable[..., Page],
    department: Callable[..., Page],
    phone: Page,
) -> None:
    ask(phone, ASKED, district="736")
    expect(phone.locator(".receipt")).to_be_visible()
    editor = staff("followup", Role.MODERATOR)
    office = department("department")
    expect(office.get_by_text("Chưa có câu hỏi nào chờ trả lời")).to_be_visible()

    mark(table(editor, "open"))
    editor.locator(".st-key-defer-to").click()
    editor.get_by_role("option", name="Sở Thông tin và Truyền thông").click()
    editor.get_by_role("button", name="Chuyển trả lời bằng văn bản (1)").click()
    expect(editor.get_by_text("Mọi câu hỏi đều đã có kết quả.")).to_be_visible()

    follow_up(office).get_by_role("button", name="Soạn trả lời").click()
    box(office).fill(FIRST)
    office.get_by_label("Số văn bản").fill("1234/STTTT-BCVT")
    office.get_by_label("Ngày văn bản").fill("2022-11-09")
    expect(office.get_by_text("Ngày văn bản: 09/11/2022")).to_be_visible()
    expect(office.locator(".state")).to_contain_text("đã lưu lúc")
    reload(office)
    expect(box(office)).to_have_value(FIRST)
    expect(office.get_by_label("Số văn bản")).to_have_value("1234/STTTT-BCVT")
    office.get_by_role("button", name="Gửi duyệt").click()
    expect(follow_up(office)).to_contain_text("Chờ duyệt")

    mark(table(editor, "promised"))
    chosen = editor.locator(".st-key-chosen")
    expect(chosen).to_contain_text(FIRST)
    chosen.get_by_label("Cần sửa điều gì?").fill("Nêu rõ thời hạn")
    chosen.get_by_role("button", name="Trả lại để sửa").click()
    expect(follow_up(office)).to_contain_text("Nêu rõ thời hạn")
    box(office).fill(MENDED)
    office.get_by_role("button", name="Gửi duyệt").click()
    expect(chosen).to_contain_text(MENDED)
    expect(phone.locator("#reply")).to_be_hidden()
    chosen.get_by_role("button", name="Duyệt và công khai").click()

    expect(follow_up(office)).to_contain_text("Đã công khai")
    expect(phone.locator("#outcome")).to_contain_text("đã được trả lời", timeout=20_000)
    expect(phone.locator("#reply")).to_contain_text(MENDED)
    expect(phone.locator("#reply")).to_contain_text("Văn bản số 1234/STTTT-BCVT ngày 09/11/2022")
    phone.goto(f"{server.url}/replies/{SLUG}")
    expect(phone.locator(".reply")).to_contain_text("Huyện Định Quán")
    expect(phone.locator(".reply")).to_contain_text(MENDED)

    chosen.get_by_role("button", name="Thu hồi câu trả lời").click()
    expect(chosen.get_by_role("button", name="Duyệt và công khai")).to_be_visible()
    phone.reload()
    expect(phone.locator("main")).to_contain_text("Chưa có câu trả lời nào")


def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    department: Callable[..., Page], asked: Callable[..., int]
) -> None:
    asked(Status.DEFERRED)
    office = department("department?question=1")
    text = box(office)
    text.fill("Chưa")
    office.get_by_label("Số văn bản").fill("12/STTTT")

    office.get_by_role("button", name="Gửi duyệt").click()

    refusal = office.locator(".refusal")
    expect(refusal).to_contain_text("cần ít nhất 10 ký tự; hiện có 4")
    expect(refusal).to_contain_text("Xin ghi cả số và ngày của văn bản")
    expect(text).to_have_value("Chưa")
    text.fill("x" * 5001)
    expect(office.locator(".counter")).to_contain_text("5.001/5.000")
    office.get_by_role("button", name="Lưu nháp").click()
    expect(refusal).to_contain_text("dài tối đa 5.000 ký tự; hiện có 5.001")
    expect(text).to_have_value("x" * 5001)


def test_two_of_a_department_at_once_overwrite_nothing(
    department: Callable[..., Page], asked: Callable[..., int]
) -> None:
    asked(Status.DEFERRED)
    first, second = (department("department?question=1") for _ in range(2))
    for page in (first, second):
        expect(box(page)).to_be_visible()

    # The second has begun, and has not saved yet, when the first does.
    second.evaluate(
        "window.setTimeout = ((set) => (f, ms) => set(f, ms === 1500 ? 1e9 : ms))(setTimeout)"
    )
    box(second).fill("Của người thứ hai")
    box(first).fill("Của người thứ nhất")
    first.get_by_role("button", name="Lưu nháp").click()
    expect(first.locator(".state")).to_contain_text("đã lưu lúc")
    expect(box(second)).to_have_value("Của người thứ hai")
    second.get_by_role("button", name="Lưu nháp").click()

    expect(second.locator(".refusal")).to_contain_text("Có người vừa thay đổi")
    expect(box(second)).to_have_value("Của người thứ hai")
    reload(first)
    expect(box(first)).to_have_value("Của người thứ nhất")


def test_a_department_sees_its_own_questions_only(
    department: Callable[..., Page], asked: Callable[..., int]
) -> None:
    asked(Status.DEFERRED, text="Câu hỏi của Sở Thông tin và Truyền thông")
    other = asked(Status.DEFERRED, text="Câu hỏi của Sở Y tế ạ", answered_by="so-y-te")
    submit_reply(other, text="Bản nháp của Sở Y tế")

    office = department(f"department?question={other}")

    expect(follow_up(office)).to_be_visible()
    expect(follow_up(office, other)).to_have_count(0)
    assert "Sở Y tế" not in office.locator("[data-testid=stMain]").inner_text()


def test_a_reminder_is_copied_as_plain_text(
    staff: Callable[..., Page], asked: Callable[..., int]
) -> None:
    asked(Status.DEFERRED, text="Khi nào có **lớp** tin học ạ")
    waits = asked(Status.DEFERRED)
    submit_reply(waits)
    editor = staff("followup", Role.MODERATOR)

    editor.locator(".st-key-reminders summary").click()

    reminder = editor.locator(".st-key-reminders code")
    expect(reminder).to_contain_text("Kính gửi: Sở Thông tin và Truyền thông")
    expect(reminder).to_contain_text("còn 1 câu hỏi")
    expect(reminder).to_contain_text("Câu hỏi số 1")
    expect(reminder).to_contain_text("Khi nào có **lớp** tin học ạ")
    expect(reminder).to_contain_text(re.compile("/department"))
    expect(reminder).not_to_contain_text("Câu hỏi số 2")


def test_the_desk_types_in_what_came_on_paper(
    staff: Callable[..., Page], asked: Callable[..., int]
) -> None:
    asked(Status.DEFERRED)
    editor = staff("followup", Role.MODERATOR)
    mark(table(editor, "promised"))
    editor.get_by_text("Nhập thay đơn vị khi văn bản gửi bằng giấy").click()

    box(editor).fill(REPLY.text)
    editor.get_by_role("button", name="Gửi duyệt").click()
    editor.get_by_role("button", name="Duyệt và công khai").click()

    expect(editor.locator(".st-key-chosen")).to_contain_text("Đã công khai")

"""The moderators' desk, by mouse and by keyboard alone, and several people at it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from data_access import engine
from data_access.engine import Database
from dialogue.inbox import Order
from dialogue.lifecycle import Status
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.steps import ask, board, click, go_to, reload, row, settled, show
from tests.factories import SLUG
from tests.server import Server


def questions(server: Server, *texts: str, district: str = "731") -> None:
    """Ask before anyone looks."""
    database = engine.start(server.database_url)
    for text in texts:
        factories.ask(text=text, district=district)
    database.close()


def statuses(server: Server) -> dict[int, Status]:
    """How the questions stand in the database."""
    database: Database = engine.start(server.database_url)
    board = snapshots.current(SLUG)
    database.close()
    return {number: each.status for number, each in board.questions.items()}


def ask_again(phone: Page, text: str) -> None:
    phone.wait_for_url(re.compile(r"/ask/[^/]+/\w+"))
    phone.goto(re.sub(r"(/ask/[^/]+).*", r"\1", phone.url))
    ask(phone, text)


def press(desk: Page, *keys: str) -> None:
    """Press keys once what they are meant for has stood there."""
    settled(desk)
    for key in keys:
        desk.keyboard.press(key)


def numbers(desk: Page) -> list[int]:
    shown = board(desk, "inbox").locator(".row .number").all_inner_texts()
    return [int(each.removeprefix("#")) for each in shown]


def at_hand(desk: Page) -> str:
    return board(desk, "inbox").locator(".row.cursor .number").inner_text()


def line(desk: Page) -> Locator:
    return board(desk, "inbox").locator(".line")


def test_twenty_questions_are_moderated_by_keyboard_alone(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 21)))
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(20)

    press(desk, "j")
    for _ in range(5):
        press(desk, "a", "q", "x", "1", "a")

    expect(board(desk, "inbox").locator(".row")).to_have_count(0)
    expect(board(desk, "queue").locator(".row")).to_have_count(5)
    expected = [Status.APPROVED, Status.REJECTED, Status.QUEUED, Status.APPROVED] * 5
    assert list(statuses(server).values()) == expected


def test_each_key_does_what_the_sheet_says(server: Server, staff: Callable[..., Page]) -> None:
    questions(server, "ấp e chưa có sóng 4g ạ", "Câu hỏi về đào tạo nghề", "Câu hỏi thứ ba ạ")
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)

    press(desk, "j", "j", "j")
    assert at_hand(desk) == "#1"
    press(desk, "e")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Ấp em chưa có sóng 4G.")
    desk.keyboard.press("Control+Enter")
    expect(row(desk, "inbox", "Ấp em chưa có sóng 4G.")).to_be_visible()
    press(desk, "Enter")
    opened = row(desk, "inbox", "Nguyên văn")
    expect(opened.locator("del").first).to_have_text("ấp ")
    expect(opened.locator("ins").first).to_have_text("Ấp ")
    expect(opened).to_contain_text("Mã tra cứu:")

    press(desk, "t", "5")
    expect(opened).to_contain_text("Đào tạo nghề, việc làm")
    press(desk, "d", "1")
    expect(opened).to_contain_text("→ Sở Thông tin và Truyền thông")
    press(desk, "f")
    expect(opened.locator(".mark.flagged")).to_be_visible()
    press(desk, "a")  # nothing: it is flagged
    press(desk, "f")
    expect(opened.locator(".mark.flagged")).to_have_count(0)
    press(desk, "u")
    expect(opened.locator(".mark.flagged")).to_be_visible()

    press(desk, "k", "m")
    desk.keyboard.type("3")
    desk.keyboard.press("Enter")
    expect(line(desk)).to_contain_text("Đã gộp: #2.")
    show(desk, "merged")
    expect(row(desk, "inbox", "đào tạo nghề")).to_contain_text("Đã gộp vào #3")
    settled(desk)
    press(desk, "j", "r")
    expect(board(desk, "inbox").locator(".row")).to_have_count(0)

    press(desk, "?")
    sheet = board(desk, "inbox").locator("dialog")
    expect(sheet).to_contain_text("Hoàn tác thao tác gần nhất của bạn")
    press(desk, "Escape")
    expect(sheet).to_have_count(0)
    press(desk, "/")
    desk.keyboard.type("dao tao")
    expect(desk).to_have_url(re.compile("words=dao"))


def test_what_is_done_to_a_selection_is_done_at_once_and_undone_at_once(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 7)))
    desk = staff("desk", Role.MODERATOR)
    boxes = board(desk, "inbox").locator(".box")
    boxes.first.click()
    boxes.nth(3).click(modifiers=["Shift"])
    bulk = board(desk, "inbox").locator(".bulk")
    expect(bulk).to_contain_text("Đã chọn 4 câu")

    bulk.locator("[data-action=queue]").click()

    expect(board(desk, "queue").locator(".row")).to_have_count(4)
    expect(line(desk)).to_contain_text("Đã đưa vào hàng đợi: #6, #5, #4, #3.")
    board(desk, "inbox").locator("[data-action=undo]").click()
    expect(board(desk, "queue").locator(".row")).to_have_count(0)
    assert numbers(desk) == [6, 5, 4, 3, 2, 1]


def test_a_question_that_was_asked_before_is_merged_with_two_keys(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    questions(server, "Bao giờ ấp 4 xã Thanh Sơn có sóng 4G ổn định?", "Thi công chức cần gì ạ?")
    database = engine.start(server.database_url)
    first = snapshots.current(SLUG).questions[1].code
    database.close()
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(2)

    ask(phone, "bao gio ap 4 xa thanh son co song 4g on dinh a")
    again = row(desk, "inbox", "bao gio ap 4")
    expect(again.locator(".alike")).to_contain_text("Giống câu #1")
    expect(row(desk, "inbox", "Bao giờ ấp 4").locator(".alike")).to_contain_text("Giống câu #3")
    settled(desk)
    press(desk, "j", "m", "1")

    expect(line(desk)).to_contain_text("Đã gộp: #3.")
    expect(again).to_have_count(0)
    expect(row(desk, "inbox", "Bao giờ ấp 4").locator(".alike")).to_have_count(0)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("gộp")
    phone.goto(re.sub(r"(/ask/[^/]+).*", rf"\1/{first}", phone.url))
    expect(phone.locator(".joined")).to_contain_text("1 câu hỏi khác")


def test_new_questions_do_not_move_what_somebody_reads(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 31)))
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(30)
    press(desk, "j", "j", "j")
    reading = board(desk, "inbox").locator(".row.cursor")
    before = reading.bounding_box()

    ask(phone, "Câu hỏi vừa gửi từ hội trường")
    ask_again(phone, "Câu hỏi thứ hai vừa gửi")

    pill = board(desk, "inbox").locator(".pill")
    expect(pill).to_have_text("2 câu hỏi mới")
    expect(board(desk, "inbox").locator("[data-action=view-received]")).to_contain_text("32")
    assert at_hand(desk) == "#28"
    after = reading.bounding_box()
    assert before is not None
    assert after is not None
    # The pill itself stands above the list.
    assert after["y"] - before["y"] < 60
    assert numbers(desk) == list(range(30, 0, -1))

    press(desk, "n")
    expect(pill).to_be_hidden()
    assert numbers(desk) == list(range(32, 0, -1))
    ask_again(phone, "Câu hỏi thứ ba vừa gửi")
    expect(board(desk, "inbox").locator(".row").first).to_contain_text("thứ ba vừa gửi")


def test_who_comes_late_sees_who_was_first_and_may_do_it_all_the_same(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, "Câu hỏi mà hai người cùng sửa ạ")
    first, second = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR, deaf=True)
    expect(row(second, "inbox", "cùng sửa")).to_be_visible()

    click(row(first, "inbox", "cùng sửa"), "approve")
    expect(line(first)).to_contain_text("Đã duyệt: #1.")
    click(row(second, "inbox", "cùng sửa"), "queue")
    expect(line(second)).to_contain_text("Người thử đã làm trước. Đã duyệt: #1.")
    assert statuses(server) == {1: Status.APPROVED}

    board(second, "inbox").locator("[data-action=again]").click()
    expect(row(first, "queue", "cùng sửa")).to_be_visible()
    press(first, "u")
    expect(line(first)).to_contain_text("Người thử đã làm trước")
    assert statuses(server) == {1: Status.QUEUED}


def test_a_question_that_somebody_has_open_shows_it_to_the_others(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, "Câu hỏi mà một người đang đọc")
    first, second = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    expect(row(second, "inbox", "đang đọc")).to_be_visible()

    press(first, "j", "Enter")

    expect(row(second, "inbox", "đang đọc")).to_contain_text("Người thử đang xem")
    expect(row(first, "inbox", "đang đọc")).not_to_contain_text("đang xem")


def test_a_link_shows_a_colleague_the_same_view(server: Server, staff: Callable[..., Page]) -> None:
    questions(server, "Đường Hoà Bình bao giờ sửa ạ", district="736")
    questions(server, "Ấp em ở xã Phú Lý", "Đường Hoà Bình chưa có đèn")
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)

    desk.locator(".st-key-words input").fill("hòa")
    expect(board(desk, "inbox").locator(".row")).to_have_count(2)
    desk.locator(".st-key-filters button").first.click()
    desk.locator(".st-key-district input").click()
    desk.get_by_role("option", name="Định Quán").click()
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)

    query = desk.url.partition("?")[2]
    assert "district=736" in query
    colleague = staff(f"desk?{query}&x=", Role.MODERATOR)
    expect(board(colleague, "inbox").locator(".row")).to_have_count(1)
    expect(colleague.locator(".st-key-words input")).to_have_value("hòa")
    assert Order.NEWEST not in query


def test_two_people_keep_the_longest_waiting_for_themselves(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 16)))
    first, second = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    for desk in (first, second):
        expect(board(desk, "inbox").locator(".row")).to_have_count(15)

    press(first, "b")
    expect(board(first, "inbox").locator(".row")).to_have_count(10)
    board(second, "inbox").locator("[data-action=batch]").click()
    expect(board(second, "inbox").locator(".row")).to_have_count(5)

    assert sorted(numbers(first) + numbers(second)) == list(range(1, 16))
    press(first, "j", "a")
    expect(board(first, "inbox").locator(".row")).to_have_count(9)


@pytest.mark.parametrize("asked", ["lists", "commands"])
def test_what_was_read_of_another_view_comes_too_late(
    server: Server, staff: Callable[..., Page], asked: str
) -> None:
    questions(server, "Câu hỏi thứ nhất của buổi chiều", "Câu hỏi thứ hai của buổi chiều")
    desk, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    for each in (desk, other):
        expect(board(each, "inbox").locator(".row")).to_have_count(2)
    desk.evaluate(
        """asked => {
            const read = Response.prototype.json;
            Response.prototype.json = async function () {
                const answer = await read.call(this);
                if (!this.url.includes(`/${asked}/`)) return answer;
                await new Promise(letGo => { window.letGo = letGo; });
                return answer;
            };
        }""",
        asked,
    )
    press(other if asked == "lists" else desk, "j", "f")
    desk.wait_for_function("() => Boolean(window.letGo)")
    board(desk, "inbox").locator("[data-action=view-approved]").click()
    expect(board(desk, "inbox").locator(".empty")).to_be_visible()

    desk.evaluate("() => { letGo(); return new Promise(done => setTimeout(done, 300)); }")

    expect(board(desk, "inbox").locator(".empty")).to_be_visible()
    expect(board(desk, "inbox").locator("[data-action=view-approved]")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_what_is_done_first_in_any_list_is_done_first(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in (1, 2, 3)))
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)
    sent: list[str] = []
    broken = iter(["no network", "too many"])

    def go_on(route: Route) -> None:
        match next(broken, None):
            case "no network":
                route.abort()
            case "too many":
                route.fulfill(status=429, headers={"Retry-After": "1"})
            case None:
                body = route.request.post_data_json
                assert body is not None
                sent.extend(each.get("action") or each["name"] for each in body["commands"])
                route.continue_()

    desk.route("**/commands/**", go_on)
    press(desk, "j", "q")
    press(desk, ".")
    press(desk, "j", "f")

    expect(board(desk, "queue").locator(".row")).to_have_count(1)
    expect(board(desk, "inbox").locator(".row.flagged")).to_have_count(1)
    assert sent == ["queue", "darken", "flag"]


def test_what_was_pressed_is_done_though_another_page_is_opened(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, "Câu hỏi thứ nhất của buổi chiều")
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)
    broken = iter([True, True])
    desk.route(
        "**/commands/**", lambda route: route.abort() if next(broken, False) else route.continue_()
    )
    board(desk, "inbox").locator("[data-action=view-all]").click()
    expect(board(desk, "inbox").locator("[data-action=view-all]")).to_have_attribute(
        "aria-pressed", "true"
    )
    settled(desk)
    press(desk, "j", "a", "q")
    go_to(desk, "Nhập câu hỏi")
    expect(desk.locator(".st-key-entry-text")).to_be_visible()

    desk.wait_for_function("() => window.dialogueSender.unanswered.length === 0")
    assert statuses(server) == {1: Status.QUEUED}


def test_questions_on_paper_are_typed_in_by_keyboard_alone(
    server: Server, staff: Callable[..., Page]
) -> None:
    entry = staff("entry", Role.MODERATOR)
    entry.locator(".st-key-entry-district input").focus()
    entry.keyboard.type("Định")
    press(entry, "Enter")
    consent = entry.locator(".st-key-entry-consent input")
    words = entry.locator(".st-key-entry-text textarea")

    for text in ("Câu hỏi đầu tiên trên giấy", "Câu hỏi thứ hai trên giấy"):
        consent.focus()
        press(entry, "Space", "Tab")
        expect(words).to_be_focused()
        entry.keyboard.type(text)
        press(entry, "Control+Enter")
        expect(row(entry, "typed-in", text)).to_contain_text("Định Quán")
        expect(words).to_have_value("")
        expect(consent).not_to_be_checked()

    expect(entry.get_by_text("Đã lưu: #2.")).to_be_visible()
    slip = row(entry, "typed-in", "thứ hai")
    settled(entry)
    click(slip, "edit")
    slip.locator("textarea").fill("Câu hỏi thứ hai, đã sửa lại")
    click(slip, "save")
    expect(row(entry, "typed-in", "đã sửa lại")).to_be_visible()


def test_what_is_typed_in_wrongly_stays_and_is_named(staff: Callable[..., Page]) -> None:
    entry = staff("entry", Role.MODERATOR)
    words = entry.locator(".st-key-entry-text textarea")
    words.fill("ngắn")
    words.press("Control+Enter")

    expect(entry.get_by_text("cần ít nhất 10 ký tự")).to_be_visible()
    expect(entry.get_by_text("đánh dấu đồng ý với phần thông tin cá nhân")).to_be_visible()
    expect(words).to_have_value("ngắn")
    expect(entry.locator(".st-key-typed-in .row")).to_have_count(0)


def queue_numbers(desk: Page) -> list[int]:
    shown = board(desk, "queue").locator(".row .number").all_inner_texts()
    return [int(each.removeprefix("#")) for each in shown]


def drag(desk: Page, number: int, *, below: int) -> None:
    """Take a question of the queue by its grip and hold it over the lower half of another."""
    rows = board(desk, "queue")
    grip = rows.locator(f"[data-number='{number}'] .grip").bounding_box()
    target = rows.locator(f"[data-number='{below}']").bounding_box()
    assert grip is not None
    assert target is not None
    desk.mouse.move(grip["x"] + 5, grip["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(target["x"] + 20, target["y"] + target["height"] * 0.8, steps=5)


def test_the_queue_is_reordered_by_dragging_while_somebody_else_moves_it_too(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 5)))
    tall = {"width": 1400, "height": 1500}
    first, second = staff("desk", Role.MODERATOR, size=tall), staff("desk", Role.MODERATOR)
    board(first, "inbox").locator(".box").first.click()
    board(first, "inbox").locator(".box").last.click(modifiers=["Shift"])
    board(first, "inbox").locator(".bulk [data-action=queue]").click()
    for desk in (first, second):
        expect(board(desk, "queue").locator(".row")).to_have_count(4)
    assert queue_numbers(first) == [4, 3, 2, 1]

    settled(first)
    settled(second)
    drag(first, 4, below=2)
    click(row(second, "queue", "thứ 1 "), "first")
    expect(board(second, "queue").locator(".number").first).to_have_text("#1")
    # What is held stays under the hand, whatever the other has done meanwhile.
    assert queue_numbers(first) == [3, 2, 4, 1]
    first.mouse.up()
    second.mouse.move(0, 0)

    for desk in (first, second):
        expect(board(desk, "queue").locator(".number")).to_have_text(["#4", "#1", "#3", "#2"])


def test_the_queue_is_kept_by_keyboard_alone(server: Server, staff: Callable[..., Page]) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 4)))
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)
    press(desk, "j", "q", "q", "q")
    queue = board(desk, "queue").locator(".number")
    expect(queue).to_have_text(["#3", "#2", "#1"])
    settled(desk)

    press(desk, "g", "J")
    expect(queue).to_have_text(["#2", "#3", "#1"])
    press(desk, "p")
    expect(queue).to_have_text(["#3", "#2", "#1"])
    expect(row(desk, "queue", "thứ 3 ")).to_contain_text("Đã ghim")
    press(desk, "j", "h")
    held = row(desk, "queue", "thứ 2 ")
    expect(held).to_contain_text("Tạm giữ")
    expect(held.locator("[data-action=stage]")).to_have_count(0)
    press(desk, "j", "c")
    desk.keyboard.type("Người hỏi ngồi hàng đầu")
    press(desk, "Control+Enter")
    expect(row(desk, "queue", "thứ 1 ").locator(".note")).to_contain_text("ngồi hàng đầu")
    press(desk, "k", "k", "s")
    expect(row(desk, "stage", "thứ 3 ")).to_be_visible()


def test_a_question_of_several_issues_is_split_and_its_asker_follows_each(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    ask(phone, "Bao giờ ấp em có sóng 4G? Còn học nghề thì ở đâu ạ?")
    phone.wait_for_url(re.compile(r"/ask/[^/]+/\w+"))
    desk = staff("desk", Role.MODERATOR)
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)

    press(desk, "j", "i")
    expect(board(desk, "inbox").locator(".parts")).to_have_text("2 ý")
    press(desk, "Control+Enter")
    expect(line(desk)).to_contain_text("Đã tách: #1.")
    press(desk, "n")

    expect(board(desk, "inbox").locator(".row")).to_have_count(2)
    part = row(desk, "inbox", "học nghề")
    expect(part).to_contain_text("Một ý của #1")
    click(part, "reject")
    part.locator("[data-action=reason-off-topic]").click()
    expect(part).to_have_count(0)
    phone.reload()
    expect(phone.locator(".parts li")).to_have_count(1)
    expect(phone.locator(".parts")).to_contain_text("Cảm ơn")
    press(desk, "u", "u")
    expect(board(desk, "inbox").locator(".row")).to_have_count(1)
    expect(row(desk, "inbox", "4G? Còn học nghề")).to_be_visible()


def test_a_pause_is_said_to_the_phones_with_its_end(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    expect(desk.locator(".st-key-settings")).to_contain_text("Đọc trước khi công khai")
    desk.locator(".st-key-settings button").first.click()
    desk.locator(".st-key-intake-paused button").click()
    expect(desk.locator(".st-key-settings")).to_contain_text("Tạm dừng đến")

    ask(phone, "Câu hỏi gửi trong lúc tạm dừng ạ")
    expect(phone.locator("#summary")).to_contain_text("Sẽ nhận lại lúc")
    expect(phone.locator("[name=text]")).to_have_value("Câu hỏi gửi trong lúc tạm dừng ạ")
    phone.reload()
    expect(phone.locator(".paused")).to_contain_text("sẽ nhận lại lúc")
    expect(phone.locator("[name=text]")).to_have_value("Câu hỏi gửi trong lúc tạm dừng ạ")
    assert statuses(server) == {}

    desk.locator(".st-key-settings button").first.click()
    desk.locator(".st-key-intake-open button").click()
    expect(desk.locator(".st-key-settings")).to_contain_text("Đang nhận câu hỏi")
    phone.locator("[name=district]").select_option("731")
    phone.locator("[name=consent]").check()
    phone.locator("form button[type=submit]").first.click()
    phone.wait_for_url(re.compile(r"/ask/[^/]+/\w+"))


def test_who_wants_it_is_told_of_new_questions_in_the_title(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    questions(server, "Câu hỏi đã có từ trước ạ")
    desk = staff("desk", Role.MODERATOR)
    expect(row(desk, "inbox", "từ trước")).to_be_visible()
    press(desk, "o", "j")
    expect(board(desk, "inbox").locator("[data-action=alerts]")).to_contain_text("Đang bật âm báo")

    ask(phone, "Câu hỏi vừa gửi từ hội trường")
    ask_again(phone, "Câu hỏi thứ hai vừa gửi")

    expect(desk).to_have_title(re.compile(r"^\(2\) "))
    press(desk, "n")
    expect(desk).to_have_title(re.compile(r"^[^(]"))
    press(desk, "o")
    expect(board(desk, "inbox").locator("[data-action=alerts]")).to_contain_text("Đang tắt âm báo")


def test_what_seems_to_fit_is_accepted_with_one_key(
    server: Server, staff: Callable[..., Page]
) -> None:
    database = engine.start(server.database_url)
    factories.ask(text="Bao giờ ấp em có sóng 4G, trạm phát sóng ở đâu ạ?", topic=None)
    database.close()
    desk = staff("desk", Role.MODERATOR)
    asked = row(desk, "inbox", "trạm phát sóng")
    expect(asked.locator(".suggested")).to_contain_text("Chủ đề: Hạ tầng viễn thông")
    assert boards_topic(server) is None  # never applied by itself

    press(desk, "j", "y")
    expect(line(desk)).to_contain_text("Đã chọn chủ đề: #1.")
    expect(asked.locator(".suggested")).to_contain_text("Đơn vị trả lời: Sở Thông tin")
    press(desk, "y")
    expect(asked).to_contain_text("→ Sở Thông tin và Truyền thông")
    expect(asked.locator(".suggested")).to_have_count(0)
    assert boards_topic(server) == "ha-tang-so"


def boards_topic(server: Server) -> str | None:
    database = engine.start(server.database_url)
    topic = snapshots.current(SLUG).questions[1].topic
    database.close()
    return topic


def test_an_opened_question_tells_what_was_done_to_it(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, "Câu hỏi mà hai người đã xử lý ạ")
    desk = staff("desk", Role.MODERATOR)
    expect(row(desk, "inbox", "hai người")).to_be_visible()

    press(desk, "j", "f", "f", "Enter")

    told = row(desk, "inbox", "hai người").locator(".history li")
    expect(told).to_have_count(3)
    expect(told.nth(0)).to_contain_text("Điện thoại: Đã nhận: #1.")
    expect(told.nth(1)).to_contain_text("Người thử: Đã đánh dấu xem lại: #1.")


def test_who_comes_back_is_told_what_others_did(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    questions(server, "Câu hỏi có từ lúc đầu buổi chiều")
    desk, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    expect(row(desk, "inbox", "lúc đầu")).to_be_visible()
    seen = "localStorage['dialogue-seen-dong-nai-2022']"
    last = desk.evaluate(seen)
    desk.goto("about:blank")

    ask(phone, "Câu hỏi gửi trong lúc vắng mặt ạ")
    # It moves the other one, on which nobody acts in that moment.
    expect(row(other, "inbox", "vắng mặt")).to_be_visible()
    click(row(other, "inbox", "lúc đầu"), "approve")
    expect(line(other)).to_contain_text("Đã duyệt: #1.")
    # As if it had been an hour ago.
    desk.add_init_script(f"{seen} = JSON.stringify({{...{last}, at: Date.now() - 3_600_000}})")
    desk.goto(f"{server.url}/desk?lang=vi")

    expect(line(desk)).to_contain_text("Trong lúc")
    expect(line(desk)).to_contain_text("1 câu hỏi mới")


def test_where_the_desk_reads_afterwards_a_question_is_public_at_once(
    server: Server, staff: Callable[..., Page], phone: Page
) -> None:
    desk = staff("desk", Role.MODERATOR)
    desk.locator(".st-key-settings button").first.click()

    desk.locator(".st-key-moderation").get_by_text("Công khai ngay, đọc sau").click()

    expect(desk.locator(".st-key-settings")).to_contain_text("Công khai ngay, đọc sau")
    ask(phone, "Câu hỏi mà mọi người đọc được ngay ạ")
    phone.wait_for_url(re.compile(r"/ask/[^/]+/\w+"))
    expect(row(desk, "inbox", "đọc được ngay")).to_be_visible()
    assert statuses(server) == {1: Status.APPROVED}


def test_who_looks_at_a_quiet_desk_is_not_told_of_an_absence(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in range(1, 4)))
    desk, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    desk.clock.install()
    reload(desk)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)

    for _ in range(4):
        desk.clock.run_for(30_000)
    # What would be said of the first is there when the last has gone.
    for number in (1, 2, 3):
        click(row(other, "inbox", f"thứ {number} "), "approve")
        expect(row(desk, "inbox", f"thứ {number} ")).to_have_count(0)

    expect(board(desk, "inbox").locator(".row")).to_have_count(0)
    expect(line(desk)).not_to_contain_text("Trong lúc")


def test_what_one_desk_sets_is_seen_at_another_with_the_next_list(
    staff: Callable[..., Page],
) -> None:
    desk, other = staff("desk", Role.MODERATOR), staff("desk", Role.MODERATOR)
    expect(other.locator(".st-key-settings")).to_contain_text("Đang nhận câu hỏi")
    # The page does not run again later for a change, as it would besides.
    other.evaluate(
        "() => { const wait = window.setTimeout; const isLate = (delay) => delay > 2000;"
        " window.setTimeout = (call, delay) => isLate(delay) ? 0 : wait(call, delay); }"
    )

    desk.locator(".st-key-settings button").first.click()
    desk.locator(".st-key-intake-closed button").click()

    expect(other.locator(".st-key-settings")).not_to_contain_text("Đang nhận câu hỏi")


def test_a_command_that_hears_no_answer_is_sent_again_and_done_once(
    server: Server, staff: Callable[..., Page]
) -> None:
    questions(server, "Khi nào ấp em có sóng 4G ạ")
    desk = staff("desk", Role.MODERATOR)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    desk.route("**/commands/**", lose_the_first_answer)
    click(row(desk, "inbox", "4G"), "approve")

    expect(line(desk)).to_contain_text("Đã duyệt")
    expect(board(desk, "inbox").locator(".row")).to_have_count(0)
    assert lost
    assert statuses(server) == {1: Status.APPROVED}


def test_a_page_that_is_left_in_the_moment_of_a_change_asks_for_nothing_more(
    server: Server, staff: Callable[..., Page]
) -> None:
    entry = staff("entry", Role.MODERATOR)
    held: list[bytes | str] = []
    is_held = False
    streams: list[WebSocketRoute] = []

    def hold(page: WebSocketRoute) -> None:
        stream = page.connect_to_server()
        streams.append(stream)
        page.on_message(lambda each: held.append(each) if is_held else stream.send(each))

    entry.route_web_socket("**/_stcore/stream", hold)
    reload(entry)
    expect(entry.locator(".st-key-typed-in .empty")).to_be_visible()
    entry.evaluate(
        """() => { window.changed = new Promise((done) => {
            const hear = () => setTimeout(done, 300);
            document.addEventListener("dialogue-changed", hear, { once: true });
        }); }"""
    )

    # The way to the server is slow: what is asked for now arrives there together.
    is_held = True
    go_to(entry, "Bàn điều phối")
    questions(server, "Câu hỏi gửi đúng lúc chuyển trang")
    entry.evaluate("window.changed")
    is_held = False
    for each in held:
        streams[-1].send(each)

    assert len(held) == 1
    expect(row(entry, "inbox", "đúng lúc chuyển trang")).to_be_visible()


@pytest.mark.parametrize("hours", [3, -3])
def test_a_laptop_whose_clock_is_wrong_hears_what_came_of_each_deed(
    server: Server, staff: Callable[..., Page], hours: int
) -> None:
    questions(server, *(f"Câu hỏi thứ {number} của buổi chiều" for number in (1, 2, 3)))
    desk = staff("desk", Role.MODERATOR)
    desk.add_init_script(
        f"const rightNow = Date.now; Date.now = () => rightNow() + {hours} * 3_600_000;"
    )
    reload(desk)
    expect(board(desk, "inbox").locator(".row")).to_have_count(3)
    click(row(desk, "inbox", "thứ 1 "), "approve")
    expect(line(desk)).to_contain_text("Đã duyệt: #1.")

    desk.route(
        "**/commands/**", lambda route: route.fulfill(status=500, json={"title": "Không làm được."})
    )
    click(row(desk, "inbox", "thứ 2 "), "approve")
    expect(line(desk)).to_contain_text("Không làm được.")
    desk.unroute("**/commands/**")
    click(row(desk, "inbox", "thứ 3 "), "approve")

    expect(line(desk)).to_contain_text("Đã duyệt: #3.")
    expect(line(desk).locator("[data-action=undo]")).to_be_visible()


def test_a_view_is_asked_for_until_it_is_there(staff: Callable[..., Page]) -> None:
    desk = staff("desk", Role.MODERATOR)
    lost: list[bytes | str] = []

    def lose_the_first(page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def pass_on(message: bytes | str) -> None:
            if isinstance(message, bytes) and b'"view"' in message and not lost:
                lost.append(message)
            else:
                server.send(message)

        page.on_message(pass_on)

    desk.route_web_socket("**/_stcore/stream", lose_the_first)
    reload(desk)
    show(desk, "rejected")

    expect(desk.locator("[data-action=view-rejected]")).to_have_attribute("aria-pressed", "true")
    assert lost

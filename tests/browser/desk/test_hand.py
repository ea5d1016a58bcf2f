"""Nothing moves under a hand, and nothing is done to a question that nobody aimed at."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from data_access import engine
from data_access.engine import Database
from data_access.questions.writing import commands
from dialogue.commands import QuestionCommand, Seen
from dialogue.lifecycle import Action, Status
from dialogue.refusals import Refusal
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.steps import board, go_to, reload, row, settled, show
from tests.factories import NOON, SLUG
from tests.server import Server

LAN = factories.actor(Role.MODERATOR, name="Lan")


@pytest.fixture(autouse=True)
def database(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that the server works on, for what others do."""
    # What the server did is asked for each time.
    monkeypatch.setattr("data_access.questions.cached.snapshots.TRUSTED_SECONDS", 0)
    yield engine.start(server.database_url)
    engine.current().close()


def ask(count: int) -> None:
    first = snapshots.current(SLUG).last_number + 1
    for number in range(first, first + count):
        factories.ask(text=f"Câu hỏi số {number} của buổi chiều, bản 1.", district="731")


def by_a_colleague(action: Action, number: int, **how: Any) -> int | None:
    """Do something to a question as somebody else; return its new version, if it could be done."""
    question = snapshots.current(SLUG).questions[number]
    command = QuestionCommand(factories.operation(action, **how), (Seen(number, question.version),))
    try:
        with engine.current().transaction() as session:
            commands.act(session, SLUG, command, actor=LAN, at=datetime.now(UTC))
    except Refusal:
        return None
    return question.version + 1


def statuses() -> dict[int, Status]:
    return {number: each.status for number, each in snapshots.current(SLUG).questions.items()}


def rows(desk: Page) -> Locator:
    return board(desk, "inbox").locator(".row")


def open_desk(staff: Callable[..., Page], count: int) -> Page:
    desk = staff("desk", Role.MODERATOR)
    expect(rows(desk)).to_have_count(count)
    settled(desk)
    return desk


def quiet(desk: Page) -> Locator:
    return board(desk, "inbox").locator(".line .quiet")


def stop_clock(desk: Page) -> None:
    """Let the page's clock stand still: however slow the machine, all has only just come."""
    desk.clock.install(time=NOON)
    desk.clock.pause_at(NOON + timedelta(minutes=1))


def test_what_is_being_edited_stays_open_whatever_a_colleague_does(
    staff: Callable[..., Page],
) -> None:
    ask(5)
    desk = open_desk(staff, 5)
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.keyboard.type(" Xin nói rõ")

    by_a_colleague(Action.APPROVE, 4)
    edited = board(desk, "inbox").locator(".row[data-number='4']")
    expect(edited.locator(".beside")).to_contain_text("Đã duyệt: #4.")
    desk.keyboard.type(" hơn ajxq1")

    words = "Câu hỏi số 4 của buổi chiều, bản 1. Xin nói rõ hơn ajxq1"
    expect(edited.locator("textarea")).to_have_value(words)
    expect(rows(desk)).to_have_count(5)
    edited.locator("[data-action=go-on]").click()
    desk.keyboard.press("Control+Enter")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã sửa: #4.")
    board_now = snapshots.current(SLUG)
    assert board_now.questions[4].text == words
    assert statuses() == {n: Status.APPROVED if n == 4 else Status.RECEIVED for n in range(1, 6)}


def test_what_a_colleague_did_is_told_although_the_list_was_read_in_its_middle(
    staff: Callable[..., Page],
) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    with desk.expect_request("**/lists/**") as reading:
        desk.keyboard.press("j")
        desk.keyboard.press("e")
    edited = board(desk, "inbox").locator(".row[data-number='3']")
    expect(edited.locator("textarea")).to_be_visible()
    before = desk.request.get(reading.value.url + "&kept=3").json()
    # The database is ahead of what is told of the question.
    before["inbox"]["rows"] = [row for row in before["inbox"]["rows"] if row["number"] != 3]
    answered = []

    def answer_too_early(route: Route) -> None:
        asks = "kept=3" in route.request.url
        route.fulfill(json=before | ({} if asks else {"kept": []}))
        answered.append(asks)

    desk.route("**/lists/**", answer_too_early)
    by_a_colleague(Action.APPROVE, 3)
    while not any(answered):
        desk.wait_for_timeout(20)
    desk.unroute("**/lists/**")

    expect(edited.locator(".beside")).to_contain_text("Đã duyệt: #3.", timeout=15_000)


def test_what_was_typed_outlives_a_reload_and_another_page(staff: Callable[..., Page]) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.keyboard.type(" Chưa gửi")
    field = board(desk, "inbox").locator(".row[data-number='3'] textarea")
    words = "Câu hỏi số 3 của buổi chiều, bản 1. Chưa gửi"

    reload(desk)
    field.wait_for()
    expect(field).to_have_value(words)
    go_to(desk, "Nhập câu hỏi")
    expect(desk.locator(".st-key-entry-text")).to_be_visible()
    by_a_colleague(Action.APPROVE, 3)
    go_to(desk, "Bàn điều phối")
    field.wait_for()
    expect(field).to_have_value(words)
    expect(board(desk, "inbox").locator(".beside", has_text="Đã duyệt: #3.")).to_be_visible()

    settled(desk)
    desk.locator(".st-key-inbox [data-action=cancel]").click()
    expect(field).to_have_count(0)
    reload(desk)
    rows(desk).first.wait_for()
    expect(rows(desk)).to_have_count(2)
    expect(field).to_have_count(0)


def test_words_that_are_refused_are_kept(staff: Callable[..., Page]) -> None:
    ask(2)
    desk = open_desk(staff, 2)
    desk.keyboard.press("j")
    desk.keyboard.press("e")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("ngắn")
    desk.keyboard.press("Control+Enter")

    unsent = board(desk, "inbox").locator(".row[data-number='2'] .draft")
    expect(unsent).to_contain_text("Chưa gửi: sửa")
    settled(desk)
    unsent.locator("[data-action=reopen]").click()
    field = board(desk, "inbox").locator("textarea")
    expect(field).to_have_value("ngắn")
    field.press("End")
    desk.keyboard.type(" nhưng nay đủ dài rồi ạ")
    desk.keyboard.press("Control+Enter")
    expect(row(desk, "inbox", "nay đủ dài rồi ạ")).to_be_visible()
    expect(unsent).to_have_count(0)


def test_nothing_moves_under_a_pointer_and_what_is_new_waits(staff: Callable[..., Page]) -> None:
    ask(6)
    desk = open_desk(staff, 6)
    second = board(desk, "inbox").locator(".row[data-number='5'] [data-action=approve]")
    second.hover()
    before = second.bounding_box()

    ask(3)
    by_a_colleague(Action.APPROVE, 6)
    by_a_colleague(Action.EDIT, 4, text="Câu hỏi số 4 mà người khác đã sửa lại.")

    gone = board(desk, "inbox").locator(".row[data-number='6'] .beside")
    expect(gone).to_contain_text("Đã duyệt: #6.")
    pill = board(desk, "inbox").locator(".pill")
    expect(pill).to_have_text("3 câu hỏi mới")
    assert second.bounding_box() == before
    desk.mouse.down()
    desk.mouse.up()
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #5.")
    pill.click()
    expect(board(desk, "inbox").locator(".number")).to_have_text(
        ["#9", "#8", "#7", "#4", "#3", "#2", "#1"]
    )


def test_a_question_that_has_only_just_come_under_the_pointer_is_not_acted_on(
    staff: Callable[..., Page],
) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    approve = board(desk, "inbox").locator(".row[data-number='4'] [data-action=approve]")
    approve.hover()
    stop_clock(desk)

    desk.mouse.down()
    desk.mouse.up()
    expect(rows(desk)).to_have_count(3)
    desk.mouse.down()
    desk.mouse.up()

    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #3 vừa mới đến")
    assert statuses()[3] is Status.RECEIVED
    desk.clock.run_for(1000)
    settled(desk)
    desk.mouse.down()
    desk.mouse.up()
    expect(rows(desk)).to_have_count(2)
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #3.")


def approve_of(desk: Page) -> Locator:
    return board(desk, "inbox").locator(".row[data-number='4'] [data-action=approve]")


def reason_for(desk: Page) -> Locator:
    for key in ("j", "x"):
        desk.keyboard.press(key)
    return board(desk, "inbox").locator(".row[data-number='4'] .choice").first


def approve_of_a_selection(desk: Page) -> Locator:
    for key in ("j", " "):
        desk.keyboard.press(key)
    return board(desk, "inbox").locator(".bulk [data-action=approve]")


@pytest.mark.parametrize("find", [approve_of, reason_for, approve_of_a_selection])
def test_a_double_click_acts_on_no_second_question(
    staff: Callable[..., Page], find: Callable[[Page], Locator]
) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    find(desk).hover()
    settled(desk)
    stop_clock(desk)

    desk.mouse.down()
    desk.mouse.up()
    expect(board(desk, "inbox").locator(".number")).to_have_text(["#3", "#2", "#1"])
    desk.mouse.down(click_count=2)
    desk.mouse.up(click_count=2)

    assert desk.evaluate("window.dialogueSender.place") == 1
    assert [statuses()[number] for number in (1, 2, 3)] == [Status.RECEIVED] * 3


def test_a_double_click_takes_back_one_thing(staff: Callable[..., Page]) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    for key in ("j", "a", "a"):
        desk.keyboard.press(key)
    line = board(desk, "inbox").locator(".line")
    expect(line).to_contain_text("Đã duyệt: #2.")

    line.locator("[data-action=undo]").dblclick()

    expect(line).to_contain_text("Đã hoàn tác")
    assert desk.evaluate("window.dialogueSender.place") == 3
    assert statuses() == {1: Status.RECEIVED, 2: Status.RECEIVED, 3: Status.APPROVED}


def test_a_question_that_has_only_just_come_under_the_pointer_is_not_chosen_for_a_key(
    staff: Callable[..., Page],
) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    desk.keyboard.press("j")
    board(desk, "inbox").locator(".row[data-number='3'] .text").hover()
    stop_clock(desk)

    desk.keyboard.press("a")
    expect(rows(desk)).to_have_count(3)
    desk.mouse.down()
    desk.mouse.up()
    expect(board(desk, "inbox").locator(".row.cursor .number")).to_have_text("#2")
    desk.keyboard.press("a")

    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #2 vừa mới đến")
    desk.clock.run_for(1000)
    desk.keyboard.press("a")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #2.")
    assert statuses()[2] is Status.APPROVED
    assert statuses()[1] is Status.RECEIVED


@pytest.mark.parametrize("control", [".box", "[data-action=approve]"])
def test_what_was_not_clicked_has_no_keys(staff: Callable[..., Page], control: str) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    desk.keyboard.press("j")
    board(desk, "inbox").locator(f".row[data-number='3'] {control}").hover()
    stop_clock(desk)
    desk.keyboard.press("a")
    expect(rows(desk)).to_have_count(3)
    desk.mouse.down()
    desk.mouse.up()
    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #2 vừa mới đến")
    desk.clock.run_for(1000)

    for key in (" ", "j", " "):
        desk.keyboard.press(key)

    ticked = board(desk, "inbox").locator(".row.selected .number")
    expect(ticked).to_have_text(["#3", "#2"])
    assert statuses()[2] is Status.RECEIVED


def test_a_selection_is_not_acted_on_before_it_could_be_read(staff: Callable[..., Page]) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    desk.keyboard.press("j")
    by_a_colleague(Action.EDIT, 3, text="Câu hỏi số 3 mà người khác đã sửa lại.")
    third = board(desk, "inbox").locator(".row[data-number='3']")
    expect(third.locator(".beside")).to_be_visible()
    stop_clock(desk)

    desk.keyboard.press("a")
    expect(third.locator(".text")).to_contain_text("người khác đã sửa lại")
    for key in (" ", "a"):
        desk.keyboard.press(key)

    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #3 vừa mới đến")
    desk.clock.run_for(1000)
    assert statuses()[3] is Status.RECEIVED
    desk.keyboard.press("a")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #3.")


# Since when each question is there, and whether it may be acted on then.
NOTE_ARRIVALS = """list => {
    window.arrived = [];
    const note = (item) => {
        if (item.dataset.number) arrived.push([item.dataset.number, item.matches(".settling")]);
    };
    const watch = new MutationObserver((changes) => {
        for (const { addedNodes } of changes) addedNodes.forEach(note);
    });
    watch.observe(list, { childList: true });
}"""


def test_what_comes_with_another_view_or_into_an_empty_one_has_only_just_come(
    staff: Callable[..., Page],
) -> None:
    ask(2)
    by_a_colleague(Action.APPROVE, 1)
    desk = open_desk(staff, 1)
    board(desk, "inbox").locator(".list").evaluate(NOTE_ARRIVALS)

    show(desk, "approved")
    expect(board(desk, "inbox").locator(".row[data-number='1']")).to_be_visible()
    by_a_colleague(Action.QUEUE, 1)
    expect(rows(desk)).to_have_count(0)
    by_a_colleague(Action.APPROVE, 2)
    expect(board(desk, "inbox").locator(".row[data-number='2']")).to_be_visible()

    assert desk.evaluate("arrived") == [["1", True], ["2", True]]
    settled(desk)
    board(desk, "inbox").locator("[data-action=queue]").click()
    expect(board(desk, "inbox").locator(".line")).to_contain_text("#2")


def test_keys_do_nothing_until_another_question_is_chosen_after_the_one_at_hand_went(
    staff: Callable[..., Page],
) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    by_a_colleague(Action.APPROVE, 3)
    expect(board(desk, "inbox").locator(".row.gone .beside")).to_contain_text("Đã duyệt: #3.")

    for key in ("q", "a", "f"):
        desk.keyboard.press(key)
    expect(quiet(desk)).to_contain_text("người khác đã xử lý câu #3")
    assert desk.evaluate("window.dialogueSender.place") == 0

    desk.keyboard.press("j")
    desk.keyboard.press("a")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #2.")


def without_the_second_of_three(desk: Page) -> None:
    """Have #4 at hand, and #2 no longer stand between #3 and #1, since this very moment."""
    desk.keyboard.press("j")
    by_a_colleague(Action.APPROVE, 2)
    expect(board(desk, "inbox").locator(".row.gone .beside")).to_contain_text("Đã duyệt: #2.")
    stop_clock(desk)
    desk.keyboard.press("f")
    expect(board(desk, "inbox").locator(".number")).to_have_text(["#4", "#3", "#1"])


@pytest.mark.parametrize("way", [["j", "j", "a"], ["j", "a", "a"], ["j", "j", " ", "a"]])
def test_what_has_only_just_come_next_is_not_acted_on_though_a_key_leads_there(
    staff: Callable[..., Page], way: list[str]
) -> None:
    ask(4)
    desk = open_desk(staff, 4)
    without_the_second_of_three(desk)

    for key in way:
        desk.keyboard.press(key)

    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #1 vừa mới đến")
    assert statuses()[1] is Status.RECEIVED
    desk.clock.run_for(1000)
    desk.keyboard.press("a")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #1.")


def test_a_key_that_leads_nowhere_chooses_nothing(staff: Callable[..., Page]) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    for key in ("j", "j", "j"):
        desk.keyboard.press(key)
    stop_clock(desk)
    desk.keyboard.press("a")
    expect(board(desk, "inbox").locator(".number")).to_have_text(["#3", "#2"])

    for key in ("j", "a"):
        desk.keyboard.press(key)

    expect(quiet(desk)).to_contain_text("Chưa làm gì: câu #2 vừa mới đến")
    assert statuses()[2] is Status.RECEIVED
    for key in ("k", "a"):
        desk.keyboard.press(key)
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Đã duyệt: #3.")


def test_what_was_meant_after_a_command_that_was_refused_is_not_done(
    staff: Callable[..., Page],
) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    on_their_way: list[Route] = []
    desk.route("**/commands/**", lambda route: on_their_way.append(route))
    for key in ("j", "f"):
        desk.keyboard.press(key)
    by_a_colleague(Action.EDIT, 3, text="Câu hỏi số 3 mà người khác đã sửa lại.")
    expect(board(desk, "inbox").locator(".row.cursor .beside")).to_be_visible()

    desk.keyboard.press("a")
    for route in on_their_way:
        route.continue_()
    desk.unroute("**/commands/**")

    expect(board(desk, "inbox").locator(".line")).to_contain_text("#3")
    desk.wait_for_function("() => window.dialogueSender.unanswered.length === 0")
    assert statuses()[3] is Status.RECEIVED
    assert not snapshots.current(SLUG).questions[3].flagged
    expect(row(desk, "inbox", "người khác đã sửa lại")).to_have_attribute("aria-busy", "false")


def test_of_a_selection_what_was_refused_is_not_taken_for_done(
    staff: Callable[..., Page],
) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    on_their_way: list[Route] = []
    desk.route("**/commands/**", lambda route: on_their_way.append(route))
    for key in ("j", " ", "j", " ", "f"):
        desk.keyboard.press(key)
    by_a_colleague(Action.EDIT, 3, text="Câu hỏi số 3 mà người khác đã sửa lại.")
    changed = board(desk, "inbox").locator(".row[data-number='3']")
    expect(changed.locator(".beside")).to_be_visible()

    for key in ("k", "a"):
        desk.keyboard.press(key)
    for route in on_their_way:
        route.continue_()
    desk.unroute("**/commands/**")

    said = board(desk, "inbox").locator(".line")
    expect(said).to_contain_text("Đã đánh dấu xem lại: #2. Lan đã làm trước. Đã sửa: #3.")
    desk.wait_for_function("() => window.dialogueSender.unanswered.length === 0")
    assert statuses()[3] is Status.RECEIVED
    expect(changed).to_contain_text("người khác đã sửa lại")
    expect(changed).to_have_attribute("aria-busy", "false")
    settled(desk)
    changed.locator(".box").click()
    expect(board(desk, "inbox").locator(".bulk")).to_contain_text("Đã chọn 1 câu")


def test_after_an_undo_the_question_that_came_back_is_at_hand(staff: Callable[..., Page]) -> None:
    ask(5)
    desk = open_desk(staff, 5)
    for key in ("j", "j", "a"):
        desk.keyboard.press(key)
    expect(rows(desk)).to_have_count(4)
    desk.keyboard.press("u")
    desk.keyboard.press("a")  # what came back is not there yet

    at_hand = board(desk, "inbox").locator(".row.cursor .number")
    expect(at_hand).to_have_text("#4")
    assert set(statuses().values()) == {Status.RECEIVED}
    settled(desk)
    desk.keyboard.press("q")
    expect(board(desk, "queue").locator(".number")).to_have_text("#4")


def test_a_reason_is_sent_to_nobody_by_reflex(staff: Callable[..., Page]) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    for key in ("j", "x", "Enter", "Enter", " ", "a", "q"):
        desk.keyboard.press(key)
    menu = board(desk, "inbox").locator(".menu")
    expect(menu).to_be_visible()
    assert desk.evaluate("window.dialogueSender.place") == 0

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(board(desk, "inbox").locator(".line")).to_contain_text("Không nhận: #3.")
    settled(desk)
    reject = board(desk, "inbox").locator(".row[data-number='2'] [data-action=reject]")
    reject.dblclick()
    expect(menu).to_be_visible()
    assert statuses()[2] is Status.RECEIVED


def test_what_is_typed_is_no_command_when_its_field_has_gone(staff: Callable[..., Page]) -> None:
    ask(3)
    desk = open_desk(staff, 3)
    desk.keyboard.press("j")
    desk.locator(".st-key-words input").focus()
    desk.keyboard.type("gi")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.type("ajaqx1")

    expect(quiet(desk)).to_contain_text("Ô đang gõ đã đóng")
    assert desk.evaluate("window.dialogueSender.place") == 0
    expect(board(desk, "inbox").locator(".row.cursor")).to_have_count(0)


def test_a_selection_says_what_found_no_room(staff: Callable[..., Page]) -> None:
    ask(120)
    desk = open_desk(staff, 50)
    end = board(desk, "inbox").locator(".end")
    for count in (70, 20):
        expect(end).to_contain_text(f"Còn {count} câu hỏi nữa")
        end.locator("[data-action=more]").click()
    expect(rows(desk)).to_have_count(120)
    expect(end).to_have_count(0)
    settled(desk)

    boxes = board(desk, "inbox").locator(".box")
    boxes.first.click()
    boxes.last.click(modifiers=["Shift"])

    expect(quiet(desk)).to_contain_text("còn 20 câu chưa được chọn")
    expect(boxes.last).to_be_checked()
    expect(board(desk, "inbox").locator(".bulk")).to_contain_text("Đã chọn 100 câu")


def test_more_is_shown_wherever_the_pointer_finds_the_button(staff: Callable[..., Page]) -> None:
    ask(120)
    desk = open_desk(staff, 50)
    more = board(desk, "inbox").locator(".end [data-action=more]")
    more.click()
    expect(rows(desk)).to_have_count(100)

    # The end of the list comes to where the pointer still is.
    more.evaluate("(more) => more.scrollIntoView({ block: 'end' })")
    desk.mouse.down()
    desk.mouse.up()

    expect(rows(desk)).to_have_count(120)

"""The chair's tablet: by clicker, by touch, on a bad network and with a clock that is wrong."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy.orm import Session

from data_access import engine
from data_access.events import events, practice
from data_access.hall import halls
from data_access.questions.writing import commands
from dialogue.commands import QuestionCommand, Seen
from dialogue.events import Event
from dialogue.hall import Hall, Scene, Side
from dialogue.lifecycle import Action, Status
from dialogue.operations import Edit
from dialogue.questions import Question
from dialogue.roles import Role
from live import snapshots
from tests.browser.conftest import DESK, PHONE, keep_cookies
from tests.browser.scenes import LONG, USUAL
from tests.factories import SLUG, act, actor, ask_until
from tests.server import Server

pytestmark = pytest.mark.long

LYING, STANDING = {"width": 1024, "height": 768}, {"width": 768, "height": 1024}
LAN = actor(name="Lan", account_id=41)
FINGER = 56
# A device whose own clock is three hours and a bit behind.
WRONG_CLOCK = """(() => {
    const late = -11111111, Right = Date;
    window.Date = class extends Right {
        constructor(...parts) { super(...(parts.length ? parts : [Right.now() + late])); }
        static now() { return Right.now() + late; }
    };
})()"""
AWAKE = """navigator.wakeLock.request = (kind) => {
    window.keptAwake = kind;
    return Promise.resolve({ release() {} });
}"""


@pytest.fixture
def server(postgresql_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running server that hears at once what the tests do at the desk, in their own process."""
    log = tmp_path / "server.log"
    # The sample event was long ago; who asked is still to be seen.
    with Server(postgresql_url, log, DIALOGUE_KEEP_CONTACTS_DAYS="3650") as started:
        yield started


@pytest.fixture
def chair(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open the chair's page on a device with a touch screen."""
    contexts: list[BrowserContext] = []

    def open_page(
        role: Role = Role.CHAIR, *, size: dict[str, int] = LYING, script: str = "", lang: str = "vi"
    ) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="vi-VN",
            has_touch=True,
        )
        contexts.append(context)
        context.add_init_script(script)
        keep_cookies(context, server, role)
        page = context.new_page()
        page.goto(f"{server.url}/chair?lang={lang}")
        # A busy machine takes its time to start.
        expect(page.locator(".chair .now")).not_to_be_empty(timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@contextmanager
def desk(server: Server) -> Iterator[Session]:
    """Do something at the desk: in another process than the chair's server."""
    database = engine.start(server.database_url)
    try:
        with database.transaction() as session:
            yield session
    finally:
        database.close()


@contextmanager
def before_the_event(server: Server) -> Iterator[None]:
    """Prepare what is there when the chair comes."""
    database = engine.start(server.database_url)
    yield
    database.close()


def questions(server: Server) -> dict[int, Question]:
    with before_the_event(server):
        return snapshots.current(SLUG).questions


def statuses(server: Server) -> list[Status]:
    return [each.status for each in questions(server).values()]


def hall(server: Server) -> Hall:
    with before_the_event(server):
        return snapshots.current(SLUG).hall


def queued(server: Server, count: int) -> None:
    with before_the_event(server):
        for number in range(1, count + 1):
            ask_until(Status.QUEUED, text=f"Câu hỏi thứ {number} của buổi chiều")


def button(page: Page, name: str) -> Locator:
    return page.locator(f".chair [data-action={name}]")


def number(page: Page) -> Locator:
    return page.locator(".chair .now .number")


def line(page: Page) -> Locator:
    return page.locator(".chair .line")


def press(page: Page, key: str, name: str = "next") -> None:
    """Press a key of the clicker once its button is at rest."""
    expect(button(page, name).last).to_have_attribute("aria-busy", "false")
    page.keyboard.press(key)


def test_ten_questions_are_led_with_the_clicker_alone(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 10)
    page = chair()
    expect(page.locator(".now")).to_contain_text("Chưa có câu hỏi nào trên màn chiếu.")
    expect(button(page, "next")).to_contain_text("#1 lên màn chiếu")

    for asked in range(1, 11):
        press(page, "PageDown")
        expect(number(page)).to_have_text(f"#{asked}")
    expect(button(page, "next")).to_contain_text("#10 đã trả lời, hàng đợi trống")
    press(page, "PageDown")

    expect(page.locator(".now")).to_contain_text("Hàng đợi đang trống.")
    expect(line(page)).to_contain_text("Đã đánh dấu trả lời: #10.")
    assert statuses(server) == [Status.ANSWERED] * 10
    press(page, "PageDown")
    expect(line(page)).to_contain_text("Hàng đợi không còn câu hỏi nào.")


def test_a_press_that_bounces_is_one_step_and_a_held_key_is_one_press(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 5)
    page = chair()
    # Whenever the page changes, the key comes once more in the same instant.
    page.locator(".now").evaluate(
        """(now) => new MutationObserver(() =>
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown" }))
        ).observe(now, { childList: true })"""
    )

    for _ in range(4):
        page.keyboard.press("PageDown")
    expect(number(page)).to_have_text("#1")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")
    button(page, "next").dblclick()
    expect(number(page)).to_have_text("#2")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")
    page.keyboard.down("ArrowRight")
    expect(number(page)).to_have_text("#3")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")
    page.keyboard.down("ArrowRight")  # the same key, still held: it repeats
    page.keyboard.up("ArrowRight")

    expect(number(page)).to_have_text("#3")
    assert statuses(server).count(Status.ANSWERED) == 2


def test_page_up_takes_back_the_last_step_and_else_puts_the_question_back(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 3)
    page = chair()
    press(page, "PageUp")
    expect(line(page)).to_contain_text("Chưa có câu hỏi nào trên màn chiếu.")
    press(page, "PageDown")
    press(page, "PageDown")
    expect(number(page)).to_have_text("#2")

    press(page, "PageUp")
    expect(number(page)).to_have_text("#1")
    expect(line(page)).to_contain_text("Đã hoàn tác: #1, #2.")
    assert statuses(server) == [Status.ON_STAGE, Status.QUEUED, Status.QUEUED]
    press(page, "PageUp", "put_back")

    expect(page.locator(".now")).to_contain_text("Chưa có câu hỏi nào")
    expect(page.locator(".following .number")).to_have_text(["#1", "#2", "#3"])
    assert statuses(server) == [Status.QUEUED] * 3
    button(page, "undo").tap()
    expect(number(page)).to_have_text("#1")


def test_the_keys_of_a_clicker_work_wherever_the_focus_is_but_not_in_a_field(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 4)
    page = chair(size=DESK)

    press(page, " ")
    expect(number(page)).to_have_text("#1")
    button(page, "rundown").focus()
    press(page, "PageDown")
    expect(number(page)).to_have_text("#2")
    page.keyboard.press("b")
    expect(page.locator(".notice.dark")).to_be_visible()
    assert hall(server).dark
    page.keyboard.press("b")  # it bounced
    expect(button(page, "darken")).to_have_attribute("aria-busy", "false")
    assert hall(server).dark
    page.keyboard.press(".")
    expect(page.locator(".notice.dark")).to_have_count(0)

    page.keyboard.press("F5")
    expect(line(page)).to_contain_text("Trang này không nhận phím F5")
    page.keyboard.press("Escape")
    button(page, "defer").click()
    page.locator(".sheet input").focus()
    for key in ("PageDown", "b", "PageUp"):
        page.keyboard.press(key)
    page.locator(".sheet h2").click()
    page.keyboard.press("PageDown")
    expect(line(page)).to_contain_text("Hãy đóng bảng này trước")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_be_hidden()
    # Space is the button's that has the focus, and the stage's again when it is left.
    button(page, "rundown").focus()
    page.keyboard.press(" ")
    expect(page.locator(".sheet")).to_be_visible()
    assert not hall(server).dark
    assert statuses(server) == [Status.ANSWERED, Status.ON_STAGE, Status.QUEUED, Status.QUEUED]


def test_everything_is_done_by_touch_and_taken_back_with_one_tap(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 2)
    page = chair(size=STANDING)

    button(page, "next").tap()
    expect(number(page)).to_have_text("#1")
    button(page, "answer").tap()
    expect(line(page)).to_contain_text("Đã đánh dấu trả lời: #1.")
    assert statuses(server) == [Status.ANSWERED, Status.QUEUED]
    button(page, "undo").tap()
    expect(number(page)).to_have_text("#1")
    button(page, "put_back").tap()
    expect(page.locator(".following .number")).to_have_text(["#1", "#2"])
    button(page, "darken").tap()
    expect(page.locator(".notice.dark")).to_contain_text("Màn chiếu đang tắt tối.")
    button(page, "lighten").tap()
    expect(page.locator(".notice.dark")).to_have_count(0)
    assert not hall(server).dark


def test_a_written_reply_is_promised_by_the_department_on_a_day(
    server: Server, chair: Callable[..., Page]
) -> None:
    with before_the_event(server):
        first, second = (ask_until(Status.QUEUED, topic="an-toan-thong-tin") for _ in range(2))
        event = snapshots.current(SLUG).event
    leading = next(each for each in event.topics if each.code == "an-toan-thong-tin").departments[0]
    today = datetime.now(ZoneInfo(event.timezone)).date()
    page = chair()
    press(page, "PageDown")
    expect(number(page)).to_have_text(f"#{first}")

    button(page, "defer").tap()
    department, day = page.locator(".sheet select"), page.locator(".sheet input")
    expect(department).to_have_value(leading)
    expect(day).to_have_value((today + timedelta(days=15)).isoformat())
    button(page, "confirm-defer").tap()
    expect(line(page)).to_contain_text("trả lời bằng văn bản: #1.")
    deferred = questions(server)[first]
    assert (deferred.status, deferred.department) == (Status.DEFERRED, leading)
    assert deferred.due_on == today + timedelta(days=15)

    press(page, "PageDown")
    expect(number(page)).to_have_text(f"#{second}")
    button(page, "defer").tap()
    department.select_option("so-y-te")
    day.fill((today - timedelta(days=1)).isoformat())
    button(page, "confirm-defer").tap()
    expect(page.locator(".sheet")).to_be_visible()  # the day is over
    day.fill("2031-12-10")
    expect(page.locator(".sheet output")).to_contain_text("10 tháng 12, 2031")
    button(page, "confirm-defer").tap()
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".now")).to_contain_text("Chưa có câu hỏi nào")
    other = questions(server)[second]
    assert (other.department, other.due_on) == ("so-y-te", date(2031, 12, 10))


def test_each_side_asks_the_other_to_move_on_and_is_heeded(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 2)
    page = chair()
    press(page, "PageDown")
    expect(number(page)).to_have_text("#1")

    with desk(server) as session:
        at = datetime.now(UTC)
        halls.ask_to_move_on(session, SLUG, Side.DESK, number=1, actor=LAN, at=at)
    expect(page.locator(".notice")).to_contain_text("Bàn điều phối xin chuyển câu.")
    button(page, "heed").tap()
    expect(page.locator(".notice")).to_have_count(0)
    assert hall(server).desk_asked_at is None

    button(page, "ask").tap()
    expect(button(page, "ask")).to_contain_text("Đã xin chuyển")
    expect(button(page, "ask")).to_have_attribute("aria-pressed", "true")
    assert hall(server).chair_asked_at is not None

    # A wrong press is taken back by the same button, but not by a finger that trembles.
    expect(button(page, "ask")).to_have_attribute("aria-busy", "false")
    button(page, "ask").dblclick()
    expect(button(page, "ask")).to_contain_text("Xin chuyển câu")
    expect(button(page, "ask")).to_have_attribute("aria-busy", "false")
    assert hall(server).chair_asked_at is None
    button(page, "ask").tap()
    expect(button(page, "ask")).to_contain_text("bấm lại để rút")
    with desk(server) as session:
        halls.heed(session, SLUG, Side.CHAIR, actor=LAN, at=datetime.now(UTC))
    expect(button(page, "ask")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(("ago", "least", "most"), [(2, 3, 4), (63, -60, -57)])
def test_the_clocks_are_the_servers_on_a_tablet_whose_own_is_wrong(
    server: Server, chair: Callable[..., Page], ago: int, least: int, most: int
) -> None:
    now = datetime.now(UTC)
    with before_the_event(server):
        number = ask_until(Status.QUEUED)
        act(number, Action.STAGE, version=2, at=now - timedelta(minutes=ago))
    for part, minutes in (("khai-mac", 75), ("doi-thoai-1", 35)):
        with desk(server) as session:
            at = now - timedelta(minutes=minutes)
            running = "khai-mac" if part != "khai-mac" else None
            halls.begin_part(session, SLUG, part, running=running, actor=LAN, at=at)

    page = chair(script=WRONG_CLOCK)

    question, part_clock = (page.locator(f".{each} .clock").first for each in ("clockwork", "top"))
    assert page.evaluate("Date.now()") / 1000 < now.timestamp() - 3 * 3600
    assert least <= minutes_of(question) <= most
    assert 13 <= minutes_of(part_clock) <= 15
    spent = page.locator(".clockwork .spent")
    expect(spent).to_contain_text("Đã hỏi được")
    expect(spent).to_contain_text(f"{ago}:" if ago < 60 else f"1:0{ago - 60}:")
    expect(page.locator(".clockwork .over")).to_have_count(1 if most < 0 else 0)
    expect(page.locator(".day")).to_contain_text("Đối thoại phần 1 · chậm 10 phút")
    before = question.inner_text()
    expect(question).not_to_have_text(before)


def minutes_of(clock: Locator) -> float:
    """Read a clock; what is over counts below nothing."""
    written = clock.inner_text()
    minutes, seconds = written.removeprefix("+").split(":")
    return (int(minutes) + int(seconds) / 60) * (-1 if written.startswith("+") else 1)


def test_a_press_without_a_network_is_kept_and_done_once_when_it_is_back(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 4)
    page = chair()
    press(page, "PageDown")
    expect(number(page)).to_have_text("#1")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")

    page.context.set_offline(True)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(line(page)).to_contain_text("Thao tác được giữ lại")
    expect(page.locator(".lost")).to_be_visible()
    expect(number(page)).to_have_text("#1")
    expect(page.locator("[data-testid=stDialog]")).to_be_hidden()
    page.context.set_offline(False)
    expect(number(page)).to_have_text("#2", timeout=20_000)
    expect(page.locator(".lost")).to_be_hidden()

    expect(button(page, "next")).to_have_attribute("aria-busy", "false")
    server.kill()
    page.keyboard.press("PageDown")
    expect(line(page)).to_contain_text("Thao tác được giữ lại")
    server.start()
    expect(number(page)).to_have_text("#3", timeout=40_000)
    assert statuses(server) == [
        Status.ANSWERED,
        Status.ANSWERED,
        Status.ON_STAGE,
        Status.QUEUED,
    ]


def test_a_press_that_could_not_be_saved_is_kept_said_to_be_so_and_done_once(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 3)
    page = chair()
    is_locked = True

    def answer(route: Route) -> None:
        if is_locked:
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"title": "…"})
        else:
            route.continue_()

    page.route("**/commands/*/chair*", answer)
    page.keyboard.press("PageDown")
    expect(line(page)).to_contain_text("Chưa lưu được. Thao tác được giữ lại")
    page.keyboard.press("PageDown")
    assert statuses(server) == [Status.QUEUED] * 3
    is_locked = False

    expect(number(page)).to_have_text("#1")
    expect(line(page)).to_contain_text("#1")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")
    assert statuses(server) == [Status.ON_STAGE, Status.QUEUED, Status.QUEUED]


def test_what_the_desk_did_first_is_said_and_shown(
    server: Server, chair: Callable[..., Page]
) -> None:
    queued(server, 2)
    page = chair()
    press(page, "PageDown")
    expect(number(page)).to_have_text("#1")
    expect(button(page, "next")).to_have_attribute("aria-busy", "false")

    page.context.set_offline(True)
    page.keyboard.press("PageDown")
    with desk(server) as session:
        command = QuestionCommand(Edit("Câu hỏi đã được sửa lại cho gọn"), (Seen(1, 3),))
        commands.act(session, SLUG, command, actor=LAN, at=datetime.now(UTC))
    page.context.set_offline(False)

    expect(line(page)).to_contain_text("Lan đã làm trước.", timeout=20_000)
    expect(page.locator(".now .text")).to_have_text("Câu hỏi đã được sửa lại cho gọn")
    assert statuses(server) == [Status.ON_STAGE, Status.QUEUED]
    press(page, "PageDown")
    expect(number(page)).to_have_text("#2")


def test_the_next_part_of_the_rundown_is_begun_here(
    server: Server, chair: Callable[..., Page]
) -> None:
    page = chair(Role.MODERATOR, lang="en")
    expect(page.locator(".day")).to_contain_text("Opening is planned for 13:30")

    button(page, "rundown").tap()
    button(page, "begin").tap()

    expect(page.locator(".day")).to_contain_text("Opening · on time")
    assert hall(server).part == "khai-mac"
    button(page, "rundown").tap()
    expect(page.locator(".sheet [aria-current=step]")).to_contain_text("Opening")
    expect(button(page, "begin")).to_have_text("Begin: Summary of what was asked before")
    began_at = hall(server).part_began_at

    # What another device does meanwhile closes a sheet that tells otherwise.
    with desk(server) as session:
        at = datetime.now(UTC)
        halls.begin_part(session, SLUG, "bao-cao", running="khai-mac", actor=LAN, at=at)
    expect(page.locator(".day")).to_contain_text("Summary of what was asked before")
    expect(page.locator(".sheet")).to_be_hidden()

    # A wrong step is taken back: the part goes on as it had begun.
    button(page, "rundown").tap()
    expect(button(page, "go_back")).to_have_text("Back to: Opening")
    button(page, "go_back").tap()
    expect(page.locator(".day")).to_contain_text("Opening · on time")
    assert (hall(server).part, hall(server).part_began_at) == ("khai-mac", began_at)


def test_a_step_of_the_rundown_that_is_not_saved_yet_is_called_by_its_name(
    server: Server, chair: Callable[..., Page]
) -> None:
    with desk(server) as session:
        at = datetime.now(UTC)
        halls.begin_part(session, SLUG, "khai-mac", running=None, actor=LAN, at=at)
    page = chair(Role.MODERATOR, lang="en")
    kept = "Not saved yet. What you pressed is kept and sent again: "

    page.route("**/commands/*/chair*", lambda route: route.abort())
    button(page, "rundown").tap()
    button(page, "begin").tap()
    expect(line(page)).to_have_text(f"{kept}Begin: Summary of what was asked before")
    page.unroute("**/commands/*/chair*")
    expect(page.locator(".day")).to_contain_text("Summary of what was asked before")

    page.route("**/commands/*/chair*", lambda route: route.abort())
    button(page, "rundown").tap()
    button(page, "go_back").tap()
    expect(line(page)).to_have_text(f"{kept}Back to: Opening")
    page.unroute("**/commands/*/chair*")
    expect(page.locator(".day")).to_contain_text("Opening")


@pytest.mark.parametrize("size", [LYING, STANDING, PHONE, DESK])
def test_one_glance_holds_it_all_and_every_button_fits_a_finger(
    server: Server, chair: Callable[..., Page], size: dict[str, int]
) -> None:
    with before_the_event(server):
        first = ask_until(
            Status.QUEUED, text=USUAL, name="Lê Thị Hồng Ngọc", organisation="THPT Định Quán"
        )
        for _ in range(3):
            ask_until(Status.QUEUED, text=LONG)
        act(first, Action.NOTE, version=2, text="Em ngồi ở hàng ghế thứ ba.")
        act(first, Action.PREPARE, version=3, text="Sở đã có kế hoạch phủ sóng trong quý I/2023.")
        act(first, Action.STAGE, version=4)
    page = chair(size=size, script=AWAKE)
    now = page.locator(".chair .now")

    expect(now).to_contain_text("Biên Hòa")
    expect(now).to_contain_text("Lê Thị Hồng Ngọc, THPT Định Quán (không nêu tên)")
    expect(now).to_contain_text("Em ngồi ở hàng ghế thứ ba.")
    expect(now).to_contain_text("Sở đã có kế hoạch phủ sóng")
    expect(page.locator(".following li")).to_have_count(3)
    page.evaluate("document.fonts.ready")
    for each in page.locator(".chair button:visible").all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= FINGER, each.inner_text()
        assert box["width"] >= FINGER, each.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if size is not PHONE:
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("(each) => each.scrollHeight - each.clientHeight") <= 0
        room = page.locator(".now .room")
        assert room.evaluate("(each) => each.scrollHeight - each.clientHeight") <= 1
    assert page.evaluate("window.keptAwake") == "screen"

    press(page, "PageDown")
    expect(number(page)).to_have_text("#2")
    for each in page.locator(".buttons button").all():
        expect(each).to_be_in_viewport(ratio=0.99)
    page.keyboard.press("b")
    expect(page.locator(".notice")).to_be_visible()
    following = page.locator(".following")
    assert following.evaluate("(each) => each.scrollHeight - each.clientHeight") <= 0


LOW = ((819, 614), (1024, 600), (1366, 625))


@pytest.mark.parametrize(("width", "height"), LOW)
def test_a_low_window_shows_the_whole_question_also_beside_several_events(
    server: Server, chair: Callable[..., Page], event: Event, width: int, height: int
) -> None:
    with before_the_event(server):
        ask_until(Status.ON_STAGE, text=USUAL)
        ask_until(Status.QUEUED, text=LONG)
        fields = {name: getattr(event, name) for name in Event.__slots__}
        with engine.current().transaction() as session:
            events.add(session, Event(**{**fields, "slug": "year-2021"}))
    page = chair(size={"width": width, "height": height})
    room = page.locator(".now .room")
    expect(room).to_contain_text(USUAL[:40])
    expect(page.locator(".st-key-bar .events button").first).to_be_visible()
    page.evaluate("document.fonts.ready")

    assert room.evaluate("(each) => each.scrollHeight - each.clientHeight") <= 1
    # Every corner of the words is what is seen there, and not the buttons above it.
    assert room.evaluate("""(room) => {
        const { left, right, top, bottom } = room.querySelector(".text").getBoundingClientRect();
        const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
        const inwards = (at, middle) => at + 4 * Math.sign(middle - at);
        return corners.every(([x, y]) => {
            const [over, down] = [inwards(x, (left + right) / 2), inwards(y, (top + bottom) / 2)];
            return room.contains(room.getRootNode().elementFromPoint(over, down));
        });
    }""")
    for each in page.locator(".buttons button").all():
        expect(each).to_be_in_viewport(ratio=0.99)


def test_the_chair_sees_what_the_screens_show_instead(
    server: Server, chair: Callable[..., Page]
) -> None:
    page = chair()
    expect(page.locator(".screens")).to_have_text("Màn chiếu đang hiện: Chào mừng")

    with desk(server) as session:
        halls.show_scene(
            session,
            SLUG,
            Scene.MESSAGE,
            message="Giải lao 15 phút",
            actor=LAN,
            at=datetime.now(UTC),
        )

    expect(page.locator(".screens")).to_have_text(
        "Màn chiếu đang hiện: Thông báo “Giải lao 15 phút”"
    )


def test_a_question_that_the_hall_does_not_see_is_not_framed_as_if_it_were_on(
    server: Server, chair: Callable[..., Page]
) -> None:
    with before_the_event(server):
        ask_until(Status.ON_STAGE, text=USUAL)
    page = chair()
    now, elsewhere = page.locator(".now"), page.locator(".now .screens")
    expect(now).to_contain_text(USUAL[:40])
    expect(now).not_to_have_class(re.compile("elsewhere"))
    expect(elsewhere).to_be_hidden()
    framed = now.evaluate("(each) => getComputedStyle(each).borderTopColor")

    def show(scene: Scene, message: str | None = None) -> None:
        with desk(server) as session:
            how: dict[str, Any] = {"actor": LAN, "at": datetime.now(UTC)}
            halls.show_scene(session, SLUG, scene, message=message, **how)

    show(Scene.MESSAGE, "Giải lao 15 phút")
    expect(elsewhere).to_have_text(
        "Màn chiếu đang hiện: Thông báo “Giải lao 15 phút”, không phải câu hỏi này"
    )
    expect(now).to_contain_text(USUAL[:40])
    assert now.evaluate("(each) => getComputedStyle(each).borderTopColor") != framed

    show(Scene.QUESTION)
    expect(now).not_to_have_class(re.compile("elsewhere"))
    page.keyboard.press("b")
    expect(page.locator(".notice.dark")).to_be_visible()
    expect(now).to_have_class(re.compile("elsewhere"))

    with desk(server) as session:
        practice.begin(session, SLUG, actor=LAN, at=datetime.now(UTC))
        practice.show_on_screens(session, SLUG, shown=True, actor=LAN, at=datetime.now(UTC))
    expect(elsewhere).to_contain_text("Màn chiếu đang hiện: buổi tập dượt")

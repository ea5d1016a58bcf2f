"""Files asked for on the review, followed, cancelled and taken, in a real browser."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from data_access import engine
from data_access.questions.writing import submissions
from dialogue.lifecycle import Status
from dialogue.roles import Role
from reports.orders import ENDINGS, FileKind
from tests import factories
from tests.browser.conftest import keep_cookies
from tests.load.servers import mixture
from tests.server import Server

pytestmark = pytest.mark.long

Open = Callable[..., Page]
# Exports go last where the processor is busy, and tests run on machines that are.
MADE_WITHIN = 120_000
NAMES = {
    FileKind.WORKBOOK: "Bảng tính Excel",
    FileKind.CSV: "Tất cả câu hỏi (CSV)",
    FileKind.PARQUET: "Tất cả câu hỏi (Parquet)",
    FileKind.SUMMARY: "Báo cáo tổng hợp câu hỏi (Word)",
    FileKind.CONCLUSION: "Thông báo kết luận (Word)",
    FileKind.PAGE: "Trang này để in (HTML)",
    FileKind.PICTURES: "Biểu đồ dạng hình",
    FileKind.OPEN_DATA: "Dữ liệu mở",
}


@pytest.fixture
def asked(server: Server) -> None:
    """Two questions; the second asker told a name."""
    with closing(engine.start(server.database_url)):
        factories.ask_until(Status.ANSWERED, text="Khi nào ấp em có sóng 4G ạ")
        # Asked just now: what is told with older ones is erased when the server starts.
        now = datetime.now(UTC)
        factories.ask_until(Status.DEFERRED, name="=Bưởi", contact="hoa@example.vn", at=now)


def choose(page: Page, kind: FileKind) -> None:
    settled(page)
    page.locator(".st-key-export-kind input").click()
    page.get_by_role("option", name=NAMES[kind]).click()
    expect(page.locator(".st-key-export-kind input")).to_have_value(NAMES[kind])


def settled(page: Page) -> None:
    """Wait until the page is drawn whole: a list that is open closes when it is drawn anew."""
    expect(page.locator(".st-key-export-start")).to_be_visible(timeout=MADE_WITHIN)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=MADE_WITHIN)


def start(page: Page) -> None:
    settled(page)
    page.locator(".st-key-export-start button").click()


def ready(page: Page) -> Locator:
    link = page.locator(".st-key-export-take a")
    # A page that is loaded anew draws its charts first.
    expect(link).to_be_visible(timeout=MADE_WITHIN)
    return link


def take(page: Page, to: Path) -> Path:
    with page.expect_download(timeout=MADE_WITHIN) as download:
        ready(page).click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.usefixtures("asked")
def test_every_file_is_made_and_taken(staff: Open, tmp_path: Path) -> None:
    page = staff("review", Role.MODERATOR, part="files")
    page.set_default_timeout(MADE_WITHIN)

    for kind in FileKind:
        choose(page, kind)
        start(page)
        name = f"{kind.replace('_', '-')}.{ENDINGS[kind]} đã sẵn sàng"
        expect(page.get_by_text(name)).to_be_visible(timeout=MADE_WITHIN)
        path = take(page, tmp_path)
        assert path.name == f"dong-nai-2022-{kind.replace('_', '-')}.{ENDINGS[kind]}"
        assert path.stat().st_size > 0
    sheets = openpyxl.load_workbook(tmp_path / "dong-nai-2022-workbook.xlsx").sheetnames
    assert sheets[-1] == "Nhật ký"


@pytest.mark.usefixtures("asked")
def test_names_are_taken_by_whom_may_see_them_and_the_activity_says_so(
    staff: Open, tmp_path: Path
) -> None:
    page = staff("review", Role.MODERATOR, part="files")
    choose(page, FileKind.CSV)
    page.locator(".st-key-export-names label").click()
    expect(page.get_by_text("Tệp này có dữ liệu cá nhân")).to_be_visible()
    start(page)

    written = take(page, tmp_path).read_text("utf-8-sig")

    assert "'=Bưởi" in written
    assert "hoa@example.vn" not in written
    activity = staff("activity", Role.ADMIN)
    expect(activity.locator("body")).to_contain_text("Đã lấy một tệp có dữ liệu cá nhân")


@pytest.mark.usefixtures("asked")
def test_who_may_not_see_names_is_not_offered_them(staff: Open, tmp_path: Path) -> None:
    page = staff("review", Role.ANALYST, part="files")

    start(page)
    book = openpyxl.load_workbook(take(page, tmp_path))

    assert page.locator(".st-key-export-names, .st-key-export-contacts").count() == 0
    assert "Nhật ký" not in book.sheetnames
    assert "Tên" not in [each.value for each in book["Tất cả câu hỏi"][1]]


@pytest.fixture
def others(server: Server, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    keep_cookies(context, server, Role.MODERATOR)
    yield context
    context.close()


@pytest.mark.usefixtures("asked")
def test_a_file_is_given_to_nobody_else(
    staff: Open, server: Server, others: BrowserContext
) -> None:
    page = staff("review", Role.MODERATOR, part="files")
    start(page)
    address = f"{server.url}{ready(page).get_attribute('href')}"

    assert page.request.get(address).status == 200
    assert others.request.get(address).status == 404
    assert others.request.get(f"{server.url}/exports/invented").status == 404


@pytest.mark.usefixtures("asked")
def test_a_template_is_changed_or_its_mistakes_are_named(staff: Open, tmp_path: Path) -> None:
    page = staff("review", Role.ANALYST, part="files")
    choose(page, FileKind.SUMMARY)
    with page.expect_download(timeout=MADE_WITHIN) as download:
        page.locator(".st-key-export-template button").click()
    own = tmp_path / "own.docx"
    download.value.save_as(own)
    document = Document(str(own))
    document.paragraphs[-1].add_run("Sở {{ unitt }}")
    document.save(str(own))

    chooser = page.locator(".st-key-export-own-summary input[type=file]")
    chooser.set_input_files(own)
    expect(page.locator(".st-key-export-own-summary")).to_contain_text("own.docx")
    start(page)

    told = page.get_by_text("không có chỗ điền nào tên “unitt”; có phải là “unit”?")
    expect(told).to_be_visible(timeout=MADE_WITHIN)
    expect(told).to_contain_text("Dòng ")

    document.paragraphs[-1].runs[-1].text = "Kính trình {{ unit }}"
    document.save(str(tmp_path / "mended.docx"))
    chooser.set_input_files(tmp_path / "mended.docx")
    expect(page.locator(".st-key-export-own-summary")).to_contain_text("mended.docx")
    start(page)
    with zipfile.ZipFile(take(page, tmp_path)) as made:
        assert "Kính trình Ủy ban nhân dân tỉnh Đồng Nai" in made.read("word/document.xml").decode()


def test_a_long_file_says_how_far_it_is_and_can_be_cancelled(
    staff: Open, server: Server, tmp_path: Path
) -> None:
    with closing(engine.start(server.database_url)) as database, database.transaction() as session:
        submissions.submit(session, factories.SLUG, mixture(20_000), at=factories.NOON)
    page = staff("review", Role.MODERATOR, part="files")

    start(page)
    expect(page.locator("[data-testid=stProgress]")).to_contain_text("trên", timeout=MADE_WITHIN)
    page.locator(".st-key-export-cancel button").click()

    expect(page.get_by_text("Đã hủy việc tạo tệp.")).to_be_visible()
    assert page.locator(".st-key-export-take").count() == 0
    choose(page, FileKind.PICTURES)
    start(page)
    assert take(page, tmp_path).stat().st_size > 0

"""What people do and look at, in the tests' words."""

from collections import Counter

from playwright.sync_api import Locator, Page, Request, expect

FRAMEWORK_TRIES_WITHIN = 15_000


def drawn(page: Page) -> None:
    """Wait until a page that is loaded has run: before, there is the framework alone.

    What holds it is hidden behind the screens of the hall.
    """
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")


def reload(page: Page) -> None:
    page.reload()
    drawn(page)


def ask(phone: Page, text: str, *, district: str = "731") -> None:
    phone.locator("[name=text]").fill(text)
    phone.locator("[name=district]").select_option(district)
    phone.locator("[name=consent]").check()
    phone.locator("form button[type=submit]").first.click()


def board(desk: Page, key: str) -> Locator:
    return desk.locator(f".st-key-{key}")


def row(desk: Page, key: str, text: str) -> Locator:
    """Find a question, once all of them may be acted on."""
    settled(desk)
    return board(desk, key).locator(".row", has_text=text)


def settled(desk: Page) -> None:
    """Wait until all questions have stood where they are for half a second."""
    expect(desk.locator(".row.settling")).to_have_count(0)


def looked_at(desk: Page) -> None:
    """Wait until a desk that has just been opened may be acted on."""
    board(desk, "inbox").locator(".line > *").first.wait_for()
    settled(desk)


def click(question: Locator, action: str) -> None:
    """Click a question's button, once it is there and nothing has just moved."""
    button = question.locator(f"[data-action={action}]")
    button.wait_for()
    settled(question.page)
    button.click()


def show(desk: Page, view: str) -> None:
    board(desk, "inbox").locator(f"[data-action=view-{view}]").click()


def gave_up(*pages: Page) -> None:
    """Wait until the framework has lost its server and has tried again in vain on each page."""
    failed: Counter[Page] = Counter()
    for page in pages:

        def count(request: Request, page: Page = page) -> None:
            failed[page] += "/_stcore/" in request.url

        page.on("requestfailed", count)
    for page in pages:
        while failed[page] < 3:
            page.wait_for_event("requestfailed", timeout=FRAMEWORK_TRIES_WITHIN)


def go_to(page: Page, place: str) -> None:
    """Follow a link of the bar, in its menu where there is no room for it."""
    group = page.locator(".bar .group").filter(has=page.locator("a", has_text=place))
    menu, link = group.get_by_role("button"), group.locator("a", has_text=place)
    visible_link = link.filter(visible=True)
    expect(menu.or_(visible_link).filter(visible=True)).to_have_count(1)
    if menu.is_visible():
        menu.click()
    visible_link.click()

"""Contact sheets for docs/screens: whole pages side by side."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.server import ROOT

FOLDER = ROOT / "docs" / "screens"
THUMBNAIL = 640
GAP = 8


def photograph(page: Page) -> Image.Image:
    """Take a picture of all of a page, which is as high as what is on it from now on."""
    height = page.locator("[data-testid=stMainBlockContainer]").evaluate("(e) => e.offsetHeight")
    width = page.viewport_size["width"] if page.viewport_size else THUMBNAIL
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("async () => { await document.fonts.ready; }")
    return Image.open(BytesIO(page.screenshot()))


def lay_out(pictures: list[Image.Image], path: Path) -> None:
    """Write the pictures side by side, those of phones narrower."""
    small = []
    for each in pictures:
        width = min(THUMBNAIL, round(each.width * 0.7))
        small.append(each.convert("RGB").resize((width, round(each.height * width / each.width))))
    size = (sum(each.width + GAP for each in small), max(each.height for each in small))
    sheet = Image.new("RGB", size, "grey")
    place = 0
    for each in small:
        sheet.paste(each, (place, 0))
        place += each.width + GAP
    sheet.save(path, quality=50, method=6)

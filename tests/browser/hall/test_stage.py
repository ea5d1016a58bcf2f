"""The projector's scene: each scene on each screen, measured in the page."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

import locales
from components.scenes import stage as component
from components.scenes.stage import SceneData, Timer
from data_access import engine
from dialogue.lifecycle import Status
from dialogue.roles import Role
from locales import Language
from tests import factories
from tests.browser import scenes
from tests.browser.conftest import PROJECTOR, keep_cookies
from tests.browser.scenes import LONG, NOW, SAID, SCENES, SHORT, USUAL, asked, scene_data
from tests.server import ROOT, Server
from web import scripts

pytestmark = pytest.mark.long

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1024, 768))
GROUND = "rgb(255, 255, 255)"
VIETNAMESE, ENGLISH = locales.language("vi"), locales.language("en")
MEASURE = (Path(__file__).parent.parent / "measure.js").read_text(encoding="utf-8")
SCRIPT = scripts.bundle(Path(component.__file__).parent / "stage.js")
SHEET = ROOT / "docs" / "screens" / "projector.webp"
THUMBNAIL = 320
SETTLED = """async () => {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
# Whatever the language, this part of the tag says only which scene it is.
TAGS = count(1)


@dataclass
class Hall:
    """A screen that shows what it is fed."""

    page: Page
    file: Path
    thumbnails: list[Image.Image] = field(default_factory=list)

    @property
    def stage(self) -> Locator:
        return self.page.locator(".stage")

    def feed(self, shown: SceneData) -> None:
        tag = f"{shown['language']}-x-{next(TAGS)}"
        write(self.file, {**shown, "language": tag})
        self.page.wait_for_selector(f".screen[lang='{tag}']")
        self.page.evaluate(SETTLED)

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(SETTLED)

    def complaints(self) -> list[str]:
        found: list[str] = self.page.evaluate(f"{MEASURE} measure()")
        return found

    def keep(self) -> None:
        """Put what is seen, once it has faded in, on the contact sheet."""
        expect(self.page.locator(".past > *")).to_have_count(0)
        shown = self.picture()
        height = round(shown.height * THUMBNAIL / shown.width)
        self.thumbnails.append(shown.convert("RGB").resize((THUMBNAIL, height)))

    def picture(self) -> Image.Image:
        return Image.open(BytesIO(self.page.screenshot(omit_background=True)))


def write(file: Path, shown: Any) -> None:
    """Put a scene where the page looks, whole at once."""
    new = file.with_suffix(".new")
    new.write_text(json.dumps(shown), encoding="utf-8")
    new.replace(file)


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One screen for all scenes; it opens on a black scene, and nothing reloads."""
    folder = tmp_path_factory.mktemp("stage")
    file = folder / "scene.json"
    write(file, scene_data("black", VIETNAMESE))
    server = Server("", folder / "server.log", SCENE=str(file))
    server.script = "tests/browser/variants/scenes.py"
    server.start()
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector(".stage")
    yield (shown := Hall(page, file))
    context.close()
    server.stop()
    if os.environ.get("CONTACT_SHEET"):
        lay_out(shown.thumbnails)


def lay_out(thumbnails: list[Image.Image]) -> None:
    """Write the contact sheet: a line for each scene."""
    columns = 2 * len(SIZES)
    width, height = THUMBNAIL + 6, max(each.height for each in thumbnails) + 6
    lines = len(thumbnails) // columns
    sheet = Image.new("RGB", (columns * width, lines * height), "grey")
    for place, each in enumerate(thumbnails):
        sheet.paste(each, (place % columns * width, place // columns * height))
    SHEET.parent.mkdir(exist_ok=True)
    sheet.save(SHEET, quality=50, method=6)


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_reads_from_the_last_row(hall: Hall, scene: str) -> None:
    for language in (VIETNAMESE, ENGLISH):
        shown = scene_data(scene, language)
        hall.feed(shown)
        for size in SIZES:
            hall.resize(size)
            assert hall.complaints() == [], (language.code, size)
            if os.environ.get("CONTACT_SHEET"):
                hall.keep()


@pytest.mark.parametrize("language", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_phone_lying_or_standing_cuts_nothing_either(
    hall: Hall, scene: str, language: Language
) -> None:
    hall.feed(scene_data(scene, language))
    hall.resize((844, 390))
    assert hall.complaints() == []

    hall.resize((390, 844))
    # Two lists above each other are small there, and still whole.
    said = [each for each in hall.complaints() if scene != "board" or " px, " not in each]
    assert said == []


@pytest.mark.parametrize("scene", [each for each in SCENES if each != "black"])
def test_a_rehearsal_and_a_timer_take_nothing_from_a_scene(hall: Hall, scene: str) -> None:
    timer = {"started_at": NOW, "ends_at": NOW + 3725, "label": SAID["vi"]["left"]}
    hall.feed(scene_data(scene, VIETNAMESE, practice=SAID["vi"]["practice"], timer=timer))

    for size in SIZES:
        hall.resize(size)
        assert hall.complaints() == [], size
        assert overlapping(hall.page) == [], size
    expect(hall.stage.locator(".practice")).to_have_text(SAID["vi"]["practice"])


def overlapping(page: Page) -> list[str]:
    """Find words that stand under the timer or under the rehearsal's words."""
    found: list[str] = page.locator(".stage").evaluate(
        """(stage) => {
            const box = (each) => each.getBoundingClientRect();
            const meet = (one, other) =>
                one.left < other.right && other.left < one.right &&
                one.top < other.bottom && other.top < one.bottom;
            const over = [...stage.querySelectorAll(".clock, .timer .label, .practice")];
            const under = [...stage.querySelectorAll(".scene *")].filter((each) => {
                return each.childElementCount === 0 && each.textContent && box(each).width;
            });
            const wordsOf = (each) => {
                const range = document.createRange();
                range.selectNodeContents(each);
                return [...range.getClientRects()];
            };
            return under
                .filter((each) => !each.closest(".row .words"))
                .filter((each) =>
                    wordsOf(each).some((word) => over.some((other) => meet(word, box(other)))))
                .map((each) => each.textContent);
        }"""
    )
    return found


@pytest.mark.parametrize(
    "text",
    [
        SHORT,
        "Bao giờ có xe buýt về xã?",
        USUAL,
        LONG[:350].rsplit(" ", 1)[0],
        LONG[:600].rsplit(" ", 1)[0],
        LONG,
        LONG[:600].upper(),
        "Thưa lãnh đạo tỉnh,\n\n" + USUAL + "\nEm xin cảm ơn ạ",
        "nghiêng" * 142,
        "Xem https://dichvucong.dongnai.gov.vn/dich-vu-cong/thanh-toan-truc-tuyen?ma=75 có được ạ",
        "a\nb\n" * 250,
        "Ẫ\u0323\u0302 Ộ\u0301\u0302 Ữ\u0323\u0302 " * 20,
    ],
    ids=lambda text: f"{len(text)}-{text[:12]!r}",
)
def test_a_question_of_any_length_fills_its_room(hall: Hall, text: str) -> None:
    hall.feed(scene_data("question", VIETNAMESE, on_stage=asked(text, VIETNAMESE)))

    for size in SIZES:
        hall.resize(size)
        words = hall.stage.locator(".text")
        assert hall.complaints() == [], size
        assert words.inner_text().split() == text.split()
        share, filled = words.evaluate(
            """(words) => [
                parseFloat(getComputedStyle(words).fontSize) / innerHeight,
                words.clientHeight / words.parentElement.clientHeight,
            ]"""
        )
        assert share > 1 / 7.2 or filled > 0.7, (size, share, filled)


def test_the_last_syllables_of_a_question_stay_together(hall: Hall) -> None:
    hall.feed(scene_data("question", VIETNAMESE))

    assert (hall.stage.locator(".text").text_content() or "").endswith("\u00a0huyện\u00a0ạ")


def test_a_name_and_a_department_are_shown_only_where_there_is_one(hall: Hall) -> None:
    bare = asked(USUAL, VIETNAMESE)
    bare["marks"] = ["Định Quán", None, " "]  # type: ignore[list-item]
    bare["who"] = bare["department"] = None
    hall.feed(scene_data("question", VIETNAMESE, on_stage=bare, following=[bare]))

    expect(hall.stage.locator(".asked ~ .marks, .marks").locator(".mark")).to_have_text(
        ["Câu số 128", "Định Quán"]
    )
    expect(hall.stage.locator(".facts")).to_have_text("Câu số 128 · Định Quán")
    assert hall.complaints() == []


@pytest.mark.parametrize("missing", ["column", "row"])
def test_districts_without_a_tile_are_bars(hall: Hall, missing: str) -> None:
    shown: Any = scene_data("participation", VIETNAMESE)
    shown["districts"][0][missing] = None
    hall.feed(shown)

    expect(hall.stage.locator(".tile")).to_have_count(0)
    expect(hall.stage.locator(".places .row:visible .name").first).to_have_text("Xuân Lộc")
    assert hall.complaints() == []


@pytest.mark.parametrize("scene", ["participation", "next", "board"])
def test_a_scene_of_nothing_yet_is_calm(hall: Hall, scene: str) -> None:
    nothing: dict[str, Any] = {"districts": [], "topics": []}
    nothing |= dict.fromkeys(
        ("coming", "newest", "most_voted"), scenes.listing("coming", VIETNAMESE)
    )
    hall.feed(scene_data(scene, VIETNAMESE, **nothing))

    assert hall.complaints() == []


def test_markup_is_words_in_every_scene(hall: Hall) -> None:
    evil = "<b>đậm</b><img src=x onerror=alert(1)> **x** $x^2$"
    for scene in SCENES:
        shown: Any = json.loads(
            json.dumps(scene_data(scene, VIETNAMESE)).replace(
                json.dumps("Định Quán")[1:-1], "<b>x</b>"
            )
        )
        shown.update(heading=evil, theme=evil, practice=evil, title=evil, text=evil, total=evil)
        shown.update(timer={"started_at": NOW, "ends_at": None, "label": evil})
        hall.feed(shown)
        expect(hall.page.locator(".screen :is(b, img[src='x'], strong)")).to_have_count(0)
        expect(hall.stage).to_contain_text("<b>đậm</b>")


def test_a_timer_tells_the_servers_time_where_the_screens_clock_is_wrong(hall: Hall) -> None:
    hall.page.evaluate("Date.now = () => 0")
    clock = hall.stage.locator(".clock")

    hall.feed(timed(ends_at=NOW + 65))
    expect(clock).to_have_text("1:03")
    hall.feed(timed(ends_at=None, started_at=NOW - 3599))
    expect(clock).to_have_text("1:00:01")
    hall.feed(timed(ends_at=NOW + 1))
    expect(hall.stage.locator(".timer.over .clock")).to_have_text("0:00")
    hall.feed(scene_data("question", VIETNAMESE))
    expect(clock).to_be_hidden()


def timed(*, ends_at: float | None, started_at: float = NOW) -> SceneData:
    # Each scene tells a later time than those before, as a server does.
    late = next(TAGS) * 100
    end = None if ends_at is None else ends_at + late
    timer = Timer(started_at=started_at + late, ends_at=end, label="")
    return scene_data("question", VIETNAMESE, timer=timer, now=NOW + late)


@pytest.mark.parametrize(("motion", "lasts"), [("no-preference", 250), ("reduce", 0)])
def test_a_scene_fades_into_the_next_and_leaves_nothing(
    hall: Hall, motion: str, lasts: int
) -> None:
    hall.page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    hall.feed(scene_data("question", VIETNAMESE))
    hall.page.evaluate(
        """() => {
            window.fades = [];
            const animate = Element.prototype.animate;
            Element.prototype.animate = function (frames, { duration }) {
                window.fades.push(duration);
                return animate.call(this, frames, { duration });
            };
        }"""
    )

    hall.feed(scene_data("black", VIETNAMESE))

    expect(hall.page.locator(".screen")).not_to_contain_text("Thanh Sơn")
    assert set(hall.page.evaluate("window.fades")) == {lasts}
    hall.page.emulate_media(reduced_motion="no-preference")


def test_a_stream_gets_the_question_alone_over_nothing(hall: Hall) -> None:
    hall.feed(scene_data("question", VIETNAMESE, overlay=True))
    for size in SIZES:
        hall.resize(size)
        assert hall.complaints() == []
    hall.resize((1280, 720))
    alpha = hall.picture().getchannel("A")
    assert alpha.crop((0, 0, 1280, 470)).getextrema() == (0, 0)
    assert alpha.crop((0, 490, 1280, 720)).getextrema() == (255, 255)

    hall.feed(scene_data("question", VIETNAMESE, overlay=True, on_stage=asked(LONG, VIETNAMESE)))
    for size in SIZES:
        hall.resize(size)
        assert hall.complaints() == []

    for nothing in (
        scene_data("question", VIETNAMESE, overlay=True, on_stage=None),
        scene_data("thanks", VIETNAMESE, overlay=True),
    ):
        hall.feed(nothing)
        assert hall.picture().getchannel("A").getextrema() == (0, 0)
    hall.feed(scene_data("question", VIETNAMESE))
    assert hall.picture().convert("RGBA").getchannel("A").getextrema() == (255, 255)


def test_nothing_of_the_page_is_ever_seen_beside_it(hall: Hall) -> None:
    hall.feed(scene_data("question", VIETNAMESE))
    hall.page.evaluate(
        """() => {
            const dialog = document.createElement("dialog");
            dialog.textContent = "Connection error";
            document.body.append(dialog);
            dialog.showModal();
            const tall = document.createElement("div");
            tall.style = "position: absolute; z-index: 2147483647; top: 0; height: 9000px";
            tall.textContent = "Running…";
            document.body.append(tall);
        }"""
    )
    seen = hall.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => each.checkVisibility({ visibilityProperty: true })).length"""
    )

    expect(hall.page.get_by_text("Connection error")).to_be_hidden()
    expect(hall.page.get_by_text("Running…")).to_be_hidden()
    assert seen == 0
    assert hall.page.evaluate("innerWidth - document.documentElement.clientWidth") == 0
    hall.page.evaluate("document.querySelector('dialog').close()")


def test_the_pointer_rests_out_of_sight(hall: Hall) -> None:
    screen = hall.page.locator(".screen")

    hall.page.mouse.move(200, 200)
    expect(screen).to_have_css("cursor", "auto")
    expect(screen).to_have_css("cursor", "none")
    hall.page.mouse.move(300, 300)
    expect(screen).to_have_css("cursor", "auto")


def test_a_day_of_updates_leaves_no_more_behind_than_one(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.add_init_script(
        """
        window.timers = new Set();
        const [set, clear] = [window.setTimeout, window.clearTimeout];
        window.setTimeout = (act, after) => {
            const timer = set(() => (window.timers.delete(timer), act()), after);
            window.timers.add(timer);
            return timer;
        };
        window.clearTimeout = (timer) => (window.timers.delete(timer), clear(timer));
        """
    )
    load_alone(page)
    fed = [scene_data(scene, language) for scene in SCENES for language in (VIETNAMESE, ENGLISH)]
    timer = {"started_at": NOW, "ends_at": NOW + 600, "label": ""}
    fed += [scene_data("question", VIETNAMESE, on_stage=None, timer=timer)]

    update(page, fed, times=len(fed))
    before = counted(page)
    update(page, fed, times=2000)

    assert counted(page) == before
    context.close()


def load_alone(page: Page) -> None:
    """Load the stage without the framework: `draw` in a `place`, which `take_away` clears."""
    page.goto("about:blank")
    page.evaluate(
        """async ([script, sheet]) => {
            const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
            const { default: draw } = await import(url);
            window.draw = (scene_data, { revision = 0, slug = "" } = {}) => {
                const shown = { scene_data, slug, revision, source: null, is_held: false };
                const data = new TextEncoder().encode(JSON.stringify(shown));
                window.place ??= document.body.appendChild(document.createElement("div"));
                const parentElement = place.shadowRoot ?? place.attachShadow({ mode: "open" });
                if (!parentElement.firstChild) {
                    parentElement.innerHTML = `<style>${sheet}</style>`;
                }
                window.leave = draw({ data, parentElement });
            };
            window.take_away = () => {
                place.remove();
                delete window.place;
                leave();
            };
            window.move = () => {
                const moved = new PointerEvent("pointermove");
                place.shadowRoot.querySelector(".screen").dispatchEvent(moved);
            };
        }""",
        [SCRIPT, component.SHEET],
    )


def test_the_stage_goes_on_while_its_place_is_made_anew(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.clock.install()
    load_alone(page)
    screens, words = page.locator(".screen"), page.locator(".stage .asked .text")
    page.evaluate("(data) => draw(data)", scene_data("question", VIETNAMESE))
    before = page.screenshot()

    page.evaluate("take_away()")
    expect(words).to_have_text(USUAL)
    assert page.screenshot() == before
    page.evaluate("(data) => draw(data)", scene_data("question", VIETNAMESE))
    assert page.screenshot() == before
    page.clock.fast_forward(60_000)
    expect(screens).to_have_count(1)

    page.evaluate("take_away()")
    page.clock.fast_forward(60_000)
    expect(screens).to_have_count(0)
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    context.close()


def test_what_comes_late_is_not_drawn_over_what_is_newer(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    load_alone(page)
    words = page.locator(".stage .asked .text")

    def draw(text: str, slug: str, revision: int) -> None:
        shown = scene_data("question", VIETNAMESE, on_stage=asked(text, VIETNAMESE))
        of = {"slug": slug, "revision": revision}
        page.evaluate("([shown, of]) => draw(shown, of)", [shown, of])

    draw("Câu hỏi mới", "event", 5)
    draw("Câu hỏi cũ", "event", 4)
    expect(words).to_have_text("Câu hỏi mới")
    draw("Câu hỏi của buổi tập", "rehearsal", 1)
    expect(words).to_have_text("Câu hỏi của buổi tập")
    context.close()


def update(page: Page, fed: list[SceneData], *, times: int) -> None:
    """Draw scenes in turn, each a little different, and last the first of them as it is."""
    page.evaluate(
        """async ([fed, times]) => {
            for (let time = 1; time < times; time += 1) {
                const data = fed[time % fed.length];
                draw({ ...data, now: data.now + time, heading: `${data.heading} ${time}` });
                document.dispatchEvent(
                    new CustomEvent("dialogue-live", { detail: { connected: time % 3 === 0 } }),
                );
                move();
                if (time % 50 === 0) await new Promise(requestAnimationFrame);
            }
            document.dispatchEvent(
                new CustomEvent("dialogue-live", { detail: { connected: true } }),
            );
            draw(fed[0]);
        }""",
        [fed, times],
    )
    expect(page.locator(".past > *")).to_have_count(0)
    expect(page.locator(".resting")).to_have_count(1)
    expect(page.locator(".dot[hidden]")).to_have_count(1)


def counted(page: Page) -> dict[str, int]:
    """Count what stays in the page: nodes, listeners, timers."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("HeapProfiler.collectGarbage")
    counters: dict[str, int] = protocol.send("Memory.getDOMCounters")
    protocol.detach()
    return {**counters, "timers": page.evaluate("window.timers.size")}


def test_the_question_stays_while_the_server_is_away(
    server: Server, staff: Callable[..., Page]
) -> None:
    database = engine.start(server.database_url)
    factories.ask_until(Status.ON_STAGE, text=USUAL)
    database.close()
    projector = staff("projector", Role.SCREEN, size=PROJECTOR)
    words, dot = projector.locator(".stage .text"), projector.locator(".stage .dot")
    expect(words).to_have_text(USUAL)
    expect(dot).to_be_hidden()

    server.kill()
    expect(dot).to_be_visible()
    expect(projector.locator("[role=dialog]:visible")).to_have_count(0)
    expect(words).to_have_text(USUAL)
    server.start()

    expect(dot).to_be_hidden(timeout=20_000)
    expect(words).to_have_text(USUAL)
    projector.context.set_offline(True)
    expect(dot).to_be_visible()
    projector.context.set_offline(False)
    expect(dot).to_be_hidden(timeout=20_000)


def test_the_address_of_a_stream_asks_for_the_lower_third(server: Server, browser: Browser) -> None:
    database = engine.start(server.database_url)
    factories.ask_until(Status.ON_STAGE, text=USUAL)
    database.close()
    context = browser.new_context(viewport=PROJECTOR)  # type: ignore[arg-type]
    keep_cookies(context, server, Role.SCREEN)
    page = context.new_page()

    page.goto(f"{server.url}/projector?overlay=1")

    expect(page.locator(".stage .third .text")).to_have_text(USUAL)
    expect(page.locator(".stage .titles")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_hall_is_light_whatever_its_machine_prefers(hall: Hall, scheme: Any) -> None:
    hall.page.emulate_media(color_scheme=scheme)
    hall.feed(scene_data("message", VIETNAMESE))

    expect(hall.page.locator(".screen")).to_have_css("background-color", GROUND)
    assert hall.complaints() == []

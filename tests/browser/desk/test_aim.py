"""Whatever others do and whatever arrives, each command names the question that was aimed at.

Two moderators work at the same list while colleagues and phones change it. Beside each of them an
onlooker (`onlooker.js`) notes at each press, from what is drawn alone, which question the person
has had before them for half a second. The pages' clocks move only when the machine says so.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, Route

from data_access import engine
from data_access.engine import Database
from data_access.questions.writing import commands
from dialogue.commands import QuestionCommand, Seen
from dialogue.lifecycle import Action, Status
from dialogue.refusals import Refusal
from dialogue.roles import Role
from live import snapshots
from tests import factories
from tests.browser.steps import board
from tests.factories import NOON, SLUG
from tests.server import Server

ONLOOKER = Path(__file__).parent / "onlooker.js"
ASKED = f"/api/events/{SLUG}/questions"
LAN = factories.actor(Role.MODERATOR, name="Lan")
SIZE = {"width": 1400, "height": 1300}
OUTSIDE = (1395, 5)
SEEDS = [3, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, *range(4, 21)))]
STEPS = 100
LET_GO = 0.3  # how likely the network gets over it in a step
# Fewer than this wait for nobody to press the last of them away.
FEWEST = 8
# Of the presses that somebody aimed, so many at least must have done something.
LEAST_DONE = 0.25
WORDS = (
    "đường trường cầu sóng điện nước xóm ấp chợ sông ruộng vườn trạm bến rừng học "
    "phép nghề mạng thuốc xe phố giá lúa cá tôm mía tiêu điều dừa bưởi hồ suối"
)
# What is done by what is pressed; what is not here does nothing to a question.
DOES: dict[str, set[Action]] = {
    "a": {Action.APPROVE},
    "q": {Action.QUEUE, Action.UNQUEUE},
    "f": {Action.FLAG, Action.UNFLAG},
    "u": {Action.UNDO},
    "Control+Enter": {Action.EDIT},
    "save": {Action.EDIT},
    "accept": {Action.SET_TOPIC, Action.SET_DEPARTMENT},
} | {str(digit): {Action.REJECT} for digit in range(1, 10)}


@pytest.fixture(autouse=True)
def database(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that the server works on, for what others do."""
    # What the server did is asked for each time.
    monkeypatch.setattr("data_access.questions.cached.snapshots.TRUSTED_SECONDS", 0)
    yield engine.start(server.database_url)
    engine.current().close()


class Desk:
    """A moderator's page, with an onlooker beside it."""

    def __init__(self, page: Page, name: str) -> None:
        """Take a page that shows the desk."""
        self.page = page
        self.name = name
        self.commands: dict[int, dict[str, Any]] = {}
        # Requests that the network keeps back, while it does.
        self.held: list[Route] | None = None
        # What was typed to a question and is not done yet.
        self.typed: dict[int, str] = {}
        self.before: dict[str, Any] = {}
        self.drawn: dict[str, Any] = {}
        self.presses: list[dict[str, Any]] = []
        self.judged: set[int] = set()
        page.on("request", self.note)
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(error.stack or str(error)))
        page.add_init_script(path=ONLOOKER)
        page.route("**/commands/*", self.carry)
        page.clock.install(time=NOON)
        self.now = NOON
        self.load()

    def load(self) -> None:
        """Read the page anew; its clock runs until it is there."""
        self.page.clock.resume()
        self.page.reload()
        board(self.page, "inbox").locator(".row").first.wait_for()
        self.now += timedelta(hours=1)
        self.page.clock.pause_at(self.now)
        for each in (self.commands, self.presses, self.judged):
            each.clear()

    def note(self, request: Request) -> None:
        """Keep the commands that the page sends, by their places."""
        if request.method == "POST" and request.url.split("?")[0].endswith(f"/commands/{SLUG}"):
            for each in (request.post_data_json or {})["commands"]:
                self.commands[each["place"]] = each

    def carry(self, route: Route) -> None:
        """Let a request through, now or later."""
        if self.held is None:
            route.continue_()
        else:
            self.held.append(route)

    def let_go(self) -> "Desk":
        """Let all through that was held back, and wait for the answers."""
        held, self.held = self.held or [], None
        for route in held:
            route.continue_()
        self.page.wait_for_function("() => !window.dialogueSender?.unanswered.length")
        return self

    def hear(self, revision: int) -> None:
        """Wait until the page has what its server told of, and ask the onlooker how it stands."""
        told = self.page.wait_for_function(
            "([revision, isHeld]) => window.onlooker.tell(revision, isHeld)",
            arg=[revision, self.held is not None],
        )
        self.before, self.drawn = self.drawn, told.json_value()

    def rest(self, milliseconds: int) -> None:
        """Let the page's clock go on."""
        self.page.clock.run_for(milliseconds)

    def ask(self, what: str, *how: object) -> Any:
        """Ask the onlooker."""
        return self.page.evaluate(
            "([what, how]) => window.onlooker[what](...how)", [what, list(how)]
        )

    def press_mouse(self) -> None:
        """Press what is under the pointer, without waiting for anything."""
        self.page.mouse.down()
        self.page.mouse.up()


class Hall:
    """Two desks, and what happens beside them, one step after the other."""

    def __init__(self, seed: int, desks: list[Desk], phones: httpx.Client) -> None:
        """Begin with questions that are there already."""
        self.random = random.Random(seed)
        self.desks = desks
        self.phones = phones
        self.log: list[str] = []
        # How each version of a question reads.
        self.faces: dict[tuple[int, int], str] = {}
        self.done: Counter[str] = Counter()
        self.hear()

    def remember(self) -> None:
        """Note how the questions read by now."""
        for number, each in snapshots.current(SLUG).questions.items():
            self.faces[number, each.version] = each.text

    def waiting(self) -> list[int]:
        """Return what is in the list, as the server has it."""
        return [each.number for each in snapshots.current(SLUG).newest(Status.RECEIVED)]

    def step(self) -> None:
        """Do one thing, and see that nothing moved at the desks where nobody did it."""
        choice = self.random.choices([self.others, self.mouse, self.keys, self.time], [4, 6, 8, 5])
        desk = self.random.choice(self.desks)
        late = desk.held is not None and self.random.random() < LET_GO
        acting = desk.let_go() if late else choice[0](desk)
        self.hear()
        for desk in self.desks:
            if desk is not acting:
                self.require_still(desk)
        if len(self.waiting()) < FEWEST:
            self.arrive(FEWEST)
            self.hear()

    def hear(self) -> None:
        """Wait until all know what happened, and see that all is in order."""
        revision = snapshots.current(SLUG).revision
        self.remember()
        for desk in self.desks:
            desk.hear(revision)
            self.require_typed(desk)
            self.require_aimed(desk)

    # What others do.

    def others(self, near: Desk) -> None:
        """Let phones ask, or a colleague do something, most often to what somebody has at hand."""
        if self.random.random() < 0.35:
            return self.arrive(self.random.randint(1, 3))
        waiting = self.waiting()
        near_by = [number for number in near.ask("hand")["at"] if number in waiting]
        number = self.random.choice(near_by * 9 + waiting)
        self.colleague(number, self.random.choice([Action.EDIT, Action.EDIT, Action.APPROVE]))
        return None

    def arrive(self, count: int) -> None:
        """Let phones ask."""
        for _ in range(count):
            text = "Bao giờ có " + " ".join(self.random.sample(WORDS.split(), 9)) + ", bản 1?"
            key = f"phone-{snapshots.current(SLUG).last_number}"
            said = {"text": text, "district": "731", "consent": True}
            answer = self.phones.post(ASKED, json=said, headers={"Idempotency-Key": key})
            assert answer.status_code == 201, answer.text
        self.log.append(f"{count} arrive")

    def colleague(self, number: int, action: Action) -> None:
        """Do something to a question from elsewhere."""
        question = snapshots.current(SLUG).questions[number]
        text = f"{question.text.rsplit(',', 1)[0]}, bản {question.version + 1}?"
        how = {"text": text} if action is Action.EDIT else {}
        seen = (Seen(number, question.version),)
        command = QuestionCommand(factories.operation(action, **how), seen)
        try:
            with engine.current().transaction() as session:
                commands.act(session, SLUG, command, actor=LAN, at=datetime.now(UTC))
        except Refusal:
            return
        self.log.append(f"a colleague: {action} #{number} at {question.version}")

    # What the two moderators do.

    def mouse(self, desk: Desk) -> Desk:
        """Move the mouse, to press at once, later or not at all; or press where it is."""
        how = self.random.choices(["press", "aim", "click", "leave"], [5, 4, 5, 1])[0]
        self.log.append(f"{desk.name}: {how}")
        if how == "leave":
            desk.page.mouse.move(*OUTSIDE)
        elif how != "press":
            self.aim(desk)
        if how in ("press", "click"):
            pressed = desk.ask("hand")
            if (pressed["control"] or "").endswith(" cancel"):
                desk.typed.pop(pressed["at"][0], None)
            desk.press_mouse()
        return desk

    def aim(self, desk: Desk) -> None:
        buttons = ["approve", "approve", "queue", "reject", "go-on", "reopen", "save", "cancel"]
        places = [f"[data-action={each}]" for each in buttons] + [".box", ".text", ".choice"]
        what = self.random.choice(places)
        order = self.random.sample(range(6), 6) if what in places[4:8] else [0, 1, 2, 3]
        found = desk.ask("find", self.random.choice(order), what)
        if found:
            desk.page.mouse.move(*found)
            self.log.append(f"  on {what}: {desk.ask('hand')}")

    def keys(self, desk: Desk) -> Desk:
        """Press a key; where a field has the focus, mostly type."""
        key = self.random.choice(self.keys_for(desk))
        if key == "word":
            word = f" a{self.random.choice(WORDS.split())} qjx1"
            self.log.append(f"{desk.name}: types {word!r}")
            before = desk.ask("typed")
            desk.page.keyboard.type(word)
            after = desk.ask("typed")
            assert after["value"] == before["value"] + word, (before, after)
            desk.typed[after["number"]] = after["value"]
            return desk
        if key == "Escape":
            desk.typed.pop(desk.ask("typed")["number"], None)
        self.log.append(f"{desk.name}: key {key!r}")
        desk.page.keyboard.press(key)
        return desk

    def keys_for(self, desk: Desk) -> list[str]:
        """Return what somebody may well press now, some of it several times."""
        still, typed = desk.drawn["still"], desk.drawn["typed"]
        if typed["isIn"]:
            return ["word", "word", "Control+Enter", "Escape"]
        if still["typed"]:
            return [*"1123aj", "Escape", "Escape"]
        if not still["cursor"]:
            return [*"jjjjkua"]
        if desk.held is not None:
            return [*"fffaaj"]
        return [*"aaaaqqfffjjjjkxxeu "]

    def time(self, desk: Desk) -> Desk | None:
        """Let time go by, at both desks; or the network, which keeps back what is sent."""
        how = self.random.choices(["short", "long", "network", "reload"], [3, 7, 2, 0.4])[0]
        self.log.append(f"{desk.name}: {how}")
        if how == "network" and desk.held is not None:
            return desk.let_go()
        if how == "network":
            desk.held = []
            return None
        if how == "reload":
            desk.let_go()
            self.hear()
            desk.load()
            return desk
        for each in self.desks:
            each.rest({"short": 210, "long": 630}[how])
        return None

    # What must hold.

    def require_still(self, desk: Desk) -> None:
        """Nothing that lies under a hand has moved or become another."""
        for what, was in desk.before["still"].items():
            now = desk.drawn["still"][what]
            assert was in (None, now), self.told(desk, f"{what}: {was} -> {now}")

    def require_typed(self, desk: Desk) -> None:
        """What was typed is open as it was, or said to wait at its question, until it is done."""
        now = desk.drawn["typed"]
        for number, value in list(desk.typed.items()):
            if any(key[0] == number and text == value for key, text in self.faces.items()):
                del desk.typed[number]
            elif number == now["number"]:
                assert now["value"] == value, self.told(desk, f"#{number} has {now['value']!r}")
            else:
                waits = number in now["waits"] or number not in now["listed"]
                assert waits, self.told(desk, f"what was typed to #{number} is lost")

    def require_aimed(self, desk: Desk) -> None:
        """Each command was pressed, and names a question that was there to be aimed at."""
        noted = desk.drawn
        assert not desk.errors, self.told(desk, desk.errors[0])
        assert not noted["vanished"], self.told(desk, f"vanished: {noted['vanished']}")
        for press in noted["presses"]:
            desk.presses.append(press)
            if press["isSure"] and meant_by(press["does"]):
                self.done["aimed"] += 1
                self.done["done"] += press["until"] > press["from"]
        for place in [each for each in desk.commands if each not in desk.judged]:
            found = [each for each in desk.presses if each["from"] < place <= each["until"]]
            unknown = f"{desk.commands[place]} by none of {desk.presses[-4:]}"
            assert len(found) == 1, self.told(desk, unknown)
            desk.judged.add(place)
            self.judge(desk, found[0], desk.commands[place])

    def judge(self, desk: Desk, press: dict[str, Any], command: dict[str, Any]) -> None:
        """See that a command does what was pressed, to what was read at the press."""
        if press["does"] == "again":
            return
        why = self.told(desk, f"{command} by {press}")
        assert command["action"] in meant_by(press["does"]), why
        if command["action"] == Action.UNDO:
            return
        assert press["isSure"], why
        if command["action"] == Action.EDIT:
            assert command["text"] == press["field"], why
        read = {number: {text} | self.own(desk, number) for number, text in press["seen"]}
        assert command["seen"], why
        for number, version in command["seen"]:
            assert self.face(number, version) in read.get(number, ()), why

    def own(self, desk: Desk, number: int) -> set[str]:
        """Return how somebody has put a question themselves, which they need not read anew."""
        edits = [each for each in desk.commands.values() if each["action"] == Action.EDIT]
        return {each["text"] for each in edits if each["seen"][0][0] == number}

    def face(self, number: int, version: int) -> str:
        """Return how a question reads in a version; what is not known of is no other wording."""
        known = max(at for each, at in self.faces if each == number and at <= version)
        return self.faces[number, known]

    def told(self, desk: Desk, what: str) -> str:
        return "\n".join([*self.log[-40:], f"{desk.name}: {what}"])


def meant_by(pressed: str) -> set[Action]:
    """Return what a key or a button may do to a question."""
    if pressed.startswith("reason-"):
        return {Action.REJECT}
    if pressed in ("approve", "queue", "undo"):
        return {Action(pressed)}
    return DOES.get(pressed, set())


@pytest.mark.parametrize("seed", SEEDS)
def test_each_command_names_the_question_that_its_person_saw(
    seed: int, staff: Callable[..., Page], server: Server
) -> None:
    with httpx.Client(base_url=server.url) as phones:
        opening = Hall(seed, [], phones)
        opening.arrive(12)
        pages = [staff("desk", Role.MODERATOR, size=SIZE) for _ in range(2)]
        desks = [Desk(page, name) for page, name in zip(pages, ("Mai", "Tú"), strict=True)]
        hall = Hall(seed, desks, phones)
        for _ in range(STEPS):
            hall.step()
        for desk in desks:
            desk.let_go()
            desk.rest(2000)
        hall.hear()

    assert hall.done["done"] >= LEAST_DONE * hall.done["aimed"] > 0, hall.done

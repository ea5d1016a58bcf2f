// The page of whoever presides, and the commands that go out from it: one at a time, with the
// versions that were seen.

import { Outbox } from "../../commands/outbox/outbox.js";
import { around, element, fill } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { grow } from "../../scenes/stage/drawing.js";
import { Timer } from "../../scenes/stage/timer.js";
import { drawAsked, drawEmptyStage, drawFollowing, LARGEST_TEXT, SMALLEST_TEXT } from "./asked.js";
import { listen } from "./clicker.js";
import { drawDefer, drawRundown } from "./sheets.js";

/**
 * @import { Notice } from "../../commands/messages.js"
 * @import { Key } from "./clicker.js"
 * @import { ChairQuestion, Chair as Data, Sent } from "./messages.js"
 * @typedef {Sent["button"]} Name
 */

// A clicker that bounces, or a hand that grew impatient, presses the same button once: after
// what it did is seen, it rests for so long.
const RESTS_FOR = 1000;
const SLOW_AFTER = 2500;
// So long it stands what came of a press, and one tap takes it back; later a tap would surprise.
const STANDS_FOR = 60_000;
const HINT_FOR = 5000;
// A connection that is back before anybody would have looked is not worth a word.
const LOST_AFTER = 2000;
const BUTTONS = /** @type {const} */ (["next", "answer", "defer", "put_back", "darken", "ask"]);
// Without a question on stage there is nothing to do these to.
/** @type {Name[]} */
const OF_THE_STAGE = ["answer", "defer", "put_back", "ask"];
// Pressed again, these take back what they did.
/** @type {{ [Button in Name]?: Name }} */
const TOGGLES = { darken: "lighten", ask: "withdraw" };
// The page has the window's width, and no word of the framework stands before the question.
const ROOM = new CSSStyleSheet();
ROOM.replaceSync(`
  [data-testid="stMainBlockContainer"] {
    padding-inline: 1rem !important;
    padding-bottom: 0.5rem !important;
  }
  [data-testid="stConnectionStatus"] { display: none !important; }
`);

/**
 * @param {CSSStyleSheet} sheet
 * @param {boolean} isWanted
 */
function adopt(sheet, isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
  document.adoptedStyleSheets = isWanted ? [...others, sheet] : others;
}

class Chair {
  /** @type {Outbox<Sent>} */
  outbox = new Outbox(() => this.goOn());
  clock = new Timer({ runsOver: true });
  spent = new Timer();
  partClock = new Timer({ runsOver: true });
  day = element("p", "day");
  screens = element("p", "screens");
  lost = element("p", "lost");
  rundown = this.button("rundown", () => this.openRundown());
  notices = element("div", "notices");
  now = element("section", "now");
  following = element("section", "following");
  line = element("div", "line");
  sheet = element("dialog", "sheet");
  sizing = new ResizeObserver(() => this.fit());
  buttons = BUTTONS.map((name) => this.button(name, () => this.pressButton(name)));
  /** @type {{ button: Name, at: number } | null} what is under way */
  pressed = null;
  /** @type {{ button: Name, until: number } | null} what was done, and is not pressed again now */
  rested = null;
  /** @type {(Notice & { until: number }) | null} what came of the last press */
  said = null;
  /** @type {{ words: string, until: number } | null} */
  hint = null;
  /** @type {number | null} */
  lostAt = null;
  /** @type {Wait | undefined} */
  drawing;
  /** @type {Awake | null} */
  awake = null;
  /** @type {string | undefined} what is drawn, as text */
  state;
  /** @type {Data} */
  data;
  /** @type {(data: Data) => unknown} tells what the open sheet is about */
  about = () => null;
  /** @type {string | undefined} what it was about when it was opened, as text */
  opened;
  /** @type {AbortController | null} ends what it listens to */
  ending = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.spent.root.classList.add("spent");
    this.line.setAttribute("role", "status");
    this.root.append(
      around("header", "top", this.day, this.partClock.root, this.lost, this.rundown),
      this.notices,
      around("section", "clockwork", this.clock.root, this.spent.root),
      this.now,
      this.following,
      around("footer", "foot", this.line, around("nav", "buttons", ...this.buttons)),
      this.sheet,
    );
    this.now.setAttribute("aria-live", "polite");
  }

  /**
   * @param {Name | "rundown"} name
   * @param {() => void} onPress
   */
  button(name, onPress) {
    const made = around("button", "", element("span", "name"), element("span", "about"));
    made.type = "button";
    made.dataset.action = name;
    made.onclick = (event) => {
      // What a finger has pressed is not pressed again by the next space bar.
      if (event.detail) made.blur();
      onPress();
    };
    return made;
  }

  start() {
    this.ending = new AbortController();
    const { signal } = this.ending;
    listen((name) => this.hear(name), signal);
    document.addEventListener("dialogue-live", ({ detail }) => this.mind(detail.connected), {
      signal,
    });
    document.addEventListener("dialogue-said", ({ detail }) => this.tellWhatCame(detail), {
      signal,
    });
    this.sizing.observe(this.now);
    document.fonts.addEventListener("loadingdone", () => this.fit(), { signal });
    this.awake = new Awake();
    adopt(ROOM, true);
  }

  stop() {
    this.ending?.abort();
    this.ending = null;
    this.sizing.disconnect();
    this.awake?.stop();
    adopt(ROOM, false);
    this.clock.stop();
    this.spent.stop();
    this.partClock.stop();
    clearTimeout(this.drawing);
  }

  /** @param {Data} data */
  update(data) {
    if (data.slug !== this.data?.slug) this.outbox.commands = [];
    this.data = data;
    this.outbox.slug = data.slug;
    this.outbox.address = `${data.commands}&lang=${data.language}`;
    if (!this.ending) this.start();
    this.drawClocks();
    this.drawGlance();
    if (this.sheet.open && this.isStale()) this.sheet.close();
    this.goOn();
    this.outbox.send();
  }

  // What was pressed is over once it shows.
  goOn() {
    this.outbox.settle(this.data.revision);
    if (!this.outbox.commands.length) this.rest();
    this.draw();
  }

  get pending() {
    return this.outbox.commands[0] ?? null;
  }

  drawClocks() {
    const { question_clock: clock, part_clock: part, now, labels } = this.data;
    const label = clock?.ends_at ? labels.left : labels.elapsed;
    this.clock.update(clock && { ...clock, label }, now);
    this.clock.label.dataset.over = labels.over;
    // What is left says nothing of how long it has been.
    const spent = clock?.ends_at ? { ...clock, ends_at: null, label: labels.elapsed } : null;
    this.spent.update(spent, now);
    this.partClock.update(part && { ...part, label: labels.part_left }, now);
    this.partClock.label.dataset.over = labels.part_over;
  }

  // What a person is reading is drawn anew only where it changed.
  drawGlance() {
    const { on_stage: asked, coming, screens, dark, labels, language } = this.data;
    const state = JSON.stringify([asked, coming, screens, dark, labels]);
    if (state === this.state) return;
    this.state = state;
    this.root.lang = language;
    // What the hall does not see is not framed as if it were on.
    this.now.classList.toggle("elsewhere", dark || screens !== null);
    this.screens.hidden = screens === null;
    this.screens.textContent = fill(labels[asked ? "elsewhere" : "screens"], { scene: screens });
    const drawn = asked ? drawAsked(asked, labels) : drawEmptyStage(this.data);
    this.now.replaceChildren(this.screens, drawn);
    this.following.replaceChildren(...drawFollowing(this.data));
    this.fit();
  }

  // What changes without the server too: a press that is under way, the connection.
  draw() {
    const { day, rundown, labels } = this.data;
    this.day.textContent = day;
    this.lost.textContent = labels.lost;
    this.lost.hidden = !this.isLost();
    this.name(this.rundown, labels.rundown);
    this.rundown.hidden = rundown.length === 0;
    this.drawNotices();
    BUTTONS.forEach((name, place) => {
      const made = this.buttons[place];
      if (made) this.drawButton(name, made);
    });
    this.drawLine();
    this.drawAgain();
  }

  // At the next moment from which something is drawn differently by itself.
  drawAgain() {
    clearTimeout(this.drawing);
    const now = performance.now();
    const moments = [
      this.lostAt,
      this.rested?.until,
      this.hint?.until,
      this.pending && this.pressed && this.pressed.at + SLOW_AFTER,
      this.said?.until,
    ];
    const next = Math.min(...moments.map((each) => (each && each > now ? each : Infinity)));
    if (next < Infinity) this.drawing = setTimeout(() => this.draw(), next - now + 20);
  }

  drawNotices() {
    const { dark, asked, labels } = this.data;
    /** @type {{ name: string, words: string, action: "lighten" | "heed" }[]} */
    const notices = [];
    if (dark) notices.push({ name: "dark", words: labels.dark, action: "lighten" });
    if (asked) notices.push({ name: "asked-on", words: labels.asked, action: "heed" });
    const state = JSON.stringify([notices, this.busy()]);
    if (state === this.notices.dataset.state) return;
    this.notices.dataset.state = state;
    this.notices.replaceChildren(
      ...notices.map(({ name, words, action }) => {
        const made = this.button(action, () => this.press(action));
        this.name(made, labels[action]);
        made.setAttribute("aria-busy", String(this.busy() === action));
        return around("p", `notice ${name}`, element("span", "", words), made);
      }),
    );
  }

  /**
   * @param {typeof BUTTONS[number]} name
   * @param {HTMLButtonElement} made
   */
  drawButton(name, made) {
    const { on_stage: asked, coming, dark, asking, labels } = this.data;
    const isIdle =
      (OF_THE_STAGE.includes(name) && !asked) || (name === "next" && !asked && !coming.length);
    made.disabled = isIdle;
    made.setAttribute("aria-busy", String(this.isBusy(name)));
    const said = name === "darken" && dark ? labels.lighten : labels[name];
    this.name(made, said, name === "next" ? this.promise() : "");
    if (name !== "ask") return;
    if (asking) this.name(made, labels.asking, labels.take_back);
    made.setAttribute("aria-pressed", String(asking));
  }

  /**
   * @param {HTMLButtonElement} made
   * @param {string} words
   */
  name(made, words, about = "") {
    const [name, more] = made.children;
    if (name) name.textContent = words;
    if (more) more.textContent = about;
  }

  // What the next press does.
  promise() {
    const { on_stage: asked, coming, labels } = this.data;
    if (this.pending?.button === "next") return labels.working;
    const pattern = asked
      ? labels[coming.length ? "next_from" : "next_last"]
      : labels[coming.length ? "next_first" : "next_none"];
    return fill(pattern, { ending: asked?.number, coming: coming[0]?.number });
  }

  // What came of the last press, or why nothing has come of it yet.
  drawLine() {
    const { labels } = this.data;
    const { said } = this;
    const now = performance.now();
    const { pending, pressed } = this;
    const isSlow = pending && pressed && (this.isLost() || now > pressed.at + SLOW_AFTER);
    const isSaid = said !== null && this.isSaid();
    let words = labels.keys;
    if (isSlow) {
      const pattern = labels[this.isLost() ? "kept" : "unsaved"];
      words = fill(pattern, { name: this.nameOf(pending) });
    } else if (this.hint && now < this.hint.until) words = this.hint.words;
    else if (this.isLost()) words = labels.stood;
    else if (isSaid) words = said.text;
    const revision = isSaid && !isSlow ? said.revision : undefined;
    const canUndo = revision !== undefined;
    const state = JSON.stringify([words, canUndo, labels.undo, this.busy() === "undo"]);
    if (state === this.line.dataset.state) return;
    this.line.dataset.state = state;
    this.line.classList.toggle("quiet", words === labels.keys);
    this.line.replaceChildren(element("span", "", words));
    if (!canUndo) return;
    const undo = this.button("undo", () => this.undo(revision));
    this.name(undo, labels.undo);
    undo.setAttribute("aria-busy", String(this.busy() === "undo"));
    this.line.append(undo);
  }

  /**
   * What was pressed, in words.
   *
   * @param {Sent} press
   */
  nameOf({ button, part }) {
    const { rundown, back, labels } = this.data;
    if (button === "go_back") return back;
    if (button !== "begin") return labels[button];
    return fill(labels.begin, { part: rundown.find(({ code }) => code === part)?.name });
  }

  fit() {
    const room = this.now.querySelector(".room");
    if (!room) return;
    const largest = Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT + 2, this.root.clientWidth / 24));
    grow(this.now, SMALLEST_TEXT, largest);
  }

  /**
   * Which button is under way, or rests.
   *
   * @returns {Name | null}
   */
  busy() {
    if (this.pending) return this.pending.button;
    return this.rested && performance.now() < this.rested.until ? this.rested.button : null;
  }

  /**
   * A button that does two things in turn rests after either.
   *
   * @param {Name} name
   */
  isBusy(name) {
    const busy = this.busy();
    return busy !== null && [name, TOGGLES[name]].includes(busy);
  }

  rest() {
    if (!this.pressed) return;
    this.rested = { button: this.pressed.button, until: performance.now() + RESTS_FOR };
    this.pressed = null;
  }

  /**
   * @param {Name} button
   * @param {Partial<Sent>} [more]
   */
  press(button, more = {}) {
    if (this.pending || this.busy() === button) return;
    const { on_stage: asked, coming } = this.data;
    /** @type {(each: ChairQuestion | null | undefined) => [number, number] | null} */
    const seen = (each) => (each ? [each.number, each.version] : null);
    this.pressed = { button, at: performance.now() };
    this.outbox.push({ ...more, button, on_stage: seen(asked), coming: seen(coming[0]) });
    this.hint = null;
    this.sheet.close();
    this.draw();
  }

  /** @param {number} revision */
  undo(revision) {
    this.press("undo", { revision });
  }

  /** @param {Name} name */
  pressButton(name) {
    if (name === "defer") this.openDefer();
    else if (name === "darken" || name === "ask") this.toggle(name);
    else this.press(name);
  }

  /** @param {"darken" | "ask"} name */
  toggle(name) {
    const isOn = { darken: this.data.dark, ask: this.data.asking }[name];
    if (!this.isBusy(name)) this.press((isOn && TOGGLES[name]) || name);
  }

  /**
   * A key of the clicker.
   *
   * @param {Key} name
   */
  hear(name) {
    const { labels } = this.data;
    if (name === "reload") return this.tell(labels.reload);
    if (this.sheet.open) return this.tell(labels.open_sheet);
    if (name === "black") return this.toggle("darken");
    if (name === "forth") return this.press("next");
    return this.back();
  }

  // As a presenter expects it: what the last "next" did, as long as it can be taken back; after
  // that the question goes back to the queue.
  back() {
    const { on_stage: asked, labels } = this.data;
    const revision = this.isSaid() && this.said?.advanced ? this.said.revision : undefined;
    if (revision !== undefined) return this.undo(revision);
    return asked ? this.press("put_back") : this.tell(labels.no_question);
  }

  /**
   * What came of a press stands for a while from when it was heard.
   *
   * @param {Notice | null} said
   */
  tellWhatCame(said) {
    if (!said) return;
    this.said = { ...said, until: performance.now() + STANDS_FOR };
    this.draw();
  }

  isSaid() {
    return this.said !== null && performance.now() < this.said.until;
  }

  /** @param {string} words */
  tell(words) {
    this.hint = { words, until: performance.now() + HINT_FOR };
    this.draw();
  }

  openDefer() {
    const { on_stage: asked } = this.data;
    if (!asked) return;
    /** @param {Partial<Sent>} chosen */
    const confirm = (chosen) => this.press("defer", chosen);
    const drawn = drawDefer(this.data, asked, confirm, () => this.sheet.close());
    this.open(drawn, ({ on_stage: now }) => now?.number);
  }

  openRundown() {
    const running = this.data.rundown.find((each) => each.running)?.code;
    /** @type {(button: "begin" | "go_back", part?: string) => void} */
    const lead = (button, part) => this.press(button, { part, running });
    const drawn = drawRundown(this.data, lead, () => this.sheet.close());
    this.open(drawn, ({ rundown }) => rundown);
  }

  /**
   * @param {HTMLElement[]} drawn
   * @param {(data: Data) => unknown} about
   */
  open(drawn, about) {
    this.sheet.replaceChildren(...drawn);
    this.about = about;
    this.opened = JSON.stringify(about(this.data));
    this.sheet.showModal();
  }

  // Another device has changed what the open sheet is about.
  isStale() {
    return JSON.stringify(this.about(this.data)) !== this.opened;
  }

  isLost() {
    return this.lostAt !== null && performance.now() >= this.lostAt;
  }

  /** @param {boolean} isConnected */
  mind(isConnected) {
    if (isConnected) this.outbox.send();
    this.lostAt = isConnected ? null : (this.lostAt ?? performance.now() + LOST_AFTER);
    this.draw();
  }
}

// Keeps the tablet from going to sleep while somebody looks at it, where the browser can.
class Awake {
  /** @type {WakeLockSentinel | undefined} */
  lock;
  onChange = () => this.ask();

  constructor() {
    document.addEventListener("visibilitychange", this.onChange);
    this.ask();
  }

  async ask() {
    if (document.hidden) return;
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // A battery that runs low refuses it; then the tablet's own setting decides.
    }
  }

  stop() {
    document.removeEventListener("visibilitychange", this.onChange);
    this.lock?.release();
  }
}

/** @type {WeakMap<HTMLElement, Chair>} */
const chairs = new WeakMap();

/** @param {HTMLElement} parent */
function begin(parent) {
  const root = element("div", "chair");
  parent.append(root);
  const chair = new Chair(root);
  chairs.set(parent, chair);
  return chair;
}

/** @param {Component<Data>} component */
export default function ({ data, parentElement }) {
  const chair = chairs.get(parentElement) ?? begin(parentElement);
  chair.update(data);
  // The framework may end a component and begin it anew in the same place: a press that is not
  // sent yet is still there then.
  return unlessOvertaken(parentElement, () => chair.stop());
}

// The page of whoever presides: what it is made of, and what a finger or a clicker does there.

import { around, element } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Awake } from "./awake.js";
import { Buttons, button, label } from "./buttons.js";
import { listen } from "./clicker.js";
import { Clocks } from "./clocks.js";
import { Connection } from "./connection.js";
import { Line } from "./line.js";
import { Notices } from "./notices.js";
import { Presses, TOGGLES, toHall } from "./presses.js";
import { Reading } from "./reading.js";
import { drawDefer, drawRundown, Sheet } from "./sheets.js";
import { takeWholeWindow } from "./whole_window.js";

/**
 * @import { Notice } from "../../commands/messages.js"
 * @import { Key } from "./clicker.js"
 * @import { ChairQuestion, Chair as Data, Sent } from "./messages.js"
 * @import { Name } from "./presses.js"
 */

class Chair {
  presses = new Presses(() => this.goOn());
  connection = new Connection();
  day = element("p", "day");
  lost = element("p", "lost");
  rundown = button("rundown", () => this.openRundown());
  notices = new Notices((action) => this.press(action));
  clocks = new Clocks();
  line = new Line((revision) => this.press("undo", { revision }));
  buttons = new Buttons((name) => this.pressButton(name));
  sheet = new Sheet();
  /** @type {Wait | undefined} */
  drawing;
  /** @type {Awake | null} */
  awake = null;
  /** @type {Data} */
  data;
  /** @type {AbortController | null} ends what it listens to */
  ending = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.reading = new Reading(root);
    root.append(
      around("header", "top", this.day, this.clocks.part.root, this.lost, this.rundown),
      this.notices.root,
      this.clocks.root,
      this.reading.now,
      this.reading.following,
      around("footer", "foot", this.line.root, this.buttons.root),
      this.sheet.root,
    );
  }

  start() {
    this.ending = new AbortController();
    const { signal } = this.ending;
    listen((name) => this.hear(name), signal);
    document.addEventListener("dialogue-live", ({ detail }) => this.mind(detail.connected), {
      signal,
    });
    document.addEventListener("dialogue-notice", ({ detail }) => this.take(detail), { signal });
    this.reading.start(signal);
    this.awake = new Awake();
    takeWholeWindow(true);
  }

  stop() {
    this.ending?.abort();
    this.ending = null;
    this.reading.stop();
    this.awake?.stop();
    takeWholeWindow(false);
    this.clocks.stop();
    clearTimeout(this.drawing);
  }

  /** @param {Data} data */
  update(data) {
    this.data = data;
    this.presses.follow(data);
    if (!this.ending) this.start();
    this.clocks.draw(data);
    this.reading.draw(data);
    this.sheet.update(data);
    this.goOn();
    this.presses.send();
  }

  goOn() {
    this.presses.settle(this.data.revision);
    this.draw();
  }

  // What changes without the server too: a press that is under way, the connection.
  draw() {
    const { day, rundown, labels } = this.data;
    this.day.textContent = day;
    this.lost.textContent = labels.lost;
    this.lost.hidden = !this.connection.isLost();
    label(this.rundown, labels.rundown);
    this.rundown.hidden = rundown.length === 0;
    this.notices.draw(this.data, this.presses);
    this.buttons.draw(this.data, this.presses);
    this.line.draw(this.data, this.presses, this.connection);
    this.drawAgain();
  }

  // At the next moment from which something is drawn differently by itself.
  drawAgain() {
    clearTimeout(this.drawing);
    const now = performance.now();
    const moments = [this.connection.lostAt, ...this.presses.moments, ...this.line.moments];
    const next = Math.min(...moments.map((each) => (each && each > now ? each : Infinity)));
    if (next < Infinity) this.drawing = setTimeout(() => this.draw(), next - now + 20);
  }

  /**
   * @param {Name} button
   * @param {Partial<Sent>} [more]
   */
  press(button, more = {}) {
    const { on_stage: asked, coming } = this.data;
    /** @type {(each: ChairQuestion | null | undefined) => [number, number] | null} */
    const seen = (each) => (each ? [each.number, each.version] : null);
    const told = { ...toHall(button, this.data), ...more };
    const command = { ...told, button, on_stage: seen(asked), coming: seen(coming[0]) };
    if (!this.presses.press(command)) return;
    this.line.hint = null;
    this.sheet.close();
    this.draw();
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
    if (!this.presses.isBusy(name)) this.press((isOn && TOGGLES[name]) || name);
  }

  /**
   * A key of the clicker.
   *
   * @param {Key} name
   */
  hear(name) {
    const { labels } = this.data;
    if (name === "reload") return this.tell(labels.reload);
    if (this.sheet.isOpen) return this.tell(labels.open_sheet);
    if (name === "black") return this.toggle("darken");
    if (name === "forth") return this.press("next");
    return this.back();
  }

  // As a presenter expects it: what the last "next" did, as long as it can be taken back; after
  // that the question goes back to the queue.
  back() {
    const { on_stage: asked, labels } = this.data;
    const { notice } = this.line;
    const revision = notice?.advanced ? notice.revision : undefined;
    if (revision !== undefined) return this.press("undo", { revision });
    return asked ? this.press("put_back") : this.tell(labels.no_question);
  }

  /** @param {Notice | null} notice */
  take(notice) {
    if (!notice) return;
    this.line.take(notice);
    this.draw();
  }

  /** @param {string} words */
  tell(words) {
    this.line.tell(words);
    this.draw();
  }

  openDefer() {
    const { on_stage: asked } = this.data;
    if (!asked) return;
    /** @param {Partial<Sent>} chosen */
    const confirm = (chosen) => this.press("defer", chosen);
    const drawn = drawDefer(this.data, asked, confirm, () => this.sheet.close());
    this.sheet.open(drawn, this.data, ({ on_stage: now }) => now?.number);
  }

  openRundown() {
    const running = this.data.rundown.find((each) => each.runs)?.code ?? null;
    const begin = (/** @type {string} */ part) =>
      this.press("begin", { command: { name: "begin", part, running } });
    const goBack = () => this.press("go_back", { command: { name: "go_back", running } });
    const drawn = drawRundown(this.data, { begin, goBack, close: () => this.sheet.close() });
    this.sheet.open(drawn, this.data, ({ rundown }) => rundown);
  }

  /** @param {boolean} isConnected */
  mind(isConnected) {
    if (isConnected) this.presses.send();
    this.connection.take(isConnected);
    this.draw();
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

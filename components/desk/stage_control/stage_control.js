// The desk's control of the screens: what the hall sees, what comes when the desk says so, the
// clocks and the day. It sends commands, {name, …}, and follows what came of them.

import { Outbox } from "../../commands/outbox/outbox.js";
import { around, element } from "../../elements.js";
import { announce } from "../../events.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Timer } from "../../scenes/stage/timer.js";
import { Monitor } from "./monitor.js";
import { press } from "./press.js";
import { Rundown } from "./rundown.js";

/** @import { Armed, Control as Data, Facts, Sent } from "./messages.js" */

const FOLDED = "dialogue-monitors-folded";
const NARROW = "(max-width: 40rem)";
const LOST_AFTER = 2000;

/** @param {string} words */
const key = (words) => element("kbd", "", words);

class Control {
  // Screens.
  onAir = new Monitor("on-air");
  ready = new Monitor("ready");
  fires = element("span", "fires");
  fireWords = element("strong");
  fireButton = press("fire", null, () => this.fire());
  disarm = press("disarm", "✕", () => this.arm(null));
  dark = press("dark", "", () => this.darken());
  fold = press("fold", "", () => this.toggleFold());
  firing = around("div", "firing", this.fold, this.fireButton, this.dark);
  screens = around("div", "screens", this.onAir.root, this.ready.root, this.firing);

  // Scenes, and their buttons.
  scenes = element("div", "scenes");
  /** @type {Map<string, HTMLButtonElement>} */
  buttons = new Map();

  // A line for the hall.
  field = element("input");
  armMessage = press("arm-message", "", () => this.sendMessage());
  earlier = element("div", "earlier");
  message = around("div", "message", this.field, this.armMessage, this.earlier);

  // Clocks and the day.
  question = new Timer({ runsOver: true });
  part = new Timer({ runsOver: true });
  timer = press("timer", "", () => this.showTimer());
  asked = element("span", "asked");
  ask = press("ask", "", () => this.askToMoveOn());
  withdraw = press("withdraw", "", () => this.push({ name: "withdraw" }));
  clocks = around(
    "div",
    "clocks",
    this.question.root,
    this.part.root,
    this.timer,
    this.asked,
    this.ask,
    this.withdraw,
  );
  rundown = new Rundown((command) => this.push(command));
  sentence = element("span", "sentence");
  plan = press("plan", "", () => this.rundown.open(this.facts));
  day = around("div", "day", this.sentence, this.plan);
  chairSays = element("strong");
  heed = press("heed", "", () => this.push({ name: "heed" }));
  chair = around("div", "chair", this.chairSays, this.heed);

  /** @type {Outbox<Sent>} */
  outbox = new Outbox();
  isUnknown = false;
  isOver = false;
  ending = new AbortController();
  // The lists below have the room that is left.
  measuring = new ResizeObserver(() => {
    const height = `${Math.round(this.root.offsetHeight)}px`;
    document.documentElement.style.setProperty("--stage-control", height);
  });
  /** @type {number | undefined} */
  late;
  /** @type {Wait | undefined} */
  losing;
  /** @type {string} */
  slug;
  /** @type {Facts} */
  facts;

  /**
   * The framework may end a component and begin it anew: what is not yet sent is handed on.
   *
   * @param {HTMLElement} root
   * @param {Control} [former]
   */
  constructor(root, former) {
    this.root = root;
    if (former) this.outbox = former.outbox;
    this.outbox.onAnswer = () => this.goOn();
    this.fireButton.classList.add("main");
    this.fireButton.append(this.fireWords, key("Ctrl ↵"), this.fires);
    this.ready.head.append(this.disarm);
    this.scenes.setAttribute("role", "group");
    this.scenes.onkeydown = (event) => this.walk(event);
    this.field.onkeydown = (event) => this.type(event);
    this.message.hidden = true;
    this.chair.setAttribute("role", "status");
    root.append(this.chair, this.screens, this.scenes, this.message, this.clocks, this.day);
    root.append(this.rundown.sheet);
    this.listen();
    this.measuring.observe(root);
  }

  listen() {
    const { signal } = this.ending;
    document.addEventListener("dialogue-stage", ({ detail }) => this.obey(detail), { signal });
    document.addEventListener("dialogue-now", ({ detail }) => this.setClock(detail.now), {
      signal,
    });
    document.addEventListener("dialogue-live", ({ detail }) => this.mind(detail.connected), {
      signal,
    });
    document.addEventListener("dialogue-lists", ({ detail }) => this.take(detail.control), {
      signal,
    });
    announce("dialogue-now-wanted", null);
  }

  /** @param {Data} data */
  update({ slug, commands, facts }) {
    const isOther = slug !== this.slug;
    this.slug = slug;
    this.outbox.slug = slug;
    this.outbox.address = `${commands}&lang=${facts.language}`;
    this.take(facts, isOther);
    this.outbox.send();
  }

  /**
   * From the page, or with what the lists read; what comes late is not drawn over what is newer.
   *
   * @param {Facts} facts
   */
  take(facts, isOther = false) {
    if (!isOther && this.facts && facts.revision < this.facts.revision) return;
    this.facts = facts;
    // The picture was made within the minute; the live signal says it to the moment.
    this.late ??= facts.on_air.picture.now - performance.now() / 1000;
    this.root.lang = facts.language;
    this.goOn();
  }

  goOn() {
    this.outbox.settle(this.facts.revision);
    this.draw();
  }

  /**
   * A message takes its time to come: the latest that the server's clock was is the nearest.
   *
   * @param {number} now
   */
  setClock(now) {
    this.late = Math.max(this.late ?? -Infinity, now - performance.now() / 1000);
    if (this.facts) this.draw();
  }

  /**
   * A connection that is back before anybody would have looked is not worth a word.
   *
   * @param {boolean} isConnected
   */
  mind(isConnected) {
    if (!isConnected) {
      this.losing ??= setTimeout(() => this.know(false), LOST_AFTER);
      return;
    }
    clearTimeout(this.losing);
    this.losing = undefined;
    this.know(true);
  }

  /** @param {boolean} isKnown */
  know(isKnown) {
    this.isUnknown = !isKnown;
    if (this.facts) this.draw();
  }

  get now() {
    return performance.now() / 1000 + (this.late ?? 0);
  }

  // What will be ready, and whether it will be dark, once all that was pressed is done.
  get wanted() {
    const { ready, on_air: onAir } = this.facts;
    /** @type {{ armed: Armed | null, dark: boolean }} */
    const wanted = { armed: ready, dark: onAir.dark };
    for (const command of this.outbox.commands) {
      if (command.name === "arm") wanted.armed = command.armed;
      if (command.name === "fire") wanted.armed = null;
      if (command.name === "darken") wanted.dark = command.dark;
    }
    return wanted;
  }

  draw() {
    this.drawScreens();
    this.drawScenes();
    this.drawMessage();
    this.drawDay();
    if (this.rundown.sheet.open) this.rundown.update(this.facts);
  }

  drawScreens() {
    const { labels, on_air: onAir, ready, fires } = this.facts;
    const { armed, dark } = this.wanted;
    this.onAir.update(labels[onAir.on_screens ? "on_air" : "off_screens"], onAir, {
      now: this.now,
      unknown: this.isUnknown ? labels.unknown : null,
    });
    this.onAir.tellLanguage(onAir.picture.language, this.facts.language, labels.screens_language);
    // Nothing is marked as seen by the hall that is not, or need not be.
    this.root.classList.toggle("off-air", this.isUnknown || !onAir.on_screens);
    this.ready.update(labels.ready, ready, { now: this.now, empty: labels.nothing });
    this.fireWords.textContent = labels.fire;
    this.fires.textContent = fires;
    this.fireButton.disabled = armed === null;
    this.disarm.title = labels.disarm;
    this.disarm.setAttribute("aria-label", labels.disarm);
    this.disarm.hidden = armed === null;
    this.dark.replaceChildren(labels.dark, key("."));
    this.dark.classList.toggle("on-air", dark);
    this.dark.setAttribute("aria-pressed", String(dark));
    this.root.classList.toggle("folded", this.isFolded());
    this.fold.textContent = labels[this.isFolded() ? "unfold" : "fold"];
    this.fold.setAttribute("aria-expanded", String(!this.isFolded()));
  }

  drawScenes() {
    const { labels, scenes, on_air: onAir } = this.facts;
    const { armed } = this.wanted;
    this.scenes.setAttribute("aria-label", labels.scenes);
    for (const [scene, words, name] of scenes) {
      const button = this.buttons.get(scene) ?? this.makeScene(scene);
      if (button.textContent !== words) button.textContent = words;
      button.title = name;
      const isOnAir = onAir.scene === scene && !onAir.dark;
      button.classList.toggle("on-air", isOnAir);
      button.setAttribute("aria-current", String(isOnAir));
      button.classList.toggle("armed", armed?.scene === scene);
      button.setAttribute("aria-pressed", String(armed?.scene === scene));
    }
  }

  /** @param {Armed["scene"]} scene */
  makeScene(scene) {
    const button = press(`scene-${scene}`, "", () => this.choose(scene));
    // Twice is shown at once: the first has made it ready.
    button.ondblclick = () => {
      if (scene !== "message") this.fire();
    };
    this.buttons.set(scene, button);
    this.scenes.append(button);
    return button;
  }

  drawMessage() {
    const { labels, messages, longest_message: longest } = this.facts;
    this.field.maxLength = longest;
    this.field.placeholder = labels.message;
    this.field.setAttribute("aria-label", labels.message);
    this.armMessage.replaceChildren(labels.arm, key("↵"));
    this.earlier.replaceChildren(
      ...messages.map((words) => {
        const again = press("again", words, () => this.sendMessage(words));
        again.title = words;
        return again;
      }),
    );
  }

  drawDay() {
    const { labels, question_clock: question, part_clock: part } = this.facts;
    this.question.update(question && { ...question, label: labels.question }, this.now);
    this.part.update(part && { ...part, label: labels.part }, this.now);
    this.part.root.title = part?.label ?? "";
    this.timer.textContent = labels.timer;
    this.timer.title = labels.timer_long;
    this.timer.setAttribute("aria-pressed", String(this.facts.shows_timer));
    const { desk_asks: asked, moving_on: isMovingOn } = this.facts;
    this.asked.textContent = asked;
    this.ask.textContent = labels.ask;
    this.ask.hidden = isMovingOn;
    this.ask.disabled = this.facts.on_air.number === null;
    this.withdraw.textContent = labels.withdraw;
    this.withdraw.hidden = !isMovingOn;
    this.sentence.textContent = this.facts.day;
    this.plan.textContent = labels.plan;
    this.plan.hidden = this.facts.plan.length === 0;
    this.chair.hidden = this.facts.chair_asks === null;
    this.chairSays.textContent = this.facts.chair_asks ?? "";
    this.heed.textContent = labels.heed;
  }

  /**
   * What a list of the desk, or a key there, wants of the screens.
   *
   * @param {Announced["dialogue-stage"]} wanted
   */
  obey({ name, number }) {
    if (name === "arm") this.arm({ scene: "question", number });
    if (name === "fire") this.fire();
    if (name === "dark") this.darken();
    if (name === "scenes") this.buttons.values().next().value?.focus();
  }

  /** @param {Armed["scene"]} scene */
  choose(scene) {
    if (scene !== "message") return this.arm({ scene });
    this.message.hidden = !this.message.hidden;
    if (!this.message.hidden) this.field.focus();
  }

  sendMessage(words = this.field.value) {
    if (!words.trim()) return this.field.focus();
    this.arm({ scene: "message", message: words });
    this.closeMessage();
  }

  closeMessage() {
    this.field.value = "";
    this.message.hidden = true;
    this.buttons.get("message")?.focus();
  }

  /** @param {KeyboardEvent} event */
  type(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    // Else the button that has the focus next would be pressed by it.
    event.preventDefault();
    if (event.key === "Escape") this.closeMessage();
    if (event.key === "Enter" && this.field.value.trim()) {
      this.sendMessage();
      if (event.ctrlKey || event.metaKey) this.fire();
    }
  }

  /**
   * The arrows go from one scene to the next.
   *
   * @param {KeyboardEvent} event
   */
  walk(event) {
    const { key, target } = event;
    if (key !== "ArrowRight" && key !== "ArrowLeft") return;
    const buttons = [...this.buttons.values()];
    const focused = /** @type {HTMLButtonElement} */ (target);
    const place = buttons.indexOf(focused) + (key === "ArrowRight" ? 1 : -1);
    buttons.at(place % buttons.length)?.focus();
    event.preventDefault();
  }

  /** @param {Armed | null} armed */
  arm(armed) {
    this.push({ name: "arm", armed });
  }

  // Only what is seen is fired, over what is seen on stage: somebody else may have been quicker.
  fire() {
    const { armed } = this.wanted;
    const seen = armed && { scene: armed.scene, message: armed.message, number: armed.number };
    this.push({ name: "fire", armed: seen, ending: this.facts.on_air.number });
    if (armed?.number) announce("dialogue-fired", { number: armed.number });
  }

  darken() {
    this.push({ name: "darken", dark: !this.wanted.dark });
  }

  askToMoveOn() {
    const { number } = this.facts.on_air;
    if (number !== null) this.push({ name: "ask", number });
  }

  showTimer() {
    this.push({ name: "show_timer", shown: !this.facts.shows_timer });
  }

  isFolded() {
    const chosen = localStorage.getItem(FOLDED);
    return chosen === null ? matchMedia(NARROW).matches : chosen === "yes";
  }

  toggleFold() {
    localStorage.setItem(FOLDED, this.isFolded() ? "no" : "yes");
    this.draw();
  }

  /** @param {Sent} command */
  push(command) {
    this.outbox.push(command);
    this.draw();
  }

  stop() {
    this.isOver = true;
    this.ending.abort();
    clearTimeout(this.losing);
    this.measuring.disconnect();
    for (const each of [this.onAir, this.ready, this.question, this.part]) each.stop();
    this.root.remove();
  }
}

/** @type {WeakMap<HTMLElement, Control>} */
const controls = new WeakMap();

/** @param {HTMLElement} parent */
function begin(parent) {
  const root = element("section", "control");
  parent.append(root);
  const control = new Control(root, controls.get(parent));
  controls.set(parent, control);
  return control;
}

/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export default function ({ data, parentElement }) {
  const former = controls.get(parentElement);
  const control = !former || former.isOver ? begin(parentElement) : former;
  control.update(JSON.parse(new TextDecoder().decode(data)));
  return unlessOvertaken(parentElement, () => control.stop());
}

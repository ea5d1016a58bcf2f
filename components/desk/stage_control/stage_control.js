// The desk's control of the screens: what it is made of, and what it hears from the page. It draws
// the facts of a revision, each part those that are its own.

import { element } from "../../elements.js";
import { announce } from "../../events.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Commands } from "./commands.js";
import { Day } from "./day.js";
import { Message } from "./message.js";
import { Scenes } from "./scenes.js";
import { Screens } from "./screens.js";

/** @import { Control as Data, Facts } from "./messages.js" */

const LOST_AFTER = 2000;

class Control {
  /** @type {Commands} */
  commands;
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
    this.commands = new Commands(() => this.draw(), former?.commands.outbox);
    this.commands.outbox.onAnswer = () => this.goOn();
    this.screens = new Screens(this.commands, root);
    this.scenes = new Scenes(this.commands, () => this.message.toggle());
    this.message = new Message(this.commands, () => this.scenes.focus("message"));
    this.day = new Day(this.commands);
    root.append(this.day.chair, this.screens.root, this.scenes.root, this.message.root);
    root.append(this.day.clocks, this.day.root, this.day.rundown.sheet);
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
  update(data) {
    const isOther = data.slug !== this.slug;
    this.slug = data.slug;
    this.commands.follow(data);
    this.take(data.facts, isOther);
    this.commands.outbox.send();
  }

  /**
   * From the page, or with what the lists read; what comes late is not drawn over what is newer.
   *
   * @param {Facts} facts
   */
  take(facts, isOther = false) {
    if (!isOther && this.facts && facts.revision < this.facts.revision) return;
    this.facts = facts;
    // The scene was made within the minute; the live signal says it to the moment.
    this.late ??= facts.on_air.scene_data.now - performance.now() / 1000;
    this.root.lang = facts.language;
    this.goOn();
  }

  goOn() {
    this.commands.settle(this.facts);
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

  get now() {
    return performance.now() / 1000 + (this.late ?? 0);
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

  draw() {
    const { facts, now, isUnknown } = this;
    this.screens.draw(facts, { now, isUnknown });
    this.scenes.draw(facts);
    this.message.draw(facts);
    this.day.draw(facts, now);
  }

  /**
   * What a list of the desk, or a key there, wants of the screens.
   *
   * @param {Announced["dialogue-stage"]} wanted
   */
  obey({ name, number }) {
    if (name === "arm") this.commands.arm({ scene: "question", number });
    if (name === "fire") this.commands.fire();
    if (name === "dark") this.commands.darken();
    if (name === "scenes") this.scenes.focus();
  }

  stop() {
    this.isOver = true;
    this.ending.abort();
    clearTimeout(this.losing);
    this.measuring.disconnect();
    this.screens.stop();
    this.day.stop();
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

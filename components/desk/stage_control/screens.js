// What the hall sees and what is ready, drawn small, with the buttons that fire and darken.

import { around, element } from "../../elements.js";
import { Monitor } from "./monitor.js";
import { key, press } from "./press.js";

/**
 * @import { Commands } from "./commands.js"
 * @import { Facts } from "./messages.js"
 */

const FOLDED = "dialogue-monitors-folded";
const NARROW = "(max-width: 40rem)";

export class Screens {
  onAir = new Monitor("on-air");
  ready = new Monitor("ready");
  fires = element("span", "fires");
  fireWords = element("strong");

  /**
   * @param {Commands} commands
   * @param {HTMLElement} control is marked with what is so
   */
  constructor(commands, control) {
    this.commands = commands;
    this.control = control;
    this.fire = press("fire", null, () => commands.fire());
    this.fire.classList.add("main");
    this.fire.append(this.fireWords, key("Ctrl ↵"), this.fires);
    this.disarm = press("disarm", "✕", () => commands.arm(null));
    this.ready.head.append(this.disarm);
    this.dark = press("dark", "", () => commands.darken());
    this.fold = press("fold", "", () => this.toggleFold());
    const firing = around("div", "firing", this.fold, this.fire, this.dark);
    this.root = around("div", "screens", this.onAir.root, this.ready.root, firing);
  }

  /**
   * @param {Facts} facts
   * @param {{ now: number, isUnknown: boolean }} how
   */
  draw({ labels, language, on_air: onAir, ready, fires }, { now, isUnknown }) {
    const { armed, dark } = this.commands.wanted;
    this.onAir.update(labels[onAir.on_screens ? "on_air" : "off_screens"], onAir, {
      now,
      unknown: isUnknown ? labels.unknown : null,
    });
    this.onAir.tellLanguage(onAir.scene_data.language, language, labels.screens_language);
    // Nothing is marked as seen by the hall that is not, or need not be.
    this.control.classList.toggle("off-air", isUnknown || !onAir.on_screens);
    this.ready.update(labels.ready, ready, { now, empty: labels.nothing });
    this.fireWords.textContent = labels.fire;
    this.fires.textContent = fires;
    this.fire.disabled = armed === null;
    this.disarm.title = labels.disarm;
    this.disarm.setAttribute("aria-label", labels.disarm);
    this.disarm.hidden = armed === null;
    this.dark.replaceChildren(labels.dark, key("."));
    this.dark.classList.toggle("on-air", dark);
    this.dark.setAttribute("aria-pressed", String(dark));
    this.drawFold(labels);
  }

  /** @param {Facts["labels"]} labels */
  drawFold(labels) {
    const isFolded = this.isFolded();
    this.control.classList.toggle("folded", isFolded);
    this.fold.textContent = labels[isFolded ? "unfold" : "fold"];
    this.fold.setAttribute("aria-expanded", String(!isFolded));
  }

  isFolded() {
    const chosen = localStorage.getItem(FOLDED);
    return chosen === null ? matchMedia(NARROW).matches : chosen === "yes";
  }

  toggleFold() {
    localStorage.setItem(FOLDED, this.isFolded() ? "no" : "yes");
    this.drawFold(this.commands.facts.labels);
  }

  stop() {
    this.onAir.stop();
    this.ready.stop();
  }
}

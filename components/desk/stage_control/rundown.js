// The plan of the day, in a sheet: what was planned, what began when, and what begins next.

import { around, element, fill } from "../../elements.js";
import { drawParts } from "../../scenes/rundown/rundown.js";
import { press } from "./press.js";

/**
 * @import { HallMessage } from "../../commands/messages.js"
 * @import { RundownPart } from "../../scenes/rundown/messages.js"
 * @import { PartRow } from "../../scenes/rundown/rundown.js"
 * @import { Facts } from "./messages.js"
 */

export class Rundown {
  sheet = element("dialog", "sheet");
  /** @type {string | null} what is drawn, as text */
  state = null;
  /** @type {string | null} the part that runs */
  running = null;

  /** @param {(command: HallMessage) => void} push */
  constructor(push) {
    this.push = push;
    // The keys stay in the sheet wherever it is clicked.
    this.sheet.tabIndex = -1;
    this.sheet.onclose = () => {
      this.state = null;
    };
  }

  /** @param {Facts} facts */
  open(facts) {
    this.update(facts);
    this.sheet.showModal();
    this.find(".next button")?.focus();
  }

  /**
   * @param {string} selector
   * @returns {HTMLButtonElement | null}
   */
  find(selector) {
    return this.sheet.querySelector(selector);
  }

  /** @param {Facts} facts */
  update({ plan, back, labels, day }) {
    const state = JSON.stringify([plan, back, labels, day]);
    if (state === this.state) return;
    this.state = state;
    const focused = this.find(":focus")?.dataset.action;
    const place = plan.findIndex((each) => each.runs);
    const parts = drawParts(plan, labels.running, (part, drawn) => this.add(part, drawn, labels));
    this.running = plan[place]?.code ?? null;
    const goBack = press("go-back", back, () => this.goBack());
    goBack.hidden = back === null;
    const reset = press("reset", labels.reset, () => this.begin(null));
    // The first part is left by going back.
    reset.hidden = place < 1;
    const close = press("close", labels.close, () => this.sheet.close());
    this.sheet.replaceChildren(
      element("h2", "", labels.plan),
      element("p", "day", day),
      parts,
      around("div", "buttons", goBack, reset, close),
    );
    const again = this.find(`[data-action="${focused}"]:enabled`);
    if (this.sheet.open) (again ?? close).focus();
  }

  /**
   * What a part is about, when it began, and what begins it.
   *
   * @param {RundownPart} part
   * @param {PartRow} drawn
   * @param {Facts["labels"]} labels
   */
  add({ code, about, began, comes }, { row, words }, labels) {
    if (about) words.append(element("p", "about", about));
    if (began) words.append(element("p", "began", fill(labels.began, { time: began })));
    const button = press(`begin-${code}`, labels.begin, () => this.begin(code));
    button.classList.toggle("main", comes);
    row.append(button);
  }

  /** @param {string | null} part */
  begin(part) {
    this.push({ name: "begin", part, running: this.running });
  }

  goBack() {
    this.push({ name: "go_back", running: this.running });
  }
}

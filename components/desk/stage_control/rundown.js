// The plan of the day, in a sheet: what was planned, what began when, and what begins next.

import { around, element, fill } from "../../elements.js";
import { press } from "./press.js";

/** @import { Facts, Sent, Step } from "./messages.js" */

export class Rundown {
  sheet = element("dialog", "sheet");
  /** @type {string | null} what is drawn, as text */
  state = null;
  /** @type {string | null} the part that runs */
  running = null;

  /** @param {(command: Sent) => void} push */
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
    const rows = plan.map((step, index) => this.row(step, labels, { isNext: index === place + 1 }));
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
      around("ol", "plan", ...rows),
      around("div", "buttons", goBack, reset, close),
    );
    const again = this.find(`[data-action="${focused}"]:enabled`);
    if (this.sheet.open) (again ?? close).focus();
  }

  /**
   * @param {Step} step
   * @param {Facts["labels"]} labels
   * @param {{ isNext: boolean }} how
   */
  row({ code, name, about, planned, began, runs }, labels, { isNext }) {
    const title = around("p", "name", element("strong", "", name));
    if (runs) title.append(element("span", "running", labels.running));
    const words = around("div", "", title);
    if (about) words.append(element("p", "about", about));
    if (began) words.append(element("p", "began", fill(labels.began, { time: began })));
    const button = press(`begin-${code}`, labels.begin, () => this.begin(code));
    button.classList.toggle("main", isNext);
    const times = element("span", "planned", planned);
    const row = around("li", isNext ? "next" : "", times, words, button);
    if (runs) row.setAttribute("aria-current", "step");
    return row;
  }

  /** @param {string | null} part */
  begin(part) {
    this.push({ name: "begin", part, running: this.running });
  }

  goBack() {
    this.push({ name: "go_back", running: this.running });
  }
}

// The line beside the buttons: what came of the last press, or why nothing has come of it yet.

import { element, fill } from "../../elements.js";
import { button, label } from "./buttons.js";

/**
 * @import { Notice } from "../../commands/messages.js"
 * @import { Connection } from "./connection.js"
 * @import { Chair as Data, Sent } from "./messages.js"
 * @import { Presses } from "./presses.js"
 */

// So long it stands what came of a press, and one tap takes it back; later a tap would surprise.
const STANDS_FOR = 60_000;
const HINT_FOR = 5000;

export class Line {
  root = element("div", "line");
  /** @type {(Notice & { until: number }) | null} what came of the last press */
  last = null;
  /** @type {{ words: string, until: number } | null} */
  hint = null;

  /** @param {(revision: number) => void} onUndo */
  constructor(onUndo) {
    this.onUndo = onUndo;
    this.root.setAttribute("role", "status");
  }

  /**
   * What came of a press stands for a while from when it was heard.
   *
   * @param {Notice} notice
   */
  take(notice) {
    this.last = { ...notice, until: performance.now() + STANDS_FOR };
  }

  // What came of the last press, as long as it stands.
  get notice() {
    return this.last && performance.now() < this.last.until ? this.last : null;
  }

  /** @param {string} words */
  tell(words) {
    this.hint = { words, until: performance.now() + HINT_FOR };
  }

  // When something becomes different by itself.
  get moments() {
    return [this.hint?.until, this.last?.until];
  }

  /**
   * @param {Data} data
   * @param {Presses} presses
   * @param {Connection} connection
   */
  draw(data, presses, connection) {
    const { labels } = data;
    const slow = slowWords(data, presses, connection);
    const words = slow ?? this.words(data, connection);
    const revision = slow === null ? this.notice?.revision : undefined;
    const isUndoing = presses.busy() === "undo";
    const state = JSON.stringify([words, revision !== undefined, labels.undo, isUndoing]);
    if (state === this.root.dataset.state) return;
    this.root.dataset.state = state;
    this.root.classList.toggle("quiet", words === labels.keys);
    this.root.replaceChildren(element("span", "", words));
    if (revision === undefined) return;
    const undo = button("undo", () => this.onUndo(revision));
    label(undo, labels.undo);
    undo.setAttribute("aria-busy", String(isUndoing));
    this.root.append(undo);
  }

  /**
   * @param {Data} data
   * @param {Connection} connection
   */
  words({ labels }, connection) {
    if (this.hint && performance.now() < this.hint.until) return this.hint.words;
    if (connection.isLost()) return labels.stood;
    return this.notice?.text ?? labels.keys;
  }
}

/**
 * Why nothing has come of a press yet; null where it does not take long.
 *
 * @param {Data} data
 * @param {Presses} presses
 * @param {Connection} connection
 */
function slowWords(data, presses, connection) {
  const { pending } = presses;
  const isLost = connection.isLost();
  if (!pending || !(isLost || presses.isSlow())) return null;
  return fill(data.labels[isLost ? "kept" : "unsaved"], { name: nameOf(pending, data) });
}

/**
 * What was pressed, in words.
 *
 * @param {Pick<Sent, "button" | "command">} press
 * @param {Pick<Data, "rundown" | "back" | "labels">} data
 */
export function nameOf({ button, command }, { rundown, back, labels }) {
  if (button === "go_back") return back;
  if (command?.name !== "begin") return labels[button];
  return fill(labels.begin, { part: rundown.find(({ code }) => code === command.part)?.name });
}

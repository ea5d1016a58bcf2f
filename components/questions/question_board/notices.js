// Says in the line below a list what came of what was done, and quietly why nothing was done.

import { element, fill } from "../../elements.js";
import { announce } from "../../events.js";
import { button } from "./button.js";
import { press } from "./keyboard.js";

/**
 * @import { Notice } from "../../commands/messages.js"
 * @import { Board } from "./board.js"
 * @import { Sent } from "./messages.js"
 */

const HUSHED_FOR = 6000;

export class Notices {
  line = element("div", "line");
  /** @type {Notice | null} what came of what was done last */
  said = null;
  /** @type {string | null} why nothing was done */
  quiet = null;
  /** @type {number | undefined} */
  toldByPage;
  /** @type {Wait | undefined} */
  hushing;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.line.setAttribute("role", "status");
  }

  /**
   * What came last stands, by no clock: the browser's need not be right.
   *
   * @param {Notice | null} said
   */
  tell(said) {
    if (!said) return;
    this.board.cursor.hear(said);
    if (!this.board.data.line) return;
    this.said = said;
    this.quiet = null;
    this.draw();
  }

  /**
   * The page says the same again each time that it runs.
   *
   * @param {Notice | null} said
   */
  tellAgain(said) {
    if (said?.at === this.toldByPage) return;
    this.toldByPage = said?.at;
    this.tell(said);
  }

  /**
   * Nothing was done, and why.
   *
   * @param {number | null} number
   * @param {string} [words]
   */
  hush(number, words) {
    const { just_came, just_moved } = this.board.data.labels;
    const said = words ?? (number === null ? just_moved : just_came);
    announce("dialogue-hushed", fill(said, { number }));
  }

  /** @param {string | null} words */
  sayQuietly(words) {
    this.quiet = words;
    clearTimeout(this.hushing);
    this.hushing = setTimeout(() => this.sayQuietly(null), HUSHED_FOR);
    this.draw();
  }

  draw() {
    const { said, quiet, line } = this;
    const { labels, inbox } = this.board.data;
    if (!inbox) {
      line.textContent = quiet ?? said?.text ?? "";
      return;
    }
    const state = JSON.stringify([said, quiet, labels.undo, this.board.alerts?.on ?? false]);
    if (line.dataset.state === state) return;
    line.dataset.state = state;
    line.replaceChildren(element("span", quiet ? "quiet" : "", quiet ?? said?.text ?? labels.hint));
    this.drawWays(said);
    this.drawButtons();
  }

  /**
   * What somebody can do about it.
   *
   * @param {Notice | null} said
   */
  drawWays(said) {
    const { labels } = this.board.data;
    if (said?.undo) {
      const undo = () => {
        this.takeUp(said);
        press("undo", this.board);
      };
      this.line.append(button("undo", labels.undo, undo, { key: "u" }));
    }
    if (said?.again) {
      const command = /** @type {Sent} */ (/** @type {unknown} */ (said.again));
      const again = () => {
        this.takeUp(said);
        this.board.commands.push(command);
      };
      this.line.append(button("again", labels.again, again));
    }
  }

  /**
   * What it offers is done once: the same press again would be another's undo.
   *
   * @param {Notice} said
   */
  takeUp({ text, at }) {
    this.said = { text, at, undo: false };
  }

  drawButtons() {
    const { labels } = this.board.data;
    const alerting = this.board.alerts?.on ?? false;
    const sound = labels[alerting ? "alerts_on" : "alerts_off"];
    const on = (/** @type {"alerts" | "batch"} */ name) => () => press(name, this.board);
    const alerts = button("alerts", sound, on("alerts"), { key: "o" });
    alerts.setAttribute("aria-pressed", String(alerting));
    this.line.append(button("batch", labels.batch, on("batch"), { key: "b" }), alerts);
  }

  stop() {
    clearTimeout(this.hushing);
  }
}

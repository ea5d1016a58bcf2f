// What the chair has to know above the question: the screens are dark, the desk asks to move on.

import { around, element } from "../../elements.js";
import { button, label } from "./buttons.js";

/**
 * @import { Chair as Data } from "./messages.js"
 * @import { Presses } from "./presses.js"
 * @typedef {"lighten" | "heed"} Action
 */

export class Notices {
  root = element("div", "notices");

  /** @param {(action: Action) => void} onPress */
  constructor(onPress) {
    this.onPress = onPress;
  }

  /**
   * @param {Data} data
   * @param {Presses} presses
   */
  draw({ dark, asked, labels }, presses) {
    /** @type {{ name: string, words: string, action: Action }[]} */
    const notices = [];
    if (dark) notices.push({ name: "dark", words: labels.dark, action: "lighten" });
    if (asked) notices.push({ name: "asked-on", words: labels.asked, action: "heed" });
    const busy = presses.busy();
    const state = JSON.stringify([notices, busy]);
    if (state === this.root.dataset.state) return;
    this.root.dataset.state = state;
    this.root.replaceChildren(
      ...notices.map(({ name, words, action }) => {
        const made = button(action, () => this.onPress(action));
        label(made, labels[action]);
        made.setAttribute("aria-busy", String(busy === action));
        return around("p", `notice ${name}`, element("span", "", words), made);
      }),
    );
  }
}

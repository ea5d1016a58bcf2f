// The large buttons below the question, and what each says that it does.

import { around, element, fill } from "../../elements.js";

/**
 * @import { Chair as Data } from "./messages.js"
 * @import { Name, Presses } from "./presses.js"
 */

const BUTTONS = /** @type {const} */ (["next", "answer", "defer", "put_back", "darken", "ask"]);
// Without a question on stage there is nothing to do these to.
/** @type {Name[]} */
const OF_THE_STAGE = ["answer", "defer", "put_back", "ask"];

/**
 * @param {Name | "rundown"} name
 * @param {() => void} onPress
 */
export function button(name, onPress) {
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

/**
 * @param {HTMLButtonElement} made
 * @param {string} words
 */
export function label(made, words, about = "") {
  const [name, more] = made.children;
  if (name) name.textContent = words;
  if (more) more.textContent = about;
}

export class Buttons {
  /** @param {(name: Name) => void} onPress */
  constructor(onPress) {
    this.made = BUTTONS.map((name) => button(name, () => onPress(name)));
    this.root = around("nav", "buttons", ...this.made);
  }

  /**
   * @param {Data} data
   * @param {Presses} presses
   */
  draw(data, presses) {
    BUTTONS.forEach((name, place) => {
      const made = this.made[place];
      if (made) draw(name, made, data, presses);
    });
  }
}

/**
 * @param {typeof BUTTONS[number]} name
 * @param {HTMLButtonElement} made
 * @param {Data} data
 * @param {Presses} presses
 */
function draw(name, made, data, presses) {
  const { on_stage: asked, coming, dark, asking, labels } = data;
  made.disabled =
    (OF_THE_STAGE.includes(name) && !asked) || (name === "next" && !asked && !coming.length);
  made.setAttribute("aria-busy", String(presses.isBusy(name)));
  const words = name === "darken" && dark ? labels.lighten : labels[name];
  const isUnderWay = presses.pending?.button === "next";
  label(made, words, name === "next" ? (isUnderWay ? labels.working : aboutNext(data)) : "");
  if (name !== "ask") return;
  if (asking) label(made, labels.asking, labels.take_back);
  made.setAttribute("aria-pressed", String(asking));
}

/**
 * What the next press on "next" does.
 *
 * @param {Pick<Data, "on_stage" | "coming" | "labels">} data
 */
export function aboutNext({ on_stage: asked, coming, labels }) {
  const pattern = asked
    ? labels[coming.length ? "next_from" : "next_last"]
    : labels[coming.length ? "next_first" : "next_none"];
  return fill(pattern, { ending: asked?.number, coming: coming[0]?.number });
}

// What opens over the page: what defers a question to a written reply, and the rundown.

import { around, element, fill } from "../../elements.js";
import { drawParts } from "../../scenes/rundown/rundown.js";

/** @import { ChairQuestion, Chair, Sent } from "./messages.js" */

export class Sheet {
  root = element("dialog", "sheet");
  /** @type {(data: Chair) => unknown} tells what the open sheet is about */
  about = () => null;
  /** @type {string | undefined} what it was about when it was opened, as text */
  opened;

  get isOpen() {
    return this.root.open;
  }

  /**
   * @param {HTMLElement[]} drawn
   * @param {Chair} data
   * @param {(data: Chair) => unknown} about
   */
  open(drawn, data, about) {
    this.root.replaceChildren(...drawn);
    this.about = about;
    this.opened = JSON.stringify(about(data));
    this.root.showModal();
  }

  close() {
    this.root.close();
  }

  /**
   * Close where another device has changed what the open sheet is about.
   *
   * @param {Chair} data
   */
  update(data) {
    if (this.isOpen && JSON.stringify(this.about(data)) !== this.opened) this.close();
  }
}

/**
 * @param {string} name
 * @param {string} words
 * @param {() => void} onPress
 * @param {{ main?: boolean }} [how]
 */
function sheetButton(name, words, onPress, { main = false } = {}) {
  const made = element("button", main ? "main" : "", words);
  made.type = "button";
  made.dataset.action = name;
  made.onclick = onPress;
  return made;
}

/**
 * @param {string} label
 * @param {HTMLElement[]} controls
 */
function field(label, ...controls) {
  return around("label", "field", element("span", "", label), ...controls);
}

/**
 * The department and the day are there already: one tap is enough.
 *
 * @param {Chair} view
 * @param {ChairQuestion} asked
 * @param {(chosen: Pick<Sent, "department" | "due">) => void} onConfirm
 * @param {() => void} onClose
 */
export function drawDefer(view, asked, onConfirm, onClose) {
  const { departments, due, today, language, labels } = view;
  const department = element("select");
  if (!asked.answers) department.append(new Option(labels.nobody, ""));
  department.append(...departments.map(([code, name]) => new Option(name, code)));
  department.value = asked.department ?? "";
  const day = element("input");
  Object.assign(day, { type: "date", min: today, max: "9999-12-31", value: due, required: true });
  // A browser may write 12/10 for the tenth of December.
  const spelled = element("output", "quiet");
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
  const spell = () => {
    spelled.textContent = day.value ? format.format(new Date(day.value)) : "";
  };
  day.oninput = spell;
  spell();
  const confirm = () => {
    if (!day.reportValidity()) return;
    onConfirm({ department: department.value || null, due: day.value });
  };
  return [
    element("h2", "", `${labels.defer} · #${asked.number}`),
    field(labels.department, department),
    field(labels.due, day, spelled),
    around(
      "div",
      "choices",
      sheetButton("confirm-defer", labels.confirm, confirm, { main: true }),
      sheetButton("close", labels.cancel, onClose),
    ),
  ];
}

/**
 * @param {Chair} view
 * @param {{ begin: (part: string) => void, goBack: () => void, close: () => void }} on
 */
export function drawRundown({ rundown, back, labels }, on) {
  const choices = around("div", "choices");
  for (const { code, name } of rundown.filter((each) => each.comes)) {
    const words = fill(labels.begin, { part: name });
    choices.append(sheetButton("begin", words, () => on.begin(code), { main: true }));
  }
  if (back) choices.append(sheetButton("go_back", back, on.goBack));
  choices.append(sheetButton("close", labels.close, on.close));
  return [element("h2", "", labels.rundown), drawParts(rundown, labels.running), choices];
}

// What an action still needs to know before it is done: a choice, some words, another question.

import { element, fill } from "../../elements.js";
import { button } from "./button.js";

/**
 * @import { Board } from "./board.js"
 * @import { Row, Sent } from "./messages.js"
 * @typedef {Sent["action"]} Action
 * @typedef {typeof MENUS[number]} Asking an action that asks first what it needs to know
 * @typedef {keyof typeof WRITTEN | "merge"} Written one for which something is typed
 * @typedef {{ action: Asking, number: number, version: number, isRestored?: boolean }} Menu
 */

export const MENUS = /** @type {const} */ ([
  "reject",
  "set_topic",
  "set_department",
  "edit",
  "merge",
  "split",
  "note",
  "prepare",
]);
// What somebody is typing is not thrown away because another one voted.
/** @type {readonly Written[]} */
export const TYPED = ["edit", "split", "note", "prepare", "merge"];

/**
 * @param {string | null} action
 * @returns {action is Written}
 */
export const isTyped = (action) => TYPED.some((each) => each === action);

// What each field begins with. Questions end with a question mark: a place to split.
/** @satisfies {{ [Name in Action]?: (row: Row) => string }} */
export const WRITTEN = {
  edit: (row) => row.text,
  note: (row) => row.note ?? "",
  prepare: (row) => row.prepared ?? "",
  split: (row) => row.text.replace(/([?!])\s+(?=\S)/g, "$1\n\n"),
};
const MOST_PARTS = 6;
const LONGEST = { edit: 1000, split: 1000 * MOST_PARTS, note: 500, prepare: 500 };

/** @param {string} text */
export const partsOf = (text) =>
  text
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter(Boolean);

/**
 * @param {string} action
 * @returns {action is keyof typeof WRITTEN}
 */
const isText = (action) => action in WRITTEN;

/**
 * @param {Asking} action
 * @param {Row} row the first of those that it is about
 * @param {Row[]} rows
 * @param {Board} board
 */
export function drawMenu(action, row, rows, board) {
  const menu = element("div", "actions menu");
  menu.tabIndex = -1;
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", board.data.labels[`ask_${action}`]);
  menu.append(element("span", "ask", board.data.labels[`ask_${action}`]));
  if (isText(action)) menu.append(...writtenField(action, row, board));
  else if (action === "merge") menu.append(...mergeField(row, rows, board));
  else menu.append(...options(action, rows, board));
  const close = () => board.forms.close();
  menu.append(button("cancel", board.data.labels.cancel, close, { key: "Esc" }));
  menu.append(element("div", "ways"));
  return menu;
}

/**
 * @param {"reject" | "set_topic" | "set_department"} action
 * @param {Row[]} rows
 * @param {Board} board
 */
function options(action, rows, board) {
  const { reasons, topics, departments } = board.data.choices;
  const { commands } = board;
  if (action === "reject") {
    return choiceButtons(reasons, "reason", (reason) => commands.send(rows, { action, reason }));
  }
  const choices = action === "set_topic" ? topics : departments;
  /** @type {[null, string]} */
  const none = [null, board.data.labels.none];
  return choiceButtons([...choices, none], "entry", (entry) =>
    commands.send(rows, { action, entry }),
  );
}

/**
 * @param {[code: string | null, words: string][]} choices
 * @param {string} name
 * @param {(code: string | null) => void} onChoice
 */
function choiceButtons(choices, name, onChoice) {
  return choices.map(([code, words], index) =>
    choiceButton(`${name}-${code}`, words, () => onChoice(code), index),
  );
}

/**
 * @param {string} name
 * @param {string} words
 * @param {() => void} onChoice
 * @param {number} index
 */
function choiceButton(name, words, onChoice, index) {
  const made = button(name, words, onChoice, { key: index < 9 ? String(index + 1) : null });
  made.classList.add("choice");
  return made;
}

/**
 * @param {keyof typeof WRITTEN} action
 * @param {Row} row
 * @param {Board} board
 */
function writtenField(action, row, board) {
  const field = element("textarea", "edit");
  field.value = board.forms.drafts.of(row.number, action)?.text ?? WRITTEN[action](row);
  field.rows = Math.min(10, Math.max(3, Math.ceil(field.value.length / 70)));
  field.maxLength = LONGEST[action];
  field.setAttribute("aria-label", board.data.labels[`ask_${action}`]);
  const said = () => (action === "split" ? { parts: partsOf(field.value) } : { text: field.value });
  const save = () => {
    if (!saving.disabled) board.commands.send([row], { action, ...said() });
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  };
  const saving = button("save", board.data.labels.save, save, { key: "Ctrl ↵" });
  field.addEventListener("input", () => board.forms.keepTyped(action, field.value));
  return action === "split" ? [field, saving, partsCount(field, saving, board)] : [field, saving];
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {HTMLButtonElement} saving
 * @param {Board} board
 */
function partsCount(field, saving, board) {
  const shown = element("span", "parts");
  const count = () => {
    const { length } = partsOf(field.value);
    shown.textContent = fill(board.data.labels.parts, { count: length });
    saving.disabled = length < 2 || length > MOST_PARTS;
  };
  field.oninput = count;
  count();
  return shown;
}

/**
 * @param {Row} row
 * @param {Row[]} rows
 * @param {Board} board
 */
function mergeField(row, rows, board) {
  const field = element("input", "into");
  field.inputMode = "numeric";
  field.size = 8;
  field.maxLength = 9;
  field.setAttribute("aria-label", board.data.labels.ask_merge);
  const merge = () => {
    const into = Number.parseInt(field.value.replace("#", ""), 10);
    if (into > 0) board.commands.send(rows, { action: "merge", into });
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter") merge();
  };
  const alike = rows.length > 1 ? [] : row.alike;
  const offered = alike.map(([number, percent, text, state], index) => {
    const words = `#${number} · ${percent} % · ${state} · ${text}`;
    const press = () => board.commands.send(rows, { action: "merge", into: number });
    return choiceButton(`into-${number}`, words, press, index);
  });
  for (const each of offered) each.classList.add("offered");
  return [...offered, field, button("merge-into", board.data.labels.merge, merge, { key: "↵" })];
}

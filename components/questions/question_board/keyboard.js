// The keys of the desk: one set for everyone, shown in a sheet; and what each does.

import { element } from "../../elements.js";
import { announce } from "../../events.js";
import { focusOf } from "../../focus.js";
import { button } from "./button.js";
import { select, targets } from "./selection.js";

/**
 * @import { Board } from "./board.js"
 * @import { Action } from "./menu.js"
 * @import { Labels } from "./messages.js"
 * @typedef {Announced["dialogue-stage"]["name"]} OfTheStage
 * @typedef {typeof KEYS[keyof typeof KEYS]} Name what a key says
 */

const KEYS = /** @type {const} */ ({
  j: "down",
  k: "up",
  ArrowDown: "down",
  ArrowUp: "up",
  Enter: "open",
  " ": "select",
  a: "approve",
  q: "queue",
  x: "reject",
  m: "merge",
  e: "edit",
  t: "set_topic",
  d: "set_department",
  f: "flag",
  r: "restore",
  u: "undo",
  s: "stage",
  p: "pin",
  h: "hold",
  J: "later",
  K: "sooner",
  c: "note",
  l: "prepare",
  v: "arm",
  "Ctrl+Enter": "fire",
  ".": "dark",
  w: "scenes",
  i: "split",
  y: "accept",
  g: "go",
  o: "alerts",
  n: "arrivals",
  b: "batch",
  "/": "search",
  "?": "help",
  Escape: "close",
});
/** @type {Map<string, Name>} */
const NAMED = new Map(Object.entries(KEYS));
// In the sheet, in this order; the arrows do the same as j and k.
const SHOWN = [...NAMED].filter(([key]) => !key.startsWith("Arrow"));
/** @type {Record<string, string>} */
const SIGNS = { " ": "␣", Enter: "↵", Escape: "Esc", "Ctrl+Enter": "Ctrl ↵" };

/** @param {KeyboardEvent} event */
const isPlain = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);

/** @param {KeyboardEvent} event */
export function nameOf(event) {
  if (isPlain(event)) return NAMED.get(event.key) ?? NAMED.get(event.key.toLowerCase());
  return event.altKey ? undefined : NAMED.get(`Ctrl+${event.key}`);
}

/**
 * Tell the stage control what is wanted of the screens.
 *
 * @param {OfTheStage} name
 * @param {number | null} [number]
 */
export function tellStage(name, number = null) {
  announce("dialogue-stage", { name, number });
}

const FIELDS = "input, textarea, select, [contenteditable]";

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches(FIELDS);
}

// Where the last key went as text, and when. What is typed on after the field has gone, and not by
// its person's doing, is no command.
const TYPED_ON_WITHIN = 1000;
/** @type {EventTarget | null} */
let field = null;
let typedAt = 0;
const leaveField = () => {
  field = null;
};
document.addEventListener("pointerdown", leaveField, true);

/** @param {KeyboardEvent} event */
export function noteTyping(event) {
  const isLeft = ["Escape", "Enter", "Tab"].includes(event.key);
  field = isLeft ? null : (event.composedPath()[0] ?? null);
  typedAt = event.timeStamp;
}

/** @param {KeyboardEvent} event */
export function isTypedOn(event) {
  if (!field) return false;
  const goesOn = event.timeStamp - typedAt < TYPED_ON_WITHIN;
  typedAt = event.timeStamp;
  if (!goesOn) field = null;
  return goesOn;
}

// The lists that hear keys; one at a time has them, the inbox at first.
/** @type {Board[]} */
export const listening = [];
/** @type {Board | null} */
let taken = null;

export function atHand() {
  if (taken && listening.includes(taken)) return taken;
  return listening.find((each) => each.data.inbox);
}

/** @param {Board} board */
const next = (board) => listening[(listening.indexOf(board) + 1) % listening.length];

/** @param {Board} board */
export function takeUp(board) {
  if (!board.hasKeys() || taken === board) return;
  taken = board;
  for (const each of listening) each.draw();
}

const BUTTONS = "button, a, summary, [role]";

/** @param {EventTarget} each */
const isDialog = (each) => each instanceof HTMLDialogElement;

/**
 * What a key says, where it belongs to no button that has the focus.
 *
 * @param {KeyboardEvent} event
 */
function nameThere(event) {
  const name = nameOf(event);
  const pressed = event.composedPath()[0];
  if (!(pressed instanceof HTMLElement) || !pressed.closest(BUTTONS)) return name;
  const isItsOwn = name === "open" || name === "select" || event.key.startsWith("Arrow");
  return isItsOwn ? undefined : name;
}

/**
 * Let a board hear the keys that are pressed anywhere but in a field, while it is at hand.
 *
 * @param {Board} board
 */
export function listen(board) {
  listening.push(board);
  /** @param {KeyboardEvent} event */
  const hear = (event) => {
    if (atHand() !== board) return;
    if (event.isComposing) return;
    if (board.root.querySelector("dialog[open]")) return;
    if (event.composedPath().some(isDialog)) return;
    if (isTyping(event)) {
      noteTyping(event);
      if (event.key === "Escape" && board.menu) board.forms.close();
      return;
    }
    const isText = event.key.length === 1 && isPlain(event);
    if (isText && isTypedOn(event)) board.cursor.lose();
    else if (board.menu) {
      if (!hearMenu(event, board)) return;
    } else {
      const name = nameThere(event);
      if (!name) return;
      press(name, board);
    }
    event.preventDefault();
    // The framework has keys of its own, such as r.
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", hear, true);
  return () => {
    document.removeEventListener("keydown", hear, true);
    listening.splice(listening.indexOf(board), 1);
  };
}

/**
 * While something is to be chosen or typed, keys belong to that: digits and arrows choose, and
 * nothing else is a command. Returns whether the key is used up.
 *
 * @param {KeyboardEvent} event
 * @param {Board} board
 */
function hearMenu(event, board) {
  const { key } = event;
  /** @type {NodeListOf<HTMLButtonElement>} */
  const offered = board.root.querySelectorAll(".menu .choice");
  const choices = [...offered];
  const focused = focusOf(board.root);
  if (key === "Escape") board.forms.close();
  else if (isPlain(event) && /^[1-9]$/.test(key)) choices[Number(key) - 1]?.click();
  else if (key.startsWith("Arrow") && choices.length) {
    const step = ["ArrowDown", "ArrowRight"].includes(key) ? 1 : -1;
    const place = choices.indexOf(/** @type {HTMLButtonElement} */ (focused));
    const next = place < 0 && step < 0 ? -1 : place + step;
    choices.at(next % choices.length)?.focus();
  } else if (key === "Enter" || key === " ") return !focused?.closest("button");
  else return key.length === 1 && isPlain(event);
  return true;
}

/** @param {Labels} labels */
function drawHelp(labels) {
  // Some keys have words of their own there, others those of what they do.
  /** @type {Partial<Record<string, string>>} */
  const words = labels;
  const sheet = element("dialog", "help");
  sheet.append(element("h2", "", labels.help));
  const list = element("dl");
  for (const [key, name] of SHOWN) {
    const keys = element("dt");
    keys.append(element("kbd", "", SIGNS[key] ?? key));
    list.append(keys, element("dd", "", words[`key_${name}`] ?? words[name]));
  }
  const close = button("close", labels.close, () => sheet.close());
  sheet.append(list, close);
  return sheet;
}

/**
 * What a key says. Names of actions are done to the selection, or to the question at hand.
 *
 * @param {Name} name
 * @param {Board} board
 */
export function press(name, board) {
  const { order, cursor, commands } = board;
  const place = cursor.number === null ? -1 : order.indexOf(cursor.number);
  switch (name) {
    case "down":
      return cursor.goTo(order[Math.min(place + 1, order.length - 1)]);
    case "up":
      return cursor.goTo(order[Math.max(place - 1, 0)]);
    case "open":
      return board.forms.toggle();
    case "select":
      return cursor.number !== null && cursor.mayAct() ? select(cursor.number, board) : null;
    case "undo":
      return commands.undo();
    case "arrivals":
      return board.arrangement.takeIn();
    case "batch":
      return board.signal("batch", null);
    case "search":
      return searchField()?.focus();
    case "go":
      return goToNext(board);
    case "alerts":
      return board.toggleAlerts();
    case "help":
      return showHelp(board);
    case "close":
      return board.forms.close();
    // What the stage control does, wherever the focus is.
    case "fire":
    case "dark":
    case "scenes":
      return tellStage(name);
    default:
      return board.selected.size > 0 || cursor.mayAct() ? actOn(name, board) : null;
  }
}

/** @returns {HTMLElement | null} */
const searchField = () => document.querySelector(".st-key-words input");

/**
 * @param {Action | "later" | "sooner" | "accept" | "arm"} name
 * @param {Board} board
 */
function actOn(name, board) {
  const { commands, cursor } = board;
  const here = cursor.number === null ? undefined : board.rows.get(cursor.number);
  switch (name) {
    case "later":
    case "sooner":
      return commands.moveBy(name === "later" ? 1 : -1, here);
    case "accept":
      return commands.accept(targets(board));
    case "arm":
      return commands.arm(targets(board));
    default:
      return commands.begin(name, targets(board));
  }
}

/**
 * To the other list, and there to the question at hand or the first.
 *
 * @param {Board} board
 */
function goToNext(board) {
  const other = next(board) ?? board;
  takeUp(other);
  const { order, cursor } = other;
  cursor.goTo(order.find((each) => each === cursor.number) ?? order[0]);
}

/** @param {Board} board */
function showHelp(board) {
  const sheet = drawHelp(board.data.labels);
  sheet.onclose = () => sheet.remove();
  board.root.append(sheet);
  sheet.showModal();
}

// What others did to a question that somebody has before them, said where nothing moves for it,
// and how to go on with what is open.

import { element } from "../../elements.js";
import { button } from "./button.js";
import { isTyped } from "./menu.js";

/**
 * @import { Board } from "./board.js"
 * @import { Menu } from "./menu.js"
 * @import { Row } from "./messages.js"
 * @typedef {HTMLLIElement & { beside?: HTMLElement }} Item a row as it is drawn, with its line
 * @typedef {NonNullable<ReturnType<typeof changeOf>>} Change
 */

/**
 * How a question stands that others have changed or taken away since it was drawn; null where
 * nobody has.
 *
 * @param {Row | undefined} row
 * @param {Board} board
 */
export function changeOf(row, board) {
  if (!row) return null;
  const { number } = row;
  const seen = board.menu?.number === number ? board.menu.version : row.version;
  const kept = board.kept.get(number);
  const now = board.latest.get(number) ?? kept?.row ?? null;
  const isGone = !board.latest.has(number);
  if (now?.version === seen) return null;
  const { left, changed } = board.data.labels;
  return { now, isGone, words: kept?.words ?? (isGone ? left : changed) };
}

/**
 * The line of a question, on top of what it has room for already.
 *
 * @param {Item} item
 * @param {Row} row
 * @param {Board} board
 */
export function drawBeside(item, row, board) {
  const change = changeOf(row, board);
  const menu = board.menu?.number === row.number && !board.selected.size ? board.menu : null;
  item.classList.toggle("gone", Boolean(change?.isGone) && !menu);
  const state = JSON.stringify([change, menu]);
  if (item.beside?.isConnected && item.beside.dataset.state === state) return;
  const host = item.querySelector(".menu .ways") ?? item;
  const beside = element("div", "beside", change?.words);
  beside.dataset.state = state;
  beside.title = change?.words ?? "";
  beside.hidden = !change && !menu;
  if (menu && change) beside.append(...waysOn(menu, change, board));
  else if (menu?.isRestored) beside.textContent = board.data.labels.restored;
  for (const each of item.querySelectorAll(".menu :is(.choice, [data-action=save])")) {
    each.toggleAttribute("data-waits", Boolean(change));
  }
  item.beside?.remove();
  item.beside = beside;
  host.append(beside);
}

/**
 * @param {Menu} menu
 * @param {Change} change
 * @param {Board} board
 */
function waysOn(menu, { now, isGone }, board) {
  const { labels } = board.data;
  const ways = [];
  const before = board.rows.get(menu.number)?.text;
  if (now && now.text !== before) ways.push(element("q", "newer", now.text));
  if (now?.actions.includes(menu.action)) {
    ways.push(button("go-on", labels.go_on, () => board.forms.goOnWith(now)));
  } else if (now || isGone) {
    ways.push(element("span", "", labels.not_any_more));
  }
  if (isTyped(menu.action)) {
    ways.push(button("copy", labels.copy, () => copyTyped(menu.number, board)));
  }
  return ways;
}

// Without HTTPS there is no other way to the clipboard than by what is selected.
/**
 * @param {number} number
 * @param {Board} board
 */
function copyTyped(number, board) {
  /** @type {HTMLTextAreaElement | HTMLInputElement | null | undefined} */
  const field = board.items.get(number)?.querySelector("textarea, input.into");
  field?.focus();
  field?.select();
  document.execCommand("copy");
}

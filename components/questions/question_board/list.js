// Draws a list: its views, what waits above it, its questions, and the buttons for those that are
// selected. A change redraws what changed; neither focus nor scroll position is lost.

import { element, fill } from "../../elements.js";
import { focusOf } from "../../focus.js";
import { drawBeside } from "./beside.js";
import { button } from "./button.js";
import {
  age,
  drawActions,
  drawAlike,
  drawBursts,
  drawDraft,
  drawHead,
  drawMore,
  drawNotes,
  drawSuggested,
  drawText,
} from "./card.js";
import { atHand, press, takeUp } from "./keyboard.js";
import { drawMenu, isTyped } from "./menu.js";
import { select, targets } from "./selection.js";

/**
 * @import { Item } from "./beside.js"
 * @import { Board } from "./board.js"
 * @import { Action } from "./menu.js"
 * @import { Row } from "./messages.js"
 * @typedef {ReturnType<typeof factsOf>} Facts
 * @typedef {{ changed: Set<number>, told: Set<number>, opened: Set<number> }} News the questions
 *   that others have changed, those of which anything else is told, and those that take another
 *   room because of what is open
 */

// What is rarely wanted shows only once a question is open.
/** @type {Action[]} */
const RARE = [
  "set_topic",
  "set_department",
  "flag",
  "merge",
  "split",
  "pin",
  "unpin",
  "hold",
  "unhold",
  "note",
  "prepare",
];

/** @param {Board} board */
export function drawList(board) {
  const { line, height, empty, title } = board.data;
  board.title.textContent = title;
  board.title.hidden = title === null;
  drawTabs(board);
  drawBulk(board);
  drawStrip(board);
  board.list.style.maxHeight = height ?? "";
  board.list.hidden = board.order.length === 0;
  board.empty.hidden = board.order.length > 0;
  board.empty.textContent = empty;
  board.root.classList.toggle("at-hand", board.hasKeys() && atHand() === board);
  if (line) board.notices.draw();
  // What is held by the pointer stays under it.
  if (board.dragging === null) drawRows(board);
}

/** @param {Board} board */
function drawRows(board) {
  const { list, items, order } = board;
  const top = list.scrollTop;
  for (const [number, item] of items) {
    if (!order.includes(number)) {
      item.remove();
      items.delete(number);
    }
  }
  /** @type {News} */
  const drawn = { changed: new Set(), told: new Set(), opened: new Set() };
  order.forEach((number, index) => {
    const row = board.rows.get(number);
    if (!row) return;
    const item = drawRow(row, drawn, board);
    drawBeside(item, row, board);
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
  drawEnd(board);
  if (top < 8) list.scrollTop = 0;
  board.hand.see(order, drawn);
}

/**
 * Where what is new waits for whoever has a hand on the list.
 *
 * @param {Board} board
 */
function drawStrip(board) {
  const { labels, inbox } = board.data;
  const { arrivals, isBehind } = board.arrangement;
  const count = inbox ? arrivals : 0;
  board.strip.classList.toggle("reserved", Boolean(inbox));
  board.pill.hidden = !count && !isBehind;
  board.pill.textContent = count ? fill(labels.arrivals, { count }) : labels.behind;
}

/**
 * How many more there are, at the end of those that are listed.
 *
 * @param {Board} board
 */
function drawEnd(board) {
  const { inbox, labels, rows, language } = board.data;
  const { end } = board;
  const total = inbox?.tabs.find(({ active }) => active)?.count ?? 0;
  const alive = board.order.filter((number) => board.latest.has(number)).length;
  const left = total - alive - board.arrangement.arrivals;
  const length = inbox && rows.length >= inbox.length && inbox.length < inbox.most && inbox.length;
  const canShow = Boolean(length);
  const state = JSON.stringify([left, canShow, labels.left_over]);
  if (end.dataset.state === state && end.isConnected === left > 0) return;
  end.dataset.state = state;
  if (left <= 0) {
    end.remove();
    return;
  }
  const said = labels[canShow ? "left_over" : "find_others"];
  end.replaceChildren(fill(said, { count: left.toLocaleString(language) }));
  if (canShow) {
    end.append(button("more", labels.more, () => board.signal("more", length)));
  }
  board.list.append(end);
}

/** @param {Board} board */
function drawTabs(board) {
  const tabs = board.data.inbox?.tabs ?? [];
  board.tabs.hidden = tabs.length === 0;
  board.tabs.replaceChildren(
    ...tabs.map(({ code, name, count, active }) => {
      const tab = button(`view-${code}`, `${name} `, () => board.turnTo(code));
      tab.append(element("span", "count", count.toLocaleString(board.data.language)));
      tab.setAttribute("aria-pressed", String(active));
      return tab;
    }),
  );
}

/**
 * With a selection, the buttons for all of it.
 *
 * @param {Board} board
 */
function drawBulk(board) {
  const { bulk } = board;
  const rows = board.selected.size ? targets(board) : [];
  const [first] = rows;
  bulk.hidden = first === undefined;
  if (!first) return;
  const { labels } = board.data;
  const common = first.actions.filter(
    (action) =>
      !["edit", "move"].includes(action) && rows.every((row) => row.actions.includes(action)),
  );
  const count = element("span", "ask", fill(labels.selected, { count: rows.length }));
  const menu = board.menu && drawMenu(board.menu.action, first, rows, board);
  const busy = rows.some((row) => board.commands.isBusy(row.number));
  if (menu) {
    bulk.replaceChildren(count, menu);
    return;
  }
  const actions = drawActions(common, board, { busy, rows });
  actions.append(button("clear", labels.clear, () => press("close", board), { key: "Esc" }));
  bulk.replaceChildren(count, actions);
}

/**
 * One row. `drawn` gathers what was drawn anew.
 *
 * @param {Row} row
 * @param {News} drawn
 * @param {Board} board
 */
function drawRow(row, drawn, board) {
  const { number } = row;
  const item = board.items.get(number) ?? makeItem(number, board);
  const facts = factsOf(row, board);
  const { told, own, passing, form, menu } = facts;
  item.classList.toggle("cursor", board.cursor.number === number);
  const isSame = item.dataset.told === told && item.dataset.own === own;
  if (isSame && item.dataset.passing === passing) return item;
  if (isTyped(menu) && item.dataset.form === form) return item;
  noteDrawn(item, row, facts, drawn, board);
  Object.assign(item.dataset, { told, own, passing, form, version: row.version });
  const focused = focusOf(item);
  const isWithin = focused && item.contains(focused) && focused !== item;
  const refocus = isWithin ? focused.dataset.action : null;
  fillItem(item, row, facts, board);
  if (refocus) findButton(item, refocus)?.focus();
  return item;
}

/**
 * @param {HTMLElement} item
 * @param {string} action
 * @returns {HTMLElement | null}
 */
const findButton = (item, action) => item.querySelector(`[data-action="${action}"]`);

/**
 * @param {number} number
 * @param {Board} board
 * @returns {Item}
 */
function makeItem(number, board) {
  const item = element("li", "row");
  item.dataset.number = String(number);
  item.tabIndex = -1;
  item.onclick = (event) => clickRow(number, event, board);
  board.items.set(number, item);
  return item;
}

/**
 * What has only just come there is not meant for the key that follows, either.
 *
 * @param {number} number
 * @param {MouseEvent} event
 * @param {Board} board
 */
function clickRow(number, event, board) {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("button, textarea, input")) return;
  takeUp(board);
  if (board.cursor.number === number && !getSelection()?.toString()) press("open", board);
  else board.cursor.moveTo(number, { since: board.hand.isSteady ? -Infinity : performance.now() });
}

/**
 * All that a row shows: what is told of its question, what its person has open of it, and what
 * passes by itself.
 *
 * @param {Row} row
 * @param {Board} board
 */
function factsOf(row, board) {
  const { number } = row;
  const { language, inbox, armed, rows } = board.data;
  const isSelecting = board.selected.size > 0;
  const busy = board.commands.isBusy(number);
  const open = board.opened === number;
  const selected = board.selected.has(number);
  const here = board.menu?.number === number && !isSelecting ? board.menu : null;
  const menu = here?.action ?? null;
  const drafts = board.forms.drafts.resting(number, menu);
  const form = here && `${here.action} ${here.version}`;
  const told = JSON.stringify([
    row,
    language,
    row.position && rows.length,
    board.expected(row),
    armed === number,
  ]);
  const own = JSON.stringify([open, form, drafts, open && inbox?.history]);
  const passing = JSON.stringify([busy, selected, age(row.at, board.now(), language)]);
  return { busy, open, selected, menu, drafts, form, told, own, passing };
}

/**
 * @param {Item} item
 * @param {Row} row
 * @param {Facts} facts
 * @param {News} drawn
 * @param {Board} board
 */
function noteDrawn(item, row, { told, own }, drawn, board) {
  const { dataset } = item;
  // What one has made of it oneself is known.
  const known = Number(dataset.version) + (board.own.get(row.number) ?? 0);
  if (known !== row.version && dataset.version !== String(row.version)) {
    drawn.changed.add(row.number);
  }
  if (dataset.told !== told) drawn.told.add(row.number);
  if (dataset.own !== own) drawn.opened.add(row.number);
}

/**
 * @param {Item} item
 * @param {Row} row
 * @param {Facts} facts
 * @param {Board} board
 */
function fillItem(item, row, { busy, open, selected, menu, drafts }, board) {
  item.setAttribute("aria-busy", String(busy));
  item.classList.toggle("selected", selected);
  item.classList.toggle("flagged", row.flagged);
  const head = drawHead(row, board);
  if (board.data.inbox) head.prepend(drawBox(row, selected, board));
  item.replaceChildren(head, drawText(row, { open: open || menu !== null }));
  item.append(...drawNotes(row, board));
  if (row.why) item.append(element("p", "why", row.why));
  if (row.alike.length) item.append(drawAlike(row, board));
  if (row.suggested) item.append(drawSuggested(row, row.suggested[2], board));
  item.append(...drawBursts(row, board, { busy }));
  if (open) item.append(drawMore(row, board));
  for (const action of drafts) item.append(drawDraft(row, action, board));
  if (menu) item.append(drawMenu(menu, row, [row], board));
  else item.append(drawActions(offered(row, open, board), board, { busy, rows: [row] }));
}

/**
 * @param {Row} row
 * @param {boolean} open
 * @param {Board} board
 * @returns {(Action | "arm")[]}
 */
function offered(row, open, board) {
  const isRare = (/** @type {Action} */ action) =>
    RARE.includes(action) || (board.data.queue !== null && action === "edit");
  const shown = row.actions.filter((action) => open || !isRare(action));
  return shown.flatMap((action) => (action === "stage" ? ["arm", action] : [action]));
}

/**
 * @param {Row} row
 * @param {boolean} selected
 * @param {Board} board
 */
function drawBox(row, selected, board) {
  const box = element("input", "box");
  box.type = "checkbox";
  box.checked = selected;
  box.tabIndex = -1;
  box.setAttribute("aria-label", fill(board.data.labels.select, { number: row.number }));
  box.onclick = (event) => {
    event.stopPropagation();
    select(row.number, board, { range: event.shiftKey });
    box.checked = board.selected.has(row.number);
  };
  return box;
}

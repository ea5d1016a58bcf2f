// Draws one question. Text from people goes through textContent only.

import { element, fill } from "../../elements.js";
import { button } from "./button.js";
import { drawGrip } from "./dragging.js";

/**
 * @import { Board } from "./board.js"
 * @import { Action, Written } from "./menu.js"
 * @import { Labels, Row } from "./messages.js"
 */

const LONG_TEXT = 420;

// To make one takes longer than to draw the rest of a row.
/** @type {Map<string, Intl.RelativeTimeFormat>} */
const AGES = new Map();

/** @param {string} language */
function formatOf(language) {
  const made =
    AGES.get(language) ??
    new Intl.RelativeTimeFormat(language, { style: "narrow", numeric: "auto" });
  AGES.set(language, made);
  return made;
}

/**
 * How long ago something was, both times in seconds since 1970.
 *
 * @param {number} at
 * @param {number} now
 * @param {string} language
 */
export function age(at, now, language) {
  const format = formatOf(language);
  const minutes = Math.round((at - now) / 60);
  if (minutes > -60) return format.format(Math.min(minutes, 0), "minute");
  const hours = Math.round(minutes / 60);
  return hours > -48 ? format.format(hours, "hour") : format.format(Math.round(hours / 24), "day");
}

/**
 * The text with what seems to tell who somebody is marked. Places count characters, not units.
 *
 * @param {string} text
 * @param {Row["details"]} details
 */
function markedText(text, details) {
  const characters = Array.from(text);
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const [begin, end] of details) {
    parts.append(characters.slice(from, begin).join(""));
    parts.append(element("mark", "", characters.slice(begin, end).join("")));
    from = end;
  }
  parts.append(characters.slice(from).join(""));
  return parts;
}

/**
 * Two texts against each other, word by word: each part with what it is drawn as, nothing where it
 * is in both.
 *
 * @param {string} before
 * @param {string} after
 */
export function compare(before, after) {
  const old = before.match(/\S+\s*/g) ?? [];
  const now = after.match(/\S+\s*/g) ?? [];
  // How many words both have in common from a place of each on.
  const counts = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  const common = (/** @type {number} */ i, /** @type {number} */ j) => counts[i]?.[j] ?? 0;
  for (const [i, word] of [...old.entries()].reverse()) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const most = Math.max(common(i + 1, j), common(i, j + 1));
      counts[i]?.set([word === now[j] ? common(i + 1, j + 1) + 1 : most], j);
    }
  }
  /** @type {[words: string, kind?: "del" | "ins"][]} */
  const parts = [];
  let j = 0;
  for (const [i, word] of old.entries()) {
    for (; word !== now[j] && common(i, j + 1) > common(i + 1, j); j += 1) {
      parts.push([now[j] ?? "", "ins"]);
    }
    if (word !== now[j]) parts.push([word, "del"]);
    else {
      parts.push([word]);
      j += 1;
    }
  }
  for (const word of now.slice(j)) parts.push([word, "ins"]);
  return parts;
}

/**
 * What the asker wrote against what the desk made of it.
 *
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  const parts = document.createDocumentFragment();
  for (const [words, kind] of compare(before, after)) {
    parts.append(kind ? element(kind, "", words) : words);
  }
  return parts;
}

/**
 * @param {Row} row
 * @param {Board} board
 */
export function drawHead(row, board) {
  const head = element("div", "head");
  if (board.canDrag(row)) head.append(drawGrip(row, board));
  if (row.position) head.append(element("span", "position", row.position));
  head.append(element("span", "number", `#${row.number}`));
  const { labels, language } = board.data;
  for (const each of /** @type {const} */ (["flagged", "pinned", "held"])) {
    if (row[each]) head.append(element("span", `mark ${each}`, labels[each]));
  }
  if (board.data.armed === row.number) head.append(element("span", "mark armed", labels.armed));
  for (const each of row.marks) head.append(element("span", "mark", each));
  if (row.votes)
    head.append(element("span", "mark votes", `▲ ${row.votes.toLocaleString(language)}`));
  const minutes = board.expected(row);
  if (minutes !== null) {
    head.append(element("span", "mark expected", fill(labels.expected, { minutes })));
  }
  head.append(element("span", "age", age(row.at, board.now(), language)));
  const others = row.holders.filter(
    ([account, , until]) => account !== board.data.inbox?.me && until > board.now(),
  );
  if (others.length) {
    const names = others.map(([, name]) => name).join(", ");
    head.append(element("span", "holders", fill(labels.holders, { names })));
  }
  return head;
}

/**
 * @param {Row} row
 * @param {{ open: boolean }} how
 */
export function drawText(row, { open }) {
  const words = element("p", "text");
  words.append(markedText(row.text, row.details));
  words.classList.toggle("folded", !open && row.text.length > LONG_TEXT);
  return words;
}

/**
 * The questions that ask the same, by their numbers; their words show in the menu to merge.
 *
 * @param {Row} row
 * @param {Board} board
 */
export function drawAlike(row, board) {
  const line = element("p", "alike");
  const named = row.alike.map(([number, percent]) => `#${number} (${percent} %)`).join(", ");
  const { labels, language } = board.data;
  line.textContent = fill(labels[row.unnamed ? "alike_more" : "alike"], {
    numbers: named,
    count: row.unnamed.toLocaleString(language),
  });
  return line;
}

/**
 * What the desk and the department have written for the chair.
 *
 * @param {Row} row
 * @param {Board} board
 */
export function drawNotes(row, board) {
  const { labels } = board.data;
  const notes = [
    { label: labels.note, words: row.note },
    { label: labels.prepare, words: row.prepared },
  ];
  return notes.flatMap(({ label, words }) => {
    if (!words) return [];
    const line = element("p", "note");
    line.append(element("strong", "", `${label}: `), words);
    return [line];
  });
}

/**
 * Votes that came together from one network, to be set aside or to count again.
 *
 * @param {Row} row
 * @param {Board} board
 * @param {{ busy: boolean }} how
 */
export function drawBursts(row, board, { busy }) {
  const { labels } = board.data;
  return row.bursts.map(([burst, words, action]) => {
    const line = element("p", "burst", words);
    if (!action) return line;
    const press = () => board.commands.send([row], { action, burst });
    line.append(button(action, labels[action], press, { disabled: busy }));
    return line;
  });
}

/**
 * What seems to fit, to be accepted with one key.
 *
 * @param {Row} row
 * @param {string} words
 * @param {Board} board
 */
export function drawSuggested(row, words, board) {
  const line = element("p", "suggested", `${words} `);
  const accept = () => board.commands.accept([row]);
  const disabled = board.commands.isBusy(row.number);
  line.append(button("accept", board.data.labels.accept, accept, { key: "y", disabled }));
  return line;
}

/**
 * What shows only of an opened question: the code of the receipt, what the asker wrote, and what
 * was done.
 *
 * @param {Row} row
 * @param {Board} board
 */
export function drawMore(row, board) {
  const more = element("div", "more");
  more.append(element("p", "code", fill(board.data.labels.code, { code: row.code })));
  if (row.original) {
    more.append(element("p", "ask", board.data.labels.original));
    const shown = element("p", "original");
    shown.append(difference(row.original, row.text));
    more.append(shown);
  }
  const [told, lines = []] = board.data.inbox?.history ?? [];
  if (told === row.number) {
    more.append(element("p", "ask", board.data.labels.history));
    const list = element("ul", "history");
    list.append(...lines.map((line) => element("li", "", line)));
    more.append(list);
  }
  return more;
}

/**
 * What was typed to a question and is neither sent nor open.
 *
 * @param {Row} row
 * @param {Written} action
 * @param {Board} board
 */
export function drawDraft(row, action, board) {
  const { labels } = board.data;
  const name = labels[action].toLocaleLowerCase(board.data.language);
  const line = element("p", "draft", fill(labels.unsent, { action: name }));
  line.append(
    button("reopen", labels.reopen, () => board.forms.openMenu(action, row)),
    button("discard", labels.discard, () => board.forms.discard(row.number, action)),
  );
  return line;
}

/**
 * What has no name here is done elsewhere, such as publishing a reply.
 *
 * @param {string} action
 * @param {Labels} labels
 * @returns {action is keyof Labels}
 */
const isNamed = (action, labels) => action in labels;

/**
 * The buttons that act on the question or, in the bar above the list, on all that are selected.
 *
 * @param {(Action | "arm")[]} actions
 * @param {Board} board
 * @param {{ busy: boolean, rows: Row[] }} how
 */
export function drawActions(actions, board, { busy, rows }) {
  const bar = element("div", "actions");
  for (const action of actions) {
    if (action === "move") {
      for (const row of rows) bar.append(...drawMoves(row, board, busy));
    } else if (isNamed(action, board.data.labels)) {
      const { commands } = board;
      const press = () => (action === "arm" ? commands.arm(rows) : commands.begin(action, rows));
      bar.append(button(action, board.data.labels[action], press, { disabled: busy }));
    }
  }
  return bar;
}

/**
 * @param {Row} row
 * @param {Board} board
 * @param {boolean} busy
 */
function drawMoves(row, board, busy) {
  const last = board.data.rows.length;
  const here = row.position ?? 0;
  /** @type {(name: "first" | "up" | "down", sign: string, position: number) => HTMLElement} */
  const move = (name, sign, position) => {
    const disabled = busy || position < 1 || position > last || position === here;
    const press = () => board.commands.moveBy(position - here, row);
    const made = button(name, sign, press, { disabled });
    made.title = board.data.labels[name];
    made.setAttribute("aria-label", board.data.labels[name]);
    return made;
  };
  return [move("first", "⤒", 1), move("up", "↑", here - 1), move("down", "↓", here + 1)];
}

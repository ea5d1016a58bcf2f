// Drag a question of the queue to another place, with mouse, pen or finger. While one is held,
// what others change does not move the list under the hand; a drop says which question is to
// come next, so that it is right whatever they have moved meanwhile.

import { element } from "../../elements.js";

/**
 * @import { Board } from "./board.js"
 * @import { Row } from "./messages.js"
 */

/**
 * @param {Row} row
 * @param {Board} board
 */
export function drawGrip(row, board) {
  const grip = element("span", "grip", "⠿");
  grip.title = board.data.labels.grip;
  grip.onpointerdown = (event) => {
    if (event.button !== 0 || board.commands.isBusy(row.number)) return;
    const item = board.items.get(row.number);
    if (!board.hand.isSteady || !item) return board.notices.hush(row.number);
    event.preventDefault();
    startDrag(row.number, item, board);
  };
  return grip;
}

/**
 * @param {number} number
 * @param {HTMLElement} item
 * @param {Board} board
 */
function startDrag(number, item, board) {
  const ending = new AbortController();
  const { signal } = ending;
  // On the document: an element that is moved loses a pointer that it had captured.
  /** @type {<Kind extends keyof DocumentEventMap>(kind: Kind, hear: (event: DocumentEventMap[Kind]) => void) => void} */
  const on = (kind, hear) => document.addEventListener(kind, hear, { capture: true, signal });
  /** @param {boolean} drops */
  const end = (drops) => {
    ending.abort();
    item.classList.remove("dragged");
    board.dragging = null;
    const next = item.nextElementSibling?.getAttribute("data-number");
    if (drops) board.commands.drop(number, next ? Number(next) : null);
    else board.draw();
  };
  board.dragging = number;
  item.classList.add("dragged");
  on("pointermove", ({ clientY }) => dragTo(item, clientY));
  on("pointerup", () => end(true));
  on("pointercancel", () => end(false));
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopImmediatePropagation();
    end(false);
  });
}

/**
 * Put the item before the first other one whose middle is below the pointer.
 *
 * @param {HTMLElement} item
 * @param {number} y
 */
function dragTo(item, y) {
  const list = item.parentElement;
  if (!list) return;
  const others = [...list.children].filter((each) => each !== item);
  const next = others.find((each) => {
    const { top, height } = each.getBoundingClientRect();
    return y < top + height / 2;
  });
  if (item.nextElementSibling !== (next ?? null)) list.insertBefore(item, next ?? null);
  const { top, bottom } = list.getBoundingClientRect();
  if (y < top + 40) list.scrollTop -= 12;
  if (y > bottom - 40) list.scrollTop += 12;
}

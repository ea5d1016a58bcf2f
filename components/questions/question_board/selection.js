// Several questions for one command, as many as one request takes.

import { fill } from "../../elements.js";

/** @import { Board } from "./board.js" */

const MOST_SELECTED = 100;

/**
 * Add to a selection, from the one that was ticked last on; returns how many found no room.
 *
 * @param {Set<number>} selected
 * @param {number[]} numbers
 */
export function addTo(selected, numbers) {
  const others = numbers.filter((number) => !selected.has(number));
  const room = Math.max(0, MOST_SELECTED - selected.size);
  for (const number of others.slice(0, room)) selected.add(number);
  return Math.max(0, others.length - room);
}

/**
 * From one place of an order to another, the other one first.
 *
 * @param {number[]} order
 * @param {number} from
 * @param {number} to
 */
export function spanOf(order, from, to) {
  const span = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return to > from ? span.reverse() : span;
}

/**
 * Tick a question, or take its tick off; with `range` all from the one at hand to it.
 *
 * @param {number} number
 * @param {Board} board
 * @param {{ range?: boolean }} [how]
 */
export function select(number, board, { range = false } = {}) {
  const { order, selected, cursor } = board;
  const from = cursor.number === null ? -1 : order.indexOf(cursor.number);
  const isSpan = range && from >= 0;
  const span = isSpan ? spanOf(order, from, order.indexOf(number)) : [number];
  if (!isSpan && selected.has(number)) selected.delete(number);
  else {
    const left = addTo(selected, span);
    const values = { most: MOST_SELECTED, left };
    if (left) board.notices.sayQuietly(fill(board.data.labels.too_many, values));
  }
  board.forms.putAside();
  cursor.point(number);
  board.draw();
}

/**
 * What an action is done to: the selection, or the question at hand.
 *
 * @param {Board} board
 */
export function targets({ order, rows, selected, cursor }) {
  const isMeant = (/** @type {number} */ each) =>
    selected.size ? selected.has(each) : each === cursor.number;
  return order.filter(isMeant).flatMap((each) => rows.get(each) ?? []);
}

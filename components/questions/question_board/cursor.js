// The question that a person has at hand, or none. What they did not choose themselves is not acted
// on at once.

import { focusOf } from "../../focus.js";
import { changeOf } from "./beside.js";
import { STANDS_AFTER } from "./hand.js";
import { takeUp } from "./keyboard.js";

/**
 * @import { Notice } from "../../commands/messages.js"
 * @import { Board } from "./board.js"
 */

export class Cursor {
  /** @type {number | null} */
  number = null;
  since = -Infinity;
  /** @type {number[] | null} what an undo brings back, once it is known */
  cameBack = null;
  isUndoing = false;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
  }

  /**
   * @param {number | null} number
   * @param {{ since?: number }} [how] `since` is when a question came to hand that nobody chose
   */
  point(number, { since = -Infinity } = {}) {
    this.number = number;
    this.since = since;
  }

  /**
   * @param {number | undefined} number
   * @param {{ since?: number }} [how]
   */
  moveTo(number, { since = -Infinity } = {}) {
    const { board } = this;
    if (number === undefined) return;
    takeUp(board);
    if (board.opened !== null && board.opened !== number) board.opened = null;
    if (board.menu?.number !== number) board.forms.putAside();
    this.cameBack = null;
    this.point(number, { since });
    board.draw();
    this.showIt();
  }

  showIt() {
    const item = this.number === null ? undefined : this.board.items.get(this.number);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  /**
   * After what somebody did to the question at hand comes the next one, if they have seen it.
   *
   * @param {number[]} before
   */
  keep(before) {
    const { order } = this.board;
    if (this.number === null || order.includes(this.number)) return;
    const after = before.slice(before.indexOf(this.number) + 1);
    const next = after.find((each) => order.includes(each));
    this.point(next ?? null, { since: performance.now() });
  }

  /**
   * The next question was there to be seen; one above, at the end, was not looked for.
   *
   * @param {number[]} numbers
   */
  moveOn(numbers) {
    const { board } = this;
    board.opened = null;
    if (this.number === null || !numbers.includes(this.number)) return;
    const place = board.order.indexOf(this.number);
    const isFree = (/** @type {number} */ each) =>
      !numbers.includes(each) &&
      !board.commands.isBusy(each) &&
      !changeOf(board.rows.get(each), board)?.isGone;
    const next = board.order.slice(place).find(isFree);
    if (next !== undefined) this.point(next);
    else {
      const last = board.order.findLast(isFree);
      if (last !== undefined) this.point(last, { since: performance.now() });
    }
  }

  // Until it is known what an undo brings back, no question is at hand.
  awaitUndone() {
    this.point(null);
    this.isUndoing = true;
  }

  /** @param {Notice} said */
  hear({ undone }) {
    if (!this.isUndoing || !undone) return;
    this.isUndoing = false;
    this.cameBack = undone;
    if (this.findWhatCameBack()) this.board.draw();
  }

  // To a question that was taken back, unless somebody chose another one meanwhile.
  findWhatCameBack() {
    if (this.number !== null) return false;
    const number = this.board.order.find((each) => this.cameBack?.includes(each));
    if (number === undefined) return false;
    this.cameBack = null;
    this.point(number, { since: performance.now() });
    return true;
  }

  // May a key act on the question at hand? Only if its person has had it before them.
  mayAct() {
    const { board, number } = this;
    if (board.selected.size) return true;
    if (number === null) return false;
    const isGone = Boolean(changeOf(board.rows.get(number), board)?.isGone);
    const isChosen = performance.now() - this.since >= STANDS_AFTER;
    if (!isGone && isChosen && board.hand.isShown(number)) return true;
    board.notices.hush(number, board.data.labels[isGone ? "went_away" : "just_came"]);
    return false;
  }

  // Have nothing at hand.
  leave() {
    this.point(null);
    focusOf(this.board.list)?.blur();
  }

  // What is typed has lost its field: whoever typed chooses a question anew.
  lose() {
    this.point(null);
    this.board.notices.hush(null, this.board.data.labels.field_gone);
    this.board.draw();
  }
}

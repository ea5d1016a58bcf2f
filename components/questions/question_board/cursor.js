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

  /**
   * By a key, which chooses what it has led to for half a second. Where it leads nowhere, it chooses
   * nothing.
   *
   * @param {number | undefined} number
   */
  goTo(number) {
    if (number === undefined) return;
    const isKnown = this.board.hand.leads(this.number, number);
    const since = isKnown ? -Infinity : performance.now();
    this.moveTo(number, { since: number === this.number ? this.since : since });
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
   * The next question was there to be seen, if a step has led to it for half a second; one above, at
   * the end, was not looked for.
   *
   * @param {number[]} numbers
   */
  moveOn(numbers) {
    const { board, number } = this;
    board.opened = null;
    if (number === null || !numbers.includes(number)) return;
    const isOwn = (/** @type {number} */ each) =>
      numbers.includes(each) || board.commands.isBusy(each);
    const isGone = (/** @type {number} */ each) => changeOf(board.rows.get(each), board)?.isGone;
    const others = board.order.filter((each) => !isOwn(each));
    const below = board.order.slice(board.order.indexOf(number)).filter((each) => !isOwn(each));
    const [next] = below;
    const to = below.find((each) => !isGone(each)) ?? others.findLast((each) => !isGone(each));
    if (to === undefined) return;
    const isKnown = to === next && board.hand.leads(number, to);
    this.point(to, { since: isKnown ? -Infinity : performance.now() });
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

// In which order the questions stand: in the server's, but what is under a hand does not move. There
// all stays as it is until the hand has gone, or what its person did shows. What is being read
// further down stays where it is; what is new waits until it is asked for.

import { atHand } from "./keyboard.js";

/** @import { Board } from "./board.js" */

export class Arrangement {
  // The revision in which all took their places.
  laidOut = -1;
  /** @type {number | null} the newest question that has been taken in */
  newest = null;
  // How many wait.
  arrivals = 0;
  // Others have moved what stays here.
  isBehind = false;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
  }

  // With another view.
  begin() {
    this.newest = null;
    this.arrivals = 0;
    this.isBehind = false;
  }

  isAtRest() {
    return this.board.list.scrollTop < 8 && !this.board.hand.holds();
  }

  arrange({ takeIn = false } = {}) {
    const { board } = this;
    const numbers = board.data.rows.map((row) => row.number);
    const { newest } = this;
    this.arrivals = newest === null ? 0 : numbers.filter((each) => each > newest).length;
    if (board.hand.holds() && !board.commands.showsOwn(this.laidOut) && !takeIn) {
      this.keepStill(numbers);
      return;
    }
    this.laidOut = board.data.revision;
    this.isBehind = false;
    const isReading = board.data.inbox && !takeIn && !this.isAtRest();
    const mixed = isReading && newest !== null ? this.mixedIn(numbers, newest) : null;
    const before = board.order;
    board.order = this.withOpen(mixed ?? this.afresh(numbers));
    board.rows = this.rowsOf(board.order);
    for (const number of board.selected) if (!board.rows.has(number)) board.selected.delete(number);
    board.cursor.keep(before);
  }

  /** @param {number[]} order */
  rowsOf(order) {
    const { latest, rows, kept } = this.board;
    return new Map(
      order.flatMap((number) => {
        const row = latest.get(number) ?? rows.get(number) ?? kept.get(number)?.row;
        return row ? [[number, row]] : [];
      }),
    );
  }

  /** @param {number[]} numbers */
  keepStill(numbers) {
    const { inbox } = this.board.data;
    const { order } = this.board;
    const newest = this.newest ?? 0;
    const fresh = numbers.filter((each) => !inbox || each <= newest);
    this.isBehind = fresh.slice(0, order.length).join() !== order.join();
    this.append(fresh);
  }

  /**
   * What comes below the last question of the list moves none.
   *
   * @param {number[]} fresh
   */
  append(fresh) {
    const { order, rows, latest } = this.board;
    const place = fresh.indexOf(order.at(-1) ?? Number.NaN);
    const below = place < 0 ? [] : fresh.slice(place + 1);
    for (const number of below) {
      const row = latest.get(number);
      if (!row || order.includes(number)) continue;
      order.push(number);
      rows.set(number, row);
    }
  }

  /** @param {number[]} numbers */
  afresh(numbers) {
    const { inbox } = this.board.data;
    this.newest = inbox?.newest ?? null;
    this.arrivals = 0;
    // There may be more, for whoever is reading the last of them.
    return numbers.slice(0, inbox?.length);
  }

  /**
   * @param {number[]} numbers
   * @param {number} newest
   */
  mixedIn(numbers, newest) {
    const wanted = numbers.filter((number) => number <= newest);
    const order = this.board.order.filter((number) => this.board.latest.has(number));
    /** @type {number | undefined} */
    let above;
    for (const number of wanted) {
      const before = above === undefined ? -1 : order.indexOf(above);
      if (!order.includes(number)) order.splice(before + 1, 0, number);
      above = number;
    }
    return order;
  }

  /**
   * With what somebody has open or at hand, whatever others did to it, where it stood.
   *
   * @param {number[]} order
   */
  withOpen(order) {
    const { board } = this;
    const { menu, opened, cursor } = board;
    const held = [menu?.number, opened, atHand() === board ? cursor.number : null];
    for (const number of new Set(held.filter((each) => typeof each === "number"))) {
      const isThere = [board.latest, board.rows, board.kept].some((each) => each.has(number));
      const isOwn = board.own.has(number) && number !== menu?.number;
      if (!isThere || isOwn || order.includes(number)) continue;
      const above = board.order.slice(0, Math.max(0, board.order.indexOf(number)));
      const last = above.findLast((each) => order.includes(each));
      order.splice(last === undefined ? 0 : order.indexOf(last) + 1, 0, number);
    }
    return order;
  }

  // Take in what waits.
  takeIn() {
    const { board } = this;
    board.opened = null;
    if (!board.menu) board.cursor.leave();
    board.list.scrollTop = 0;
    this.arrange({ takeIn: true });
    if (this.newest !== null) board.alerts?.hear(this.newest, 0);
    board.draw();
    if (board.data.inbox) board.signal("arrivals", this.newest);
  }
}

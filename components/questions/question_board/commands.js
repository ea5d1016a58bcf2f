// Sends what somebody does to questions, as {action, seen: [[number, version]], …}: to those that
// they saw, as they saw them.

import { Outbox } from "../../commands/outbox/outbox.js";
import { changeOf } from "./beside.js";
import { tellStage } from "./keyboard.js";
import { isTyped, MENUS } from "./menu.js";

/**
 * @import { Board } from "./board.js"
 * @import { Action, Asking } from "./menu.js"
 * @import { Frame, Row, Sent } from "./messages.js"
 */

// After these the question leaves the view, and the next one is at hand.
/** @type {Action[]} */
const LEAVES = ["approve", "queue", "reject", "merge", "restore"];
// A key does the opposite where the thing is done already.
/** @type {{ [Name in Action]?: Action }} */
const OPPOSITES = { flag: "unflag", queue: "unqueue", pin: "unpin", hold: "unhold" };

/**
 * @param {Action} action
 * @returns {action is Asking}
 */
const asks = (action) => MENUS.some((each) => each === action);

export class Commands {
  /**
   * @param {Board} board
   * @param {() => string | null} lists says which lists an answer is to bring, as `Outbox` does
   */
  constructor(board, lists) {
    this.board = board;
    /** @type {Outbox<Sent>} */
    this.outbox = new Outbox(() => board.goOn(), lists);
  }

  // Another event has lists of its own, in which nothing of this one shows.
  forget() {
    this.outbox.commands = [];
  }

  /**
   * @param {Frame} frame
   * @param {string} language
   */
  sendTo({ slug, commands }, language) {
    Object.assign(this.outbox, { slug, address: `${commands}&lang=${language}` });
  }

  // Forget what was done and shows by now; returns to which questions, and how often.
  settle() {
    const { data, forms } = this.board;
    const done = this.outbox.shown(data.revision);
    this.outbox.settle(data.revision);
    /** @type {Map<number, number>} */
    const own = new Map();
    for (const command of done) {
      for (const [number] of command.seen) {
        const isDone = !command.left?.includes(number);
        own.set(number, (own.get(number) ?? 0) + (isDone ? 1 : 0));
        if (isDone) forms.settle(number, command.action);
      }
    }
    return own;
  }

  /**
   * Did somebody do something on this page that shows for the first time since a revision?
   *
   * @param {number} since
   */
  showsOwn(since) {
    const { revision } = this.board.data;
    return this.outbox.sender.revisions.some((each) => each > since && each <= revision);
  }

  // Is there an answer that shows in what is listed?
  hasNews() {
    return this.outbox.shown(this.board.data.revision).length > 0;
  }

  /** @param {number} number */
  isBusy(number) {
    return this.underWay(number) > 0;
  }

  /**
   * How many commands to a question do not show yet.
   *
   * @param {number} number
   */
  underWay(number) {
    const underWay = this.outbox.commands.filter(
      ({ seen, left }) => !left?.includes(number) && seen.some(([each]) => each === number),
    );
    return underWay.length;
  }

  /**
   * Do something to questions, or ask first what it needs to know.
   *
   * @param {Action} action
   * @param {Row[]} rows
   */
  begin(action, rows) {
    const [first] = rows;
    if (!first) return;
    const opposite = OPPOSITES[action];
    const isDone = opposite && rows.every((row) => row.actions.includes(opposite));
    const wanted = isDone ? opposite : action;
    if (asks(wanted)) {
      if (!rows.every((row) => row.actions.includes(wanted))) return;
      if (isTyped(wanted) && wanted !== "merge" && rows.length > 1) return;
      this.board.forms.openMenu(wanted, first);
    } else {
      const able = rows.filter((row) => row.actions.includes(wanted));
      if (able.length) this.send(able, { action: wanted });
    }
  }

  /**
   * Do something to questions as they were seen. What has changed meanwhile is looked at first.
   *
   * @param {Row[]} rows
   * @param {Omit<Sent, "seen">} command
   */
  send(rows, command) {
    const { board } = this;
    const [row] = rows;
    if (!row) return;
    const isOpen = board.menu?.number === row.number && !board.selected.size;
    if (isOpen && changeOf(row, board)) {
      board.notices.hush(row.number);
      return;
    }
    if (this.hasLate(rows)) return;
    /** @type {Sent["seen"]} */
    const seen = rows.map((each) => [each.number, this.versionOf(each)]);
    board.forms.putAside();
    board.selected.clear();
    if (board.data.inbox && LEAVES.includes(command.action)) {
      board.cursor.moveOn(rows.map((each) => each.number));
    }
    this.push({ ...command, seen });
  }

  /**
   * Is one of the selected questions not as it could be read for half a second?
   *
   * @param {Row[]} rows
   */
  hasLate(rows) {
    const { selected, hand, notices } = this.board;
    const late = selected.size && rows.find(({ number }) => !hand.isShown(number));
    if (late) notices.hush(late.number);
    return Boolean(late);
  }

  /**
   * The version that somebody sees; what they have done to it already makes one more each.
   *
   * @param {Row} row
   */
  versionOf({ number, version }) {
    const { menu } = this.board;
    const seen = menu?.number === number ? menu.version : version;
    return seen + this.underWay(number);
  }

  /** @param {Sent} command */
  push(command) {
    const { board } = this;
    this.outbox.push({ ...command });
    board.draw();
    if (board.hasKeys() && board.cursor.number !== null) board.cursor.showIt();
  }

  undo() {
    this.board.cursor.awaitUndone();
    this.push({ action: "undo", seen: [] });
  }

  /**
   * Make a question ready for the screens; that is the stage control's to do.
   *
   * @param {Row[]} rows
   */
  arm([row]) {
    if (row?.actions.includes("stage")) tellStage("arm", row.number);
  }

  /** @param {Row[]} rows */
  accept(rows) {
    if (this.hasLate(rows)) return;
    for (const row of rows) {
      if (!row.suggested) continue;
      const [action, entry] = row.suggested;
      this.send([row], { action, entry });
    }
  }

  /**
   * @param {number} places
   * @param {Row | undefined} row
   */
  moveBy(places, row) {
    if (!row?.actions.includes("move")) return;
    const { order } = this.board;
    const others = order.filter((each) => each !== row.number);
    const place = order.indexOf(row.number) + places;
    if (place >= 0 && place <= others.length) this.drop(row.number, others[place] ?? null);
  }

  /**
   * Put a question of the queue before another one, or at the end, here at once and then there.
   *
   * @param {number} number
   * @param {number | null} before
   */
  drop(number, before) {
    const { board } = this;
    const place = board.order.indexOf(number);
    const stays = (board.order[place + 1] ?? null) === before;
    const row = board.rows.get(number);
    if (stays || !row) {
      board.draw();
      return;
    }
    const others = board.order.filter((each) => each !== number);
    others.splice(before === null ? others.length : others.indexOf(before), 0, number);
    board.order = others;
    this.send([row], { action: "move", ...(before === null ? {} : { before }) });
  }
}

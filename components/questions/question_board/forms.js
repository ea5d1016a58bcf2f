// What is open of a question: all that is known of it, or a form, with what was typed there.

import { Drafts } from "./drafts.js";
import { takeUp } from "./keyboard.js";
import { WRITTEN } from "./menu.js";

/**
 * @import { Board } from "./board.js"
 * @import { Draft } from "./drafts.js"
 * @import { Action, Asking, Written } from "./menu.js"
 * @import { Frame, Row } from "./messages.js"
 */

export class Forms {
  /** @type {Drafts} */
  drafts;
  /** @type {Draft | null} what was open before the page was left or read anew */
  left = null;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
  }

  /**
   * With an event, and with what was typed and not sent in it.
   *
   * @param {Frame} frame
   */
  begin({ slug, key }) {
    this.drafts = new Drafts(key);
    this.drafts.open(slug);
    this.left = this.drafts.last();
  }

  // What was typed before the page was left or read anew is open again.
  openWhatWasLeft() {
    const { board, left } = this;
    if (!left) return;
    const { number, action, version } = left;
    const row = board.latest.get(number) ?? board.kept.get(number)?.row;
    if (!row || board.menu) return;
    this.left = null;
    const before = action === "merge" ? undefined : WRITTEN[action](row);
    if (before === this.drafts.of(number, action)?.text) {
      this.drafts.drop(number, action);
      return;
    }
    board.menu = { action, number, version, isRestored: true };
    board.arrangement.arrange({ takeIn: true });
  }

  /**
   * @param {Asking} action
   * @param {Row} row
   */
  openMenu(action, { number, version }) {
    const { board } = this;
    takeUp(board);
    this.putAside();
    board.menu = { action, number, version: this.drafts.of(number, action)?.version ?? version };
    if (board.hasKeys()) board.cursor.point(number);
    board.signal("open", number);
    board.draw();
    board.askForThem();
    this.focusMenu();
  }

  // A choice begins without one, so that no key by reflex makes it.
  focusMenu() {
    const { selected, bulk, items, menu: open } = this.board;
    const host = selected.size || !open ? bulk : items.get(open.number);
    /** @type {HTMLElement | null | undefined} */
    const menu = host?.querySelector(".menu");
    /** @type {HTMLTextAreaElement | HTMLInputElement | null | undefined} */
    const field = menu?.querySelector(".choice") ? null : menu?.querySelector("textarea, input");
    host?.scrollIntoView({ block: "nearest" });
    (field ?? menu)?.focus({ preventScroll: true });
    // Behind what is there: the next key must not wipe it out.
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  /**
   * With what is open, on the question as others have left it.
   *
   * @param {Row} row
   */
  goOnWith(row) {
    const { board } = this;
    const { menu } = board;
    if (!menu) return;
    board.rows.set(row.number, row);
    board.menu = { ...menu, version: row.version };
    const draft = this.drafts.of(row.number, menu.action);
    if (draft) this.drafts.keep({ ...draft, version: row.version });
    board.draw();
    this.focusMenu();
  }

  /**
   * What is typed is kept until it is sent or thrown away.
   *
   * @param {Written} action
   * @param {string} text
   */
  keepTyped(action, text) {
    const { menu } = this.board;
    if (!menu) return;
    const { number, version } = menu;
    this.drafts.keep({ number, action, version, text, isOpen: true });
  }

  /**
   * @param {number} number
   * @param {Written} action
   */
  discard(number, action) {
    this.drafts.drop(number, action);
    this.board.draw();
  }

  /**
   * What was typed has been done.
   *
   * @param {number} number
   * @param {Action} action
   */
  settle(number, action) {
    const { menu } = this.board;
    this.drafts.drop(number, action);
    if (menu?.number === number) menu.version += 1;
  }

  // Close what is open without throwing away what was typed.
  putAside() {
    const { menu } = this.board;
    if (menu) this.drafts.close(menu.number, menu.action);
    this.board.menu = null;
  }

  // All that is known of the question at hand, or no more of it.
  toggle() {
    const { board } = this;
    board.opened = board.opened === board.cursor.number ? null : board.cursor.number;
    if (board.opened !== null) board.signal("open", board.opened);
    board.draw();
  }

  // What was opened last.
  close() {
    const { board } = this;
    const { menu } = board;
    if (menu) {
      this.drafts.drop(menu.number, menu.action);
      board.menu = null;
    } else if (board.selected.size) board.selected.clear();
    else if (board.opened !== null) board.opened = null;
    else board.cursor.leave();
    board.draw();
    if (menu) board.items.get(menu.number)?.focus();
  }
}

// What is under a person's hand. While a pointer, a finger or the focus is on a list, or something
// of it is open, the list does not move; and no press and no key acts on a question that has not
// been there for half a second.

import { focusOf, treeOf } from "../../focus.js";
import { atHand } from "./keyboard.js";

/** @import { Board } from "./board.js" */

export const STANDS_AFTER = 500;
const FINGER_LEAVES_AFTER = 1000;
const CONTROLS = "button, input[type=checkbox]";

export class Hand {
  /** @type {number[]} */
  order = [];
  // Since when each question shows as it does, and since when it also stands where it does.
  /** @type {Map<number, number>} */
  shownSince = new Map();
  /** @type {Map<number, number>} */
  standsSince = new Map();
  // Since when each comes right after the one above it.
  /** @type {Map<number, number>} */
  followsSince = new Map();
  isInside = false;
  // Whether a finger is on the list, and when it is taken for gone.
  isTouched = false;
  /** @type {Wait | undefined} */
  finger;
  /** @type {Wait | undefined} */
  marking;
  // What the pointer is on, and since when, if it came there without the pointer's doing.
  /** @type {[number, number] | null} */
  point = null;
  /** @type {string | null} */
  aim = null;
  aimCameAt = -Infinity;
  isSteady = true;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.watchPointer(board.held);
    this.watchList(board.list);
    this.watchPresses(board.root);
  }

  // With another view.
  begin() {
    this.order = [];
  }

  /**
   * What waits above the list does not go on the way to it.
   *
   * @param {HTMLElement} held
   */
  watchPointer(held) {
    held.addEventListener("pointerenter", ({ pointerType }) => {
      this.isInside = pointerType !== "touch";
    });
    held.addEventListener("pointerleave", () => {
      this.isInside = false;
      this.board.release();
    });
  }

  /** @param {HTMLElement} list */
  watchList(list) {
    list.addEventListener("pointerdown", ({ pointerType }) => {
      if (pointerType !== "touch") return;
      clearTimeout(this.finger);
      this.isTouched = true;
    });
    for (const kind of /** @type {const} */ (["pointerup", "pointercancel"])) {
      list.addEventListener(kind, ({ pointerType }) => {
        if (pointerType === "touch") this.liftFinger();
      });
    }
    list.addEventListener("focusout", () => setTimeout(() => this.board.release()));
    list.addEventListener("scroll", () => this.look());
  }

  /** @param {HTMLElement} root */
  watchPresses(root) {
    root.addEventListener("pointermove", (event) => this.move(event), true);
    root.addEventListener("pointerleave", () => {
      this.point = null;
    });
    root.addEventListener("pointerdown", (event) => this.press(event), true);
    root.addEventListener("click", (event) => this.sift(event), true);
  }

  // A finger comes again sooner than a list could be read anew.
  liftFinger() {
    this.finger = setTimeout(() => {
      this.isTouched = false;
      this.board.release();
    }, FINGER_LEAVES_AFTER);
  }

  holds() {
    const { board } = this;
    const { order, list, menu, opened, selected, dragging, cursor } = board;
    if (!order.length) return false;
    const isTouched = this.isInside || this.isTouched || dragging !== null;
    const isOpen = menu !== null || opened !== null || selected.size > 0;
    const isAimedAt = cursor.number !== null && atHand() === board;
    return isTouched || isOpen || isAimedAt || list.contains(focusOf(list));
  }

  /**
   * What is drawn now: `changed` are questions of another version, `told` those of which anything
   * else is told than before, and `opened` those whose form has moved what is below them.
   *
   * @param {number[]} order
   * @param {{ changed: Set<number>, told: Set<number>, opened: Set<number> }} drawn
   */
  see(order, { changed, told, opened }) {
    const now = performance.now();
    const places = [order.findIndex((number, index) => number !== this.order[index])];
    for (const number of told) places.push(order.indexOf(number));
    for (const number of opened) places.push(order.indexOf(number) + 1);
    const moved = Math.min(...places.filter((place) => place >= 0), order.length);
    const above = new Map(this.order.map((number, index) => [number, this.order[index - 1]]));
    order.forEach((number, index) => {
      const isNew = !above.has(number);
      const isOther = isNew || changed.has(number);
      if (isOther) this.shownSince.set(number, now);
      if (isOther || index >= moved) this.standsSince.set(number, now);
      if (isNew || above.get(number) !== order[index - 1]) this.followsSince.set(number, now);
    });
    this.order = [...order];
    this.look();
    this.mark();
    clearTimeout(this.marking);
    this.marking = setTimeout(() => this.mark(), STANDS_AFTER);
  }

  // Show which questions have only just come to where they are.
  mark() {
    for (const [number, item] of this.board.items) {
      item.classList.toggle("settling", !this.stands(number));
    }
  }

  /** @param {number} number */
  isShown(number) {
    return isLongAgo(this.shownSince.get(number));
  }

  /** @param {number} number */
  stands(number) {
    return isLongAgo(this.standsSince.get(number));
  }

  /**
   * Has a step from one question to another led there for half a second?
   *
   * @param {number | null} from null is above the first
   * @param {number} to
   */
  leads(from, to) {
    const places = [from === null ? -1 : this.order.indexOf(from), this.order.indexOf(to)];
    const passed = this.order.slice(Math.min(...places) + 1, Math.max(...places) + 1);
    return passed.every((number) => isLongAgo(this.followsSince.get(number)));
  }

  /** @param {PointerEvent} event */
  move({ clientX, clientY, pointerType, target }) {
    if (pointerType === "touch") return;
    this.point = [clientX, clientY];
    const aim = aimOf(target);
    if (aim === this.aim) return;
    this.aim = aim;
    this.aimCameAt = -Infinity;
  }

  // What has come under a pointer that did not move?
  look() {
    if (!this.point) return;
    const aim = aimOf(treeOf(this.board.root).elementFromPoint(...this.point));
    if (aim === this.aim) return;
    this.aim = aim;
    this.aimCameAt = performance.now();
  }

  /** @param {PointerEvent} event */
  press({ target, pointerType }) {
    const number = numberOf(target);
    const isAimed =
      pointerType === "touch" ||
      this.point === null ||
      (aimOf(target) === this.aim && performance.now() - this.aimCameAt >= STANDS_AFTER);
    this.isSteady = isAimed && (number === null || this.stands(number));
  }

  /**
   * Keep a click from what has only just come under it. A key that presses a button is one too;
   * what a script clicks was looked at before.
   *
   * @param {MouseEvent} event
   */
  sift(event) {
    const target = /** @type {Element} */ (event.target);
    const control = target.closest(CONTROLS);
    // More of the list does nothing to any question, wherever it has come to.
    if (!event.isTrusted || !control || control.getAttribute("data-action") === "more") return;
    const number = numberOf(target);
    const isGone = target.closest(".gone");
    const isThere = event.detail ? this.isSteady : number === null || this.isShown(number);
    if (isThere && !isGone) return;
    event.preventDefault();
    event.stopPropagation();
    // Nor has it the keys: a box would swallow them, and a button take the space bar for its own.
    if (event.detail && control instanceof HTMLElement) control.blur();
    this.board.notices.hush(number);
  }

  stop() {
    clearTimeout(this.marking);
    clearTimeout(this.finger);
    this.isTouched = false;
    this.isInside = false;
  }
}

/** @param {number | undefined} since */
function isLongAgo(since) {
  return since !== undefined && performance.now() - since >= STANDS_AFTER;
}

/** @param {EventTarget | null} target */
function numberOf(target) {
  const row = target instanceof Element ? target.closest(".row") : null;
  return row ? Number(row.getAttribute("data-number")) : null;
}

/**
 * What a press on an element would do, and to which question.
 *
 * @param {EventTarget | null} target
 */
function aimOf(target) {
  const control = target instanceof Element ? target.closest(CONTROLS) : null;
  if (!control) return null;
  return `${numberOf(control)} ${control.getAttribute("data-action") ?? control.className}`;
}

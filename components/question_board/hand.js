// What is under a person's hand. While a pointer, a finger or the focus is on a list, or something
// of it is open, the list does not move; and no press and no key acts on a question that has not
// been there for half a second.

const STANDS_AFTER = 500;
const FINGER_LEAVES_AFTER = 1000;
const CONTROLS = "button, input[type=checkbox]";

class Hand {
  constructor(board) {
    this.board = board;
    this.order = [];
    // Since when each question shows as it does, and since when it also stands where it does.
    this.shownSince = new Map();
    this.standsSince = new Map();
    this.emptySince = -Infinity;
    this.isInside = false;
    this.finger = null;
    // What the pointer is on, and since when, if it came there without the pointer's doing.
    this.point = null;
    this.aim = null;
    this.aimCameAt = -Infinity;
    this.isSteady = true;
    this.watchPointer(board.held);
    this.watchList(board.list);
    this.watchPresses(board.root);
  }

  // With another view, which a person has asked for: nothing of the one before can be meant.
  begin() {
    this.order = [];
    this.emptySince = -Infinity;
  }

  // What waits above the list does not go on the way to it.
  watchPointer(held) {
    held.addEventListener("pointerenter", ({ pointerType }) => {
      this.isInside = pointerType !== "touch";
    });
    held.addEventListener("pointerleave", () => {
      this.isInside = false;
      this.board.release();
    });
  }

  watchList(list) {
    list.addEventListener("pointerdown", ({ pointerType }) => {
      if (pointerType !== "touch") return;
      clearTimeout(this.finger);
      this.finger = Infinity;
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      list.addEventListener(kind, ({ pointerType }) => {
        if (pointerType === "touch") this.liftFinger();
      });
    }
    list.addEventListener("focusout", () => setTimeout(() => this.board.release()));
    list.addEventListener("scroll", () => this.look());
  }

  watchPresses(root) {
    root.addEventListener("pointermove", (event) => this.move(event), true);
    root.addEventListener("pointerleave", () => (this.point = null));
    root.addEventListener("pointerdown", (event) => this.press(event), true);
    root.addEventListener("click", (event) => this.sift(event), true);
  }

  // A finger comes again sooner than a list could be read anew.
  liftFinger() {
    this.finger = setTimeout(() => {
      this.finger = null;
      this.board.release();
    }, FINGER_LEAVES_AFTER);
  }

  holds() {
    const { board } = this;
    const { order, list, menu, opened, selected, dragging, cursor } = board;
    if (!order.length) return false;
    const isTouched = this.isInside || this.finger !== null || dragging !== null;
    const isOpen = menu !== null || opened !== null || selected.size > 0;
    const isAimedAt = cursor.number !== null && atHand() === board;
    return isTouched || isOpen || isAimedAt || list.contains(list.getRootNode().activeElement);
  }

  // What is drawn now: `changed` are questions of another version, `told` those of which anything
  // else is told than before, and `opened` those whose form has moved what is below them.
  see(order, { changed, told, opened }) {
    const now = performance.now();
    // Where nothing stood, nothing else can have been meant.
    const isNew = this.order.length === 0 && now - this.emptySince >= STANDS_AFTER;
    const since = isNew ? -Infinity : now;
    const places = [order.findIndex((number, index) => number !== this.order[index])];
    for (const number of told) places.push(order.indexOf(number));
    for (const number of opened) places.push(order.indexOf(number) + 1);
    const moved = Math.min(...places.filter((place) => place >= 0), order.length);
    const before = new Set(this.order);
    order.forEach((number, index) => {
      const isOther = changed.has(number) || !before.has(number);
      if (isOther) this.shownSince.set(number, since);
      if (isOther || index >= moved) this.standsSince.set(number, since);
    });
    if (this.order.length && !order.length) this.emptySince = now;
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

  isShown(number) {
    return performance.now() - this.shownSince.get(number) >= STANDS_AFTER;
  }

  stands(number) {
    return performance.now() - this.standsSince.get(number) >= STANDS_AFTER;
  }

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
    const aim = aimOf(this.board.root.getRootNode().elementFromPoint(...this.point));
    if (aim === this.aim) return;
    this.aim = aim;
    this.aimCameAt = performance.now();
  }

  press({ target, pointerType }) {
    const number = numberOf(target);
    const isAimed =
      pointerType === "touch" ||
      this.point === null ||
      (aimOf(target) === this.aim && performance.now() - this.aimCameAt >= STANDS_AFTER);
    this.isSteady = isAimed && (number === null || this.stands(number));
  }

  // Keep a click from what has only just come under it. A key that presses a button is one too;
  // what a script clicks was looked at before.
  sift(event) {
    if (!event.isTrusted || !event.target.closest(CONTROLS)) return;
    const number = numberOf(event.target);
    const isGone = event.target.closest(".gone");
    const isThere = event.detail ? this.isSteady : number === null || this.isShown(number);
    if (isThere && !isGone) return;
    event.preventDefault();
    event.stopPropagation();
    this.board.notices.hush(number);
  }

  stop() {
    clearTimeout(this.marking);
    clearTimeout(this.finger);
    this.finger = null;
    this.isInside = false;
  }
}

function numberOf(target) {
  const row = target.closest(".row");
  return row ? Number(row.dataset.number) : null;
}

// What a press on an element would do, and to which question.
function aimOf(target) {
  const control = target?.closest(CONTROLS);
  if (!control) return null;
  return `${numberOf(control)} ${control.dataset.action ?? control.className}`;
}

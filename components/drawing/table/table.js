// Draws rows as a table. All words are text, never markup; a click on a head sorts by its column.

import { around, element } from "../../elements.js";

// What a spreadsheet takes for a formula where it is pasted.
const FORMULA = /^ *[=+\-@]/;

/** @import { Data } from "./messages.js" */
/** @typedef {Data["rows"][number][number]} Cell */

/** @param {Cell | undefined} cell */
const words = (cell) => (typeof cell === "string" ? cell : (cell?.[0] ?? ""));

class Table {
  place = element("div", "dialogue-table");
  /** @type {{ column: number | null, down: boolean }} */
  sorted = { column: null, down: false };
  /** @type {Set<number>} */
  chosen = new Set();
  /** @type {string | undefined} what is drawn, as text */
  drawn;
  /** @type {Data} */
  data;
  /** @type {Tell} */
  choose;
  /** @type {Tell} */
  keep;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.place.tabIndex = 0;
    this.place.setAttribute("role", "region");
    parent.append(this.place);
  }

  /**
   * @param {Data} data
   * @param {Tell} choose
   * @param {Tell} keep
   */
  update(data, choose, keep) {
    this.choose = choose;
    this.keep = keep;
    const { chosen = [], ...shown } = data;
    const text = JSON.stringify(shown);
    if (text === this.drawn) return;
    // A table that is drawn anew has the ticks that the page knows.
    if (!this.drawn) this.chosen = new Set(chosen);
    this.drawn = text;
    this.data = data;
    this.place.setAttribute("aria-label", data.alt);
    this.place.style.maxHeight = data.height ? `${data.height}px` : "none";
    const known = [...this.chosen].filter((id) => data.ids.includes(id));
    if (known.length !== this.chosen.size) this.mark(known);
    this.draw();
  }

  draw() {
    const at = this.place.scrollTop;
    const heads = this.data.columns.map((name, column) => this.head(name, column));
    const head = around("tr", "", ...this.boxOfAll(), ...heads);
    const body = this.order().map((row) => this.row(row));
    this.place.replaceChildren(
      around("table", "", around("thead", "", head), around("tbody", "", ...body)),
    );
    this.place.scrollTop = at;
  }

  /**
   * @param {string} name
   * @param {number} column
   */
  head(name, column) {
    const button = element("button", "", name);
    button.type = "button";
    button.addEventListener("click", () => this.sort(column));
    const cell = around("th", "", name ? button : "");
    cell.scope = "col";
    if (this.sorted.column === column) {
      cell.setAttribute("aria-sort", this.sorted.down ? "descending" : "ascending");
    }
    return cell;
  }

  /**
   * Up, down, and as it was.
   *
   * @param {number} column
   */
  sort(column) {
    const { column: before, down } = this.sorted;
    if (before !== column) this.sorted = { column, down: false };
    else this.sorted = down ? { column: null, down: false } : { column, down: true };
    this.draw();
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (
      this.place.querySelectorAll("thead button")
    );
    buttons[column]?.focus();
  }

  order() {
    const { column, down } = this.sorted;
    const places = this.data.rows.map((_, place) => place);
    if (column === null) return places;
    const { compare } = new Intl.Collator(this.data.language, { numeric: true });
    const cells = this.data.rows.map((row) => row[column]);
    /**
     * @param {Cell | undefined} one
     * @param {Cell | undefined} other
     */
    const before = (one, other) => {
      if (Array.isArray(one) && Array.isArray(other)) return one[1] - other[1];
      return compare(words(one), words(other));
    };
    // What is empty comes last, whichever way.
    /** @param {Cell | undefined} cell */
    const rank = (cell) => (words(cell) === "" ? 1 : 0);
    return places.sort(
      (one, other) =>
        rank(cells[one]) - rank(cells[other]) || (down ? -1 : 1) * before(cells[one], cells[other]),
    );
  }

  /** @param {number} place */
  row(place) {
    // A table from which nothing is chosen has no ids.
    const id = this.data.ids[place];
    const cells = (this.data.rows[place] ?? []).map((cell) =>
      element("td", typeof cell === "string" ? "" : "number", words(cell)),
    );
    const row = around("tr", "", ...this.box(id, place), ...cells);
    const [first] = cells;
    if (this.data.chooses === "one" && first && id !== undefined) this.open(row, first, id);
    if (id !== undefined && this.chosen.has(id)) row.classList.add("chosen");
    return row;
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {HTMLTableCellElement} cell
   * @param {number} id
   */
  open(row, cell, id) {
    const button = element("button", "", cell.textContent);
    button.type = "button";
    cell.replaceChildren(button);
    row.classList.add("opens");
    row.addEventListener("click", () => {
      this.chosen = new Set([id]);
      const rows = row.parentElement?.children ?? [];
      for (const each of rows) each.classList.toggle("chosen", each === row);
      this.choose("choice", id);
    });
  }

  /**
   * @param {number | undefined} id
   * @param {number} place
   */
  box(id, place) {
    if (this.data.chooses !== "several" || id === undefined) return [];
    const label = this.data.labels.row.replace("{row}", words(this.data.rows[place]?.[0]));
    const tick = this.tick("td", label, this.chosen.has(id), (ticked) => {
      const chosen = new Set(this.chosen);
      if (ticked) chosen.add(id);
      else chosen.delete(id);
      this.mark(chosen);
    });
    return [tick];
  }

  boxOfAll() {
    if (this.data.chooses !== "several") return [];
    const all = this.data.ids;
    const isFull = all.length > 0 && this.chosen.size === all.length;
    const tickAll = (/** @type {boolean} */ ticked) => this.mark(ticked ? all : []);
    return [this.tick("th", this.data.labels.all, isFull, tickAll)];
  }

  /**
   * @param {"td" | "th"} kind
   * @param {string} label
   * @param {boolean} checked
   * @param {(ticked: boolean) => void} then
   */
  tick(kind, label, checked, then) {
    const box = element("input");
    box.type = "checkbox";
    box.checked = checked;
    box.setAttribute("aria-label", label);
    box.addEventListener("change", () => {
      then(box.checked);
      // Only the ticks: a box that was just clicked stays where it is, and keeps the focus.
      const ids = this.order().map((place) => this.data.ids[place]);
      this.place.querySelectorAll("tbody tr").forEach((row, at) => {
        const id = ids[at];
        const isChosen = id !== undefined && this.chosen.has(id);
        row.classList.toggle("chosen", isChosen);
        for (const each of row.querySelectorAll("input")) each.checked = isChosen;
      });
      const isFull = this.chosen.size === ids.length;
      for (const all of this.place.querySelectorAll("thead")) {
        for (const each of all.querySelectorAll("input")) each.checked = isFull;
      }
    });
    return around(kind, "tick", box);
  }

  /** @param {Iterable<number>} ids */
  mark(ids) {
    this.chosen = new Set(ids);
    if (this.data.chooses === "several") this.keep("chosen", [...this.chosen]);
  }
}

// What is copied from a table is pasted into a spreadsheet: no cell of it is a formula there.
/** @param {ClipboardEvent} event */
function guard(event) {
  const selection = document.getSelection();
  if (!selection || !event.clipboardData) return;
  const touches = [...document.querySelectorAll(".dialogue-table")].some(
    (each) => selection.rangeCount && selection.getRangeAt(0).intersectsNode(each),
  );
  if (!touches || selection.isCollapsed) return;
  const text = selection.toString().split("\n").map(guarded).join("\n");
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}

/**
 * Return a line of cells, no one of them a formula.
 *
 * @param {string} line
 */
export function guarded(line) {
  const safe = (/** @type {string} */ cell) => (FORMULA.test(cell) ? `'${cell}` : cell);
  return line.split("\t").map(safe).join("\t");
}

/** @type {WeakMap<HTMLElement, Table>} */
const tables = new WeakMap();
let listening = false;

/** @param {Component<Data>} component */
export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  if (!listening) document.addEventListener("copy", guard);
  listening = true;
  const table = tables.get(parentElement) ?? new Table(parentElement);
  tables.set(parentElement, table);
  table.update(data, setTriggerValue, setStateValue);
}

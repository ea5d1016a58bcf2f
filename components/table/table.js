// Draws rows as a table. All words are text, never markup; a click on a head sorts by its column.

// What a spreadsheet takes for a formula where it is pasted.
const FORMULA = /^ *[=+\-@]/;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const words = (cell) => (typeof cell === "string" ? cell : cell[0]);

class Table {
  constructor(parent) {
    this.place = element("div", { className: "dialogue-table", tabIndex: 0 });
    this.place.setAttribute("role", "region");
    this.sorted = { column: null, down: false };
    this.chosen = new Set();
    parent.append(this.place);
  }

  update(data, choose, keep) {
    Object.assign(this, { choose, keep });
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
    const head = element("tr", {}, ...this.boxOfAll(), ...this.data.columns.map((name, column) => this.head(name, column)));
    const body = this.order().map((row) => this.row(row));
    this.place.replaceChildren(
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
    );
    this.place.scrollTop = at;
  }

  head(name, column) {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => this.sort(column));
    const cell = element("th", { scope: "col" }, name ? button : "");
    if (this.sorted.column === column) {
      cell.setAttribute("aria-sort", this.sorted.down ? "descending" : "ascending");
    }
    return cell;
  }

  // Up, down, and as it was.
  sort(column) {
    const { column: before, down } = this.sorted;
    if (before !== column) this.sorted = { column, down: false };
    else this.sorted = down ? { column: null, down: false } : { column, down: true };
    this.draw();
    this.place.querySelectorAll("thead button")[column]?.focus();
  }

  order() {
    const { column, down } = this.sorted;
    const places = this.data.rows.map((_, place) => place);
    if (column === null) return places;
    const { compare } = new Intl.Collator(this.data.language, { numeric: true });
    const cells = this.data.rows.map((row) => row[column]);
    const before = (one, other) => {
      if (Array.isArray(one) && Array.isArray(other)) return one[1] - other[1];
      return compare(words(one), words(other));
    };
    // What is empty comes last, whichever way.
    const rank = (cell) => (words(cell) === "" ? 1 : 0);
    return places.sort(
      (one, other) =>
        rank(cells[one]) - rank(cells[other]) || (down ? -1 : 1) * before(cells[one], cells[other]),
    );
  }

  row(place) {
    const id = this.data.ids[place];
    const cells = this.data.rows[place].map((cell) =>
      element("td", { textContent: words(cell), className: typeof cell === "string" ? "" : "number" }),
    );
    const row = element("tr", {}, ...this.box(id, place), ...cells);
    if (this.data.chooses === "one") this.open(row, cells[0], id);
    if (this.chosen.has(id)) row.classList.add("chosen");
    return row;
  }

  open(row, cell, id) {
    const button = element("button", { type: "button", textContent: cell.textContent });
    cell.replaceChildren(button);
    row.classList.add("opens");
    row.addEventListener("click", () => {
      this.chosen = new Set([id]);
      for (const each of row.parentElement.children) each.classList.toggle("chosen", each === row);
      this.choose("choice", id);
    });
  }

  box(id, place) {
    if (this.data.chooses !== "several") return [];
    const label = this.data.labels.row.replace("{row}", words(this.data.rows[place][0]));
    return [this.tick(label, this.chosen.has(id), (ticked) => {
      const chosen = new Set(this.chosen);
      if (ticked) chosen.add(id);
      else chosen.delete(id);
      this.mark(chosen);
    })];
  }

  boxOfAll() {
    if (this.data.chooses !== "several") return [];
    const all = this.data.ids;
    return [this.tick(this.data.labels.all, all.length > 0 && this.chosen.size === all.length, (ticked) => {
      this.mark(ticked ? all : []);
    }, "th")];
  }

  tick(label, checked, then, tag = "td") {
    const box = element("input", { type: "checkbox", checked });
    box.setAttribute("aria-label", label);
    box.addEventListener("change", () => {
      then(box.checked);
      // Only the ticks: a box that was just clicked stays where it is, and keeps the focus.
      const ids = this.order().map((place) => this.data.ids[place]);
      const rows = this.place.querySelectorAll("tbody tr");
      rows.forEach((row, at) => {
        row.classList.toggle("chosen", this.chosen.has(ids[at]));
        row.querySelector("input").checked = this.chosen.has(ids[at]);
      });
      this.place.querySelector("thead input").checked = this.chosen.size === ids.length;
    });
    return element(tag, { className: "tick" }, box);
  }

  mark(ids) {
    this.chosen = new Set(ids);
    if (this.data.chooses === "several") this.keep("chosen", [...this.chosen]);
  }
}

// What is copied from a table is pasted into a spreadsheet: no cell of it is a formula there.
function guard(event) {
  const selection = document.getSelection();
  const touches = [...document.querySelectorAll(".dialogue-table")].some(
    (each) => selection.rangeCount && selection.getRangeAt(0).intersectsNode(each),
  );
  if (!touches || selection.isCollapsed) return;
  const safe = (cell) => (FORMULA.test(cell) ? `'${cell}` : cell);
  const lines = selection.toString().split("\n").map((line) => line.split("\t").map(safe).join("\t"));
  event.clipboardData.setData("text/plain", lines.join("\n"));
  event.preventDefault();
}

const tables = new WeakMap();
let listening = false;

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  if (!listening) document.addEventListener("copy", guard);
  listening = true;
  if (!tables.has(parentElement)) tables.set(parentElement, new Table(parentElement));
  tables.get(parentElement).update(data, setTriggerValue, setStateValue);
}

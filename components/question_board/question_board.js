// Draws rows of questions and sends deeds: {action, number, version, …}. Text from people goes
// through textContent only. Rows are matched by number, so that a change redraws what changed
// and neither focus nor scroll position is lost.

const REPEAT_AFTER = 4000;
const MAIN = ["queue", "stage", "answer", "restore"];

function element(kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

class Board {
  constructor(root) {
    this.list = element("ol", "list");
    this.empty = element("p", "empty");
    root.append(this.list, this.empty);
    this.rows = new Map();
    this.page = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.place = 0;
    this.outbox = [];
    this.rejecting = null;
  }

  update(data, setTriggerValue) {
    this.data = data;
    this.trigger = setTriggerValue;
    const handled = data.handled[this.page] ?? 0;
    this.outbox = this.outbox.filter((deed) => deed.place > handled);
    this.list.style.maxHeight = data.height ? `${data.height}px` : "";
    this.list.hidden = data.rows.length === 0;
    this.empty.hidden = data.rows.length > 0;
    this.empty.textContent = data.empty;
    this.draw();
  }

  draw() {
    const kept = new Set(this.data.rows.map((row) => row.number));
    for (const [number, item] of this.rows) {
      if (!kept.has(number)) {
        item.remove();
        this.rows.delete(number);
      }
    }
    this.data.rows.forEach((row, index) => {
      const drawn = this.drawRow(row);
      if (this.list.children[index] !== drawn) {
        this.list.insertBefore(drawn, this.list.children[index] ?? null);
      }
    });
  }

  drawRow(row) {
    const busy = this.outbox.some((deed) => deed.number === row.number);
    const rejecting = this.rejecting === row.number;
    const state = JSON.stringify([row, busy, rejecting, this.data.labels, this.data.rows.length]);
    let item = this.rows.get(row.number);
    if (item?.dataset.state === state) return item;
    if (!item) {
      item = element("li", "row");
      item.dataset.number = row.number;
      this.rows.set(row.number, item);
    }
    const focused = item.getRootNode().activeElement;
    const refocus = item.contains(focused) ? focused.dataset.action : null;
    item.dataset.state = state;
    item.setAttribute("aria-busy", busy);
    item.replaceChildren(
      this.drawHead(row),
      element("p", "text", row.text),
      rejecting ? this.drawReasons(row, busy) : this.drawActions(row, busy),
    );
    if (refocus) item.querySelector(`[data-action="${refocus}"]`)?.focus();
    return item;
  }

  drawHead(row) {
    const head = element("div", "head");
    head.append(element("span", "number", `#${row.number}`));
    if (row.position) head.prepend(element("span", "position", row.position));
    for (const mark of row.marks) head.append(element("span", "mark", mark));
    if (row.votes) head.append(element("span", "mark votes", `▲ ${row.votes}`));
    return head;
  }

  drawActions(row, busy) {
    const bar = element("div", "actions");
    for (const action of row.actions) {
      if (action === "move") bar.append(...this.drawMoves(row, busy));
      else if (action === "reject") {
        bar.append(this.button(action, busy, () => this.setRejecting(row.number)));
      } else bar.append(this.button(action, busy, () => this.send(row, { action })));
    }
    return bar;
  }

  drawMoves(row, busy) {
    const move = (name, sign, position) => {
      const button = this.button(name, busy, () => this.send(row, { action: "move", position }));
      button.textContent = sign;
      button.title = this.data.labels[name];
      button.setAttribute("aria-label", this.data.labels[name]);
      button.disabled ||= position < 1 || position > this.data.rows.length;
      button.disabled ||= position === row.position;
      return button;
    };
    return [
      move("first", "⤒", 1),
      move("up", "↑", row.position - 1),
      move("down", "↓", row.position + 1),
    ];
  }

  drawReasons(row, busy) {
    const bar = element("div", "actions reasons");
    bar.append(element("span", "ask", this.data.labels.reason));
    for (const [code, words] of this.data.reasons) {
      const button = this.button("reason", busy, () => {
        this.rejecting = null;
        this.send(row, { action: "reject", reason: code });
      });
      button.textContent = words;
      button.dataset.action = `reason-${code}`;
      bar.append(button);
    }
    bar.append(this.button("cancel", busy, () => this.setRejecting(null)));
    return bar;
  }

  button(action, busy, onPress) {
    const button = element("button", MAIN.includes(action) ? "main" : "", this.data.labels[action]);
    button.type = "button";
    button.dataset.action = action;
    button.disabled = busy;
    button.onclick = onPress;
    return button;
  }

  setRejecting(number) {
    this.rejecting = number;
    this.draw();
    if (number !== null) this.rows.get(number)?.querySelector("button")?.focus();
  }

  send(row, deed) {
    this.place += 1;
    const { number, version } = row;
    this.outbox.push({ page: this.page, place: this.place, number, version, ...deed });
    this.draw();
    this.flush();
  }

  // Send all that is not known to be handled, again and again until it is.
  flush() {
    clearTimeout(this.repeating);
    if (this.outbox.length === 0) return;
    this.trigger("deeds", this.outbox);
    this.repeating = setTimeout(() => this.flush(), REPEAT_AFTER);
  }

  stop() {
    clearTimeout(this.repeating);
  }
}

const boards = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!boards.has(parentElement)) {
    const root = element("div", "board");
    parentElement.append(root);
    boards.set(parentElement, new Board(root));
  }
  const board = boards.get(parentElement);
  const { frame, rows } = JSON.parse(new TextDecoder().decode(data));
  board.update({ ...frame, rows }, setTriggerValue);
  return () => {
    board.stop();
    boards.delete(parentElement);
  };
}

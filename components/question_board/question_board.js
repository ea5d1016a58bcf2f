// The list: it matches rows by number, so that a change redraws what changed and neither focus
// nor scroll position is lost; it holds new arrivals back from whoever is reading; and it sends
// deeds, {action, seen: [[number, version]], …}, and follows what came of them.

const TURN_AGAIN_AFTER = 1500;
// After these the question leaves the view, and the next one is at hand.
const LEAVES = ["approve", "queue", "reject", "merge", "restore"];
const MOST_SELECTED = 100;
// A key does the opposite where the thing is done already.
const OPPOSITES = { flag: "unflag", queue: "unqueue", pin: "unpin", hold: "unhold" };
// What is rarely wanted shows only once a question is open.
const RARE = [
  ..."set_topic set_department flag merge split".split(" "),
  ..."pin unpin hold unhold note prepare".split(" "),
];
// What somebody is typing is not thrown away because another one voted.
const TYPED = ["edit", "split", "note", "prepare", "merge"];

class Board {
  constructor(root) {
    this.root = root;
    this.title = element("h2", "title");
    this.tabs = element("div", "tabs");
    this.bulk = element("div", "bulk");
    this.pill = button("arrivals", "", () => this.press("arrivals"));
    this.pill.className = "pill";
    this.list = element("ol", "list");
    this.empty = element("p", "empty");
    this.line = element("div", "line");
    this.line.setAttribute("role", "status");
    root.append(this.title, this.tabs, this.bulk, this.pill, this.list, this.empty, this.line);
    this.items = new Map();
    this.outbox = new Outbox(
      () => this.goOn(),
      () => (this.source ?? listening.find((each) => each.source)?.source)?.whole ?? null,
    );
    this.waiting = [];
    this.dragging = null;
    this.startView(null);
  }

  startView(view) {
    this.view = view;
    this.order = [];
    this.newest = null;
    this.cursor = null;
    this.opened = null;
    this.menu = null;
    this.selected = new Set();
    this.list.scrollTop = 0;
  }

  // From the page, which may come late: what was read by then is newer.
  update({ frame, said, listed }, trigger) {
    this.trigger = trigger;
    const { slug, source, revision } = this.data ?? {};
    const isLate = slug === frame.slug && revision > listed.revision;
    const known = this.data?.inbox;
    const { inbox } = listed;
    const isSame = known?.view === inbox?.view && known?.length === inbox?.length;
    // Of what is known already, what was asked for anew.
    const isAsked = inbox && source !== frame.source;
    const kept = isAsked ? { inbox: { ...known, history: inbox.history } } : {};
    if (slug !== frame.slug) this.outbox.deeds = [];
    this.data = { ...(isLate && isSame ? { ...this.data, ...kept } : listed), ...frame, ...said };
    this.outbox.slug = frame.slug;
    this.outbox.address = `${frame.deeds}?lang=${this.data.language}`;
    this.follow();
    if (isLate && source !== frame.source) this.source?.follow(revision);
    if (this.hasKeys()) this.deafen ??= listen(this);
    if (frame.line) this.tellAgain(frame.line.said);
    this.show();
    this.outbox.send();
  }

  // All lists of the page follow what one of them reads.
  follow() {
    if (this.data.source) {
      this.source ??= new Source(
        (lists) => announce("dialogue-lists", lists),
        (revision) => revision > this.data.revision,
      );
      this.source.address = this.data.source;
      this.source.besides = () => (this.isAtRest() ? "" : `&newest=${this.newest}`);
    }
    if (this.ending) return;
    this.ending = new AbortController();
    const on = (name, hear) =>
      document.addEventListener(name, ({ detail }) => hear(detail), { signal: this.ending.signal });
    on("dialogue-lists", (lists) => this.take(lists[this.data.key]));
    on("dialogue-said", (said) => this.tell(said));
  }

  take(listed) {
    if (!listed || listed.revision < this.data.revision) return;
    const described = listed.inbox?.described;
    if (described !== this.data.inbox?.described) this.signal("described", described);
    this.data = { ...this.data, ...listed };
    this.show();
  }

  show() {
    const { data } = this;
    // The server tells its time by the minute: the latest that it was is the nearest.
    this.late = Math.max(this.late ?? -Infinity, data.now - performance.now() / 1000);
    this.rows = new Map(data.rows.map((row) => [row.number, row]));
    if (data.inbox && data.inbox.view !== this.view) this.startView(data.inbox.view);
    this.arrange();
    for (const number of this.selected) if (!this.rows.has(number)) this.selected.delete(number);
    this.keepCursor();
    this.goOn();
    if (data.inbox) this.attend(data);
  }

  // With what waited for an answer, or for what came of it.
  goOn() {
    this.outbox.settle(this.data.revision);
    this.draw();
    this.dispatch();
  }

  // What came last stands, by no clock: the browser's need not be right.
  tell(said) {
    if (!said || !this.data.line) return;
    this.said = said;
    this.drawLine();
  }

  // The page says the same again each time that it runs.
  tellAgain(said) {
    if (said?.at === this.toldByPage) return;
    this.toldByPage = said?.at;
    this.tell(said);
  }

  hasKeys() {
    return Boolean(this.data.inbox || this.data.queue);
  }

  // Tell of what is new, and of what was missed.
  attend({ inbox, slug, revision }) {
    this.alerts ??= new Alerts();
    this.absence ??= new Absence((seen) => this.signal("back", seen));
    this.alerts.hear(inbox.newest, this.arrivals);
    this.absence.see({ slug, revision });
  }

  canDrag(row) {
    return this.data.queue !== null && row.actions.includes("move");
  }

  // In how many minutes a question of the queue is likely to be asked, or null.
  expected(row) {
    const { pace, began } = this.data.queue ?? {};
    if (!pace || !row.position || row.held) return null;
    const left = began === null ? 0 : Math.max(0, began + pace - this.now());
    const ahead = this.data.rows.filter((each) => each.position < row.position && !each.held);
    return Math.max(1, Math.round((left + ahead.length * pace) / 60));
  }

  // By the server's clock: the browser's need not be right.
  now() {
    return performance.now() / 1000 + this.late;
  }

  isAtRest() {
    return (
      this.list.scrollTop < 8 &&
      this.menu === null &&
      this.opened === null &&
      this.selected.size === 0 &&
      this.cursor === null
    );
  }

  // Put the rows in the server's order, but do not move what a person is reading: what is shown
  // stays where it is, and what is new waits until it is asked for.
  arrange({ takeIn = false } = {}) {
    const numbers = this.data.rows.map((row) => row.number);
    const newest = this.data.inbox?.newest ?? 0;
    if (!this.data.inbox || takeIn || this.newest === null || this.isAtRest()) {
      this.newest = newest;
      // There may be more, for whoever is reading the last of them.
      this.order = numbers.slice(0, this.data.inbox?.length);
      this.arrivals = 0;
      return;
    }
    this.arrivals = numbers.filter((number) => number > this.newest).length;
    const wanted = numbers.filter((number) => number <= this.newest);
    const kept = this.order.filter((number) => this.rows.has(number));
    wanted.forEach((number, index) => {
      if (kept.includes(number)) return;
      const before = index ? kept.indexOf(wanted[index - 1]) : -1;
      kept.splice(before + 1, 0, number);
    });
    this.oldOrder = this.order;
    this.order = kept;
  }

  keepCursor() {
    if (this.cursor === null || this.order.includes(this.cursor)) return;
    const place = this.oldOrder?.indexOf(this.cursor) ?? 0;
    const next = this.oldOrder?.slice(place + 1).find((each) => this.order.includes(each));
    this.cursor = next ?? this.order.at(-1) ?? null;
    this.menu = null;
  }

  draw() {
    const { labels, line, height, empty } = this.data;
    this.title.textContent = this.data.title;
    this.title.hidden = this.data.title === null;
    this.drawTabs();
    this.drawBulk();
    this.pill.hidden = !this.arrivals;
    this.pill.textContent = fill(labels.arrivals, { count: this.arrivals });
    this.list.style.maxHeight = height ?? "";
    this.list.hidden = this.order.length === 0;
    this.empty.hidden = this.order.length > 0;
    this.empty.textContent = empty;
    this.root.classList.toggle("at-hand", this.hasKeys() && atHand() === this);
    if (line) this.drawLine();
    // What is held by the pointer stays under it.
    if (this.dragging !== null) return;
    const top = this.list.scrollTop;
    for (const [number, item] of this.items) {
      if (!this.order.includes(number)) {
        item.remove();
        this.items.delete(number);
      }
    }
    this.order.forEach((number, index) => {
      const item = this.drawRow(this.rows.get(number));
      if (this.list.children[index] !== item) {
        this.list.insertBefore(item, this.list.children[index] ?? null);
      }
    });
    if (top < 8) this.list.scrollTop = 0;
  }

  drawTabs() {
    const tabs = this.data.inbox?.tabs ?? [];
    this.tabs.hidden = tabs.length === 0;
    this.tabs.replaceChildren(
      ...tabs.map(({ code, name, count, active }) => {
        const tab = button(`view-${code}`, `${name} `, () => this.turnTo(code));
        tab.append(element("span", "count", count.toLocaleString(this.data.language)));
        tab.setAttribute("aria-pressed", active);
        return tab;
      }),
    );
  }

  // With a selection, the buttons for all of it.
  drawBulk() {
    const rows = this.selected.size ? this.targets() : [];
    this.bulk.hidden = rows.length === 0;
    if (this.bulk.hidden) return;
    const { labels } = this.data;
    const common = rows[0].actions.filter(
      (action) =>
        !["edit", "move"].includes(action) && rows.every((row) => row.actions.includes(action)),
    );
    const count = element("span", "ask", fill(labels.selected, { count: rows.length }));
    const menu = this.menu && drawMenu(this.menu.action, rows, this);
    const busy = rows.some((row) => this.isBusy(row.number));
    this.bulk.replaceChildren(count, menu || drawActions(common, this, { busy, rows }));
    if (!menu) {
      const clear = button("clear", labels.clear, () => this.press("close"), { key: "Esc" });
      this.bulk.lastChild.append(clear);
    }
  }

  drawRow(row) {
    const { number } = row;
    const busy = this.isBusy(number);
    const open = this.opened === number;
    const selected = this.selected.has(number);
    const menu =
      this.menu?.number === number && this.selected.size === 0 ? this.menu.action : null;
    const state = JSON.stringify([
      row, busy, open, selected, menu, age(row.at, this.now(), this.data.language),
      this.data.language, row.position && this.data.rows.length, this.expected(row),
      this.data.armed === number,
      open && this.data.inbox?.history,
    ]);
    let item = this.items.get(number);
    if (!item) {
      item = element("li", "row");
      item.dataset.number = number;
      item.tabIndex = -1;
      item.onclick = (event) => this.click(number, event);
      this.items.set(number, item);
    }
    item.classList.toggle("cursor", this.cursor === number);
    if (item.dataset.state === state) return item;
    const focused = item.getRootNode().activeElement;
    const refocus = item.contains(focused) && focused !== item ? focused.dataset.action : null;
    if (TYPED.includes(menu) && item.dataset.menu === menu) return item;
    item.dataset.state = state;
    item.dataset.menu = menu;
    item.setAttribute("aria-busy", busy);
    item.classList.toggle("selected", selected);
    item.classList.toggle("flagged", row.flagged);
    const head = drawHead(row, this);
    if (this.data.inbox) head.prepend(this.drawBox(row, selected));
    item.replaceChildren(head, drawText(row, this, open || menu));
    item.append(...drawNotes(row, this));
    if (row.why) item.append(element("p", "why", row.why));
    if (row.alike.length) item.append(drawAlike(row, this));
    if (row.suggested) item.append(drawSuggested(row, this));
    if (open) item.append(drawMore(row, this));
    if (menu) item.append(drawMenu(menu, [row], this));
    else item.append(drawActions(this.offered(row, open), this, { busy, rows: [row] }));
    if (refocus) item.querySelector(`[data-action="${refocus}"]`)?.focus();
    return item;
  }

  offered(row, open) {
    const rare = this.data.queue ? [...RARE, "edit"] : RARE;
    const offered = row.actions.filter((action) => open || !rare.includes(action));
    return offered.flatMap((action) => (action === "stage" ? ["arm", action] : [action]));
  }

  drawBox(row, selected) {
    const box = element("input", "box");
    box.type = "checkbox";
    box.checked = selected;
    box.tabIndex = -1;
    box.setAttribute("aria-label", fill(this.data.labels.select, { number: row.number }));
    box.onclick = (event) => {
      event.stopPropagation();
      this.select(row.number, { range: event.shiftKey });
    };
    return box;
  }

  // What came of the last deed.
  drawLine() {
    const { said } = this;
    const { labels, inbox } = this.data;
    if (!inbox) {
      this.line.textContent = said?.text ?? "";
      return;
    }
    const alerting = this.alerts?.on ?? false;
    const state = JSON.stringify([said, labels.undo, alerting]);
    if (this.line.dataset.state === state) return;
    this.line.dataset.state = state;
    this.line.replaceChildren(element("span", "", said?.text ?? labels.hint));
    const batch = button("batch", labels.batch, () => this.press("batch"), { key: "b" });
    if (said?.undo) {
      this.line.append(button("undo", labels.undo, () => this.press("undo"), { key: "u" }));
    }
    if (said?.again) {
      const again = () => this.push({ ...said.again });
      this.line.append(button("again", labels.again, again));
    }
    const sound = labels[alerting ? "alerts_on" : "alerts_off"];
    const alerts = button("alerts", sound, () => this.press("alerts"), { key: "o" });
    alerts.setAttribute("aria-pressed", alerting);
    this.line.append(batch, alerts);
  }

  click(number, event) {
    if (event.target.closest("button, textarea, input")) return;
    takeUp(this);
    if (this.cursor === number && !getSelection().toString()) this.press("open");
    else this.moveTo(number);
  }

  targets() {
    if (this.selected.size) {
      return this.order.filter((each) => this.selected.has(each)).map((each) => this.rows.get(each));
    }
    return this.cursor === null ? [] : [this.rows.get(this.cursor)];
  }

  // What a key says. Names of actions are done to the selection, or to the question at hand.
  press(name) {
    const place = this.order.indexOf(this.cursor);
    switch (name) {
      case "down":
        return this.moveTo(this.order[Math.min(place + 1, this.order.length - 1)]);
      case "up":
        return this.moveTo(this.order[Math.max(place - 1, 0)]);
      case "open":
        return this.open();
      case "select":
        return this.cursor === null ? null : this.select(this.cursor);
      case "undo":
        return this.push({ action: "undo", seen: [] });
      case "arrivals":
        return this.takeIn();
      case "batch":
        return this.signal("batch", null);
      case "search":
        return document.querySelector(".st-key-words input")?.focus();
      case "go":
        return this.go();
      case "later":
      case "sooner":
        return this.moveBy(name === "later" ? 1 : -1);
      case "accept":
        return this.accept(this.targets());
      case "alerts":
        return this.toggleAlerts();
      case "help":
        return this.help();
      case "arm":
        return this.arm(this.targets());
      case "close":
        return this.close();
      default:
        if (OF_THE_STAGE.includes(name)) return tellStage(name);
        return this.begin(name, this.targets());
    }
  }

  // Make a question ready for the screens; that is the stage control's to do.
  arm([row]) {
    if (row?.actions.includes("stage")) tellStage("arm", row.number);
  }

  begin(action, rows) {
    if (!rows.length) return;
    const opposite = OPPOSITES[action];
    const isDone = opposite && rows.every((row) => row.actions.includes(opposite));
    const wanted = isDone ? opposite : action;
    if (MENUS.includes(wanted)) {
      if (!rows.every((row) => row.actions.includes(wanted))) return;
      if (TYPED.includes(wanted) && wanted !== "merge" && rows.length > 1) return;
      takeUp(this);
      this.menu = { action: wanted, number: rows[0].number };
      if (this.hasKeys()) this.cursor = rows[0].number;
      this.signal("open", rows[0].number);
      this.draw();
      const host = this.selected.size ? this.bulk : this.items.get(rows[0].number);
      const first = host.querySelector(".menu textarea, .menu input, .menu button");
      host.scrollIntoView({ block: "nearest" });
      first?.focus({ preventScroll: true });
      // Behind what is there: the next key must not wipe it out.
      first?.setSelectionRange?.(first.value.length, first.value.length);
    } else {
      const able = rows.filter((row) => row.actions.includes(wanted));
      if (able.length) this.send(able, { action: wanted });
    }
  }

  open() {
    this.opened = this.opened === this.cursor ? null : this.cursor;
    if (this.opened !== null) this.signal("open", this.opened);
    this.draw();
  }

  close() {
    const number = this.menu?.number;
    if (this.menu) this.menu = null;
    else if (this.selected.size) this.selected.clear();
    else if (this.opened !== null) this.opened = null;
    else this.cursor = null;
    this.draw();
    this.items.get(number)?.focus();
  }

  help() {
    const sheet = drawHelp(this.data.labels);
    sheet.onclose = () => sheet.remove();
    this.root.append(sheet);
    sheet.showModal();
  }

  // To the other list, and there to the question at hand or the first.
  go() {
    const other = next(this);
    takeUp(other);
    other.moveTo(other.order.includes(other.cursor) ? other.cursor : other.order[0]);
  }

  accept(rows) {
    for (const row of rows) {
      if (!row.suggested) continue;
      const [action, entry] = row.suggested;
      this.send([row], { action, entry });
    }
  }

  toggleAlerts() {
    this.alerts?.toggle();
    this.draw();
  }

  moveBy(places, row = this.rows.get(this.cursor)) {
    if (!row?.actions.includes("move")) return;
    const others = this.order.filter((each) => each !== row.number);
    const place = this.order.indexOf(row.number) + places;
    if (place >= 0 && place <= others.length) this.drop(row.number, others[place] ?? null);
  }

  // Put a question of the queue before another one, or at the end, here at once and then there.
  drop(number, before) {
    const place = this.order.indexOf(number);
    const stays = (this.order[place + 1] ?? null) === before;
    if (stays || !this.rows.has(number)) return this.draw();
    const row = this.rows.get(number);
    this.order = this.order.filter((each) => each !== number);
    this.order.splice(before === null ? this.order.length : this.order.indexOf(before), 0, number);
    return this.send([row], { action: "move", ...(before === null ? {} : { before }) });
  }

  select(number, { range = false } = {}) {
    const last = this.order.indexOf(this.cursor);
    const place = this.order.indexOf(number);
    const span = range && last >= 0 ? [Math.min(last, place), Math.max(last, place)] : null;
    const wanted = span ? this.order.slice(span[0], span[1] + 1) : [number];
    const add = span ? true : !this.selected.has(number);
    for (const each of wanted) {
      if (add && this.selected.size < MOST_SELECTED) this.selected.add(each);
      else if (!add) this.selected.delete(each);
    }
    this.menu = null;
    this.cursor = number;
    this.draw();
  }

  moveTo(number) {
    if (number === undefined) return;
    takeUp(this);
    if (this.opened !== null && this.opened !== number) this.opened = null;
    if (this.menu?.number !== number) this.menu = null;
    this.cursor = number;
    this.draw();
    const item = this.items.get(number);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  takeIn() {
    this.cursor = null;
    this.opened = null;
    this.list.scrollTop = 0;
    this.arrange({ takeIn: true });
    this.alerts?.hear(this.newest, 0);
    this.draw();
    this.signal("arrivals", this.newest);
  }

  send(rows, deed) {
    const numbers = rows.map((row) => row.number);
    this.menu = null;
    this.selected.clear();
    if (this.data.inbox && LEAVES.includes(deed.action)) this.moveOn(numbers);
    this.push({ ...deed, numbers });
  }

  moveOn(numbers) {
    const place = this.order.findIndex((each) => numbers.includes(each));
    const isFree = (each) => !numbers.includes(each) && !this.isBusy(each);
    const next = this.order.slice(place).find(isFree) ?? this.order.findLast(isFree);
    this.opened = null;
    if (next !== undefined && numbers.includes(this.cursor)) this.cursor = next;
  }

  push(deed) {
    this.waiting.push(deed);
    this.dispatch();
    if (this.hasKeys() && this.cursor !== null) {
      this.items.get(this.cursor)?.focus({ preventScroll: true });
      this.items.get(this.cursor)?.scrollIntoView({ block: "nearest" });
    }
  }

  isBusy(number) {
    return this.underWay(number) > 0;
  }

  // How many deeds to a question do not show yet.
  underWay(number) {
    const isOfIt = ({ seen }) => seen.some(([each]) => each === number);
    return this.outbox.deeds.filter(isOfIt).length;
  }

  // What is done to a question follows what was done to it before, on the version that came of it.
  // Where nobody reads on, that version is what each deed makes of it: one more.
  dispatch({ isLast = false } = {}) {
    while (this.waiting.length) {
      const { numbers, ...deed } = this.waiting[0];
      if (!isLast && numbers?.some((number) => this.isBusy(number))) break;
      this.waiting.shift();
      const known = numbers?.filter((number) => this.rows.has(number));
      if (known && !known.length) continue;
      const version = (number) => this.rows.get(number).version + this.underWay(number);
      const seen = known?.map((number) => [number, version(number)]) ?? deed.seen;
      this.outbox.push({ ...deed, seen });
    }
    this.draw();
  }

  signal(name, value) {
    if (!leavesWithin()) this.trigger("signal", [name, value]);
  }

  // Asked for until it is there: another signal of the same moment may take its place.
  turnTo(view) {
    this.signal("view", view);
    clearTimeout(this.turning);
    this.turning = setTimeout(() => this.isAt(view) || this.turnTo(view), TURN_AGAIN_AFTER);
  }

  isAt(view) {
    return this.data.inbox.tabs.some(({ code, active }) => active && code === view);
  }

  stop() {
    this.dispatch({ isLast: true });
    clearTimeout(this.turning);
    this.source?.stop();
    this.source = null;
    this.ending.abort();
    this.ending = null;
    this.deafen?.();
    this.deafen = null;
    this.absence?.stop();
    this.absence = null;
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
  board.update(JSON.parse(new TextDecoder().decode(data)), setTriggerValue);
  // The framework may end a component and begin it anew in the same place: what was typed,
  // selected and not yet sent is still there then.
  return unlessOvertaken(parentElement, () => board.stop());
}

// The list: it matches rows by number, so that a change redraws what changed and neither focus
// nor scroll position is lost; what a person has under a hand stays as it is; and it sends
// deeds, {action, seen: [[number, version]], …}, and follows what came of them.

const TURN_AGAIN_AFTER = 1500;
// After these the question leaves the view, and the next one is at hand.
const LEAVES = ["approve", "queue", "reject", "merge", "restore"];
const HUSHED_FOR = 6000;
// A key does the opposite where the thing is done already.
const OPPOSITES = { flag: "unflag", queue: "unqueue", pin: "unpin", hold: "unhold" };
// What is rarely wanted shows only once a question is open.
const RARE = [
  ..."set_topic set_department flag merge split".split(" "),
  ..."pin unpin hold unhold note prepare".split(" "),
];
// What somebody is typing is not thrown away because another one voted.
const TYPED = ["edit", "split", "note", "prepare", "merge"];

// The lists of the page, and about how many of their questions is asked at once.
const shown = new Set();
const MOST_KEPT = 60;

class Board {
  constructor(root) {
    this.root = root;
    this.title = element("h2", "title");
    this.tabs = element("div", "tabs");
    this.strip = element("div", "strip");
    this.pill = button("arrivals", "", () => this.press("arrivals"));
    this.pill.className = "pill";
    this.strip.append(this.pill);
    this.list = element("ol", "list");
    this.end = element("li", "end");
    this.bulk = element("div", "bulk");
    this.empty = element("p", "empty");
    this.line = element("div", "line");
    this.line.setAttribute("role", "status");
    this.held = element("div");
    this.held.append(this.strip, this.list);
    root.append(this.title, this.tabs, this.held, this.empty, this.bulk, this.line);
    this.items = new Map();
    this.outbox = new Outbox(
      () => this.goOn(),
      () => (this.source ?? listening.find((each) => each.source)?.source)?.whole ?? null,
    );
    this.dragging = null;
    this.cameBack = null;
    this.kept = new Map();
    this.rows = this.latest = this.own = new Map();
    this.laidOut = -1;
    this.hand = new Hand(this);
    this.startView(null);
  }

  startView(view) {
    this.view = view;
    this.order = [];
    this.newest = null;
    this.arrivals = 0;
    this.isBehind = false;
    this.point(null);
    this.opened = null;
    this.menu = null;
    this.selected = new Set();
    this.list.scrollTop = 0;
    this.hand.begin();
  }

  // Have a question at hand, or none. What a person did not choose is not acted on at once.
  point(number, { since = -Infinity } = {}) {
    this.cursor = number;
    this.cursorSince = since;
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
    if (slug !== frame.slug) this.begins(frame);
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

  // With an event, and with what was typed and not sent in it.
  begins({ slug, key }) {
    this.outbox.deeds = [];
    this.drafts = new Drafts(key);
    this.drafts.open(slug);
    const left = this.drafts.last();
    this.left = left && { ...left, isRestored: true };
  }

  // All lists of the page follow what one of them reads.
  follow() {
    if (this.data.source) {
      this.source ??= new Source(
        (lists) => announce("dialogue-lists", lists),
        (revision) => revision > this.data.revision,
      );
      this.source.address = this.data.source;
      this.source.besides = () => this.besides();
    }
    if (this.ending) return;
    this.ending = new AbortController();
    const on = (name, hear) =>
      document.addEventListener(name, ({ detail }) => hear(detail), { signal: this.ending.signal });
    on("dialogue-lists", (lists) => this.take(lists[this.data.key], lists.kept));
    on("dialogue-said", (said) => this.tell(said));
    on("dialogue-hushed", (words) => this.data.line && this.sayQuietly(words));
    shown.add(this);
  }

  // What is asked for besides: how far somebody has seen, and what became of what they have kept.
  besides() {
    const kept = [...new Set([...shown].flatMap((each) => each.wanting()))];
    const newest = this.isAtRest() ? "" : `&newest=${this.newest}`;
    return newest + (kept.length ? `&kept=${kept.slice(0, MOST_KEPT).join(",")}` : "");
  }

  // The questions that are not in the list as they are drawn.
  wanting() {
    const open = this.menu ?? this.left;
    const drawn = this.order.filter((number) => changeOf(this.rows.get(number), this));
    return open && !drawn.includes(open.number) ? [...drawn, open.number] : drawn;
  }

  // Ask at once, and not again for the same, what became of them.
  askForThem() {
    const isKnown = (number) => {
      const version = (this.latest.get(number) ?? this.kept.get(number)?.row)?.version;
      return version !== undefined && this.kept.get(number)?.row.version === version;
    };
    const asked = this.wanting().filter((number) => !isKnown(number)).join();
    if (!asked || asked === this.asked) return;
    this.asked = asked;
    listening.find((each) => each.source)?.source.read();
  }

  take(listed, kept) {
    if (!listed || listed.revision < this.data.revision) return;
    if (kept) this.kept = new Map(kept.map((each) => [each.row.number, each]));
    const described = listed.inbox?.described;
    if (described !== this.data.inbox?.described) this.signal("described", described);
    this.data = { ...this.data, ...listed };
    this.show();
  }

  show() {
    const { data } = this;
    // The server tells its time by the minute: the latest that it was is the nearest.
    this.late = Math.max(this.late ?? -Infinity, data.now - performance.now() / 1000);
    this.latest = new Map(data.rows.map((row) => [row.number, row]));
    if (data.inbox && data.inbox.view !== this.view) this.startView(data.inbox.view);
    this.own = this.settle();
    if (this.left) this.openWhatWasLeft();
    this.arrange();
    this.findWhatCameBack();
    this.draw();
    this.askForThem();
    if (data.inbox) this.attend(data);
  }

  // An answer has come; what it changed may show already.
  goOn() {
    if (this.outbox.deeds.some((deed) => deed.revision <= this.data.revision)) this.show();
    else this.draw();
  }

  // A hand has gone.
  release() {
    if (this.ending && !this.hand.holds()) this.show();
  }

  // Forget what was done and shows by now; returns to which questions, and how often.
  settle() {
    const done = this.outbox.deeds.filter((deed) => deed.revision <= this.data.revision);
    this.outbox.settle(this.data.revision);
    const own = new Map();
    for (const deed of done) {
      for (const [number] of deed.seen) {
        own.set(number, (own.get(number) ?? 0) + (deed.isRefused ? 0 : 1));
        if (deed.isRefused) continue;
        this.drafts.drop(number, deed.action);
        if (this.menu?.number === number) this.menu.version += 1;
      }
    }
    return own;
  }

  // Did somebody do something on this page that shows for the first time?
  showsOwn() {
    const { revision } = this.data;
    return this.outbox.sender.revisions.some((each) => each > this.laidOut && each <= revision);
  }

  // What came last stands, by no clock: the browser's need not be right.
  tell(said) {
    if (!said) return;
    if (this.isUndoing && said.undone) {
      this.isUndoing = false;
      this.cameBack = said.undone;
      if (this.findWhatCameBack()) this.draw();
    }
    if (!this.data.line) return;
    this.said = said;
    this.quiet = null;
    this.drawLine();
  }

  // To a question that was taken back, unless somebody chose another one meanwhile.
  findWhatCameBack() {
    const number = this.cursor === null && this.order.find((each) => this.cameBack?.includes(each));
    if (!number) return false;
    this.cameBack = null;
    this.point(number, { since: performance.now() });
    return true;
  }

  // Nothing was done, and why.
  hush(number, words = this.data.labels.just_came) {
    announce("dialogue-hushed", fill(words, { number }));
  }

  sayQuietly(words) {
    this.quiet = words;
    clearTimeout(this.hushing);
    this.hushing = setTimeout(() => this.sayQuietly(null), HUSHED_FOR);
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
    return this.list.scrollTop < 8 && !this.hand.holds();
  }

  // Put the rows in the server's order, but do not move what is under a hand: there all stays as
  // it is until the hand has gone, or what its person did shows. What is being read further down
  // stays where it is; what is new waits until it is asked for.
  arrange({ takeIn = false } = {}) {
    const isOwn = this.showsOwn();
    const numbers = this.data.rows.map((row) => row.number);
    const { inbox } = this.data;
    const isHeld = this.hand.holds();
    this.arrivals = this.newest === null ? 0 : numbers.filter((each) => each > this.newest).length;
    if (isHeld && !isOwn && !takeIn) {
      const fresh = numbers.filter((each) => !inbox || each <= this.newest);
      this.isBehind = fresh.slice(0, this.order.length).join() !== this.order.join();
      this.append(fresh);
      return;
    }
    this.laidOut = this.data.revision;
    this.isBehind = false;
    const isReading = inbox && !takeIn && this.newest !== null && !this.isAtRest();
    const before = this.order;
    this.order = this.withOpen(isReading ? this.mixedIn(numbers) : this.afresh(numbers));
    const row = (number) => this.latest.get(number) ?? this.rows.get(number) ?? this.kept.get(number)?.row;
    this.rows = new Map(this.order.map((number) => [number, row(number)]));
    for (const number of this.selected) if (!this.rows.has(number)) this.selected.delete(number);
    this.keepCursor(before);
  }

  // What comes below the last question of the list moves none.
  append(fresh) {
    const place = fresh.indexOf(this.order.at(-1));
    const below = place < 0 ? [] : fresh.slice(place + 1);
    for (const number of below) {
      if (this.order.includes(number)) continue;
      this.order.push(number);
      this.rows.set(number, this.latest.get(number));
    }
  }

  afresh(numbers) {
    this.newest = this.data.inbox?.newest ?? null;
    this.arrivals = 0;
    // There may be more, for whoever is reading the last of them.
    return numbers.slice(0, this.data.inbox?.length);
  }

  mixedIn(numbers) {
    const wanted = numbers.filter((number) => number <= this.newest);
    const order = this.order.filter((number) => this.latest.has(number));
    wanted.forEach((number, index) => {
      if (order.includes(number)) return;
      const before = index ? order.indexOf(wanted[index - 1]) : -1;
      order.splice(before + 1, 0, number);
    });
    return order;
  }

  // With what somebody has open or at hand, whatever others did to it, where it stood.
  withOpen(order) {
    const held = [this.menu?.number, this.opened, atHand() === this ? this.cursor : null];
    for (const number of new Set(held)) {
      const isThere = [this.latest, this.rows, this.kept].some((each) => each.has(number));
      const isOwn = this.own.has(number) && number !== this.menu?.number;
      if (!isThere || isOwn || order.includes(number)) continue;
      const above = this.order.slice(0, Math.max(0, this.order.indexOf(number)));
      order.splice(order.indexOf(above.findLast((each) => order.includes(each))) + 1, 0, number);
    }
    return order;
  }

  // After what somebody did to the question at hand comes the next one, if they have seen it.
  keepCursor(before) {
    if (this.cursor === null || this.order.includes(this.cursor)) return;
    const after = before.slice(before.indexOf(this.cursor) + 1);
    const next = after.find((each) => this.order.includes(each));
    this.point(next ?? null, { since: performance.now() });
  }

  // What was typed before the page was left or read anew is open again.
  openWhatWasLeft() {
    const { number, action, isRestored } = this.left;
    const row = this.latest.get(number) ?? this.kept.get(number)?.row;
    if (!row || this.menu) return;
    const { version } = this.left;
    this.left = null;
    if (WRITTEN[action]?.(row) === this.drafts.of(number, action)?.text) {
      this.drafts.drop(number, action);
      return;
    }
    this.menu = { action, number, version, isRestored };
    this.arrange({ takeIn: true });
  }

  draw() {
    const { line, height, empty } = this.data;
    this.title.textContent = this.data.title;
    this.title.hidden = this.data.title === null;
    this.drawTabs();
    this.drawBulk();
    this.drawStrip();
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
    const drawn = { changed: new Set(), told: new Set(), opened: new Set() };
    this.order.forEach((number, index) => {
      const row = this.rows.get(number);
      const item = this.drawRow(row, drawn);
      drawBeside(item, row, this);
      if (this.list.children[index] !== item) {
        this.list.insertBefore(item, this.list.children[index] ?? null);
      }
    });
    this.drawEnd();
    if (top < 8) this.list.scrollTop = 0;
    this.hand.see(this.order, drawn);
  }

  // Where what is new waits for whoever has a hand on the list.
  drawStrip() {
    const { labels, inbox } = this.data;
    const count = inbox ? this.arrivals : 0;
    this.strip.classList.toggle("reserved", Boolean(inbox));
    this.pill.hidden = !count && !this.isBehind;
    this.pill.textContent = count ? fill(labels.arrivals, { count }) : labels.behind;
  }

  // How many more there are, at the end of those that are listed.
  drawEnd() {
    const { inbox, labels, rows, language } = this.data;
    const total = inbox?.tabs.find(({ active }) => active)?.count ?? 0;
    const alive = this.order.filter((number) => this.latest.has(number)).length;
    const left = total - alive - this.arrivals;
    const canShow = rows.length >= inbox?.length && inbox?.length < inbox?.most;
    const state = JSON.stringify([left, canShow, labels.left_over]);
    if (this.end.dataset.state === state && this.end.isConnected === left > 0) return;
    this.end.dataset.state = state;
    if (left <= 0) return void this.end.remove();
    const said = labels[canShow ? "left_over" : "find_others"];
    this.end.replaceChildren(fill(said, { count: left.toLocaleString(language) }));
    if (canShow) {
      this.end.append(button("more", labels.more, () => this.signal("more", inbox.length)));
    }
    this.list.append(this.end);
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

  drawRow(row, drawn) {
    const { number } = row;
    const busy = this.isBusy(number);
    const open = this.opened === number;
    const selected = this.selected.has(number);
    const menu =
      this.menu?.number === number && this.selected.size === 0 ? this.menu.action : null;
    const drafts = this.drafts.resting(number, menu);
    const { language, inbox, armed, rows } = this.data;
    const told = JSON.stringify([
      row, language, row.position && rows.length, this.expected(row), armed === number,
    ]);
    const form = menu && `${menu} ${this.menu.version}`;
    const own = JSON.stringify([open, form, drafts, open && inbox?.history]);
    const passing = JSON.stringify([busy, selected, age(row.at, this.now(), language)]);
    let item = this.items.get(number);
    if (!item) {
      item = element("li", "row");
      item.dataset.number = number;
      item.tabIndex = -1;
      item.onclick = (event) => this.click(number, event);
      this.items.set(number, item);
    }
    item.classList.toggle("cursor", this.cursor === number);
    const isSame = item.dataset.told === told && item.dataset.own === own;
    if (isSame && item.dataset.passing === passing) return item;
    const focused = item.getRootNode().activeElement;
    const refocus = item.contains(focused) && focused !== item ? focused.dataset.action : null;
    if (TYPED.includes(menu) && item.dataset.form === form) return item;
    // What one has made of it oneself is known.
    const known = Number(item.dataset.version) + (this.own.get(number) ?? 0);
    if (known !== row.version && item.dataset.version !== String(row.version)) {
      drawn.changed.add(number);
    }
    if (item.dataset.told !== told) drawn.told.add(number);
    if (item.dataset.own !== own) drawn.opened.add(number);
    Object.assign(item.dataset, { told, own, passing, form, version: row.version });
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
    for (const action of drafts) item.append(drawDraft(row, action, this));
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
      box.checked = this.selected.has(row.number);
    };
    return box;
  }

  // What came of the last deed.
  drawLine() {
    const { said, quiet } = this;
    const { labels, inbox } = this.data;
    if (!inbox) {
      this.line.textContent = quiet ?? said?.text ?? "";
      return;
    }
    const alerting = this.alerts?.on ?? false;
    const state = JSON.stringify([said, quiet, labels.undo, alerting]);
    if (this.line.dataset.state === state) return;
    this.line.dataset.state = state;
    this.line.replaceChildren(element("span", quiet ? "quiet" : "", quiet ?? said?.text ?? labels.hint));
    const batch = button("batch", labels.batch, () => this.press("batch"), { key: "b" });
    if (said?.undo) {
      this.line.append(button("undo", labels.undo, () => this.press("undo"), { key: "u" }));
    }
    if (said?.again) {
      const again = () => this.push(said.again);
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
        return this.undo();
      case "arrivals":
        return this.takeIn();
      case "batch":
        return this.signal("batch", null);
      case "search":
        return document.querySelector(".st-key-words input")?.focus();
      case "go":
        return this.go();
      case "alerts":
        return this.toggleAlerts();
      case "help":
        return this.help();
      case "close":
        return this.close();
      default:
        if (OF_THE_STAGE.includes(name)) return tellStage(name);
        return this.mayAct() ? this.actOn(name) : null;
    }
  }

  actOn(name) {
    switch (name) {
      case "later":
      case "sooner":
        return this.moveBy(name === "later" ? 1 : -1);
      case "accept":
        return this.accept(this.targets());
      case "arm":
        return this.arm(this.targets());
      default:
        return this.begin(name, this.targets());
    }
  }

  // May a key act on the question at hand? Only if its person has had it before them.
  mayAct() {
    if (this.selected.size) return true;
    if (this.cursor === null) return false;
    const isGone = Boolean(changeOf(this.rows.get(this.cursor), this)?.isGone);
    const isChosen = performance.now() - this.cursorSince >= STANDS_AFTER;
    if (!isGone && isChosen && this.hand.isShown(this.cursor)) return true;
    this.hush(this.cursor, this.data.labels[isGone ? "went_away" : "just_came"]);
    return false;
  }

  // Until it is known what came back, no question is at hand.
  undo() {
    this.point(null);
    this.isUndoing = true;
    this.push({ action: "undo", seen: [] });
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
      this.openMenu(wanted, rows[0]);
    } else {
      const able = rows.filter((row) => row.actions.includes(wanted));
      if (able.length) this.send(able, { action: wanted });
    }
  }

  openMenu(action, { number, version }) {
    takeUp(this);
    this.putAside();
    this.menu = { action, number, version: this.drafts.of(number, action)?.version ?? version };
    if (this.hasKeys()) this.point(number);
    this.signal("open", number);
    this.draw();
    this.askForThem();
    this.focusMenu();
  }

  // A choice begins without one, so that no key by reflex makes it.
  focusMenu() {
    const host = this.selected.size ? this.bulk : this.items.get(this.menu.number);
    const menu = host.querySelector(".menu");
    const first = menu.querySelector(".choice") ? menu : menu.querySelector("textarea, input");
    host.scrollIntoView({ block: "nearest" });
    (first ?? menu).focus({ preventScroll: true });
    // Behind what is there: the next key must not wipe it out.
    first?.setSelectionRange?.(first.value.length, first.value.length);
  }

  // With what is open, on the question as others have left it.
  goOnWith(row) {
    this.rows.set(row.number, row);
    this.menu = { ...this.menu, version: row.version };
    const draft = this.drafts.of(row.number, this.menu.action);
    if (draft) this.drafts.keep({ ...draft, version: row.version });
    this.draw();
    this.focusMenu();
  }

  // What is typed is kept until it is sent or thrown away.
  keepTyped(text) {
    const { number, action, version } = this.menu;
    this.drafts.keep({ number, action, version, text, isOpen: true });
  }

  // Close what is open without throwing away what was typed.
  putAside() {
    if (this.menu) this.drafts.close(this.menu.number, this.menu.action);
    this.menu = null;
  }

  open() {
    this.opened = this.opened === this.cursor ? null : this.cursor;
    if (this.opened !== null) this.signal("open", this.opened);
    this.draw();
  }

  close() {
    const { number, action } = this.menu ?? {};
    if (this.menu) {
      this.drafts.drop(number, action);
      this.menu = null;
    } else if (this.selected.size) this.selected.clear();
    else if (this.opened !== null) this.opened = null;
    else this.leave();
    this.draw();
    this.items.get(number)?.focus();
  }

  // What is typed has lost its field: whoever typed chooses a question anew.
  loseHand() {
    this.point(null);
    this.hush(null, this.data.labels.field_gone);
    this.draw();
  }

  // Have nothing at hand.
  leave() {
    this.point(null);
    this.list.getRootNode().activeElement?.blur();
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
    const from = this.order.indexOf(this.cursor);
    const isSpan = range && from >= 0;
    const span = isSpan ? spanOf(this.order, from, this.order.indexOf(number)) : [number];
    if (!isSpan && this.selected.has(number)) this.selected.delete(number);
    else {
      const left = addTo(this.selected, span);
      if (left) this.sayQuietly(fill(this.data.labels.too_many, { most: MOST_SELECTED, left }));
    }
    this.putAside();
    this.point(number);
    this.draw();
  }

  moveTo(number) {
    if (number === undefined) return;
    takeUp(this);
    if (this.opened !== null && this.opened !== number) this.opened = null;
    if (this.menu?.number !== number) this.putAside();
    this.cameBack = null;
    this.point(number);
    this.draw();
    const item = this.items.get(number);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  takeIn() {
    this.opened = null;
    if (!this.menu) this.leave();
    this.list.scrollTop = 0;
    this.arrange({ takeIn: true });
    this.alerts?.hear(this.newest, 0);
    this.draw();
    if (this.data.inbox) this.signal("arrivals", this.newest);
  }

  // Do something to questions as they were seen. What has changed meanwhile is looked at first.
  send(rows, deed) {
    const [row] = rows;
    const isOpen = this.menu?.number === row.number && !this.selected.size;
    if (isOpen && changeOf(row, this)) return this.hush(row.number);
    const seen = rows.map(({ number }) => [number, this.versionOf(number)]);
    this.putAside();
    this.selected.clear();
    if (this.data.inbox && LEAVES.includes(deed.action)) this.moveOn(rows.map((each) => each.number));
    return this.push({ ...deed, seen });
  }

  // The version that somebody sees; what they have done to it already makes one more each.
  versionOf(number) {
    const seen = this.menu?.number === number ? this.menu.version : this.rows.get(number).version;
    return seen + this.underWay(number);
  }

  // The next question was there to be seen; one above, at the end, was not looked for.
  moveOn(numbers) {
    this.opened = null;
    if (!numbers.includes(this.cursor)) return;
    const place = this.order.indexOf(this.cursor);
    const isFree = (each) =>
      !numbers.includes(each) && !this.isBusy(each) && !changeOf(this.rows.get(each), this)?.isGone;
    const next = this.order.slice(place).find(isFree);
    if (next !== undefined) this.point(next);
    else {
      const last = this.order.findLast(isFree);
      if (last !== undefined) this.point(last, { since: performance.now() });
    }
  }

  push(deed) {
    this.outbox.push({ ...deed });
    this.draw();
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
    clearTimeout(this.turning);
    clearTimeout(this.hushing);
    this.hand.stop();
    shown.delete(this);
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

// A list of an event's questions: what the page and the server give it, and when it is drawn. What
// stands in it, what is under a hand, what is done and what is said are files of their own.

const TURN_AGAIN_AFTER = 1500;

// The lists of the page, and about how many of their questions is asked at once.
const shown = new Set();
const MOST_KEPT = 60;

class Board {
  constructor(root) {
    this.root = root;
    this.notices = new Notices(this);
    this.build();
    // By their numbers: what is drawn, and what was read last; those besides that somebody has
    // before them and that have left the list; and how often one's own deeds have just changed one.
    this.items = new Map();
    this.rows = this.latest = this.own = new Map();
    this.kept = new Map();
    this.dragging = null;
    const source = () => this.source ?? listening.find((each) => each.source)?.source;
    this.commands = new Commands(this, () => source()?.whole ?? null);
    this.forms = new Forms(this);
    this.cursor = new Cursor(this);
    this.arrangement = new Arrangement(this);
    this.hand = new Hand(this);
    this.startView(null);
  }

  build() {
    this.title = element("h2", "title");
    this.tabs = element("div", "tabs");
    this.strip = element("div", "strip");
    this.pill = button("arrivals", "", () => press("arrivals", this));
    this.pill.className = "pill";
    this.strip.append(this.pill);
    this.list = element("ol", "list");
    this.end = element("li", "end");
    this.bulk = element("div", "bulk");
    this.empty = element("p", "empty");
    this.held = element("div");
    this.held.append(this.strip, this.list);
    const { title, tabs, held, empty, bulk } = this;
    this.root.append(title, tabs, held, empty, bulk, this.notices.line);
  }

  startView(view) {
    this.view = view;
    this.order = [];
    this.opened = null;
    this.menu = null;
    this.selected = new Set();
    this.list.scrollTop = 0;
    this.cursor.point(null);
    this.arrangement.begin();
    this.hand.begin();
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
    if (slug !== frame.slug) this.begin(frame);
    this.data = { ...(isLate && isSame ? { ...this.data, ...kept } : listed), ...frame, ...said };
    this.commands.sendTo(frame, this.data.language);
    this.follow();
    if (isLate && source !== frame.source) this.source?.follow(revision);
    if (this.hasKeys()) this.deafen ??= listen(this);
    if (frame.line) this.notices.tellAgain(frame.line.said);
    this.show();
    this.commands.outbox.send();
  }

  // With an event.
  begin(frame) {
    this.commands.forget();
    this.forms.begin(frame);
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
    on("dialogue-said", (said) => this.notices.tell(said));
    on("dialogue-hushed", (words) => this.data.line && this.notices.sayQuietly(words));
    shown.add(this);
  }

  // What is asked for besides: how far somebody has seen, and what became of what they have kept.
  besides() {
    const { arrangement } = this;
    const kept = [...new Set([...shown].flatMap((each) => each.wanting()))];
    const newest = arrangement.isAtRest() ? "" : `&newest=${arrangement.newest}`;
    return newest + (kept.length ? `&kept=${kept.slice(0, MOST_KEPT).join(",")}` : "");
  }

  // The questions that are not in the list as they are drawn.
  wanting() {
    const open = this.menu ?? this.forms.left;
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
    this.own = this.commands.settle();
    this.forms.openWhatWasLeft();
    this.arrangement.arrange();
    this.cursor.findWhatCameBack();
    this.draw();
    this.askForThem();
    if (data.inbox) this.attend(data);
  }

  draw() {
    drawList(this);
  }

  // An answer has come; what it changed may show already.
  goOn() {
    if (this.commands.hasNews()) this.show();
    else this.draw();
  }

  // A hand has gone.
  release() {
    if (this.ending && !this.hand.holds()) this.show();
  }

  hasKeys() {
    return Boolean(this.data.inbox || this.data.queue);
  }

  // Tell of what is new, and of what was missed.
  attend({ inbox, slug, revision }) {
    this.alerts ??= new Alerts();
    this.absence ??= new Absence((seen) => this.signal("back", seen));
    this.alerts.hear(inbox.newest, this.arrangement.arrivals);
    this.absence.see({ slug, revision });
  }

  toggleAlerts() {
    this.alerts?.toggle();
    this.draw();
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
    this.notices.stop();
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

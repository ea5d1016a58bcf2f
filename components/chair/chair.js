// One glance for whoever presides, and the presses that go out from it: one at a time, with the
// versions that were seen.

// A clicker that bounces, or a hand that grew impatient, presses the same button once: after
// what it did is seen, it rests for so long.
const RESTS_FOR = 1000;
const SLOW_AFTER = 2500;
// So long it stands what came of a press, and one tap takes it back; later a tap would surprise.
const STANDS_FOR = 60_000;
const HINT_FOR = 5000;
// A connection that is back before anybody would have looked is not worth a word.
const LOST_AFTER = 2000;
const BUTTONS = ["next", "answer", "defer", "put_back", "darken", "ask"];
// Without a question on stage there is nothing to do these to.
const OF_THE_STAGE = ["answer", "defer", "put_back", "ask"];
// Pressed again, these take back what they did.
const TOGGLES = { darken: "lighten", ask: "withdraw" };
// The glance has the window's width, and no word of the framework stands before the question.
const ROOM = new CSSStyleSheet();
ROOM.replaceSync(`
  [data-testid="stMainBlockContainer"] {
    padding-inline: 1rem !important;
    padding-bottom: 0.5rem !important;
  }
  [data-testid="stConnectionStatus"] { display: none !important; }
`);

function adopt(sheet, isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
  document.adoptedStyleSheets = isWanted ? [...others, sheet] : others;
}

class Chair {
  constructor(root) {
    this.root = root;
    this.outbox = new Outbox(() => this.goOn());
    this.pressed = null;
    this.rested = null;
    this.said = null;
    this.hint = null;
    this.lostAt = null;
    this.build();
  }

  build() {
    this.clock = new Timer({ runsOver: true });
    this.spent = new Timer();
    this.spent.root.classList.add("spent");
    this.partClock = new Timer({ runsOver: true });
    this.day = element("p", "day");
    this.screens = element("p", "screens");
    this.lost = element("p", "lost");
    this.rundown = this.button("rundown", () => this.openRundown());
    this.notices = element("div", "notices");
    this.now = element("section", "now");
    this.following = element("section", "following");
    this.line = element("div", "line");
    this.line.setAttribute("role", "status");
    this.sheet = element("dialog", "sheet");
    this.buttons = BUTTONS.map((name) => this.button(name, () => this.pressButton(name)));
    this.root.append(
      around("header", "top", this.day, this.partClock.root, this.lost, this.rundown),
      this.notices,
      around("section", "clockwork", this.clock.root, this.spent.root),
      this.now,
      this.following,
      around("footer", "foot", this.line, around("nav", "buttons", ...this.buttons)),
      this.sheet,
    );
    this.now.setAttribute("aria-live", "polite");
  }

  button(name, onPress) {
    const made = around("button", "", element("span", "name"), element("span", "about"));
    made.type = "button";
    made.dataset.action = name;
    made.onclick = (event) => {
      // What a finger has pressed is not pressed again by the next space bar.
      if (event.detail) made.blur();
      onPress();
    };
    return made;
  }

  start() {
    this.deafen = listen((name) => this.hear(name));
    this.heed = ({ detail }) => this.mind(detail.connected);
    document.addEventListener("dialogue-live", this.heed);
    this.read = ({ detail }) => this.tellWhatCame(detail);
    document.addEventListener("dialogue-said", this.read);
    this.sizing = new ResizeObserver(() => this.fit());
    this.sizing.observe(this.now);
    this.refit = () => this.fit();
    document.fonts.addEventListener("loadingdone", this.refit);
    this.awake = new Awake();
    adopt(ROOM, true);
  }

  stop() {
    this.deafen();
    document.removeEventListener("dialogue-live", this.heed);
    document.removeEventListener("dialogue-said", this.read);
    document.fonts.removeEventListener("loadingdone", this.refit);
    this.sizing.disconnect();
    this.awake.stop();
    adopt(ROOM, false);
    this.clock.stop();
    this.spent.stop();
    this.partClock.stop();
    clearTimeout(this.drawing);
    this.deafen = null;
  }

  update(data) {
    if (data.slug !== this.data?.slug) this.outbox.deeds = [];
    this.data = data;
    this.outbox.slug = data.slug;
    this.outbox.address = `${data.deeds}?lang=${data.language}`;
    if (!this.deafen) this.start();
    this.drawClocks();
    this.drawGlance();
    if (this.sheet.open && this.isStale()) this.sheet.close();
    this.goOn();
    this.outbox.send();
  }

  // What was pressed is over once it shows.
  goOn() {
    this.outbox.settle(this.data.revision);
    if (this.pressed && !this.outbox.deeds.length) this.rest();
    this.draw();
  }

  get pending() {
    return this.outbox.deeds[0] ?? null;
  }

  drawClocks() {
    const { question_clock: clock, part_clock: part, now, labels } = this.data;
    const label = clock?.ends_at ? labels.left : labels.elapsed;
    this.clock.update(clock && { ...clock, label }, now);
    this.clock.label.dataset.over = labels.over;
    // What is left says nothing of how long it has been.
    const spent = clock?.ends_at ? { ...clock, ends_at: null, label: labels.elapsed } : null;
    this.spent.update(spent, now);
    this.partClock.update(part && { ...part, label: labels.part_left }, now);
    this.partClock.label.dataset.over = labels.part_over;
  }

  // What a person is reading is drawn anew only where it changed.
  drawGlance() {
    const { on_stage: asked, coming, screens, dark, labels, language } = this.data;
    const state = JSON.stringify([asked, coming, screens, dark, labels]);
    if (state === this.state) return;
    this.state = state;
    this.root.lang = language;
    // What the hall does not see is not framed as if it were on.
    this.now.classList.toggle("elsewhere", dark || screens !== null);
    this.screens.hidden = screens === null;
    this.screens.textContent = fill(labels[asked ? "elsewhere" : "screens"], { scene: screens });
    const drawn = asked ? drawAsked(asked, labels) : drawEmptyStage(this.data);
    this.now.replaceChildren(this.screens, drawn);
    this.following.replaceChildren(...drawFollowing(this.data));
    this.fit();
  }

  // What changes without the server too: a press that is under way, the connection.
  draw() {
    const { day, rundown, labels } = this.data;
    this.day.textContent = day;
    this.lost.textContent = labels.lost;
    this.lost.hidden = !this.isLost();
    this.name(this.rundown, labels.rundown);
    this.rundown.hidden = rundown.length === 0;
    this.drawNotices();
    for (const each of this.buttons) this.drawButton(each);
    this.drawLine();
    this.drawAgain();
  }

  // At the next moment from which something is drawn differently by itself.
  drawAgain() {
    clearTimeout(this.drawing);
    const now = performance.now();
    const moments = [
      this.lostAt,
      this.rested?.until,
      this.hint?.until,
      this.pending && this.pressed.at + SLOW_AFTER,
      this.said?.until,
    ];
    const next = Math.min(...moments.filter((each) => each > now));
    if (next < Infinity) this.drawing = setTimeout(() => this.draw(), next - now + 20);
  }

  drawNotices() {
    const { dark, asked, labels } = this.data;
    const notices = [
      [dark, "dark", labels.dark, "lighten"],
      [asked, "asked-on", labels.asked, "heed"],
    ].filter(([isWanted]) => isWanted);
    const state = JSON.stringify([notices, this.busy()]);
    if (state === this.notices.dataset.state) return;
    this.notices.dataset.state = state;
    this.notices.replaceChildren(
      ...notices.map(([, name, words, action]) => {
        const made = this.button(action, () => this.press(action));
        this.name(made, labels[action]);
        made.setAttribute("aria-busy", this.busy() === action);
        return around("p", `notice ${name}`, element("span", "", words), made);
      }),
    );
  }

  drawButton(made) {
    const { on_stage: asked, coming, dark, asking, labels } = this.data;
    const name = made.dataset.action;
    const isIdle =
      (OF_THE_STAGE.includes(name) && !asked) || (name === "next" && !asked && !coming.length);
    made.disabled = isIdle;
    made.setAttribute("aria-busy", this.isBusy(name));
    const said = name === "darken" && dark ? labels.lighten : labels[name];
    this.name(made, said, name === "next" ? this.promise() : "");
    if (name !== "ask") return;
    if (asking) this.name(made, labels.asking, labels.take_back);
    made.setAttribute("aria-pressed", asking);
  }

  name(made, words, about = "") {
    made.children[0].textContent = words;
    made.children[1].textContent = about;
  }

  // What the next press does.
  promise() {
    const { on_stage: asked, coming, labels } = this.data;
    if (this.pending?.button === "next") return labels.working;
    const pattern = asked
      ? labels[coming.length ? "next_from" : "next_last"]
      : labels[coming.length ? "next_first" : "next_none"];
    return fill(pattern, { ending: asked?.number, coming: coming[0]?.number });
  }

  // What came of the last press, or why nothing has come of it yet.
  drawLine() {
    const { labels } = this.data;
    const { said } = this;
    const now = performance.now();
    const isSlow = this.pending && (this.isLost() || now > this.pressed.at + SLOW_AFTER);
    const isSaid = this.isSaid();
    let words = labels.keys;
    if (isSlow) {
      const pattern = labels[this.isLost() ? "kept" : "unsaved"];
      words = fill(pattern, { name: labels[this.pending.button] });
    } else if (this.hint && now < this.hint.until) words = this.hint.words;
    else if (this.isLost()) words = labels.stood;
    else if (isSaid) words = said.text;
    const canUndo = isSaid && said.revision !== undefined && !isSlow;
    const state = JSON.stringify([words, canUndo, labels.undo, this.busy() === "undo"]);
    if (state === this.line.dataset.state) return;
    this.line.dataset.state = state;
    this.line.classList.toggle("quiet", words === labels.keys);
    this.line.replaceChildren(element("span", "", words));
    if (!canUndo) return;
    const undo = this.button("undo", () => this.undo());
    this.name(undo, labels.undo);
    undo.setAttribute("aria-busy", this.busy() === "undo");
    this.line.append(undo);
  }

  fit() {
    const room = this.now.querySelector(".room");
    if (!room) return;
    const largest = Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT + 2, this.root.clientWidth / 24));
    grow(this.now, SMALLEST_TEXT, largest);
  }

  // Which button is under way, or rests.
  busy() {
    if (this.pending) return this.pending.button;
    return this.rested && performance.now() < this.rested.until ? this.rested.button : null;
  }

  // A button that does two things in turn rests after either.
  isBusy(name) {
    return [name, TOGGLES[name]].includes(this.busy());
  }

  rest() {
    this.rested = { button: this.pressed.button, until: performance.now() + RESTS_FOR };
    this.pressed = null;
  }

  press(button, more = {}) {
    if (this.pending || this.busy() === button) return;
    const { on_stage: asked, coming } = this.data;
    const seen = (each) => (each ? [each.number, each.version] : null);
    this.pressed = { button, at: performance.now() };
    this.outbox.push({ ...more, button, on_stage: seen(asked), coming: seen(coming[0]) });
    this.hint = null;
    this.sheet.close();
    this.draw();
  }

  undo() {
    this.press("undo", { revision: this.said.revision });
  }

  pressButton(name) {
    if (name === "defer") this.openDefer();
    else if (name in TOGGLES) this.toggle(name);
    else this.press(name);
  }

  toggle(name) {
    const isOn = { darken: this.data.dark, ask: this.data.asking }[name];
    if (!this.isBusy(name)) this.press(isOn ? TOGGLES[name] : name);
  }

  // A key of the clicker.
  hear(name) {
    const { labels } = this.data;
    if (name === "reload") return this.tell(labels.reload);
    if (this.sheet.open) return this.tell(labels.open_sheet);
    if (name === "black") return this.toggle("darken");
    if (name === "forth") return this.press("next");
    return this.back();
  }

  // As a presenter expects it: what the last "next" did, as long as it can be taken back; after
  // that the question goes back to the queue.
  back() {
    const { on_stage: asked, labels } = this.data;
    if (this.isSaid() && this.said.advanced) return this.undo();
    return asked ? this.press("put_back") : this.tell(labels.no_question);
  }

  // What came of a press stands for a while from when it was heard.
  tellWhatCame(said) {
    if (!said) return;
    this.said = { ...said, until: performance.now() + STANDS_FOR };
    this.draw();
  }

  isSaid() {
    return this.said !== null && performance.now() < this.said.until;
  }

  tell(words) {
    this.hint = { words, until: performance.now() + HINT_FOR };
    this.draw();
  }

  openDefer() {
    const confirm = (chosen) => this.press("defer", chosen);
    const drawn = drawDefer(this.data, confirm, () => this.sheet.close());
    this.open(drawn, ({ on_stage: asked }) => asked?.number);
  }

  openRundown() {
    const running = this.data.rundown.find((each) => each.running)?.code;
    const lead = (button, part) => this.press(button, { part, running });
    const drawn = drawRundown(this.data, lead, () => this.sheet.close());
    this.open(drawn, ({ rundown }) => rundown);
  }

  // `about` tells of the data what the sheet is about.
  open(drawn, about) {
    this.sheet.replaceChildren(...drawn);
    this.about = about;
    this.opened = JSON.stringify(about(this.data));
    this.sheet.showModal();
  }

  // Another device has changed what the open sheet is about.
  isStale() {
    return JSON.stringify(this.about(this.data)) !== this.opened;
  }

  isLost() {
    return this.lostAt !== null && performance.now() >= this.lostAt;
  }

  mind(isConnected) {
    if (isConnected) this.outbox.send();
    this.lostAt = isConnected ? null : (this.lostAt ?? performance.now() + LOST_AFTER);
    this.draw();
  }
}

// Keeps the tablet from going to sleep while somebody looks at it, where the browser can.
class Awake {
  constructor() {
    this.onChange = () => this.ask();
    document.addEventListener("visibilitychange", this.onChange);
    this.ask();
  }

  async ask() {
    if (document.hidden) return;
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // A battery that runs low refuses it; then the tablet's own setting decides.
    }
  }

  stop() {
    document.removeEventListener("visibilitychange", this.onChange);
    this.lock?.release();
  }
}

const chairs = new WeakMap();

export default function ({ data, parentElement }) {
  if (!chairs.has(parentElement)) {
    const root = element("div", "chair");
    parentElement.append(root);
    chairs.set(parentElement, new Chair(root));
  }
  const chair = chairs.get(parentElement);
  chair.update(data);
  // The framework may end a component and begin it anew in the same place: a press that is not
  // sent yet is still there then.
  return unlessOvertaken(parentElement, () => chair.stop());
}

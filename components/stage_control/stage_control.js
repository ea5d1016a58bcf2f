// The desk's control of the screens: what the hall sees, what comes when the desk says so, the
// clocks and the day. It sends deeds, {name, …}, and follows what came of them.

const FOLDED = "dialogue-monitors-folded";
const NARROW = "(max-width: 40rem)";
const LOST_AFTER = 2000;

function press(action, words, onPress) {
  const made = element("button", "", words);
  made.type = "button";
  made.dataset.action = action;
  made.onclick = onPress;
  return made;
}

const key = (words) => element("kbd", "", words);

class Control {
  // The framework may end a component and begin it anew: what is not yet sent is handed on.
  constructor(root, former = null) {
    this.root = root;
    this.outbox = former?.outbox ?? new Outbox();
    this.isUnknown = false;
    this.outbox.onAnswer = () => this.goOn();
    this.makeScreens();
    this.makeScenes();
    this.makeMessage();
    this.makeDay();
    root.append(this.chair, this.screens, this.scenes, this.message, this.clocks, this.day);
    root.append(this.rundown.sheet);
    this.hear = ({ detail }) => this.obey(detail);
    document.addEventListener("dialogue-stage", this.hear);
    this.set = ({ detail }) => this.setClock(detail.now);
    document.addEventListener("dialogue-now", this.set);
    document.dispatchEvent(new CustomEvent("dialogue-now-wanted"));
    this.live = ({ detail }) => this.mind(detail.connected);
    document.addEventListener("dialogue-live", this.live);
    this.read = ({ detail }) => this.take(detail.control);
    document.addEventListener("dialogue-lists", this.read);
    // The lists below have the room that is left.
    this.measuring = new ResizeObserver(() => {
      const height = `${Math.round(this.root.offsetHeight)}px`;
      document.documentElement.style.setProperty("--stage-control", height);
    });
    this.measuring.observe(root);
  }

  makeScreens() {
    this.onAir = new Monitor("on-air");
    this.ready = new Monitor("ready");
    this.fires = element("span", "fires");
    this.fireWords = element("strong");
    this.fireButton = press("fire", null, () => this.fire());
    this.fireButton.classList.add("main");
    this.fireButton.append(this.fireWords, key("Ctrl ↵"), this.fires);
    this.disarm = press("disarm", "✕", () => this.arm(null));
    this.ready.head.append(this.disarm);
    this.dark = press("dark", "", () => this.darken());
    this.fold = press("fold", "", () => this.toggleFold());
    const firing = around("div", "firing", this.fold, this.fireButton, this.dark);
    this.screens = around("div", "screens", this.onAir.root, this.ready.root, firing);
  }

  makeScenes() {
    this.scenes = element("div", "scenes");
    this.scenes.setAttribute("role", "group");
    this.scenes.onkeydown = (event) => this.walk(event);
    this.buttons = new Map();
  }

  makeMessage() {
    this.field = element("input");
    this.field.onkeydown = (event) => this.type(event);
    this.armMessage = press("arm-message", "", () => this.sendMessage());
    this.earlier = element("div", "earlier");
    this.message = around("div", "message", this.field, this.armMessage, this.earlier);
    this.message.hidden = true;
  }

  makeDay() {
    this.question = new Timer({ runsOver: true });
    this.part = new Timer({ runsOver: true });
    this.timer = press("timer", "", () => this.showTimer());
    this.ask = press("ask", "", () => this.askToMoveOn());
    this.withdraw = press("withdraw", "", () => this.push({ name: "withdraw" }));
    this.asked = element("span", "asked");
    const clocks = [this.question.root, this.part.root, this.timer];
    this.clocks = around("div", "clocks", ...clocks, this.asked, this.ask, this.withdraw);
    this.rundown = new Rundown((deed) => this.push(deed));
    this.sentence = element("span", "sentence");
    this.plan = press("plan", "", () => this.rundown.open(this.facts));
    this.day = around("div", "day", this.sentence, this.plan);
    this.chairSays = element("strong");
    this.heed = press("heed", "", () => this.push({ name: "heed" }));
    this.chair = around("div", "chair", this.chairSays, this.heed);
    this.chair.setAttribute("role", "status");
  }

  update({ slug, deeds, facts }) {
    const isOther = slug !== this.slug;
    this.slug = slug;
    this.outbox.slug = slug;
    this.outbox.address = `${deeds}?lang=${facts.language}`;
    this.take(facts, isOther);
    this.outbox.send();
  }

  // From the page, or with what the lists read; what comes late is not drawn over what is newer.
  take(facts, isOther = false) {
    if (!isOther && facts.revision < this.facts?.revision) return;
    this.facts = facts;
    // The picture was made within the minute; the live signal says it to the moment.
    this.late ??= facts.on_air.picture.now - performance.now() / 1000;
    this.root.lang = facts.language;
    this.goOn();
  }

  goOn() {
    this.outbox.settle(this.facts.revision);
    this.draw();
  }

  // A message takes its time to come: the latest that the server's clock was is the nearest.
  setClock(now) {
    this.late = Math.max(this.late ?? -Infinity, now - performance.now() / 1000);
    if (this.facts) this.draw();
  }

  // A connection that is back before anybody would have looked is not worth a word.
  mind(isConnected) {
    if (!isConnected) {
      this.losing ??= setTimeout(() => this.know(false), LOST_AFTER);
      return;
    }
    clearTimeout(this.losing);
    this.losing = null;
    this.know(true);
  }

  know(isKnown) {
    this.isUnknown = !isKnown;
    if (this.facts) this.draw();
  }

  get now() {
    return performance.now() / 1000 + this.late;
  }

  // What will be ready, and whether it will be dark, once all that was pressed is done.
  get wanted() {
    const { ready, on_air: onAir } = this.facts;
    const wanted = { armed: ready, dark: onAir.dark };
    for (const deed of this.outbox.deeds) {
      if (deed.name === "arm") wanted.armed = deed.armed;
      if (deed.name === "fire") wanted.armed = null;
      if (deed.name === "darken") wanted.dark = deed.dark;
    }
    return wanted;
  }

  draw() {
    this.drawScreens();
    this.drawScenes();
    this.drawMessage();
    this.drawDay();
    if (this.rundown.sheet.open) this.rundown.update(this.facts);
  }

  drawScreens() {
    const { labels, on_air: onAir, ready, fires } = this.facts;
    const { armed, dark } = this.wanted;
    this.onAir.update(labels[onAir.on_screens ? "on_air" : "off_screens"], onAir, {
      now: this.now,
      unknown: this.isUnknown ? labels.unknown : null,
    });
    // Nothing is marked as seen by the hall that is not, or need not be.
    this.root.classList.toggle("off-air", this.isUnknown || !onAir.on_screens);
    this.ready.update(labels.ready, ready, { now: this.now, empty: labels.nothing });
    this.fireWords.textContent = labels.fire;
    this.fires.textContent = fires;
    this.fireButton.disabled = armed === null;
    this.disarm.title = labels.disarm;
    this.disarm.setAttribute("aria-label", labels.disarm);
    this.disarm.hidden = armed === null;
    this.dark.replaceChildren(labels.dark, key("."));
    this.dark.classList.toggle("on-air", dark);
    this.dark.setAttribute("aria-pressed", dark);
    this.root.classList.toggle("folded", this.isFolded());
    this.fold.textContent = labels[this.isFolded() ? "unfold" : "fold"];
    this.fold.setAttribute("aria-expanded", !this.isFolded());
  }

  drawScenes() {
    const { labels, scenes, on_air: onAir } = this.facts;
    const { armed } = this.wanted;
    this.scenes.setAttribute("aria-label", labels.scenes);
    for (const [scene, words, name] of scenes) {
      if (!this.buttons.has(scene)) this.buttons.set(scene, this.makeScene(scene));
      const button = this.buttons.get(scene);
      if (button.textContent !== words) button.textContent = words;
      button.title = name;
      const isOnAir = onAir.scene === scene && !onAir.dark;
      button.classList.toggle("on-air", isOnAir);
      button.setAttribute("aria-current", isOnAir);
      button.classList.toggle("armed", armed?.scene === scene);
      button.setAttribute("aria-pressed", armed?.scene === scene);
    }
  }

  makeScene(scene) {
    const button = press(`scene-${scene}`, "", () => this.choose(scene));
    // Twice is shown at once: the first has made it ready.
    button.ondblclick = () => scene !== "message" && this.fire();
    this.scenes.append(button);
    return button;
  }

  drawMessage() {
    const { labels, messages, longest_message: longest } = this.facts;
    this.field.maxLength = longest;
    this.field.placeholder = labels.message;
    this.field.setAttribute("aria-label", labels.message);
    this.armMessage.replaceChildren(labels.arm, key("↵"));
    this.earlier.replaceChildren(
      ...messages.map((words) => {
        const again = press("again", words, () => this.sendMessage(words));
        again.title = words;
        return again;
      }),
    );
  }

  drawDay() {
    const { labels, question_clock: question, part_clock: part } = this.facts;
    this.question.update(question && { ...question, label: labels.question }, this.now);
    this.part.update(part && { ...part, label: labels.part }, this.now);
    this.part.root.title = part?.label ?? "";
    this.timer.textContent = labels.timer;
    this.timer.title = labels.timer_long;
    this.timer.setAttribute("aria-pressed", this.facts.shows_timer);
    const { desk_asks: asked, moving_on: isMovingOn } = this.facts;
    this.asked.textContent = asked;
    this.ask.textContent = labels.ask;
    this.ask.hidden = isMovingOn;
    this.ask.disabled = this.facts.on_air.number === null;
    this.withdraw.textContent = labels.withdraw;
    this.withdraw.hidden = !isMovingOn;
    this.sentence.textContent = this.facts.day;
    this.plan.textContent = labels.plan;
    this.plan.hidden = this.facts.plan.length === 0;
    this.chair.hidden = this.facts.chair_asks === null;
    this.chairSays.textContent = this.facts.chair_asks ?? "";
    this.heed.textContent = labels.heed;
  }

  // What a list of the desk, or a key there, wants of the screens.
  obey({ name, number }) {
    if (name === "arm") this.arm({ scene: "question", number });
    if (name === "fire") this.fire();
    if (name === "dark") this.darken();
    if (name === "scenes") this.buttons.values().next().value.focus();
  }

  choose(scene) {
    if (scene !== "message") return this.arm({ scene });
    this.message.hidden = !this.message.hidden;
    if (!this.message.hidden) this.field.focus();
  }

  sendMessage(words = this.field.value) {
    if (!words.trim()) return this.field.focus();
    this.arm({ scene: "message", message: words });
    this.closeMessage();
  }

  closeMessage() {
    this.field.value = "";
    this.message.hidden = true;
    this.buttons.get("message").focus();
  }

  type(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    // Else the button that has the focus next would be pressed by it.
    event.preventDefault();
    if (event.key === "Escape") this.closeMessage();
    if (event.key === "Enter" && this.field.value.trim()) {
      this.sendMessage();
      if (event.ctrlKey || event.metaKey) this.fire();
    }
  }

  // The arrows go from one scene to the next.
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.scenes.children];
    const place = buttons.indexOf(event.target) + step;
    buttons[(place + buttons.length) % buttons.length].focus();
    event.preventDefault();
  }

  arm(armed) {
    this.push({ name: "arm", armed });
  }

  // Only what is seen is fired, over what is seen on stage: somebody else may have been quicker.
  fire() {
    const { armed } = this.wanted;
    const seen = armed && { scene: armed.scene, message: armed.message, number: armed.number };
    this.push({ name: "fire", armed: seen, ending: this.facts.on_air.number });
  }

  darken() {
    this.push({ name: "darken", dark: !this.wanted.dark });
  }

  askToMoveOn() {
    this.push({ name: "ask", number: this.facts.on_air.number });
  }

  showTimer() {
    this.push({ name: "show_timer", shown: !this.facts.shows_timer });
  }

  isFolded() {
    const chosen = localStorage.getItem(FOLDED);
    return chosen === null ? matchMedia(NARROW).matches : chosen === "yes";
  }

  toggleFold() {
    localStorage.setItem(FOLDED, this.isFolded() ? "no" : "yes");
    this.draw();
  }

  push(deed) {
    this.outbox.push(deed);
    this.draw();
  }

  stop() {
    this.isOver = true;
    document.removeEventListener("dialogue-live", this.live);
    clearTimeout(this.losing);
    document.removeEventListener("dialogue-lists", this.read);
    document.removeEventListener("dialogue-stage", this.hear);
    document.removeEventListener("dialogue-now", this.set);
    this.measuring.disconnect();
    for (const each of [this.onAir, this.ready, this.question, this.part]) each.stop();
    this.root.remove();
  }
}

const controls = new WeakMap();

export default function ({ data, parentElement }) {
  const former = controls.get(parentElement);
  if (!former || former.isOver) {
    const root = element("section", "control");
    parentElement.append(root);
    controls.set(parentElement, new Control(root, former));
  }
  const control = controls.get(parentElement);
  control.update(JSON.parse(new TextDecoder().decode(data)));
  return unlessOvertaken(parentElement, () => control.stop());
}

// Shows one scene after the other over the whole window, and nothing of the framework above it.

const SCENES = {
  welcome: [drawWelcome, SLIDE_PLANS],
  question: [drawQuestion, QUESTION_PLANS],
  next: [drawNext, NEXT_PLANS],
  participation: [drawParticipation, COUNT_PLANS],
  message: [drawMessage, SLIDE_PLANS],
  thanks: [drawThanks, SLIDE_PLANS],
  black: [drawBlack, SLIDE_PLANS],
  board: [drawBoard, LIST_PLANS],
};
const FADES_FOR = 250;
const RESTS_AFTER = 3000;
// A connection that is back before anybody would have looked is not worth a dot.
const LOST_AFTER = 2000;

// While a stage stands nothing else of the page is seen: no menu, spinner, dialog or scroll bar.
const ALONE = new CSSStyleSheet();
ALONE.replaceSync(`
  html { overflow: hidden !important; }
  body * { visibility: hidden !important; }
`);
// A stream mixes the picture over the hall's: what is not drawn must stay see-through.
const CLEAR = new CSSStyleSheet();
CLEAR.replaceSync(`
  html { color-scheme: light only !important; }
  html, body { background: transparent !important; }
`);

function adopt(sheet, isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
  document.adoptedStyleSheets = isWanted ? [...others, sheet] : others;
}

class Stage {
  constructor(parent) {
    this.past = element("div", "past");
    this.past.setAttribute("aria-hidden", "true");
    this.timer = new Timer();
    this.practice = element("p", "practice");
    this.dot = element("span", "dot");
    this.dot.hidden = true;
    this.losing = null;
    this.held = false;
    this.layer = element("section", "scene");
    this.main = around("main", "stage", this.layer, this.timer.root, this.practice, this.dot);
    this.main.setAttribute("aria-live", "polite");
    this.root = around("div", "screen", this.past, this.main);
    this.root.popover = "manual";
    this.root.onpointermove = () => this.wake();
    parent.append(this.root);
    this.watch();
    adopt(ALONE, true);
    this.wake();
  }

  // The size of the window, the fonts that come after the words, and the connection.
  watch() {
    this.watching = new ResizeObserver(() => this.fit());
    this.watching.observe(this.root);
    this.refit = () => this.fit();
    document.fonts.addEventListener("loadingdone", this.refit);
    this.hear = ({ detail }) => this.heed(detail.connected);
    document.addEventListener("dialogue-live", this.hear);
  }

  update({ now, timer, practice, ...picture }) {
    this.raise();
    this.timer.update(timer, now);
    this.practice.textContent = practice ?? "";
    this.practice.hidden = practice === null;
    const state = JSON.stringify([picture, timer === null, practice]);
    if (state === this.state) return;
    this.state = state;
    this.root.lang = picture.language;
    this.root.classList.toggle("overlay", picture.overlay);
    this.root.classList.toggle("timed", timer !== null);
    this.root.classList.toggle("practised", practice !== null);
    adopt(CLEAR, picture.overlay);
    this.draw(picture);
  }

  // The top layer is above whatever the framework draws, however high.
  raise() {
    if (this.root.matches(":popover-open")) return;
    this.root.showPopover();
  }

  draw(picture) {
    const isThird = picture.overlay;
    const [draw, plans] = isThird ? [drawLowerThird, THIRD_PLANS] : SCENES[picture.scene];
    const isSeen = !isThird || picture.scene === "question";
    const layer = draw(isSeen ? picture : { on_stage: null });
    const shown = [isThird, picture.scene, picture.on_stage?.number].join();
    if (this.shown !== undefined && shown !== this.shown) this.fade(layer, isThird);
    else this.layer.replaceWith(layer);
    this.root.dataset.scene = picture.scene;
    this.shown = shown;
    this.layer = layer;
    this.plans = plans;
    this.fit();
  }

  // The new layer comes up over the old one, which is then taken away.
  fade(layer, isThird) {
    const leaving = this.layer;
    leaving.replaceWith(layer);
    this.past.replaceChildren(...(isThird ? [] : [leaving]));
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const fading = layer.animate({ opacity: [0, 1] }, { duration: isCalm ? 0 : FADES_FOR });
    fading.onfinish = () => leaving.remove();
  }

  fit() {
    fit(this.layer, this.plans);
  }

  heed(isConnected) {
    if (!isConnected) {
      this.losing ??= setTimeout(() => (this.dot.hidden = false), LOST_AFTER);
      return;
    }
    clearTimeout(this.losing);
    this.losing = null;
    this.dot.hidden = !this.held;
  }

  // The server is there, but cannot read what it should show.
  hold(held) {
    if (held === this.held) return;
    this.held = held;
    this.dot.hidden = !held && this.losing === null;
  }

  // The pointer is seen while somebody moves it.
  wake() {
    this.root.classList.remove("resting");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.root.classList.add("resting"), RESTS_AFTER);
  }

  stop() {
    this.watching.disconnect();
    document.fonts.removeEventListener("loadingdone", this.refit);
    document.removeEventListener("dialogue-live", this.hear);
    clearTimeout(this.losing);
    clearTimeout(this.resting);
    this.timer.stop();
    adopt(ALONE, false);
    adopt(CLEAR, false);
    this.root.remove();
  }
}

const stages = new WeakMap();
// What this window showed last, whatever the framework has made anew since.
let last = null;

export default function ({ data: { held = false, ...picture }, parentElement }) {
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  const stage = stages.get(parentElement);
  if (!held) last = picture;
  stage.update(last ?? picture);
  stage.hold(held);
  return () => {
    stage.stop();
    stages.delete(parentElement);
  };
}

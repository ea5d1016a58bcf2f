// One picture after the other in a box of any size: over the whole window, or small at the desk.

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

class Screen {
  constructor() {
    this.past = element("div", "past");
    this.past.setAttribute("aria-hidden", "true");
    this.timer = new Timer();
    this.practice = element("p", "practice");
    this.layer = element("section", "scene");
    this.main = around("main", "stage", this.layer, this.timer.root, this.practice);
    this.root = around("div", "screen", this.past, this.main);
    // The size of the box, and the fonts that come after the words.
    this.refit = () => this.fit();
    this.watching = new ResizeObserver(this.refit);
    this.watching.observe(this.root);
    document.fonts.addEventListener("loadingdone", this.refit);
  }

  // Returns whether there was something to draw.
  update({ now, timer, practice, ...picture }) {
    this.timer.update(timer, now);
    this.practice.textContent = practice ?? "";
    this.practice.hidden = practice === null;
    const state = JSON.stringify([picture, timer === null, practice]);
    if (state === this.state) return false;
    this.state = state;
    this.root.lang = picture.language;
    this.root.classList.toggle("overlay", picture.overlay);
    this.root.classList.toggle("timed", timer !== null);
    this.root.classList.toggle("practised", practice !== null);
    this.draw(picture);
    return true;
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

  // What is not seen has no size to measure by; it is fitted as soon as it has one.
  fit() {
    if (this.plans && this.root.offsetHeight > 0) fit(this.layer, this.plans);
  }

  stop() {
    this.watching.disconnect();
    document.fonts.removeEventListener("loadingdone", this.refit);
    this.timer.stop();
    this.root.remove();
  }
}

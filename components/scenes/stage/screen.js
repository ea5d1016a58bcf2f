// One scene after the other in a box of any size: over the whole window, or small at the desk.

import { around, element } from "../../elements.js";
import { fit } from "./drawing.js";
import { drawBoard, drawNext, LIST_PLANS, NEXT_PLANS } from "./lists.js";
import { COUNT_PLANS, drawParticipation } from "./participation.js";
import { drawLowerThird, drawQuestion, QUESTION_PLANS, THIRD_PLANS } from "./question.js";
import { drawBlack, drawMessage, drawThanks, drawWelcome, SLIDE_PLANS } from "./slides.js";
import { Timer } from "./timer.js";

/**
 * @import { Plan } from "./drawing.js"
 * @import { SceneData } from "./messages.js"
 */

/** @type {{ [Scene in SceneData["scene"]]: Plan[] }} */
const PLANS = {
  welcome: SLIDE_PLANS,
  question: QUESTION_PLANS,
  next: NEXT_PLANS,
  participation: COUNT_PLANS,
  message: SLIDE_PLANS,
  thanks: SLIDE_PLANS,
  black: SLIDE_PLANS,
  board: LIST_PLANS,
};
const FADES_FOR = 250;

/** @param {SceneData} data */
function drawScene(data) {
  switch (data.scene) {
    case "welcome":
      return drawWelcome(data);
    case "question":
      return drawQuestion(data);
    case "next":
      return drawNext(data);
    case "participation":
      return drawParticipation(data);
    case "message":
      return drawMessage(data);
    case "thanks":
      return drawThanks(data);
    case "black":
      return drawBlack();
    case "board":
      return drawBoard(data);
  }
}

export class Screen {
  past = element("div", "past");
  timer = new Timer();
  practice = element("p", "practice");
  layer = element("section", "scene");
  main = around("main", "stage", this.layer, this.timer.root, this.practice);
  root = around("div", "screen", this.past, this.main);
  /** @type {string | undefined} what is drawn, as text */
  state;
  /** @type {string | undefined} which scene, and which question, is drawn */
  shown;
  /** @type {Plan[] | undefined} */
  plans;

  constructor() {
    this.past.setAttribute("aria-hidden", "true");
    // The size of the box, and the fonts that come after the words.
    this.refit = () => this.fit();
    this.watching = new ResizeObserver(this.refit);
    this.watching.observe(this.root);
    document.fonts.addEventListener("loadingdone", this.refit);
  }

  /**
   * Returns whether there was something to draw.
   *
   * @param {SceneData} data
   */
  update(data) {
    const { now, timer, practice, ...drawn } = data;
    this.timer.update(timer, now);
    this.practice.textContent = practice ?? "";
    this.practice.hidden = practice === null;
    const state = JSON.stringify([drawn, timer === null, practice]);
    if (state === this.state) return false;
    this.state = state;
    this.root.lang = data.language;
    this.root.classList.toggle("overlay", data.overlay);
    this.root.classList.toggle("timed", timer !== null);
    this.root.classList.toggle("practised", practice !== null);
    this.draw(data);
    return true;
  }

  /** @param {SceneData} data */
  draw(data) {
    const isThird = data.overlay;
    const asked = data.scene === "question" ? data.on_stage : null;
    const layer = isThird ? drawLowerThird(asked) : drawScene(data);
    const shown = [isThird, data.scene, asked?.number].join();
    if (this.shown !== undefined && shown !== this.shown) this.fade(layer, isThird);
    else this.layer.replaceWith(layer);
    this.root.dataset.scene = data.scene;
    this.shown = shown;
    this.layer = layer;
    this.plans = isThird ? THIRD_PLANS : PLANS[data.scene];
    this.fit();
  }

  /**
   * The new layer comes up over the old one, which is then taken away.
   *
   * @param {HTMLElement} layer
   * @param {boolean} isThird
   */
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

// What the chair reads: the question that is being asked, as large as it fits, and the next ones.

import { element, fill } from "../../elements.js";
import { grow } from "../../scenes/stage/drawing.js";
import { drawAsked, drawEmptyStage, drawFollowing } from "./asked.js";

/** @import { Chair as Data } from "./messages.js" */

const SMALLEST_TEXT = 20; // pixels: read at arm's length
const LARGEST_TEXT = 44;

export class Reading {
  now = element("section", "now");
  following = element("section", "following");
  screens = element("p", "screens");
  sizing = new ResizeObserver(() => this.fit());
  /** @type {string | undefined} what is drawn, as text */
  state;

  /** @param {HTMLElement} page whose width and language it has */
  constructor(page) {
    this.page = page;
    this.now.setAttribute("aria-live", "polite");
  }

  /** @param {AbortSignal} signal ends it */
  start(signal) {
    this.sizing.observe(this.now);
    document.fonts.addEventListener("loadingdone", () => this.fit(), { signal });
  }

  stop() {
    this.sizing.disconnect();
  }

  /**
   * What a person is reading is drawn anew only where it changed.
   *
   * @param {Data} data
   */
  draw(data) {
    const { on_stage: asked, coming, screens, dark, labels, language } = data;
    const state = JSON.stringify([asked, coming, screens, dark, labels]);
    if (state === this.state) return;
    this.state = state;
    this.page.lang = language;
    // What the hall does not see is not framed as if it were on.
    this.now.classList.toggle("elsewhere", dark || screens !== null);
    this.screens.hidden = screens === null;
    this.screens.textContent = fill(labels[asked ? "elsewhere" : "screens"], { scene: screens });
    const drawn = asked ? drawAsked(asked, labels) : drawEmptyStage(data);
    this.now.replaceChildren(this.screens, drawn);
    this.following.replaceChildren(...drawFollowing(data));
    this.fit();
  }

  fit() {
    if (!this.now.querySelector(".room")) return;
    const largest = Math.min(LARGEST_TEXT, Math.max(SMALLEST_TEXT + 2, this.page.clientWidth / 24));
    grow(this.now, SMALLEST_TEXT, largest);
  }
}

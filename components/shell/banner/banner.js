// Draws the strip, and tells the page its height: what stands at the foot of the window makes room.
// The words are text, never markup.

import { unlessOvertaken } from "../../live/live_signal/ending.js";

/** @import { Strip } from "./messages.js" */

const HEIGHT = "--banner";

class Banner {
  strip = document.createElement("p");
  measured = new ResizeObserver(() => {
    document.documentElement.style.setProperty(HEIGHT, `${this.strip.offsetHeight}px`);
  });

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.strip.setAttribute("role", "note");
    parent.append(this.strip);
    this.measured.observe(this.strip);
  }

  /** @param {Strip} data */
  update({ words }) {
    this.strip.textContent = words;
  }

  stop() {
    this.measured.disconnect();
    this.strip.remove();
    document.documentElement.style.removeProperty(HEIGHT);
  }
}

/** @type {WeakMap<HTMLElement, Banner>} */
const banners = new WeakMap();

/** @param {Component<Strip>} component */
export default function ({ data, parentElement }) {
  const banner = banners.get(parentElement) ?? new Banner(parentElement);
  banners.set(parentElement, banner);
  banner.update(data);
  return unlessOvertaken(parentElement, () => {
    banner.stop();
    banners.delete(parentElement);
  });
}

// Time that is left, or that has passed: by the server's clock, whatever the screen's own says.

import { around, element } from "../../elements.js";

/** @import { Timer as Time } from "./messages.js" */

/** @param {number} seconds */
export function written(seconds) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = `${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours ? `${hours}:${clock}` : clock;
}

export class Timer {
  label = element("span", "label");
  clock = element("span", "clock");
  root = around("p", "timer", this.label, this.clock);
  late = -Infinity;
  /** @type {Wait | undefined} */
  ticking;
  /** @type {Time | null} */
  timer = null;

  // With `runsOver` it tells how much longer than meant something lasts, instead of 0:00.
  constructor({ runsOver = false } = {}) {
    this.runsOver = runsOver;
    this.root.setAttribute("role", "timer");
  }

  /**
   * A message takes its time to come: the latest that the server's clock was is the nearest.
   * The screen's own clock may be set while we run; what it measures from the start may not.
   *
   * @param {Time | null} timer
   * @param {number} now
   */
  update(timer, now) {
    this.late = Math.max(this.late, now - performance.now() / 1000);
    this.timer = timer;
    this.root.hidden = timer === null;
    this.label.textContent = timer?.label ?? "";
    this.tick();
  }

  // The server's time, in seconds since 1970.
  now() {
    return performance.now() / 1000 + this.late;
  }

  tick() {
    clearTimeout(this.ticking);
    if (!this.timer) return;
    const { ends_at: end, started_at: start } = this.timer;
    const now = this.now();
    const rest = end === null ? now - start : end - now;
    // What is left counts to the last moment of a second, what has passed from its first.
    const seconds = end === null ? Math.floor(rest) : Math.ceil(rest);
    const isOver = this.runsOver && end !== null && seconds < 0;
    this.clock.textContent = isOver ? `+${written(-seconds)}` : written(Math.max(0, seconds));
    this.root.classList.toggle("over", end !== null && rest <= 0);
    const turn = end === null ? 1 - (rest - Math.floor(rest)) : rest - Math.ceil(rest) + 1;
    this.ticking = setTimeout(() => this.tick(), Math.max(turn * 1000, 20));
  }

  stop() {
    clearTimeout(this.ticking);
  }
}

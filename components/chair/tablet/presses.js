// What the chair presses goes out one at a time: which press is under way, and which button rests.

import { Outbox } from "../../commands/outbox/outbox.js";

/**
 * @import { HallMessage } from "../../commands/messages.js"
 * @import { Chair, Sent } from "./messages.js"
 * @typedef {Sent["button"]} Name
 */

// A clicker that bounces, or a hand that grew impatient, presses the same button once: after
// what it did is seen, it rests for so long.
const RESTS_FOR = 1000;
const SLOW_AFTER = 2500;
// Pressed again, these take back what they did.
/** @type {{ [Button in Name]?: Name }} */
export const TOGGLES = { darken: "lighten", ask: "withdraw" };

/**
 * What a button asks of the hall; nothing where it is about questions, or is told by who presses it.
 *
 * @param {Name} button
 * @param {Pick<Chair, "on_stage">} seen
 * @returns {{ command?: HallMessage }}
 */
export function toHall(button, { on_stage: asked }) {
  if (button === "darken" || button === "lighten") {
    return { command: { name: "darken", dark: button === "darken" } };
  }
  if (button === "ask" && asked) return { command: { name: "ask", number: asked.number } };
  if (button === "withdraw" || button === "heed") return { command: { name: button } };
  return {};
}

export class Presses {
  /** @type {Outbox<Sent>} */
  outbox;
  /** @type {{ button: Name, at: number } | null} what is under way */
  pressed = null;
  /** @type {{ button: Name, until: number } | null} what was done, and is not pressed again now */
  rested = null;

  /** @param {() => void} onAnswer */
  constructor(onAnswer) {
    this.outbox = new Outbox(onAnswer);
  }

  /**
   * Send them where those of the event go.
   *
   * @param {Pick<Chair, "slug" | "commands" | "language">} event
   */
  follow({ slug, commands, language }) {
    if (slug !== this.outbox.slug) this.outbox.commands = [];
    this.outbox.slug = slug;
    this.outbox.address = `${commands}&lang=${language}`;
  }

  // The server has just been heard from: what waits goes out again.
  send() {
    this.outbox.send();
  }

  get pending() {
    return this.outbox.commands[0] ?? null;
  }

  /**
   * Press a button, unless another press is under way or the button rests. Tells whether it was.
   *
   * @param {Sent} command
   */
  press(command) {
    if (this.pending || this.busy() === command.button) return false;
    this.pressed = { button: command.button, at: performance.now() };
    this.outbox.push(command);
    return true;
  }

  /**
   * What was pressed is over once it shows.
   *
   * @param {number} revision
   */
  settle(revision) {
    this.outbox.settle(revision);
    if (this.pending || !this.pressed) return;
    this.rested = { button: this.pressed.button, until: performance.now() + RESTS_FOR };
    this.pressed = null;
  }

  /**
   * Which button is under way, or rests.
   *
   * @returns {Name | null}
   */
  busy() {
    if (this.pending) return this.pending.button;
    return this.rested && performance.now() < this.rested.until ? this.rested.button : null;
  }

  /**
   * A button that does two things in turn rests after either.
   *
   * @param {Name} name
   */
  isBusy(name) {
    const busy = this.busy();
    return busy !== null && [name, TOGGLES[name]].includes(busy);
  }

  isSlow() {
    return this.slowAt !== null && performance.now() > this.slowAt;
  }

  // From when on a press that is under way takes long.
  get slowAt() {
    return this.pending && this.pressed && this.pressed.at + SLOW_AFTER;
  }

  // When something becomes different by itself.
  get moments() {
    return [this.rested?.until, this.slowAt];
  }
}

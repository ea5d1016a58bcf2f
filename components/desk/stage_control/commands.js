// What the desk tells the screens to do, and how they will be once all of it is done.

import { Outbox } from "../../commands/outbox/outbox.js";
import { announce } from "../../events.js";

/**
 * @import { ArmedMessage, HallMessage } from "../../commands/messages.js"
 * @import { Facts } from "./messages.js"
 */

export class Commands {
  /** @type {Facts} */
  facts;

  /**
   * @param {() => void} onPush
   * @param {Outbox<HallMessage>} outbox
   */
  constructor(onPush, outbox = new Outbox()) {
    this.onPush = onPush;
    this.outbox = outbox;
  }

  /**
   * Send them where those of the event go.
   *
   * @param {{ slug: string, commands: string, facts: Facts }} event
   */
  follow({ slug, commands, facts }) {
    this.outbox.slug = slug;
    this.outbox.address = `${commands}&lang=${facts.language}`;
  }

  /** @param {Facts} facts in which what was done may show */
  settle(facts) {
    this.facts = facts;
    this.outbox.settle(facts.revision);
  }

  // What will be ready, and whether it will be dark, once all that was pressed is done.
  get wanted() {
    const { ready, on_air: onAir } = this.facts;
    /** @type {{ armed: ArmedMessage | null, dark: boolean }} */
    const wanted = { armed: ready, dark: onAir.dark };
    for (const command of this.outbox.commands) {
      if (command.name === "arm") wanted.armed = command.armed;
      if (command.name === "fire") wanted.armed = null;
      if (command.name === "darken") wanted.dark = command.dark;
    }
    return wanted;
  }

  /** @param {ArmedMessage | null} armed */
  arm(armed) {
    this.push({ name: "arm", armed });
  }

  // Only what is seen is fired, over what is seen on stage: somebody else may have been quicker.
  fire() {
    const { armed } = this.wanted;
    const seen = armed && { scene: armed.scene, message: armed.message, number: armed.number };
    this.push({ name: "fire", armed: seen, ending: this.facts.on_air.number });
    if (armed?.number) announce("dialogue-fired", { number: armed.number });
  }

  darken() {
    this.push({ name: "darken", dark: !this.wanted.dark });
  }

  askToMoveOn() {
    const { number } = this.facts.on_air;
    if (number !== null) this.push({ name: "ask", number });
  }

  withdraw() {
    this.push({ name: "withdraw" });
  }

  heed() {
    this.push({ name: "heed" });
  }

  showTimer() {
    this.push({ name: "show_timer", shown: !this.facts.shows_timer });
  }

  /** @param {HallMessage} command */
  push(command) {
    this.outbox.push(command);
    this.onPush();
  }
}

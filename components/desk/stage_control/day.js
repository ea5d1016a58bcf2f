// How the day goes: the clocks, the rundown, and what desk and chair ask of each other.

import { around, element } from "../../elements.js";
import { Timer } from "../../scenes/stage/timer.js";
import { press } from "./press.js";
import { Rundown } from "./rundown.js";

/**
 * @import { Commands } from "./commands.js"
 * @import { Facts } from "./messages.js"
 */

export class Day {
  question = new Timer({ runsOver: true });
  part = new Timer({ runsOver: true });
  asked = element("span", "asked");
  sentence = element("span", "sentence");
  chairSays = element("strong");

  /** @param {Commands} commands */
  constructor(commands) {
    this.rundown = new Rundown((command) => commands.push(command));
    this.timer = press("timer", "", () => commands.showTimer());
    this.ask = press("ask", "", () => commands.askToMoveOn());
    this.withdraw = press("withdraw", "", () => commands.withdraw());
    this.plan = press("plan", "", () => this.rundown.open(commands.facts));
    this.heed = press("heed", "", () => commands.heed());
    const { question, part, timer, asked, ask, withdraw } = this;
    const clocks = [question.root, part.root, timer, asked, ask, withdraw];
    this.clocks = around("div", "clocks", ...clocks);
    this.root = around("div", "day", this.sentence, this.plan);
    this.chair = around("div", "chair", this.chairSays, this.heed);
    this.chair.setAttribute("role", "status");
  }

  /**
   * @param {Facts} facts
   * @param {number} now
   */
  draw(facts, now) {
    this.drawClocks(facts, now);
    this.drawAsking(facts);
    this.sentence.textContent = facts.day;
    this.plan.textContent = facts.labels.plan;
    this.plan.hidden = facts.plan.length === 0;
    if (this.rundown.sheet.open) this.rundown.update(facts);
  }

  /**
   * @param {Facts} facts
   * @param {number} now
   */
  drawClocks({ labels, question_clock: question, part_clock: part, shows_timer: isShown }, now) {
    this.question.update(question && { ...question, label: labels.question }, now);
    this.part.update(part && { ...part, label: labels.part }, now);
    this.part.root.title = part?.label ?? "";
    this.timer.textContent = labels.timer;
    this.timer.title = labels.timer_long;
    this.timer.setAttribute("aria-pressed", String(isShown));
  }

  // To move on: what the desk asks of the chair, and the chair of the desk.
  /** @param {Facts} facts */
  drawAsking({ labels, on_air: onAir, ...facts }) {
    this.asked.textContent = facts.desk_asks;
    this.ask.textContent = labels.ask;
    this.ask.hidden = facts.moving_on;
    this.ask.disabled = onAir.number === null;
    this.withdraw.textContent = labels.withdraw;
    this.withdraw.hidden = !facts.moving_on;
    this.chair.hidden = facts.chair_asks === null;
    this.chairSays.textContent = facts.chair_asks ?? "";
    this.heed.textContent = labels.heed;
  }

  stop() {
    this.question.stop();
    this.part.stop();
  }
}

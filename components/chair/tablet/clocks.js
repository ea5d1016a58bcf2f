// How long the question and the part of the rundown have been going, and what is left of them.

import { around } from "../../elements.js";
import { Timer } from "../../scenes/stage/timer.js";

/** @import { Chair as Data } from "./messages.js" */

export class Clocks {
  question = new Timer({ runsOver: true });
  spent = new Timer();
  part = new Timer({ runsOver: true });

  constructor() {
    this.spent.root.classList.add("spent");
    this.root = around("section", "clockwork", this.question.root, this.spent.root);
  }

  /** @param {Data} data */
  draw({ question_clock: clock, part_clock: part, now, labels }) {
    const label = clock?.ends_at ? labels.left : labels.elapsed;
    this.question.update(clock && { ...clock, label }, now);
    this.question.label.dataset.over = labels.over;
    // What is left says nothing of how long it has been.
    const spent = clock?.ends_at ? { ...clock, ends_at: null, label: labels.elapsed } : null;
    this.spent.update(spent, now);
    this.part.update(part && { ...part, label: labels.part_left }, now);
    this.part.label.dataset.over = labels.part_over;
  }

  stop() {
    for (const timer of [this.question, this.spent, this.part]) timer.stop();
  }
}

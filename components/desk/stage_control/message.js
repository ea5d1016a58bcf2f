// A line for the hall: it is typed, or one from before is taken again, and made ready as a scene.

import { around, element } from "../../elements.js";
import { key, press } from "./press.js";

/**
 * @import { Commands } from "./commands.js"
 * @import { Facts } from "./messages.js"
 */

export class Message {
  field = element("input");
  earlier = element("div", "earlier");

  /**
   * @param {Commands} commands
   * @param {() => void} onClose
   */
  constructor(commands, onClose) {
    this.commands = commands;
    this.onClose = onClose;
    this.arm = press("arm-message", "", () => this.send());
    this.root = around("div", "message", this.field, this.arm, this.earlier);
    this.root.hidden = true;
    this.field.onkeydown = (event) => this.type(event);
  }

  /** @param {Facts} facts */
  draw({ labels, messages, longest_message: longest }) {
    this.field.maxLength = longest;
    this.field.placeholder = labels.message;
    this.field.setAttribute("aria-label", labels.message);
    this.arm.replaceChildren(labels.arm, key("↵"));
    this.earlier.replaceChildren(
      ...messages.map((words) => {
        const again = press("again", words, () => this.send(words));
        again.title = words;
        return again;
      }),
    );
  }

  toggle() {
    this.root.hidden = !this.root.hidden;
    if (!this.root.hidden) this.field.focus();
  }

  send(words = this.field.value) {
    if (!words.trim()) return this.field.focus();
    this.commands.arm({ scene: "message", message: words });
    this.close();
  }

  close() {
    this.field.value = "";
    this.root.hidden = true;
    this.onClose();
  }

  /** @param {KeyboardEvent} event */
  type(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    // Else the button that has the focus next would be pressed by it.
    event.preventDefault();
    if (event.key === "Escape") this.close();
    if (event.key === "Enter" && this.field.value.trim()) {
      this.send();
      if (event.ctrlKey || event.metaKey) this.commands.fire();
    }
  }
}

// The scenes, a button each: pressed, a scene is made ready; pressed twice, it is shown.

import { element } from "../../elements.js";
import { press } from "./press.js";

/**
 * @import { Commands } from "./commands.js"
 * @import { ArmedMessage } from "../../commands/messages.js"
 * @import { Facts } from "./messages.js"
 */

export class Scenes {
  root = element("div", "scenes");
  /** @type {Map<string, HTMLButtonElement>} */
  buttons = new Map();

  /**
   * @param {Commands} commands
   * @param {() => void} onMessage what the button for a message does, which needs words first
   */
  constructor(commands, onMessage) {
    this.commands = commands;
    this.onMessage = onMessage;
    this.root.setAttribute("role", "group");
    this.root.onkeydown = (event) => this.walk(event);
  }

  /** @param {Facts} facts */
  draw({ labels, scenes, on_air: onAir }) {
    const { armed } = this.commands.wanted;
    this.root.setAttribute("aria-label", labels.scenes);
    for (const [scene, words, name] of scenes) {
      const button = this.buttons.get(scene) ?? this.make(scene);
      if (button.textContent !== words) button.textContent = words;
      button.title = name;
      const isOnAir = onAir.scene === scene && !onAir.dark;
      button.classList.toggle("on-air", isOnAir);
      button.setAttribute("aria-current", String(isOnAir));
      button.classList.toggle("armed", armed?.scene === scene);
      button.setAttribute("aria-pressed", String(armed?.scene === scene));
    }
  }

  /** @param {ArmedMessage["scene"]} scene */
  make(scene) {
    const isMessage = scene === "message";
    const button = press(`scene-${scene}`, "", () => {
      if (isMessage) this.onMessage();
      else this.commands.arm({ scene });
    });
    // Twice is shown at once: the first has made it ready.
    button.ondblclick = () => {
      if (!isMessage) this.commands.fire();
    };
    this.buttons.set(scene, button);
    this.root.append(button);
    return button;
  }

  /** @param {string} [scene] the first one without it */
  focus(scene) {
    const [first] = this.buttons.values();
    (scene === undefined ? first : this.buttons.get(scene))?.focus();
  }

  /**
   * The arrows go from one scene to the next.
   *
   * @param {KeyboardEvent} event
   */
  walk(event) {
    const { key, target } = event;
    if (key !== "ArrowRight" && key !== "ArrowLeft") return;
    const buttons = [...this.buttons.values()];
    const focused = /** @type {HTMLButtonElement} */ (target);
    const place = buttons.indexOf(focused) + (key === "ArrowRight" ? 1 : -1);
    buttons.at(place % buttons.length)?.focus();
    event.preventDefault();
  }
}

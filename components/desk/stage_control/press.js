// The control's buttons, and the keys that stand in them.

import { element } from "../../elements.js";

/**
 * Return a button.
 *
 * @param {string} action
 * @param {string | null} words
 * @param {() => void} onPress
 */
export function press(action, words, onPress) {
  const made = element("button", "", words);
  made.type = "button";
  made.dataset.action = action;
  made.onclick = onPress;
  return made;
}

/** @param {string} words */
export const key = (words) => element("kbd", "", words);

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

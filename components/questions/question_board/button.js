import { element } from "../../elements.js";

const MAIN = ["queue", "stage", "answer", "restore"];

/**
 * Return a button, with the key that does the same.
 *
 * @param {string} action
 * @param {string | null} words
 * @param {() => unknown} onPress
 * @param {{ disabled?: boolean, key?: string | null }} [how]
 */
export function button(action, words, onPress, { disabled = false, key = null } = {}) {
  const made = element("button", MAIN.includes(action) ? "main" : "", words);
  made.type = "button";
  made.dataset.action = action;
  made.disabled = disabled;
  made.onclick = () => {
    onPress();
  };
  if (key) made.append(element("kbd", "", key));
  return made;
}

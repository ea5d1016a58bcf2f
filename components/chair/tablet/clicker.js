// The keys of a presenter's clicker, and of a keyboard.

/** @typedef {"forth" | "back" | "black" | "reload"} Key */

/** @type {Record<string, Key>} */
const KEYS = {
  PageDown: "forth",
  ArrowRight: "forth",
  " ": "forth",
  PageUp: "back",
  ArrowLeft: "back",
  b: "black",
  ".": "black",
  F5: "reload",
};
// These belong to a control that has the focus, and to nothing else then.
const OF_CONTROLS = [" ", "ArrowRight", "ArrowLeft"];
const FIELDS = "input:not([readonly]), textarea, select, [contenteditable]";
const ROLES = ["button", "combobox", "link", "menuitem", "option", "radio", "slider", "tab"];
const CONTROLS = ["a", "button", "input", ...ROLES.map((role) => `[role=${role}]`)].join();

/**
 * Hear the keys wherever the focus is, but for fields, and call `onKey` with what a key says.
 * Held down, a key is heard once.
 *
 * @param {(key: Key) => void} onKey
 * @param {AbortSignal} signal ends it
 */
export function listen(onKey, signal) {
  /** @param {KeyboardEvent} event */
  const hear = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const name = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    const focused = event.composedPath()[0];
    const isOn = (/** @type {string} */ kinds) =>
      focused instanceof Element && focused.closest(kinds) !== null;
    if (!name || (isOn(FIELDS) && name !== "reload")) return;
    if (OF_CONTROLS.includes(event.key) && isOn(CONTROLS)) return;
    event.preventDefault();
    // The framework has keys of its own, such as r.
    event.stopImmediatePropagation();
    if (!event.repeat) onKey(name);
  };
  document.addEventListener("keydown", hear, { capture: true, signal });
}

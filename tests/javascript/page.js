// What a module of ours finds in a window, as far as Node has it: events, a clock and what a tab
// keeps, and no elements.

const kept = new Map();

Object.assign(globalThis, {
  window: new EventTarget(),
  document: new EventTarget(),
  sessionStorage: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  },
});

/**
 * What is told from now on, in order.
 *
 * @param {(keyof Announced)[]} names
 */
export function told(...names) {
  /** @type {[string, unknown][]} */
  const heard = [];
  for (const name of names) {
    document.addEventListener(name, ({ detail }) => heard.push([name, detail]));
  }
  return heard;
}

// What this phone keeps. A browser may refuse to keep anything; then the page forgets.

/** @import { Submission } from "./submission.js" */

import { page } from "./page.js";

/**
 * What is kept by its name.
 *
 * @typedef {Partial<Record<"text" | "district" | "topic" | "key", string>>} Draft
 * @typedef {{ key: string, body: Submission, at: number }} Pending
 * @typedef {{ draft: Draft, mine: string[], voted: number[], pending: Pending }} Kept
 */

/** @param {"localStorage" | "sessionStorage"} kind */
function store(kind) {
  const name = (/** @type {string} */ key) => `dialogue-${key}-${page.slug}`;
  return {
    /**
     * @template {keyof Kept} Key
     * @param {Key} key
     * @returns {Kept[Key] | null}
     */
    read(key) {
      try {
        return JSON.parse(window[kind].getItem(name(key)) || "null");
      } catch {
        return null;
      }
    },
    /**
     * @template {keyof Kept} Key
     * @param {Key} key
     * @param {Kept[Key] | null} value
     */
    write(key, value) {
      try {
        if (value === null) window[kind].removeItem(name(key));
        else window[kind].setItem(name(key), JSON.stringify(value));
      } catch {
        // Full or forbidden.
      }
    },
  };
}

export const phone = store("localStorage");
// What is being sent may hold a contact, so it lives no longer than the tab.
export const tab = store("sessionStorage");

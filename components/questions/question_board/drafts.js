// What somebody has typed and not sent yet. It outlives a reload, another page and whatever others
// do, in this tab of the browser, until it is sent or thrown away.

import { TYPED } from "./menu.js";

/**
 * @import { Written } from "./menu.js"
 * @typedef {object} Draft
 * @property {number} number
 * @property {Written} action
 * @property {number} version of the question, as it was seen
 * @property {string} text
 * @property {boolean} isOpen
 */

export class Drafts {
  /** @type {string} */
  place;
  /** @type {Record<string, Draft>} the last one that was written comes last */
  kept = {};

  /** @param {string} key */
  constructor(key) {
    this.key = key;
  }

  /** @param {string} slug */
  open(slug) {
    this.place = `dialogue-drafts-${slug}-${this.key}`;
    this.kept = JSON.parse(sessionStorage.getItem(this.place) ?? "{}");
  }

  /**
   * @param {number} number
   * @param {string} action
   */
  of(number, action) {
    return this.kept[`${action} ${number}`] ?? null;
  }

  /**
   * Those of a question that are not being written at now, by their actions.
   *
   * @param {number} number
   * @param {string | null} menu
   */
  resting(number, menu) {
    return TYPED.filter((action) => this.of(number, action) && action !== menu);
  }

  // The one that was being written last.
  last() {
    return Object.values(this.kept).findLast(({ isOpen }) => isOpen) ?? null;
  }

  /** @param {Draft} draft */
  keep(draft) {
    const name = `${draft.action} ${draft.number}`;
    delete this.kept[name];
    this.kept[name] = draft;
    this.write();
  }

  /**
   * @param {number} number
   * @param {string} action
   */
  close(number, action) {
    const draft = this.of(number, action);
    if (draft) this.keep({ ...draft, isOpen: false });
  }

  /**
   * @param {number} number
   * @param {string} action
   */
  drop(number, action) {
    delete this.kept[`${action} ${number}`];
    this.write();
  }

  write() {
    sessionStorage.setItem(this.place, JSON.stringify(this.kept));
  }
}

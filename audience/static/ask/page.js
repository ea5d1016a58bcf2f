// The page as the server drew it: what it says to scripts, and how its elements are found.

/** @import { Page } from "../../messages.js" */

/**
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 */
export const find = (id) => /** @type {Kind | null} */ (document.getElementById(id));

/**
 * What is on the page in any case.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 */
export function byId(id) {
  const found = /** @type {Kind | null} */ (document.getElementById(id));
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

/**
 * What is in an item in any case.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {Element} item
 * @param {string} selector
 */
export function within(item, selector) {
  const found = /** @type {Kind | null} */ (item.querySelector(selector));
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

/** @type {(name: string) => HTMLInputElement} */
export const field = byId;

/**
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} template
 */
export function copyOf(template) {
  /** @type {HTMLTemplateElement} */
  const { content } = byId(template);
  return /** @type {Kind} */ (document.importNode(content, true).children[0]);
}

// Unchanged text is left alone, so that no screen reader says it again and no selection is lost.
/**
 * @param {HTMLElement} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @type {Page} */
export const page = JSON.parse(byId("page").textContent);

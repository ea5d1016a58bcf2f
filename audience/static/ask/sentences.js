// The page's sentences with numbers and names filled in, as its language writes them.

import { page } from "./page.js";

/**
 * @param {string} sentence
 * @param {Record<string, string | number | null>} values
 */
export const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

/** @param {number} value */
export const number = (value) => value.toLocaleString(page.language);

/**
 * @param {string} one
 * @param {string} many
 * @param {number} count
 */
export const counted = (one, many, count) =>
  filled(count === 1 ? one : many, { count: number(count) });

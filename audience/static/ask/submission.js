// What the form holds, as it is handed in, and what is wrong with it as far as a phone can know.

/** @import { FieldProblem } from "../../../web/messages.js" */

import { byId, field, page, within } from "./page.js";
import { filled } from "./sentences.js";

/** @typedef {{ text: string, district: string } & Record<string, string | boolean>} Submission */

/** @type {() => HTMLInputElement} */
export const keyField = () => within(byId("ask"), "[name=key]");

export function freshKey() {
  // randomUUID is missing where a hall serves plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {Submission} */
export function submission() {
  /** @type {Submission} */
  const body = { text: field("text").value, district: field("district").value };
  const own = byId("personal").querySelectorAll("input");
  for (const { name, type, value, checked } of [field("topic"), ...own, field("consent")]) {
    if (type === "checkbox") body[name] = checked;
    else if (value) body[name] = value;
  }
  return body;
}

// Counted as the server counts: characters, not bytes, once what is invisible is gone.
/** @param {string} text */
export function lengthOf(text) {
  const lines = text
    .normalize("NFC")
    .replace(/[\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().replace(/\s+/g, " "));
  const tidy = lines.join("\n").replace(/\n{3,}/g, "\n\n");
  return [...tidy.trim()].length;
}

// What can be known without the server, so that nobody waits for the Wi-Fi to be told.
/** @param {Submission} body */
export function mistakes(body) {
  /** @type {FieldProblem[]} */
  const found = [];
  const { words, shortest_text: least, longest_text: most } = page;
  const count = lengthOf(body.text);
  if (count < least)
    found.push({ field: "text", message: filled(words.too_short, { least, count }) });
  if (count > most) found.push({ field: "text", message: filled(words.too_long, { most, count }) });
  if (!body.district) found.push({ field: "district", message: words.district });
  if (!body.consent) found.push({ field: "consent", message: words.consent });
  return found;
}

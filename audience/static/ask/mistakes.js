// Shows what is wrong with the form: at each field, and in a summary that leads to it.

/** @import { FieldProblem } from "../../../web/messages.js" */

import { byId, find } from "./page.js";

/**
 * @param {string} title nothing hides the summary
 * @param {FieldProblem[]} errors
 */
export function showWrong(title, errors) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = byId("ask").querySelectorAll("p.wrong");
  for (const place of places) {
    const name = place.id.replace(/-wrong$/, "");
    const error = errors.find((each) => each.field === name);
    place.hidden = !error;
    place.textContent = error ? error.message : "";
    if (error) byId(name).setAttribute("aria-invalid", "true");
    else byId(name).removeAttribute("aria-invalid");
    if (error) openAround(byId(name));
  }
  byId("summary-title").textContent = title;
  const lines = byId("summary-list");
  lines.textContent = "";
  lines.append(...errors.map(lineTo));
  byId("summary").hidden = !title;
  if (title) byId("summary").focus();
}

/** @param {FieldProblem} error */
function lineTo(error) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${error.field}`;
  const place = /** @type {HTMLInputElement | null} */ (find(error.field));
  // The messages of these speak of "here"; far from the field they need its name.
  const label = place && place.classList.contains("short") && place.labels && place.labels[0];
  link.textContent = label ? `${label.textContent}: ${error.message}` : error.message;
  item.append(link);
  return item;
}

// Shows what the personal fields are folded into, if this is one of them.
/** @param {HTMLElement} place */
export function openAround(place) {
  const details = place.closest("details");
  if (details) details.open = true;
}

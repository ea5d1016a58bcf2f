// The parts of the day in turn, drawn alike wherever somebody leads it.

import { around, element } from "../../elements.js";

/**
 * @import { RundownPart } from "./messages.js"
 * @typedef {{ row: HTMLLIElement, words: HTMLDivElement }} PartRow
 */

/**
 * @param {RundownPart[]} parts
 * @param {string} running what stands beside the part that runs
 * @param {(part: RundownPart, drawn: PartRow) => void} [add] adds to a row what only one place has
 */
export function drawParts(parts, running, add = () => {}) {
  const rows = parts.map((part) => {
    const title = around("p", "name", element("strong", "", part.name));
    if (part.runs) title.append(element("span", "running", running));
    const words = around("div", "", title);
    const times = element("span", "planned", part.planned);
    const row = around("li", part.comes ? "next" : "", times, words);
    if (part.runs) row.setAttribute("aria-current", "step");
    add(part, { row, words });
    return row;
  });
  return around("ol", "plan", ...rows);
}

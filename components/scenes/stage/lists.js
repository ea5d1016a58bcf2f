// Several questions at once: those that come next, and the hall's second screen.

import { around, element } from "../../elements.js";
import { drawMarks, drawTitles, drawWords, SMALLEST } from "./drawing.js";

/**
 * @import { Plan } from "./drawing.js"
 * @import { Listing, Next, HallBoard } from "./messages.js"
 */

const LARGEST_IN_A_LIST = 1 / 18;
// Lines of each question; the end of a longer one is left out, which the three dots say.
/** @type {Plan[]} */
export const LIST_PLANS = [
  ["lines-12", 1 / 20, LARGEST_IN_A_LIST],
  ["lines-6", 1 / 24, LARGEST_IN_A_LIST],
  ["lines-4", 1 / 27, LARGEST_IN_A_LIST],
  ["lines-3", SMALLEST, LARGEST_IN_A_LIST],
  ["lines-2", SMALLEST, LARGEST_IN_A_LIST],
];
// What comes next is few questions, and none of them is left out.
/** @type {Plan[]} */
export const NEXT_PLANS = [...LIST_PLANS, ["lines-1", SMALLEST, LARGEST_IN_A_LIST]];

/** @param {Next} data */
export function drawNext(data) {
  const { coming } = data;
  const layer = around("section", "scene listing", drawTitles(data));
  layer.append(element("h1", "title", coming.title), drawRows(coming));
  return layer;
}

/** @param {HallBoard} data */
export function drawBoard(data) {
  const lists = [data.newest, data.most_voted].map((each) =>
    around("section", "column", element("h1", "title", each.title), drawRows(each)),
  );
  const columns = around("div", "columns", ...lists);
  return around("section", "scene board", drawTitles(data), columns);
}

/** @param {Listing} listing */
function drawRows({ questions, empty }) {
  if (questions.length === 0) return element("p", "empty", empty);
  const rows = questions.map((asked) =>
    around("li", "row", drawMarks(asked, { isBrief: true }), drawWords("words", asked.text)),
  );
  return around("ol", "room rows", ...rows);
}

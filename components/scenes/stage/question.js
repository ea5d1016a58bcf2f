// The question on stage, over the whole screen or as a stream's lower third.

import { around, element } from "../../elements.js";
import { drawAddress, drawMarks, drawQrCode, drawTitles, drawWords, SMALLEST } from "./drawing.js";

/**
 * @import { Plan } from "./drawing.js"
 * @import { SceneQuestion, OnStage } from "./messages.js"
 */

/** @type {Plan[]} */
export const QUESTION_PLANS = [
  ["full", 1 / 19],
  ["spare", 1 / 26],
  ["tight", SMALLEST],
  ["wide", SMALLEST],
  ["joined", 0],
];
/** @type {Plan[]} */
export const THIRD_PLANS = [
  ["third", SMALLEST],
  ["grown", 0, SMALLEST],
];

/** @param {OnStage} data */
export function drawQuestion(data) {
  const { on_stage: asked, waiting } = data;
  const layer = around("section", "scene question", drawTitles(data));
  layer.classList.toggle("idle", asked === null);
  if (asked) layer.append(drawMarks(asked));
  layer.append(around("div", "room asked", drawWords("text", asked ? asked.text : waiting)));
  layer.append(drawFollowing(data), drawAsk(data));
  return layer;
}

/** @param {OnStage} data */
function drawFollowing({ next_heading: heading, following }) {
  const rows = following.map(({ number, text, marks }) => {
    const facts = [number, marks[0]].filter((each) => each?.trim()).join(" · ");
    return around("li", "", element("span", "facts", facts), element("span", "preview", text));
  });
  const drawn = around("div", "next", element("h2", "", heading), around("ol", "", ...rows));
  drawn.hidden = rows.length === 0;
  return drawn;
}

/** @param {OnStage} data */
function drawAsk({ invitation, address, qr_code: source }) {
  const words = around(
    "div",
    "words",
    element("p", "invitation", invitation),
    drawAddress(address),
  );
  return around("div", "ask", words, drawQrCode(address, source));
}

/** @param {SceneQuestion | null} asked */
export function drawLowerThird(asked) {
  const layer = element("section", "scene third");
  if (!asked) return layer;
  const text = around("div", "room asked", drawWords("text", asked.text));
  layer.append(around("div", "panel", drawMarks(asked), text));
  return layer;
}

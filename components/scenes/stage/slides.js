// Scenes of few words: welcome, a message, thanks, and nothing at all.

import { around, element } from "../../elements.js";
import { drawAddress, drawQrCode, drawTitles, drawWords } from "./drawing.js";

/**
 * @import { Plan } from "./drawing.js"
 * @import { Message, Thanks, Welcome } from "./messages.js"
 */

/** @type {Plan[]} */
export const SLIDE_PLANS = [["full", 0]];

/** @param {Welcome} data */
export function drawWelcome(data) {
  const { heading, theme, invitation, address, qr_code: source } = data;
  const words = around(
    "div",
    "room words",
    element("p", "heading", heading),
    drawWords("text theme", theme),
    element("p", "invitation", invitation),
    drawAddress(address),
  );
  return around("section", "scene welcome", words, drawQrCode(address, source));
}

/** @param {Message} data */
export function drawMessage(data) {
  const words = around("div", "room words", drawWords("text", data.text));
  return around("section", "scene slide", drawTitles(data), words);
}

/** @param {Thanks} data */
export function drawThanks(data) {
  const { title, text, address, qr_code: source } = data;
  const words = around("div", "room words", drawWords("text", title), drawWords("more", text));
  const drawn = around("section", "scene slide thanks", drawTitles(data), words);
  if (!address) return drawn;
  words.append(drawAddress(address));
  if (source) drawn.append(drawQrCode(address, source));
  return drawn;
}

export function drawBlack() {
  return element("section", "scene black");
}

// What all scenes draw with. Text from people goes through textContent only.

import { around, element } from "../../elements.js";

/** @import { SceneQuestion, Frame } from "./messages.js" */

/**
 * How a scene may be laid out: a name, and the least and the largest size of its words.
 *
 * @typedef {[name: string, least: number, largest?: number]} Plan
 */

export const SMALLEST = 1 / 30; // of the screen's height: what the last row can still read
const LARGEST = 1 / 7;
const STEPS = 8;
// A longer word is an address or an accident, and may be broken; no Vietnamese syllable may.
const LONGEST_WORD = 20;
const LONG_TEXT = 200;

/**
 * No syllable stands alone on the last line of a paragraph, and no "ạ" with one.
 *
 * @param {string} text
 */
export function joined(text) {
  return text
    .replace(/(\S+ \S+) (\S{1,12})$/gm, "$1\u00a0$2")
    .replace(/(\S+) (\S{1,8}\u00a0\S{1,2})$/gm, "$1\u00a0$2");
}

/**
 * @param {string} className
 * @param {string} text
 */
export function drawWords(className, text) {
  const drawn = element("p", className, joined(text));
  drawn.classList.toggle("long", text.length > LONG_TEXT);
  drawn.classList.toggle(
    "breakable",
    text.split(/\s+/).some((word) => word.length > LONGEST_WORD),
  );
  return drawn;
}

/**
 * An address breaks where its parts meet: at a dot only if there is no room up to the stroke.
 *
 * @param {string} address
 */
export function drawAddress(address) {
  const parts = address.split(/(?<=\/)/).map((part) => {
    const names = part.split(/(?<=\.)/).flatMap((name) => [element("wbr"), name]);
    return around("span", "part", ...names);
  });
  return around("p", "address", ...parts);
}

/** @param {Pick<Frame, "heading" | "theme">} frame */
export function drawTitles({ heading, theme }) {
  return around("header", "titles", element("p", "heading", heading), element("p", "theme", theme));
}

/**
 * @param {string} address
 * @param {string} source
 */
export function drawQrCode(address, source) {
  const drawn = element("img", "qr");
  drawn.decoding = "sync"; // known from the scene before, it is there at once
  drawn.alt = address;
  drawn.src = source;
  return drawn;
}

/**
 * What is known of a question; what is not set leaves no blank.
 *
 * @param {SceneQuestion} asked
 */
export function drawMarks({ number, marks, who, department }, { isBrief = false } = {}) {
  const all = [number, ...marks, ...(isBrief ? [] : [who, department])];
  const known = all.filter((each) => each?.trim());
  return around("p", "marks", ...known.map((each) => element("span", "mark", each)));
}

/** @param {HTMLElement} layer */
function overflows(layer) {
  return [...layer.querySelectorAll(".room")].some(isTooFull);
}

/** @param {Element} room */
function isTooFull(room) {
  return room.scrollHeight > room.clientHeight || room.scrollWidth > room.clientWidth;
}

/**
 * The largest size between two, in pixels, at which all words stay inside their rooms.
 *
 * @param {HTMLElement} layer
 * @param {number} from
 * @param {number} to
 */
export function grow(layer, from, to) {
  /** @param {number} size */
  const set = (size) => layer.style.setProperty("--size", `${size}px`);
  let low = from;
  let high = to;
  for (let step = 0; step < STEPS; step += 1) {
    const size = (low + high) / 2;
    set(size);
    if (overflows(layer)) high = size;
    else low = size;
  }
  set(low);
  return low;
}

/**
 * Try a scene's plans, from the one with the most around the words to the one that gives them all
 * the room, until the words are large enough.
 *
 * @param {HTMLElement} layer
 * @param {Plan[]} plans
 */
export function fit(layer, plans) {
  const height = layer.offsetHeight; // it has the whole screen
  for (const row of layer.querySelectorAll(".row")) row.removeAttribute("hidden");
  const isFit = plans.some(([plan, least, largest = LARGEST]) => {
    layer.dataset.plan = plan;
    const size = grow(layer, height * SMALLEST, height * largest);
    return size >= height * least && !overflows(layer);
  });
  dropRows(layer);
  if (isFit) return;
  const [, , largest = LARGEST] = plans.at(-1) ?? [];
  // Rather small than cut: only what no sentence is like comes to less than the smallest.
  grow(layer, height * (overflows(layer) ? 1 / 100 : SMALLEST), height * largest);
}

/**
 * Of a list that is too long for its room the end is left out.
 *
 * @param {HTMLElement} layer
 */
function dropRows(layer) {
  for (const room of layer.querySelectorAll(".rows")) {
    const rows = [...room.querySelectorAll(".row")];
    while (rows.length > 1 && isTooFull(room)) rows.pop()?.setAttribute("hidden", "");
  }
}

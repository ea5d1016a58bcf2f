// What is wrong with the scene that stands on the stage, as sentences: nothing, if all is well.

/**
 * In the shadow trees of the page, of which one has the screen.
 *
 * @param {string} selector
 */
function part(selector) {
  const trees = [...document.querySelectorAll("*")].map((each) => each.shadowRoot);
  const found = trees.map((each) => each?.querySelector(selector)).find((each) => each);
  if (!(found instanceof HTMLElement)) throw new Error(`there is no ${selector}`);
  return found;
}

function brush() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("nothing can be painted");
  return context;
}

// biome-ignore lint/correctness/noUnusedVariables: the test calls it.
function measure() {
  /** @type {string[]} */
  const wrong = [];
  const screen = part(".screen");
  const stage = part(".stage");
  const smallest = innerHeight / 30;
  const canvas = brush();

  /** @param {string} colour */
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  /** @param {string} colour */
  const light = (colour) => {
    const [red = 0, green = 0, blue = 0] = [...rgba(colour)]
      .map((channel) => channel / 255)
      .map((channel) =>
        channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
      );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** @param {Element | null} element */
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return "white";
  };
  /** @param {Element} element */
  const contrast = (element) => {
    const lights = [light(getComputedStyle(element).color), light(ground(element))];
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  };
  /**
   * @param {DOMRect} inner
   * @param {DOMRect} outer
   */
  const isIn = (inner, outer) =>
    inner.left >= outer.left - 1.5 &&
    inner.top >= outer.top - 1.5 &&
    inner.right <= outer.right + 1.5 &&
    inner.bottom <= outer.bottom + 1.5;
  /**
   * @param {Node} node
   * @param {number} from
   * @param {number} to
   */
  const rectangles = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((each) => each.width > 0);
  };

  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const element = node.parentElement;
    if (!element) continue;
    const rects = rectangles(node, 0, node.length);
    if (rects.length === 0) continue;
    const said = node.data.slice(0, 30);
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < smallest - 0.01) wrong.push(`"${said}" is ${size} px, the least is ${smallest}`);
    const ratio = contrast(element);
    if (ratio < 7) wrong.push(`"${said}" has a contrast of ${ratio.toFixed(2)}`);
    // What is a preview says with three dots that it is one; its box counts, not its words.
    const isPreview = element.closest(".preview, .facts, .row .words");
    const boxes = isPreview ? [element.getBoundingClientRect()] : rects;
    const room = element.closest(".room, .rows, .scene") ?? screen;
    for (const box of boxes) {
      if (!isIn(box, room.getBoundingClientRect())) wrong.push(`"${said}" is outside its room`);
      if (!isIn(box, screen.getBoundingClientRect())) wrong.push(`"${said}" is off the screen`);
    }
    if (element.matches(".mark") && !node.data.trim()) wrong.push("a mark is blank");
  }
  const words = stage.textContent ?? "";
  if (/None|null|undefined|NaN/.test(words)) wrong.push(`it says ${words}`);

  for (const each of screen.querySelectorAll("*")) {
    if (each.matches(".preview, .facts, .row .words, .rows") || !each.clientHeight) continue;
    if (getComputedStyle(each).display === "inline") continue;
    if (each.scrollWidth > each.clientWidth + 1) wrong.push(`${each.className} is too wide`);
    if (each.matches(".room, .scene") && each.scrollHeight > each.clientHeight + 1) {
      wrong.push(`${each.className} is too high`);
    }
  }

  for (const node of [...stage.querySelectorAll(".text")].map((each) => each.firstChild)) {
    if (!(node instanceof Text)) continue;
    /** @type {Map<number, string[]>} */
    const lines = new Map();
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      const rects = rectangles(node, index, index + word.length);
      const tops = new Set(rects.map((each) => Math.round(each.top)));
      if (word.length <= 20 && tops.size > 1) wrong.push(`"${word}" is split`);
      for (const top of tops) lines.set(top, [...(lines.get(top) ?? []), word]);
    }
    const last = [...lines.values()].at(-1) ?? [];
    if (lines.size > 1 && last.length === 1 && last.join().length < 8) {
      wrong.push(`"${last}" is alone`);
    }
    const letters = (/** @type {string[]} */ words) =>
      words.join(" ").replace(/\p{M}/gu, "").length;
    const longest = Math.max(...[...lines.values()].map(letters));
    const isWide = stage.querySelector(".third, .breakable, [data-plan=wide], [data-plan=joined]");
    if (!isWide && longest > 72) wrong.push(`a line has ${longest} letters`);
  }
  return wrong;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, grow } from "../../components/scenes/stage/drawing.js";

/**
 * A layer whose words need so many times their size, in a room of so many pixels, by its plan.
 *
 * @param {Record<string, { room: number, lines: number }>} plans
 * @param {number} height
 */
function layerOf(plans, height = 1000) {
  let size = 0;
  const dataset = { plan: Object.keys(plans)[0] ?? "" };
  const now = () => plans[dataset.plan] ?? { room: 0, lines: 0 };
  const room = {
    get scrollHeight() {
      return now().lines * size;
    },
    get clientHeight() {
      return now().room;
    },
    scrollWidth: 0,
    clientWidth: 0,
  };
  const layer = {
    dataset,
    offsetHeight: height,
    style: {
      setProperty: (/** @type {string} */ _, /** @type {string} */ value) => {
        size = Number.parseFloat(value);
      },
    },
    querySelectorAll: (/** @type {string} */ selector) => (selector === ".room" ? [room] : []),
  };
  return { layer: /** @type {any} */ (layer), plan: () => dataset.plan, size: () => size };
}

test("words grow until they just fit their room", () => {
  const { layer, size } = layerOf({ full: { room: 500, lines: 10 } });

  const grown = grow(layer, 10, 200);

  assert.equal(size(), grown);
  assert.ok(grown <= 50 && grown > 49, `${grown}`);
});

test("words that fit at any size are as large as they may be", () => {
  const { layer } = layerOf({ full: { room: 500, lines: 1 } });

  assert.ok(grow(layer, 10, 100) > 99);
});

test("the first plan in which words are large enough is taken, else the last", () => {
  const plans = { full: { room: 300, lines: 10 }, spare: { room: 600, lines: 10 } };
  const wanted = layerOf(plans);
  fit(wanted.layer, [
    ["full", 1 / 20],
    ["spare", 1 / 20],
  ]);
  assert.equal(wanted.plan(), "spare");
  assert.ok(wanted.size() >= 50);

  const never = layerOf(plans);
  fit(never.layer, [
    ["full", 1 / 10],
    ["spare", 1 / 10],
  ]);
  assert.equal(never.plan(), "spare");
  assert.ok(never.size() > 59 && never.size() <= 60);
});

test("rather small than cut: below the least size if nothing else helps", () => {
  const { layer, size } = layerOf({ full: { room: 300, lines: 15 } });

  fit(layer, [["full", 0]]);

  assert.ok(size() <= 20 && size() > 19, `${size()}`);
});

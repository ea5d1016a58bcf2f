import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import "./page.js";

const { Hand, STANDS_AFTER } = await import("../../components/questions/question_board/hand.js");

let now = 0;
mock.method(performance, "now", () => now);
mock.timers.enable({ apis: ["setTimeout"] });

/** @type {InstanceType<typeof Hand>} */
let hand;

/**
 * What is drawn, and how it differs from before.
 *
 * @param {number[]} order
 * @param {{ changed?: number[], told?: number[], opened?: number[] }} [drawn]
 */
function see(order, { changed = [], told = [], opened = [] } = {}) {
  hand.see(order, { changed: new Set(changed), told: new Set(told), opened: new Set(opened) });
}

const standing = () => [1, 2, 3, 4].filter((number) => hand.stands(number));
const shown = () => [1, 2, 3, 4].filter((number) => hand.isShown(number));

beforeEach(() => {
  const [held, list, root] = [new EventTarget(), new EventTarget(), new EventTarget()];
  const board = { held, list, root, items: new Map() };
  now = 10_000;
  hand = new Hand(/** @type {any} */ (board));
  see([1, 2, 3]);
  now += STANDS_AFTER;
});

test("what has been there for half a second stands, whatever is drawn again", () => {
  see([1, 2, 3]);

  assert.deepEqual(standing(), [1, 2, 3]);
});

test("one that comes moves those below it, and none of them is another question", () => {
  see([1, 4, 2, 3]);

  assert.deepEqual(standing(), [1]);
  assert.deepEqual(shown(), [1, 2, 3]);
  now += STANDS_AFTER - 1;
  assert.deepEqual(standing(), [1]);
  now += 1;
  assert.deepEqual(standing(), [1, 2, 3, 4]);
});

test("one that others changed shows anew, and those below it may have moved", () => {
  see([1, 2, 3], { changed: [2], told: [2] });

  assert.deepEqual(shown(), [1, 3]);
  assert.deepEqual(standing(), [1]);
});

test("what is open of one moves only those below it", () => {
  see([1, 2, 3], { opened: [2] });

  assert.deepEqual(standing(), [1, 2]);
  assert.deepEqual(shown(), [1, 2, 3]);
});

test("what comes where nothing was has only just come", () => {
  see([]);
  now += STANDS_AFTER;
  see([2, 3]);

  assert.ok(!hand.stands(2) && !hand.isShown(2));
  now += STANDS_AFTER;
  assert.ok(hand.stands(2) && hand.isShown(2));
});

test("a step leads to what has come after the one at hand for half a second", () => {
  see([1, 3, 4]);

  assert.ok(!hand.leads(1, 3));
  assert.ok(!hand.leads(3, 1));
  assert.ok(!hand.leads(3, 4));
  assert.ok(hand.leads(null, 1));
  now += STANDS_AFTER;
  assert.ok(hand.leads(1, 3));
  see([3, 4]);
  assert.ok(hand.leads(3, 4));
  assert.ok(!hand.leads(null, 3));
});

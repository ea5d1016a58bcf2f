import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./page.js";

const { Arrangement } = await import("../../components/questions/question_board/arrangement.js");

/** What a list has before it, as far as the order of its questions needs it. */
let board = fresh();
/** @type {InstanceType<typeof Arrangement>} */
let arrangement;

function fresh() {
  return {
    data: { revision: 1, rows: rows(5, 4, 3), inbox: { newest: 5, length: 50 } },
    list: { scrollTop: 0 },
    hand: { isHolding: false, holds: () => board.hand.isHolding },
    commands: { showsOwn: () => false },
    cursor: { number: null, keep: () => {} },
    menu: /** @type {{ number: number } | null} */ (null),
    opened: /** @type {number | null} */ (null),
    selected: new Set(),
    order: /** @type {number[]} */ ([]),
    rows: new Map(),
    latest: new Map(),
    kept: new Map(),
    own: new Map(),
  };
}

/** @param {number[]} numbers */
function rows(...numbers) {
  return numbers.map((number) => ({ number, version: 1 }));
}

/**
 * What the server lists next.
 *
 * @param {number[]} numbers
 */
function listed(...numbers) {
  board.data = {
    revision: board.data.revision + 1,
    rows: rows(...numbers),
    inbox: { newest: Math.max(...numbers), length: 50 },
  };
  board.latest = new Map(board.data.rows.map((row) => [row.number, row]));
  arrangement.arrange();
  return board.order;
}

beforeEach(() => {
  board = fresh();
  arrangement = new Arrangement(/** @type {any} */ (board));
  listed(5, 4, 3);
});

test("at rest the list is the server's", () => {
  assert.deepEqual(listed(6, 5, 3), [6, 5, 3]);
  assert.equal(arrangement.arrivals, 0);
});

test("under a hand nothing moves: what came waits, what went stays, and it is said", () => {
  board.hand.isHolding = true;

  assert.deepEqual(listed(6, 5, 3), [5, 4, 3]);
  assert.equal(arrangement.arrivals, 1);
  assert.equal(arrangement.isBehind, true);
});

test("under a hand what comes below the last is added there", () => {
  board.hand.isHolding = true;

  assert.deepEqual(listed(5, 4, 3, 2, 1), [5, 4, 3, 2, 1]);
  assert.equal(arrangement.isBehind, false);
});

test("while somebody reads further down, what came waits and what went leaves its place", () => {
  board.list.scrollTop = 300;

  assert.deepEqual(listed(7, 6, 5, 3), [5, 3]);
  assert.equal(arrangement.arrivals, 2);
  // Back from elsewhere, it stands again where the server has it.
  assert.deepEqual(listed(7, 6, 5, 4, 3), [5, 4, 3]);
});

test("what is open stays where it stood, though it left the list", () => {
  board.opened = 4;
  assert.deepEqual(listed(6, 5, 3), [6, 5, 4, 3]);

  board.own.set(4, 1);
  assert.deepEqual(listed(6, 5, 3), [6, 5, 3], "one's own command takes it away");
});

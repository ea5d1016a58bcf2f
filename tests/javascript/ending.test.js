import assert from "node:assert/strict";
import { test } from "node:test";
import { unlessOvertaken } from "../../components/live/live_signal/ending.js";

test("a call that was overtaken does not stop what is drawn", () => {
  const place = {};
  /** @type {string[]} */
  const stopped = [];
  const first = unlessOvertaken(place, () => stopped.push("first"));
  const second = unlessOvertaken(place, () => stopped.push("second"));

  first();
  assert.deepEqual(stopped, []);

  second();
  assert.deepEqual(stopped, ["second"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { age, compare } from "../../components/questions/question_board/card.js";
import { partsOf, WRITTEN } from "../../components/questions/question_board/menu.js";
import { addTo, spanOf } from "../../components/questions/question_board/selection.js";

const NOW = 1_700_000_000;

test("an age is told in minutes, hours from one on, and days from two on", () => {
  const ago = (/** @type {number} */ seconds) => age(NOW - seconds, NOW, "en");

  assert.equal(ago(0), "this minute");
  assert.equal(ago(89), "1m ago");
  assert.equal(ago(59 * 60), "59m ago");
  assert.equal(ago(60 * 60), "1h ago");
  assert.equal(ago(47 * 3600), "47h ago");
  assert.equal(ago(48 * 3600), "2d ago");
  // A clock that is behind the server's makes nothing come from the future.
  assert.equal(age(NOW + 600, NOW, "en"), "this minute");
  assert.equal(age(NOW - 600, NOW, "vi"), "10 phút trước");
});

test("what the desk made of a text stands against it word by word", () => {
  const said = compare("Bao giờ có sóng ạ", "Khi nào có sóng 4G ạ");
  const only = (/** @type {string | undefined} */ wanted) =>
    said.flatMap(([words, kind]) => (kind === wanted ? [words.trim()] : []));

  assert.deepEqual(only("del"), ["Bao", "giờ"]);
  assert.deepEqual(only("ins"), ["Khi", "nào", "4G"]);
  assert.deepEqual(only(undefined), ["có", "sóng", "ạ"]);
  const without = (/** @type {string} */ kind) =>
    said.flatMap(([words, each]) => (each === kind ? [] : [words])).join("");
  assert.equal(without("ins"), "Bao giờ có sóng ạ");
  assert.equal(without("del"), "Khi nào có sóng 4G ạ");
  assert.deepEqual(compare("", ""), []);
  assert.deepEqual(compare("như cũ", "như cũ"), [["như "], ["cũ"]]);
});

test("a question is split after its question marks, and at empty lines", () => {
  const row = /** @type {import("../../components/questions/question_board/messages.js").Row} */ ({
    text: "Có lớp không? Ở đâu ạ? Cảm ơn!",
  });

  assert.deepEqual(partsOf(WRITTEN.split(row)), ["Có lớp không?", "Ở đâu ạ?", "Cảm ơn!"]);
  assert.deepEqual(partsOf(" một\nhai \n \n\n ba "), ["một\nhai", "ba"]);
});

test("a span goes from the question at hand to the one that was ticked, either way", () => {
  assert.deepEqual(spanOf([5, 4, 3, 2, 1], 1, 3), [2, 3, 4]);
  assert.deepEqual(spanOf([5, 4, 3, 2, 1], 3, 1), [4, 3, 2]);
});

test("a selection takes a hundred questions, and tells how many found no room", () => {
  const selected = new Set(Array.from({ length: 98 }, (_, number) => number));

  assert.equal(addTo(selected, [1, 2, 100, 101, 102, 103]), 2);
  assert.equal(selected.size, 100);
  assert.ok(selected.has(101) && !selected.has(102));
});

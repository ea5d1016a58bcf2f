import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";

const { isTypedOn, nameOf, noteTyping } = await import(
  "../../components/questions/question_board/keyboard.js"
);

/**
 * @param {string} key
 * @param {Partial<KeyboardEvent>} [how]
 */
const pressed = (key, how) =>
  /** @type {KeyboardEvent} */ ({ key, timeStamp: 0, composedPath: () => [{}], ...how });

test("a key says one thing, written small or large, unless the large one says another", () => {
  assert.equal(nameOf(pressed("a")), "approve");
  assert.equal(nameOf(pressed("A")), "approve");
  assert.equal(nameOf(pressed("j")), "down");
  assert.equal(nameOf(pressed("J")), "later");
  assert.equal(nameOf(pressed("ArrowDown")), "down");
  assert.equal(nameOf(pressed("z")), undefined);
});

test("a key with Ctrl or Alt is the browser's, but for the one that shows what is ready", () => {
  assert.equal(nameOf(pressed("a", { ctrlKey: true })), undefined);
  assert.equal(nameOf(pressed("Enter", { metaKey: true })), "fire");
  assert.equal(nameOf(pressed("Enter", { ctrlKey: true })), "fire");
  assert.equal(nameOf(pressed("Enter", { ctrlKey: true, altKey: true })), undefined);
});

test("what is typed on after its field has gone is no command, until a second has passed", () => {
  noteTyping(pressed("x", { timeStamp: 1000 }));

  assert.equal(isTypedOn(pressed("i", { timeStamp: 1900 })), true);
  assert.equal(isTypedOn(pressed("n", { timeStamp: 2800 })), true);
  assert.equal(isTypedOn(pressed("a", { timeStamp: 3800 })), false);
  assert.equal(isTypedOn(pressed("a", { timeStamp: 3900 })), false);
});

test("a field that its person left, by key or pointer, is not typed on in", () => {
  noteTyping(pressed("x", { timeStamp: 1000 }));
  noteTyping(pressed("Escape", { timeStamp: 1100 }));
  assert.equal(isTypedOn(pressed("a", { timeStamp: 1200 })), false);

  noteTyping(pressed("x", { timeStamp: 2000 }));
  document.dispatchEvent(new Event("pointerdown"));
  assert.equal(isTypedOn(pressed("a", { timeStamp: 2100 })), false);
});

import assert from "node:assert/strict";
import { after, beforeEach, mock, test } from "node:test";
import "./page.js";
import { serve } from "./server.js";

const { aboutNext } = await import("../../components/chair/tablet/buttons.js");
const { Connection } = await import("../../components/chair/tablet/connection.js");
const { nameOf } = await import("../../components/chair/tablet/line.js");
const { Presses, toHall } = await import("../../components/chair/tablet/presses.js");

/** @import { Labels, Sent } from "../../components/chair/tablet/messages.js" */

let now = 0;
mock.method(performance, "now", () => now);

const server = await serve();
after(server.close);

beforeEach(() => {
  now = 100_000;
  delete window.dialogueSender;
  sessionStorage.setItem("dialogue-unsent", "[]");
});

/** @type {(button: Sent["button"]) => Sent} */
const command = (button) => ({ button, on_stage: [1, 1], coming: null });

function presses(slug = "an-event") {
  const commands = `${server.url}/commands?page=chair`;
  /** @type {() => void} */
  let tell = () => {};
  const made = new Presses(() => tell());
  made.follow({ slug, commands, language: "vi" });
  /** @returns {Promise<void>} */
  const answered = () => new Promise((resolve) => (tell = resolve));
  return { made, answered };
}

test("while one press is under way no other goes out", async () => {
  const { made, answered } = presses();
  const done = answered();

  assert.equal(made.press(command("next")), true);
  assert.equal(made.press(command("next")), false);
  assert.equal(made.press(command("answer")), false);
  assert.equal(made.pending?.button, "next");
  await done;

  // Answered, but it does not show yet: the next press would be about what is not seen.
  made.settle(server.revision - 1);
  assert.equal(made.press(command("answer")), false);
  made.settle(server.revision);
  const doneToo = answered();
  assert.equal(made.press(command("answer")), true);
  await doneToo;
});

test("a button rests for a second after what it did is seen, and others do not", async () => {
  const { made, answered } = presses();
  const done = answered();
  made.press(command("darken"));
  await done;
  made.settle(server.revision);

  assert.equal(made.busy(), "darken");
  assert.equal(made.press(command("darken")), false);
  // What takes it back is the same button on the page.
  assert.deepEqual([made.isBusy("darken"), made.isBusy("next")], [true, false]);
  now += 999;
  assert.equal(made.busy(), "darken");
  now += 1;
  assert.equal(made.busy(), null);
});

test("a button that takes back what it did rests after that too", async () => {
  const { made, answered } = presses();
  const done = answered();
  made.press(command("withdraw"));
  await done;
  made.settle(server.revision);

  assert.deepEqual([made.isBusy("ask"), made.isBusy("darken")], [true, false]);
});

test("a press takes long after two and a half seconds", async () => {
  const { made, answered } = presses();
  const done = answered();

  assert.deepEqual([made.isSlow(), made.slowAt], [false, null]);
  made.press(command("next"));
  now += 2500;
  assert.equal(made.isSlow(), false);
  now += 1;
  assert.equal(made.isSlow(), true);
  await done;
});

test("what was pressed for another event is over", async () => {
  const { made, answered } = presses();
  const done = answered();
  made.press(command("next"));

  made.follow({ slug: "an-event", commands: "/commands?page=chair", language: "en" });
  assert.equal(made.pending?.button, "next");
  assert.equal(made.outbox.address, "/commands?page=chair&lang=en");
  made.follow({ slug: "another", commands: "/commands?page=chair", language: "en" });
  assert.equal(made.pending, null);
  await done;
});

test("a connection counts as lost only once somebody would notice", () => {
  const connection = new Connection();

  connection.take(false);
  now += 1999;
  assert.equal(connection.isLost(), false);
  connection.take(false); // still away: it counts from when it went
  now += 1;
  assert.equal(connection.isLost(), true);
  connection.take(true);
  assert.equal(connection.isLost(), false);
});

const labels = /** @type {Labels} */ ({
  answer: "Answered",
  begin: "Begin {part}",
  next_first: "first {coming}",
  next_from: "end {ending}, then {coming}",
  next_last: "end {ending}",
  next_none: "nothing",
});

test("the next press says what it does", () => {
  const [asked, next] = /** @type {any[]} */ ([{ number: 3 }, { number: 5 }]);
  const words = [
    { on_stage: null, coming: [] },
    { on_stage: null, coming: [next] },
    { on_stage: asked, coming: [] },
    { on_stage: asked, coming: [next, asked] },
  ].map((each) => aboutNext({ ...each, labels }));

  assert.deepEqual(words, ["nothing", "first 5", "end 3", "end 3, then 5"]);
});

test("what waits is named as it was pressed", () => {
  const rundown = /** @type {any[]} */ ([{ code: "a", name: "Opening" }]);
  const data = { rundown, back: "Back to the opening", labels };
  const begin = /** @type {const} */ ({ name: "begin", part: "a", running: null });

  assert.equal(nameOf({ button: "answer" }, data), "Answered");
  assert.equal(nameOf({ button: "begin", command: begin }, data), "Begin Opening");
  assert.equal(nameOf({ button: "go_back" }, data), "Back to the opening");
});

test("a button asks of the hall what it says", () => {
  const [asked] = /** @type {any[]} */ ([{ number: 3 }]);

  assert.deepEqual(toHall("darken", { on_stage: null }), {
    command: { name: "darken", dark: true },
  });
  assert.deepEqual(toHall("lighten", { on_stage: null }), {
    command: { name: "darken", dark: false },
  });
  assert.deepEqual(toHall("ask", { on_stage: asked }), { command: { name: "ask", number: 3 } });
  assert.deepEqual(toHall("withdraw", { on_stage: asked }), { command: { name: "withdraw" } });
  assert.deepEqual(toHall("heed", { on_stage: asked }), { command: { name: "heed" } });
  assert.deepEqual(toHall("next", { on_stage: asked }), {});
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { told } from "./page.js";

const { Outbox } = await import("../../components/commands/outbox/outbox.js");

/**
 * @typedef {{ text: string, place: number, seen?: [number, number][] }} Command
 * @typedef {{ path: string, page: string, commands: Command[], lists: string | null }} Asked
 */

/** @type {Asked[]} what the server was asked, in order */
let asked;
/** @type {(asked: Asked) => { status: number, body: unknown } | null} null answers nothing at all */
let answer;

/** @param {Asked} asked */
const done = ({ commands }) => ({
  status: 200,
  body: { place: commands.at(-1)?.place, notice: null, revision: 7 },
});

const server = createServer(async (request, response) => {
  const body = JSON.parse((await request.toArray()).join(""));
  const one = { ...body, path: request.url ?? "" };
  asked.push(one);
  const given = answer(one);
  if (given === null) {
    request.socket.destroy();
    return;
  }
  response.writeHead(given.status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(given.body));
});

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());
beforeEach(() => {
  asked = [];
  answer = done;
  delete window.dialogueSender;
  sessionStorage.setItem("dialogue-unsent", "[]");
});

/** @param {string} path */
function outboxTo(path) {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  /** @type {() => void} */
  let answered = () => {};
  const outbox = new Outbox(() => answered());
  outbox.address = `http://127.0.0.1:${port}${path}`;
  outbox.slug = "an-event";
  /** @param {() => boolean} isSo */
  const until = (isSo) => {
    /** @type {Promise<void>} */
    const waited = new Promise((resolve) => {
      answered = () => isSo() && resolve();
    });
    return waited;
  };
  return { outbox, until };
}

const words = () => asked.map(({ commands }) => commands.map(({ text }) => text));

test("what is pressed first is sent first, and what comes meanwhile goes together", async () => {
  const { outbox, until } = outboxTo("/commands");

  for (const text of ["one", "two", "three"]) outbox.push({ text });
  await until(() => asked.length === 2);

  assert.deepEqual(words(), [["one"], ["two", "three"]]);
  assert.deepEqual(
    outbox.commands.map(({ place, revision }) => [place, revision]),
    [
      [1, 7],
      [2, 7],
      [3, 7],
    ],
  );
});

test("what was not answered is sent again as it was, before what came later", async (context) => {
  context.mock.method(console, "info", () => {});
  const { outbox, until } = outboxTo("/commands");
  const waiting = told("dialogue-waiting");
  answer = (one) => {
    if (asked.length > 1) return done(one);
    outbox.push({ text: "two" });
    return null;
  };

  outbox.push({ text: "one" });
  await until(() => outbox.commands.every(({ revision }) => revision === 7));

  assert.deepEqual(words(), [["one"], ["one", "two"]]);
  assert.equal(asked[0]?.page, asked[1]?.page);
  assert.equal(asked[0]?.commands[0]?.place, asked[1]?.commands[0]?.place);
  assert.deepEqual(waiting.at(-1), ["dialogue-waiting", { count: 0 }]);
});

test("what was not answered before a reload is sent first, as it was", async () => {
  const { outbox: before, until: wasSent } = outboxTo("/commands");
  before.push({ text: "one" });
  const unsent = sessionStorage.getItem("dialogue-unsent") ?? "";
  await wasSent(() => before.commands.every(({ revision }) => revision === 7));
  assert.equal(sessionStorage.getItem("dialogue-unsent"), "[]");

  // The page is read anew before it hears of it: all that is known is what the tab keeps.
  sessionStorage.setItem("dialogue-unsent", unsent);
  delete window.dialogueSender;
  const { outbox, until } = outboxTo("/commands");
  outbox.push({ text: "two" });
  await until(() => outbox.commands.every(({ revision }) => revision === 7));

  assert.deepEqual(words(), [["one"], ["one"], ["two"]]);
  assert.deepEqual(
    asked.map(({ page }) => page),
    [before.sender.page, before.sender.page, outbox.sender.page],
  );
  assert.equal(sessionStorage.getItem("dialogue-unsent"), "[]");
});

test("what has waited for longer than the server knows of it is not sent", () => {
  const old = { command: { text: "one", place: 1 }, page: "1", address: "/", slug: "", at: 0 };
  sessionStorage.setItem("dialogue-unsent", JSON.stringify([old]));

  const { outbox } = outboxTo("/commands");

  assert.deepEqual(outbox.sender.unanswered, []);
});

test("what builds on another command waits for it, and is left out where that was refused", async () => {
  const { outbox, until } = outboxTo("/commands");
  answer = (one) => {
    const not_done = one.commands.filter(({ text }) => text === "late").map(({ place }) => place);
    return { status: 200, body: { ...done(one).body, notice: { text: "…", not_done } } };
  };

  outbox.push({ text: "one", seen: [[1, 1]] });
  outbox.push({ text: "late", seen: [[2, 1]] });
  outbox.push({ text: "other", seen: [[3, 1]] });
  outbox.push({ text: "on the late one", seen: [[2, 2]] });
  outbox.push({ text: "on the other", seen: [[3, 2]] });
  await until(() => outbox.commands.every(({ revision }) => revision === 7));

  assert.deepEqual(words(), [["one"], ["late", "other"], ["on the other"]]);
  assert.deepEqual(
    outbox.commands.map(({ left }) => left),
    [[], [2], [], [2], []],
  );
});

test("of several questions, what builds on one that was left as it was is left out", async () => {
  const { outbox, until } = outboxTo("/commands");
  answer = (one) => {
    const several = one.commands.filter(({ text }) => text === "several");
    const left_by = several.map(({ place }) => [place, 2]);
    return {
      status: 200,
      body: { ...done(one).body, notice: { text: "…", not_done: [], left_by } },
    };
  };

  outbox.push({
    text: "several",
    seen: [
      [1, 1],
      [2, 1],
    ],
  });
  outbox.push({ text: "on the one left", seen: [[2, 2]] });
  outbox.push({
    text: "on both",
    seen: [
      [1, 2],
      [2, 3],
    ],
  });
  outbox.push({ text: "undo", seen: [] });
  await until(() => outbox.commands.every(({ revision }) => revision === 7));

  assert.deepEqual(words(), [["several"], ["on both"], ["undo"]]);
  assert.deepEqual(asked[1]?.commands[0]?.seen, [[1, 2]]);
  assert.deepEqual(
    outbox.commands.map(({ left }) => left),
    [[2], [2], [], []],
  );
});

test("what goes to another address waits for its turn", async () => {
  const { outbox: desk } = outboxTo("/commands");
  const { outbox: stage, until } = outboxTo("/commands/stage");

  desk.push({ text: "one" });
  stage.push({ text: "two" });
  desk.push({ text: "three" });
  stage.push({ text: "four" });
  await until(() => asked.length === 4);

  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/commands", "/commands/stage", "/commands", "/commands/stage"],
  );
  assert.deepEqual(words().flat(), ["one", "two", "three", "four"]);
});

test("one that is never done is given up, and keeps back no other", async () => {
  const { outbox, until } = outboxTo("/commands");
  const heard = told("dialogue-refused", "dialogue-notice");
  const isWrong = (/** @type {Asked} */ { commands }) =>
    commands.some(({ text }) => text === "wrong");
  answer = (one) => (isWrong(one) ? { status: 400, body: { title: "Never." } } : done(one));

  for (const text of ["one", "wrong", "two"]) outbox.push({ text });
  await until(
    () => outbox.commands.length === 2 && outbox.commands.every(({ revision }) => revision),
  );

  assert.deepEqual(words(), [["one"], ["wrong", "two"], ["wrong"], ["two"]]);
  const texts = outbox.commands.map((command) => /** @type {{ text?: string }} */ (command).text);
  assert.deepEqual(texts, ["one", "two"]);
  assert.deepEqual(
    heard.map(([name]) => name),
    ["dialogue-notice", "dialogue-notice", "dialogue-refused", "dialogue-notice"],
  );
});

test("what shows is forgotten, and what does not show yet is kept", async () => {
  const { outbox, until } = outboxTo("/commands");
  answer = (one) => ({ status: 200, body: { ...done(one).body, revision: 6 + asked.length } });

  outbox.push({ text: "one" });
  outbox.push({ text: "two" });
  await until(() => asked.length === 2);
  outbox.settle(7);

  assert.deepEqual(
    outbox.commands.map(({ place }) => place),
    [2],
  );
});

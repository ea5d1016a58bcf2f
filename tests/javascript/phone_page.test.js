import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import "./page.js";

/**
 * @typedef {{ status: number, type?: string, body?: unknown }} Given null answers nothing at all
 */

/** @type {(Given | null)[]} what the server answers, one after the other */
let answers = [];
/** @type {{ path: string, key: string | undefined, body: unknown }[]} */
let asked = [];

const server = createServer(async (request, response) => {
  const body = JSON.parse((await request.toArray()).join(""));
  const key = request.headers["idempotency-key"];
  asked.push({ path: request.url ?? "", key: String(key), body });
  const given = answers.shift();
  if (!given) {
    request.socket.destroy();
    return;
  }
  response.writeHead(given.status, { "Content-Type": given.type ?? "application/json" });
  response.end(given.type ? given.body : JSON.stringify(given.body));
});

const told = {
  slug: "an event",
  language: "vi",
  base: "",
  shortest_text: 10,
  longest_text: 1000,
  words: {
    too_short: "at least {least}, not {count}",
    too_long: "at most {most}, not {count}",
    district: "choose a district",
    consent: "accept the notice",
  },
};

/** @type {typeof import("../../audience/static/ask/delivery.js")} */
let delivery;
/** @type {typeof import("../../audience/static/ask/kept.js")} */
let kept;
/** @type {typeof import("../../audience/static/ask/sentences.js")} */
let sentences;
/** @type {typeof import("../../audience/static/ask/submission.js")} */
let submission;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  told.base = `http://127.0.0.1:${port}`;
  // The page's only element here is what it says to scripts.
  const page = { textContent: JSON.stringify(told) };
  Object.assign(document, { getElementById: (/** @type {string} */ id) => id === "page" && page });
  Object.assign(window, { sessionStorage });
  for (const name of ["addEventListener", "removeEventListener"]) {
    Object.assign(globalThis, { [name]: Reflect.get(window, name).bind(window) });
  }
  delivery = await import("../../audience/static/ask/delivery.js");
  kept = await import("../../audience/static/ask/kept.js");
  sentences = await import("../../audience/static/ask/sentences.js");
  submission = await import("../../audience/static/ask/submission.js");
});
after(() => server.close());
afterEach(() => {
  answers = [];
  asked = [];
});

const body = { text: "Bao giờ xã em có sóng 4G ạ?", district: "731", consent: true };

/** @param {() => void} [again] */
function how(again = () => {}) {
  const stop = new AbortController();
  return { stop: stop.signal, again, abort: () => stop.abort() };
}

test("a question is sent under its key until the server has answered for good", async () => {
  answers = [null, { status: 503 }, { status: 201, body: { code: "23456789ABCD" } }];
  let again = 0;

  const answer = await delivery.deliver(
    "one",
    body,
    how(() => {
      again += 1;
      // The Wi-Fi is back: no need to wait for all of the pause.
      dispatchOnline();
    }),
  );

  assert.deepEqual([answer?.status, answer?.body.code, again], [201, "23456789ABCD", 2]);
  const once = { path: "/api/events/an%20event/questions", key: "one", body };
  assert.deepEqual(asked, [once, once, once]);
});

function dispatchOnline() {
  queueMicrotask(() => window.dispatchEvent(new Event("online")));
}

test("what is wrong with a question is an answer for good", async () => {
  answers = [{ status: 422, body: { title: "wrong" } }];

  const answer = await delivery.deliver("one", body, how());

  assert.deepEqual([answer?.status, answer?.body.title, asked.length], [422, "wrong", 1]);
});

test("an answer that is no JSON, as a proxy gives, has an empty body", async () => {
  answers = [{ status: 413, type: "text/html", body: "<h1>too large</h1>" }];

  const answer = await delivery.deliver("one", body, how());

  assert.deepEqual([answer?.status, answer?.body], [413, {}]);
});

test("who stops it while it waits is answered at once, and nothing more is sent", async () => {
  answers = [{ status: 503 }];
  const stopped = how(() => queueMicrotask(stopped.abort));

  assert.equal(await delivery.deliver("one", body, stopped), null);
  assert.equal(asked.length, 1);
});

test("only what may be otherwise the next time is sent again", () => {
  const statuses = [201, 400, 403, 408, 409, 413, 415, 422, 429, 500, 503];

  assert.deepEqual(statuses.filter(delivery.mayRecover), [408, 429, 500, 503]);
});

test("a text is as long as the server counts it", () => {
  for (const [text, length] of /** @type {[string, number][]} */ ([
    ["", 0],
    ["  hai  từ \t nhé ", 10],
    ["e\u0323\u0302", 1], // ệ in three characters, as some keyboards write it
    ["a\u200b\ufeffb", 2],
    ["một\r\nhai\rba", 10],
    ["một\n\n\n\n\nhai", 8],
    ["👍🏽", 2],
  ])) {
    assert.equal(submission.lengthOf(text), length, JSON.stringify(text));
  }
});

test("a phone says at once what it can know to be wrong", () => {
  assert.deepEqual(
    submission.mistakes({ text: "x".repeat(10), district: "731", consent: true }),
    [],
  );
  assert.deepEqual(submission.mistakes({ text: "x".repeat(9), district: "", consent: false }), [
    { field: "text", message: "at least 10, not 9" },
    { field: "district", message: "choose a district" },
    { field: "consent", message: "accept the notice" },
  ]);
  assert.deepEqual(
    submission.mistakes({ text: "x".repeat(1001), district: "731", consent: true }),
    [{ field: "text", message: "at most 1000, not 1001" }],
  );
});

test("a key is another each time, and long enough that nobody has it twice", () => {
  const keys = new Set(Array.from({ length: 100 }, submission.freshKey));

  assert.equal(keys.size, 100);
  for (const key of keys) assert.match(key, /^[0-9a-f]{36}$/);
});

test("sentences are filled in, with numbers as the page's language writes them", () => {
  assert.equal(sentences.filled("{a} of {b} and {c}", { a: 0, b: null }), "0 of null and {c}");
  assert.equal(sentences.number(1234), "1.234");
  assert.equal(sentences.counted("{count} one", "{count} many", 1), "1 one");
  assert.equal(sentences.counted("{count} one", "{count} many", 1000), "1.000 many");
});

test("what is kept is this event's, and a browser that keeps nothing only forgets", () => {
  kept.tab.write("mine", ["A", "B"]);
  assert.deepEqual(kept.tab.read("mine"), ["A", "B"]);
  assert.equal(sessionStorage.getItem("dialogue-mine-an event"), '["A","B"]');

  sessionStorage.setItem("dialogue-mine-an event", "not JSON");
  assert.equal(kept.tab.read("mine"), null);

  // This window has no localStorage, as where it is forbidden.
  kept.phone.write("mine", ["A"]);
  assert.equal(kept.phone.read("mine"), null);
});

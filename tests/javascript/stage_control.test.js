import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { told } from "./page.js";
import { serve } from "./server.js";

const { Commands } = await import("../../components/desk/stage_control/commands.js");

/**
 * @import { ArmedMessage } from "../../components/commands/messages.js"
 * @import { Facts } from "../../components/desk/stage_control/messages.js"
 */

const server = await serve();
after(server.close);

beforeEach(() => {
  server.sent = [];
  delete window.dialogueSender;
  sessionStorage.setItem("dialogue-unsent", "[]");
});

/** @type {ArmedMessage} */
const three = { scene: "question", number: 3 };

/** @param {{ ready?: ArmedMessage | null, dark?: boolean, number?: number | null }} [seen] */
function control({ ready = null, dark = false, number = null } = {}) {
  const on_air = { dark, number };
  const facts = /** @type {Facts} */ (
    /** @type {unknown} */ ({ revision: 0, language: "en", ready, on_air, shows_timer: false })
  );
  const made = new Commands(() => {});
  made.follow({ slug: "an-event", commands: `${server.url}/commands?page=desk`, facts });
  made.settle(facts);
  /** @param {number} count @returns {Promise<void>} */
  const sent = (count) =>
    new Promise((resolve) => {
      made.outbox.onAnswer = () => server.sent.length >= count && resolve();
    });
  return { made, sent };
}

/** @param {{ place: number }} command as it was sent, without its place */
const meant = ({ place: _, ...command }) => command;

test("what is ready and dark is what all that was pressed will have made of it", async () => {
  const { made, sent } = control({ ready: three, dark: true });
  const done = sent(4);
  const wanted = [made.wanted];

  for (const press of [
    () => made.fire(),
    () => made.arm({ scene: "thanks" }),
    () => made.darken(),
    () => made.darken(),
  ]) {
    press();
    wanted.push(made.wanted);
  }
  await done;

  assert.deepEqual(wanted, [
    { armed: three, dark: true },
    { armed: null, dark: true },
    { armed: { scene: "thanks" }, dark: true },
    { armed: { scene: "thanks" }, dark: false },
    { armed: { scene: "thanks" }, dark: true },
  ]);
});

test("what is fired is what was seen ready, over what was seen on stage", async () => {
  const { made, sent } = control({ ready: three, number: 2 });
  const heard = told("dialogue-fired");
  const done = sent(1);

  made.fire();
  await done;

  const armed = { scene: "question", number: 3 };
  assert.deepEqual(server.sent.map(meant), [{ name: "fire", armed, ending: 2 }]);
  assert.deepEqual(heard, [["dialogue-fired", { number: 3 }]]);
});

test("nobody is asked to move on from an empty stage", async () => {
  const { made, sent } = control();
  const done = sent(1);

  made.askToMoveOn();
  made.showTimer();
  await done;

  assert.deepEqual(server.sent.map(meant), [{ name: "show_timer", shown: true }]);
});

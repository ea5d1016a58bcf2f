// The way to a question's receipt, and the receipt itself, which follows what becomes of it.

/**
 * @import { AskedQuestion } from "../../messages.js"
 * @import { Answer } from "./server.js"
 */

import { phone } from "./kept.js";
import { outcomeOf, receiptOf, remember } from "./mine.js";
import { byId, page, within, write } from "./page.js";
import { repeat } from "./repeat.js";
import { call } from "./server.js";

/** @param {string} code */
export function goToReceipt(code) {
  remember(code);
  phone.write("draft", null);
  location.assign(receiptOf(code));
}

/** @param {string} code */
export function startReceipt(code) {
  remember(code);
  const draft = phone.read("draft");
  const asked = within(document.body, ".receipt .text").textContent;
  // Sent by the form itself, before this script was there to clear up.
  if (draft && draft.text && draft.text.trim() === asked.trim()) phone.write("draft", null);
  repeat(followReceipt);
}

async function followReceipt() {
  /** @type {Answer<AskedQuestion>} */
  const answer = await call(`/questions/${page.code}`);
  if (answer.status !== 200) return;
  write(byId("outcome"), outcomeOf(answer.body));
  const published = answer.body.reply ? answer.body.reply.published_at : "";
  if (byId("reply").dataset.published !== published) await showReply();
}

// The server says who replied and in which document; the words are taken from its own page.
async function showReply() {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const reply = fresh.getElementById("reply");
  if (reply) byId("reply").replaceWith(document.importNode(reply, true));
}

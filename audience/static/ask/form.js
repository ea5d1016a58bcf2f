// The form of an event that takes questions: counts, checks, sends, and says how far that is.

/**
 * @import { Accepted } from "../../messages.js"
 * @import { Answer } from "./server.js"
 * @import { Submission } from "./submission.js"
 */

import { deliver } from "./delivery.js";
import { restoreDraft, saveDraft } from "./draft.js";
import { tab } from "./kept.js";
import { openAround, showWrong } from "./mistakes.js";
import { byId, field, find, page } from "./page.js";
import { goToReceipt } from "./receipt.js";
import { filled, number } from "./sentences.js";
import { isProblem } from "./server.js";
import { freshKey, keyField, lengthOf, mistakes, submission } from "./submission.js";

const PENDING_KEPT = 3600000;
const { words } = page;
/** @type {AbortController | null} */
let sending = null;
let isSent = false;

/** @param {HTMLFormElement} form */
export function startForm(form) {
  byId("counter").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = submission();
    const found = mistakes(body);
    if (found.length) showWrong(words.check, found);
    else send(body);
  });
  form.addEventListener("input", () => {
    say("");
    count();
    saveDraft();
  });
  byId("stop").addEventListener("click", () => sending && sending.abort());
  if (!resume() && restoreDraft()) say(words.restored);
  count();
  // The way back from a receipt leads to an empty form, not to what was sent already.
  addEventListener("pageshow", (event) => {
    if (event.persisted && isSent) location.reload();
  });
}

/** @param {Submission} body */
async function send(body) {
  const key = keyField().value;
  showWrong("", []);
  tab.write("pending", { key, body, at: Date.now() });
  lock(true);
  say(words.sending);
  sending = new AbortController();
  const again = () => say(words.resending);
  const answer = await deliver(key, body, { stop: sending.signal, again });
  lock(false);
  tab.write("pending", null);
  say("");
  if (answer === null) say(words.stopped);
  else take(answer);
}

/** @param {Answer<Accepted>} answer */
function take(answer) {
  if (answer.status === 201) {
    isSent = true;
    goToReceipt(answer.body.code);
  } else if (isProblem(answer, "KeyReused")) {
    keyField().value = freshKey();
    saveDraft();
    showWrong(words.again, []);
  } else {
    const errors = answer.body.errors || [];
    showWrong(errors.length ? words.check : answer.body.title || words.stopped, errors);
  }
}

// Goes on with what was being sent when the page was loaded anew.
function resume() {
  const pending = tab.read("pending");
  if (!pending || Date.now() - pending.at > PENDING_KEPT) return false;
  keyField().value = pending.key;
  for (const [name, value] of Object.entries(pending.body)) {
    if (typeof value === "boolean") field(name).checked = value;
    else field(name).value = value;
    if (value) openAround(field(name));
  }
  send(pending.body);
  return true;
}

/** @param {string} message */
function say(message) {
  byId("progress").textContent = message;
}

/** @param {boolean} isSending */
function lock(isSending) {
  /** @type {HTMLFormElement | null} */
  const form = find("ask");
  const fields = /** @type {Iterable<HTMLInputElement>} */ (form ? form.elements : []);
  for (const each of fields) if (each.id !== "stop") each.disabled = isSending;
  byId("stop").hidden = !isSending;
}

function count() {
  const length = lengthOf(field("text").value);
  const most = page.longest_text;
  byId("counter").textContent = filled(words.counter, {
    count: number(length),
    most: number(most),
  });
  byId("counter").classList.toggle("over", length > most);
}

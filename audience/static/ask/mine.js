// The list of one's own questions: their codes stay on this phone, what became of them is asked.

/**
 * @import { AskedQuestion, FollowedQuestion } from "../../messages.js"
 * @import { Answer } from "./server.js"
 */

import { phone } from "./kept.js";
import { byId, copyOf, find, page, within, write } from "./page.js";
import { filled } from "./sentences.js";
import { call } from "./server.js";

const MOST_MINE = 20;

const codes = () => phone.read("mine") || [];
/** @param {string} code */
const without = (code) => codes().filter((each) => each !== code);

/** @param {string} code */
export function remember(code) {
  phone.write("mine", [code, ...without(code)].slice(0, MOST_MINE));
}

/** @param {string} code */
function forget(code) {
  phone.write("mine", without(code));
  const item = find(`mine-${code}`);
  if (item) item.remove();
}

/** @param {string} code */
export const receiptOf = (code) => `${page.base}/ask/${encodeURIComponent(page.slug)}/${code}`;

/** @param {FollowedQuestion} question */
export const outcomeOf = (question) =>
  filled(page.outcomes[question.status], {
    number: question.merged_into,
    reason: page.reasons[question.reason || ""] || "",
  });

export async function showMine() {
  for (const code of codes()) {
    /** @type {Answer<AskedQuestion>} */
    let answer;
    try {
      answer = await call(`/questions/${code}`);
    } catch {
      return;
    }
    if (answer.status === 404) forget(code);
    else if (answer.status === 200) drawMine(code, answer.body);
  }
}

/**
 * @param {string} code
 * @param {FollowedQuestion} question
 */
function drawMine(code, question) {
  let item = find(`mine-${code}`);
  if (!item) {
    item = copyOf("mine-template");
    item.id = `mine-${code}`;
    /** @type {HTMLAnchorElement} */
    const link = within(item, ".number");
    link.href = receiptOf(code);
    byId("mine-list").append(item);
    byId("mine").hidden = false;
  }
  write(within(item, ".number"), filled(page.words.number, { number: question.id }));
  write(within(item, ".outcome"), outcomeOf(question));
  write(within(item, ".text"), question.text);
  item.dataset.status = question.status;
}

// Supporting a question of the board: counted here at once, and by the server one after the other.

/**
 * @import { Vote } from "../../messages.js"
 * @import { Answer } from "./server.js"
 */

import { phone } from "./kept.js";
import { byId, copyOf, page, within, write } from "./page.js";
import { counted } from "./sentences.js";
import { call, isProblem } from "./server.js";

const { words } = page;
const voted = new Set(phone.read("voted") || []);
let voting = Promise.resolve();

/**
 * @param {HTMLElement} item
 * @param {number} votes
 */
export function drawVotes(item, votes) {
  item.dataset.votes = String(votes);
  write(within(item, ".votes"), counted(words.votes_one, words.votes_many, votes));
  /** @type {HTMLElement} */
  const button = item.querySelector(".vote") || drawButton(item);
  const isVoted = voted.has(Number(item.dataset.number));
  button.hidden = !page.votable.some((each) => each === item.dataset.status);
  button.setAttribute("aria-pressed", String(isVoted));
  button.setAttribute("aria-describedby", `question-${item.dataset.number}-number`);
  write(button, isVoted ? words.supported : words.support);
}

/** @param {HTMLElement} item */
function drawButton(item) {
  const button = copyOf("vote-template");
  button.addEventListener("click", () => vote(item));
  within(item, ".foot").append(button);
  return button;
}

/** @param {HTMLElement} item */
function vote(item) {
  const gives = !voted.has(Number(item.dataset.number));
  mark(item, gives);
  byId("vote-notice").textContent = "";
  // One after the other: the first answer brings the mark that makes the next ones ours.
  voting = voting.then(async () => {
    let answer = await put(item, gives);
    // The page came without a mark, which this answer has brought.
    if (answer && isProblem(answer, "Unmarked")) answer = await put(item, gives);
    if (answer && answer.status === 200) {
      drawVotes(item, answer.body.votes);
    } else {
      mark(item, !gives);
      byId("vote-notice").textContent = (answer && answer.body.title) || words.vote_failed;
    }
  });
}

/**
 * @param {HTMLElement} item
 * @param {boolean} gives
 * @returns {Promise<Answer<Vote> | null>} null without an answer
 */
async function put(item, gives) {
  try {
    return await call(`/questions/${item.dataset.number}/vote`, {
      method: gives ? "PUT" : "DELETE",
    });
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} item
 * @param {boolean} isVoted
 */
function mark(item, isVoted) {
  const id = Number(item.dataset.number);
  if (isVoted === voted.has(id)) return;
  if (isVoted) voted.add(id);
  else voted.delete(id);
  phone.write("voted", [...voted]);
  drawVotes(item, Math.max(0, Number(item.dataset.votes) + (isVoted ? 1 : -1)));
}

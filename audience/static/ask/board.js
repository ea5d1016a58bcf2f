// The public questions: they follow the event, and nothing moves under anybody's eyes.

/**
 * @import { PublicBoard, PublicQuestion } from "../../messages.js"
 * @import { Answer } from "./server.js"
 */

import { showMine } from "./mine.js";
import { byId, copyOf, page, within, write } from "./page.js";
import { repeat } from "./repeat.js";
import { counted, filled } from "./sentences.js";
import { call } from "./server.js";
import { drawVotes } from "./votes.js";

const { words } = page;
/** @type {PublicQuestion[]} new ones, until somebody asks to see them */
let waiting = [];
/** @type {string | null} */
let tag = `"${page.revision}"`;

export function startBoard() {
  byId("news").hidden = false;
  byId("show-new").addEventListener("click", showNew);
  for (const item of items()) {
    const name = within(item, ".number");
    name.id = `${item.id}-number`;
    drawVotes(item, Number(item.dataset.votes));
  }
  showMine();
  repeat(refresh);
}

const items = () => /** @type {HTMLElement[]} */ ([...byId("questions").children]);

async function refresh() {
  /** @type {Answer<PublicBoard>} */
  const answer = await call("/board", { headers: { "If-None-Match": tag || "" } });
  if (answer.status === 304) return;
  if (answer.status !== 200) throw new Error(String(answer.status));
  tag = answer.headers.get("ETag");
  take(answer.body.questions);
  await showMine();
}

/** @param {PublicQuestion[]} questions */
function take(questions) {
  const left = new Map(questions.map((question) => [question.id, question]));
  const [last] = questions.slice(-1);
  const oldest = last ? last.id : 0;
  for (const item of items()) {
    const id = Number(item.dataset.number);
    const question = left.get(id);
    left.delete(id);
    item.classList.toggle("gone", !question && id >= oldest);
    if (question) draw(item, question);
    else if (id >= oldest) withdraw(item);
  }
  waiting = [...left.values()].filter((question) => question.id >= page.oldest);
  byId("show-new").hidden = !waiting.length;
  write(byId("show-new"), counted(words.new_one, words.new_many, waiting.length));
}

// A question that is taken off leaves its place, so that nothing moves under anybody's eyes.
/** @param {HTMLElement} item */
function withdraw(item) {
  item.style.minHeight = `${item.getBoundingClientRect().height}px`;
  write(within(item, ".text"), words.gone);
  write(within(item, ".status"), "");
  within(item, ".vote").hidden = true;
}

function showNew() {
  for (const question of waiting) {
    const after = items().find((item) => Number(item.dataset.number) < question.id);
    byId("questions").insertBefore(create(question), after || null);
  }
  const [newest] = waiting.map(({ id }) => byId(`question-${id}`));
  waiting = [];
  byId("show-new").hidden = true;
  byId("empty").hidden = true;
  if (newest) {
    newest.tabIndex = -1;
    newest.focus();
  }
}

/** @param {PublicQuestion} question */
function create(question) {
  const item = copyOf("question-template");
  item.id = `question-${question.id}`;
  item.dataset.number = String(question.id);
  within(item, ".number").id = `question-${question.id}-number`;
  write(within(item, ".number"), filled(words.number, { number: question.id }));
  draw(item, question);
  return item;
}

/**
 * @param {HTMLElement} item
 * @param {PublicQuestion} question
 */
function draw(item, question) {
  const topic = page.topics[question.topic || ""];
  const from = page.districts[question.district] || "";
  item.dataset.status = question.status;
  write(within(item, ".text"), question.text);
  write(within(item, ".status"), page.labels[question.status]);
  write(within(item, ".from"), topic ? `${from} · ${topic}` : from);
  drawVotes(item, question.votes);
}

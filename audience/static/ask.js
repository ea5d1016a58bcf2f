// The page is complete without this. What it adds: sending that survives bad Wi-Fi, a draft,
// the list of one's own questions, votes, and a board that follows the event.

/**
 * @import { FieldError, Problem } from "../../web/messages.js"
 * @import { Accepted, AskedQuestion, FollowedQuestion, Page } from "../messages.js"
 * @import { PublicBoard, PublicQuestion, Vote } from "../messages.js"
 */

/**
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 */
const find = (id) => /** @type {Kind | null} */ (document.getElementById(id));

/**
 * What is on the page in any case.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 */
function byId(id) {
  const found = /** @type {Kind | null} */ (document.getElementById(id));
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

/**
 * What is in an item in any case.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {Element} item
 * @param {string} selector
 */
function within(item, selector) {
  const found = /** @type {Kind | null} */ (item.querySelector(selector));
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

/** @type {(name: string) => HTMLInputElement} */
const field = byId;

/** @type {Page} */
const page = JSON.parse(byId("page").textContent);
const { words } = page;
const slug = encodeURIComponent(page.slug);

/**
 * @param {string} sentence
 * @param {Record<string, string | number | null>} values
 */
const filled = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
/** @param {number} value */
const number = (value) => value.toLocaleString(page.language);
/**
 * @param {string} one
 * @param {string} many
 * @param {number} count
 */
const counted = (one, many, count) => filled(count === 1 ? one : many, { count: number(count) });

// ---- What this phone keeps. A browser may refuse to keep anything; then the page forgets. ----

/**
 * What is kept by its name.
 *
 * @typedef {Partial<Record<"text" | "district" | "topic" | "key", string>>} Draft
 * @typedef {{ key: string, body: Submission, at: number }} Pending
 * @typedef {{ draft: Draft, mine: string[], voted: number[], pending: Pending }} Kept
 */

/** @param {"localStorage" | "sessionStorage"} kind */
function store(kind) {
  const name = (/** @type {string} */ key) => `dialogue-${key}-${page.slug}`;
  return {
    /**
     * @template {keyof Kept} Key
     * @param {Key} key
     * @returns {Kept[Key] | null}
     */
    read(key) {
      try {
        return JSON.parse(window[kind].getItem(name(key)) || "null");
      } catch {
        return null;
      }
    },
    /**
     * @template {keyof Kept} Key
     * @param {Key} key
     * @param {Kept[Key] | null} value
     */
    write(key, value) {
      try {
        if (value === null) window[kind].removeItem(name(key));
        else window[kind].setItem(name(key), JSON.stringify(value));
      } catch {
        // Full or forbidden.
      }
    },
  };
}

const phone = store("localStorage");
// What is being sent may hold a contact, so it lives no longer than the tab.
const tab = store("sessionStorage");

// ---- Talking to the server ----

// The server says within five seconds what it could not do; the rest is for the way there and back.
const PATIENCE = 10000;

/**
 * An answer; its body is empty where it is no JSON.
 *
 * @template Body
 * @typedef {{ status: number, headers: Headers, body: Body & Partial<Omit<Problem, "status">> }} Answer
 */

/**
 * @template [Body={}]
 * @param {string} path
 * @param {RequestInit & { stop?: AbortSignal | undefined }} [how]
 * @returns {Promise<Answer<Body>>}
 */
async function call(path, { stop, ...options } = {}) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  if (stop) stop.addEventListener("abort", () => late.abort());
  try {
    const response = await fetch(`${page.base}/api/events/${slug}${path}`, {
      ...options,
      cache: "no-store",
      headers: { "Accept-Language": page.language, ...options.headers },
      signal: late.signal,
    });
    const text = await response.text();
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : {},
    };
  } finally {
    clearTimeout(timer);
  }
}

// ---- Sending ----

/** @type {HTMLFormElement | null} a closed event has none */
const form = find("ask");
const PENDING_KEPT = 3600000;
const MOST_MINE = 20;
/** @type {AbortController | null} */
let sending = null;
let isSent = false;

/** @type {() => HTMLInputElement} */
const keyField = () => within(byId("ask"), "[name=key]");

function freshKey() {
  // randomUUID is missing where a hall serves plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Counted as the server counts: characters, not bytes, once what is invisible is gone.
/** @param {string} text */
function lengthOf(text) {
  const lines = text
    .normalize("NFC")
    .replace(/[\u00AD\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().replace(/\s+/g, " "));
  return [
    ...lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  ].length;
}

/** @typedef {{ text: string, district: string } & Record<string, string | boolean>} Submission */

/** @returns {Submission} */
function submission() {
  /** @type {Submission} */
  const body = { text: field("text").value, district: field("district").value };
  for (const name of ["topic", "name", "contact", "organisation"]) {
    const { value } = field(name);
    if (value) body[name] = value;
  }
  for (const name of ["show_name", "contact_me", "consent"]) body[name] = field(name).checked;
  return body;
}

// What can be known without the server, so that nobody waits for the Wi-Fi to be told.
/** @param {Submission} body */
function mistakes(body) {
  /** @type {FieldError[]} */
  const found = [];
  const count = lengthOf(body.text);
  const [least, most] = [page.shortest_text, page.longest_text];
  if (count < least)
    found.push({ field: "text", message: filled(words.too_short, { least, count }) });
  if (count > most) found.push({ field: "text", message: filled(words.too_long, { most, count }) });
  if (!body.district) found.push({ field: "district", message: words.district });
  if (!body.consent) found.push({ field: "consent", message: words.consent });
  return found;
}

/**
 * @param {string} title
 * @param {FieldError[]} errors
 */
function showWrong(title, errors) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = byId("ask").querySelectorAll("p.wrong");
  for (const place of places) {
    const name = place.id.replace(/-wrong$/, "");
    const error = errors.find((each) => each.field === name);
    place.hidden = !error;
    place.textContent = error ? error.message : "";
    if (error) byId(name).setAttribute("aria-invalid", "true");
    else byId(name).removeAttribute("aria-invalid");
    if (error) openAround(byId(name));
  }
  byId("summary-title").textContent = title;
  const lines = byId("summary-list");
  lines.textContent = "";
  lines.append(
    ...errors.map((error) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${error.field}`;
      const place = /** @type {HTMLInputElement | null} */ (find(error.field));
      // The messages of these speak of "here"; far from the field they need its name.
      const label = place && place.classList.contains("short") && place.labels && place.labels[0];
      link.textContent = label ? `${label.textContent}: ${error.message}` : error.message;
      item.append(link);
      return item;
    }),
  );
  byId("summary").hidden = !title;
  if (title) byId("summary").focus();
}

// Shows what the personal fields are folded into, if this is one of them.
/** @param {HTMLElement} place */
function openAround(place) {
  const details = place.closest("details");
  if (details) details.open = true;
}

/** @param {string} message */
function say(message) {
  byId("progress").textContent = message;
}

/** @param {boolean} isSending */
function lock(isSending) {
  const fields = /** @type {Iterable<HTMLInputElement>} */ (form ? form.elements : []);
  for (const each of fields) if (each.id !== "stop") each.disabled = isSending;
  byId("stop").hidden = !isSending;
}

// Waits a while, less if the Wi-Fi comes back or the person has stopped it.
/**
 * @param {number} milliseconds
 * @param {AbortSignal} stop
 * @returns {Promise<void>}
 */
function pause(milliseconds, stop) {
  return new Promise((resolve) => {
    // A hall's phones all come back at once; they need not all send at once.
    const soon = () => setTimeout(wake, Math.random() * 1500);
    const timer = setTimeout(wake, milliseconds);
    function wake() {
      clearTimeout(timer);
      removeEventListener("online", soon);
      resolve();
    }
    addEventListener("online", soon);
    stop.addEventListener("abort", wake);
  });
}

/** @param {number} status */
const mayRecover = (status) => status >= 500 || status === 429 || status === 408;

// Tries until the server has answered for good; null when the person stopped it.
/**
 * @param {string} key
 * @param {Submission} body
 * @param {AbortSignal} stop
 */
async function deliver(key, body, stop) {
  for (let attempt = 0; !stop.aborted; attempt += 1) {
    let asked = 0;
    try {
      const answer = await post(key, body, stop);
      if (!mayRecover(answer.status)) return answer;
      asked = Number(answer.headers.get("Retry-After")) || 0;
    } catch {
      // No answer, or half of one: the question may be on disk or not. The key settles that.
    }
    if (stop.aborted) break;
    say(words.resending);
    const backOff = Math.min(20000, 1000 * 2 ** attempt) * (0.5 + Math.random());
    await pause(asked * 1000 + backOff, stop);
  }
  return null;
}

/**
 * @param {string} key
 * @param {Submission} body
 * @param {AbortSignal} [stop]
 * @returns {Promise<Answer<Accepted>>}
 */
const post = (key, body, stop) =>
  call("/questions", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(body),
    stop,
  });

/** @param {Submission} body */
async function send(body) {
  const key = keyField().value;
  showWrong("", []);
  tab.write("pending", { key, body, at: Date.now() });
  lock(true);
  say(words.sending);
  sending = new AbortController();
  const answer = await deliver(key, body, sending.signal);
  lock(false);
  tab.write("pending", null);
  say("");
  if (answer === null) {
    say(words.stopped);
  } else if (answer.status === 201) {
    arrive(answer.body.code);
  } else if ((answer.body.type || "").endsWith(":KeyReused")) {
    keyField().value = freshKey();
    saveDraft();
    showWrong(words.again, []);
  } else {
    const errors = answer.body.errors || [];
    showWrong(errors.length ? words.check : answer.body.title || words.stopped, errors);
  }
}

/** @param {string} code */
function arrive(code) {
  isSent = true;
  remember(code);
  phone.write("draft", null);
  location.assign(`${page.base}/ask/${slug}/${code}`);
}

/** @param {string} code */
function remember(code) {
  const codes = (phone.read("mine") || []).filter((each) => each !== code);
  phone.write("mine", [code, ...codes].slice(0, MOST_MINE));
}

function saveDraft() {
  const text = field("text").value;
  const draft = { text, district: field("district").value, topic: field("topic").value };
  phone.write("draft", text ? { ...draft, key: keyField().value } : null);
}

function restoreDraft() {
  const draft = phone.read("draft");
  if (!draft) return;
  const typed = field("text").value;
  // What the server gave back, or the browser kept, is newer than the draft.
  if (typed && typed !== draft.text) return;
  if (draft.key) keyField().value = draft.key;
  if (typed) return;
  const { text = "", district = "", topic = "" } = draft;
  for (const [name, value] of Object.entries({ text, district, topic })) field(name).value = value;
  say(words.restored);
}

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

function count() {
  const length = lengthOf(field("text").value);
  const most = page.longest_text;
  byId("counter").textContent = filled(words.counter, {
    count: number(length),
    most: number(most),
  });
  byId("counter").classList.toggle("over", length > most);
}

/** @param {HTMLFormElement} form */
function startForm(form) {
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
  if (!resume()) restoreDraft();
  count();
  // The way back from a receipt leads to an empty form, not to what was sent already.
  addEventListener("pageshow", (event) => {
    if (event.persisted && isSent) location.reload();
  });
}

// A closed event has no form; what somebody had not sent by then is still theirs to copy.
async function startClosed() {
  const pending = tab.read("pending");
  const draft = pending ? pending.body : phone.read("draft");
  if (draft && draft.text && byId("kept").hidden) {
    byId("kept-text").textContent = draft.text;
    byId("kept").hidden = false;
  }
  if (!pending) return;
  try {
    // It may have arrived just before the end; then its key still gives the receipt.
    const answer = await post(pending.key, pending.body);
    if (answer.status === 201) arrive(answer.body.code);
    if (!mayRecover(answer.status)) tab.write("pending", null);
  } catch {
    // Still no Wi-Fi; the next visit asks again.
  }
}

// ---- One's own questions ----

/** @param {FollowedQuestion} question */
const outcomeOf = (question) =>
  filled(page.outcomes[question.status], {
    number: question.merged_into,
    reason: page.reasons[question.reason || ""] || "",
  });

async function showMine() {
  const codes = phone.read("mine") || [];
  for (const code of codes) {
    /** @type {Answer<AskedQuestion>} */
    let answer;
    try {
      answer = await call(`/questions/${code}`);
    } catch {
      return;
    }
    if (answer.status === 404) {
      phone.write(
        "mine",
        (phone.read("mine") || []).filter((each) => each !== code),
      );
      const item = find(`mine-${code}`);
      if (item) item.remove();
    } else if (answer.status === 200) {
      drawMine(code, answer.body);
    }
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
    link.href = `${page.base}/ask/${slug}/${code}`;
    byId("mine-list").append(item);
    byId("mine").hidden = false;
  }
  write(within(item, ".number"), filled(words.number, { number: question.id }));
  write(within(item, ".outcome"), outcomeOf(question));
  write(within(item, ".text"), question.text);
  item.dataset.status = question.status;
}

/**
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} template
 */
function copyOf(template) {
  /** @type {HTMLTemplateElement} */
  const { content } = byId(template);
  return /** @type {Kind} */ (document.importNode(content, true).children[0]);
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

// Unchanged text is left alone, so that no screen reader says it again and no selection is lost.
/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// ---- The board ----

const EVERY = 10000;
const SLOWEST = 80000;
const voted = new Set(phone.read("voted") || []);
/** @type {PublicQuestion[]} */
let waiting = [];
/** @type {string | null} */
let tag = `"${page.revision}"`;
let voting = Promise.resolve();

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

/**
 * @param {HTMLElement} item
 * @param {number} votes
 */
function drawVotes(item, votes) {
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

/** @param {HTMLElement} item */
function vote(item) {
  const gives = !voted.has(Number(item.dataset.number));
  mark(item, gives);
  byId("vote-said").textContent = "";
  // One after the other: the first answer brings the mark that makes the next ones ours.
  voting = voting.then(async () => {
    const method = gives ? "PUT" : "DELETE";
    const send = async () => {
      try {
        /** @type {Answer<Vote>} */
        const given = await call(`/questions/${item.dataset.number}/vote`, { method });
        return given;
      } catch {
        return null;
      }
    };
    let answer = await send();
    // The page came without a mark, which this answer has brought.
    if (answer && (answer.body.type || "").endsWith(":Unmarked")) answer = await send();
    if (answer && answer.status === 200) {
      drawVotes(item, answer.body.votes);
    } else {
      mark(item, !gives);
      byId("vote-said").textContent = (answer && answer.body.title) || words.vote_failed;
    }
  });
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

const items = () => /** @type {HTMLElement[]} */ ([...byId("questions").children]);

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

async function refreshBoard() {
  /** @type {Answer<PublicBoard>} */
  const answer = await call("/board", { headers: { "If-None-Match": tag || "" } });
  if (answer.status === 304) return;
  if (answer.status !== 200) throw new Error(String(answer.status));
  tag = answer.headers.get("ETag");
  take(answer.body.questions);
  await showMine();
}

function startBoard() {
  byId("news").hidden = false;
  byId("show-new").addEventListener("click", showNew);
  for (const item of items()) {
    const name = within(item, ".number");
    name.id = `${item.id}-number`;
    drawVotes(item, Number(item.dataset.votes));
  }
  showMine();
}

// Repeats while the page is looked at; slower while the server does not answer.
/** @param {() => Promise<void>} refresh */
function repeat(refresh) {
  let delay = EVERY;
  /** @type {number | undefined} */
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(run, delay * (0.75 + Math.random() / 2));
  };
  const run = async () => {
    if (document.hidden) return;
    try {
      await refresh();
      delay = EVERY;
    } catch {
      delay = Math.min(SLOWEST, delay * 2);
    }
    later();
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(run, Math.random() * 1000);
  });
  later();
}

// ---- Begin ----

if (page.code) {
  remember(page.code);
  const draft = phone.read("draft");
  const asked = within(document.body, ".receipt .text").textContent;
  // Sent by the form itself, before this script was there to clear up.
  if (draft && draft.text && draft.text.trim() === asked.trim()) phone.write("draft", null);
  repeat(followReceipt);
} else {
  if (form) startForm(form);
  else startClosed();
  startBoard();
  repeat(refreshBoard);
}

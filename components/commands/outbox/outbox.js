// Sends what somebody does on a page to the server, in order, again and again until it has answered.
// Tells by events what came of it ("dialogue-notice") and from which revision on it shows
// ("dialogue-changed"); if the answer brings what the page lists, that too ("dialogue-lists"). What
// is never done is told by "dialogue-refused": the page may not be somebody's any more. How many wait
// is told by "dialogue-waiting"; they outlive a reload of the page, in this tab of the browser.

import { announce } from "../../events.js";

/**
 * @import { Lists } from "../../desk/messages.js"
 * @import { Answer } from "../messages.js"
 */

const WAITS_FOR = 4000;
const REPEAT_AFTER = 1000;
const MOST_AT_ONCE = 10;
const MOST_REVISIONS = 50;
// So answered, or not at all, a command may be done the next time; else it never is.
/** @type {(number | null)[]} */
const NOT_NOW = [null, 408, 429, 502, 503, 504];

/**
 * A command that was sent: its place on this page and, once it was answered, from which revision on it
 * shows, and which questions it left as they were.
 *
 * @template {object} Command
 * @typedef {Command & { place: number, revision?: number, left?: number[] }} Sent
 */

/**
 * A command that is not answered yet: of which page it is, by what it was sent and when, by the
 * browser's clock.
 *
 * @typedef {object} Unanswered
 * @property {Sent<object>} command
 * @property {string} page
 * @property {string} address
 * @property {string} slug
 * @property {number} at
 * @property {Pick<Outbox<any>, "lists" | "commands" | "answered">} outbox
 */

/**
 * What came of some commands: what was done, or why there is no answer yet.
 *
 * @typedef {{ done: Answer } | { status: number | null, why?: string, seconds?: number }} Outcome
 */

const UNSENT = "dialogue-unsent";
// The server knows for a day what it has done of a page.
const KEPT_FOR = 12 * 3_600_000;
// Nothing on the page shows any more what was done before it was read anew.
const NOBODY = { lists: () => null, answered: () => {}, commands: [] };

/** @returns {Unanswered[]} */
function readUnsent() {
  /** @type {Unanswered[]} */
  const kept = JSON.parse(sessionStorage.getItem(UNSENT) ?? "[]");
  const since = Date.now() - KEPT_FOR;
  return kept.filter(({ at }) => at > since).map((each) => ({ ...each, outbox: NOBODY }));
}

// What is not answered yet, of everything on the page: what somebody did first is done first. The
// page keeps it while what was pressed goes and comes again.
export class Sender {
  // Of this page alone, also where a tab is copied: a command that is sent twice has the same place on
  // the same page.
  page = crypto.getRandomValues(new Uint32Array(2)).join("-");
  place = 0;
  /** @type {Unanswered[]} */
  unanswered = readUnsent();
  isSending = false;
  most = MOST_AT_ONCE;
  // From which revisions on what was done on this page shows, the latest last.
  /** @type {number[]} */
  revisions = [];
  /** @type {(() => void) | undefined} */
  hurry;

  constructor() {
    window.addEventListener("beforeunload", (event) => {
      if (this.unanswered.length) event.preventDefault();
    });
    this.tell();
    this.send();
  }

  /**
   * @template {object} Command
   * @param {Command} command
   * @param {Outbox<Command>} outbox
   * @returns {Sent<Command>}
   */
  push(command, outbox) {
    this.place += 1;
    const sent = { ...command, place: this.place };
    const { address, slug } = outbox;
    const { page } = this;
    this.unanswered.push({ command: sent, outbox, page, address, slug, at: Date.now() });
    this.tell();
    this.send();
    return sent;
  }

  // What waits for its next try has it at once.
  async send() {
    this.hurry?.();
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let [first] = this.unanswered; first; [first] = this.unanswered) {
        await this.sendSome(first);
      }
    } finally {
      this.isSending = false;
    }
  }

  /** @param {Unanswered} first */
  async sendSome(first) {
    const { outbox, address, page } = first;
    const waiting = this.nextOnes(first);
    const lists = outbox.lists();
    const commands = waiting.map(({ command }) => command);
    const answer = await this.post(address, { page, commands, lists });
    this.most = MOST_AT_ONCE;
    if ("done" in answer) this.take(waiting, answer.done, lists === outbox.lists());
    else if (NOT_NOW.includes(answer.status)) {
      await this.rest((answer.seconds ?? 0) * 1000 || REPEAT_AFTER);
    } else if (waiting.length > 1) this.most = 1;
    else this.giveUp(first, answer.why);
  }

  /**
   * What goes in one request. A command that builds on another one waits until that is done.
   *
   * @param {Unanswered} first
   */
  nextOnes(first) {
    const waiting = this.unanswered.slice(0, this.most);
    const end = waiting.findIndex(
      ({ page, address, command }, place) =>
        page !== first.page ||
        address !== first.address ||
        waiting.slice(0, place).some((before) => buildsOn(command, before.command)),
    );
    return end < 0 ? waiting : waiting.slice(0, end);
  }

  /**
   * What was meant of questions as a command would have made them is not done to those that it left
   * as they were; nor is taken back, instead of one that was refused, the one before it.
   *
   * @param {Sent<object>} before
   * @param {{ isRefused: boolean }} how
   */
  leaveOut(before, { isRefused }) {
    const { left = [], revision } = before;
    if (!seenBy(before)) return;
    this.unanswered = this.unanswered.filter(({ command }) => {
      const seen = seenBy(command);
      if (!seen) return true;
      const rest = seen.filter(([number]) => !left.includes(number));
      const isDone = seen.length ? rest.length > 0 : !isRefused;
      if (isDone) Object.assign(command, { seen: rest });
      else Object.assign(command, { left: numbersOf(command), revision });
      return isDone;
    });
  }

  /**
   * @param {string} address
   * @param {{ page: string, commands: object[], lists: string | null }} sent
   * @returns {Promise<Outcome>}
   */
  async post(address, sent) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(sent),
        signal: AbortSignal.timeout(WAITS_FOR),
      });
      if (answer.ok) return { done: await answer.json() };
      const why = await answer.json().catch(() => null);
      const seconds = Number(answer.headers.get("Retry-After"));
      return { status: answer.status, why: why?.title, seconds };
    } catch (error) {
      console.info("A command could not be sent now.", error);
      return { status: null };
    }
  }

  /**
   * What the page lists may be something else by now; then it is read for the change.
   *
   * @param {Unanswered[]} waiting
   * @param {Answer} done
   * @param {boolean} isAskedFor
   */
  take(waiting, { place, revision, notice, lists }, isAskedFor) {
    const isDone = (/** @type {Unanswered} */ each) =>
      waiting.includes(each) && each.command.place <= place;
    this.unanswered = this.unanswered.filter((each) => !isDone(each));
    for (const { command } of waiting) {
      // Where the answer could not say it, what shows next is taken for it.
      command.revision = revision ?? 0;
      const isRefused = notice?.not_done?.includes(command.place) ?? false;
      const left = notice?.left_by?.filter(([place]) => place === command.place) ?? [];
      command.left = isRefused ? numbersOf(command) : left.map(([, number]) => number);
      this.leaveOut(command, { isRefused });
    }
    this.tell();
    this.revisions = [...this.revisions, revision ?? 0].slice(-MOST_REVISIONS);
    if (lists && isAskedFor) announce("dialogue-lists", /** @type {Lists} */ (lists));
    for (const outbox of new Set(waiting.map((each) => each.outbox))) outbox.answered();
    announce("dialogue-notice", notice);
    const [first] = waiting;
    if (revision && first) announce("dialogue-changed", { revision, slug: first.slug });
  }

  /**
   * @param {Unanswered} first
   * @param {string} [why]
   */
  giveUp({ command, outbox }, why) {
    this.unanswered.shift();
    this.leaveOut({ ...command, left: numbersOf(command), revision: 0 }, { isRefused: true });
    this.tell();
    outbox.commands = outbox.commands.filter((each) => each !== command);
    outbox.answered();
    if (why) announce("dialogue-notice", { text: why, undo: false, at: Date.now() / 1000 });
    announce("dialogue-refused", null);
  }

  tell() {
    const kept = this.unanswered.map(({ outbox: _, ...each }) => each);
    sessionStorage.setItem(UNSENT, JSON.stringify(kept));
    announce("dialogue-waiting", { count: this.unanswered.length });
  }

  /** @param {number} milliseconds */
  rest(milliseconds) {
    /** @type {Promise<void>} */
    const rested = new Promise((done) => {
      this.hurry = done;
      setTimeout(done, milliseconds);
    });
    return rested;
  }
}

// The sender is the page's, of which each script has code of its own.
function sharedSender() {
  window.dialogueSender ??= new Sender();
  return window.dialogueSender;
}

/** @template {object} Command */
export class Outbox {
  sender = sharedSender();
  // What does not show yet in what is drawn.
  /** @type {Sent<Command>[]} */
  commands = [];
  /** @type {string} */
  address;
  /** @type {string} */
  slug;

  /**
   * @param {() => void} onAnswer
   * @param {() => string | null} lists says which lists the answer is to bring, as
   *   `address` of the desk's lists does, or nothing
   */
  constructor(onAnswer = () => {}, lists = () => null) {
    this.onAnswer = onAnswer;
    this.lists = lists;
  }

  /** @param {Command} command */
  push(command) {
    this.commands.push(this.sender.push(command, this));
  }

  // Whatever a list makes of it, the others' commands go on.
  answered() {
    try {
      this.onAnswer();
    } catch (error) {
      console.error(error);
    }
  }

  // The page has just heard from its server: there is nothing to wait for.
  send() {
    this.sender.send();
  }

  /**
   * What was done and shows at a revision.
   *
   * @param {number} revision
   */
  shown(revision) {
    return this.commands.filter(({ revision: from = Infinity }) => from <= revision);
  }

  /**
   * Forget what shows in what is drawn.
   *
   * @param {number} revision
   */
  settle(revision) {
    this.commands = this.commands.filter(({ revision: from = Infinity }) => from > revision);
  }
}

/**
 * Does a command take for granted that one before it is done? It names the question in the version
 * that the other one makes, or no question at all, as to take back what was done last.
 *
 * @param {object} command
 * @param {object} before
 */
function buildsOn(command, before) {
  const [seen, seenBefore] = [seenBy(command), seenBy(before)];
  if (!seen || !seenBefore) return false;
  return seen.length === 0 || seen.some(([one]) => seenBefore.some(([other]) => one === other));
}

/**
 * The questions that a command is done to, if it is done to any.
 *
 * @param {object} command
 */
const seenBy = (command) => /** @type {{ seen?: [number, number][] }} */ (command).seen;

/** @param {object} command */
const numbersOf = (command) => seenBy(command)?.map(([number]) => number) ?? [];

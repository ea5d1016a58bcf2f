// Sends what somebody does on a page to the server, in order, again and again until it has answered.
// Tells by events what came of it ("dialogue-said") and from which revision on it shows
// ("dialogue-changed"); if the answer brings what the page lists, that too ("dialogue-lists"). What
// is never done is told by "dialogue-refused": the page may not be somebody's any more. How many wait
// is told by "dialogue-waiting".

const WAITS_FOR = 4000;
const REPEAT_AFTER = 1000;
const MOST_AT_ONCE = 10;
const MOST_REVISIONS = 50;
// So answered, or not at all, a deed may be done the next time; else it never is.
const NOT_NOW = [null, 408, 429, 502, 503, 504];

// What is not answered yet, of everything on the page: what somebody did first is done first. The
// page keeps it while what was pressed goes and comes again.
class Sender {
  constructor() {
    // Of this page alone: a deed that is sent twice has the same place on the same page.
    this.page = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.place = 0;
    this.unanswered = [];
    this.isSending = false;
    this.most = MOST_AT_ONCE;
    // From which revisions on what was done on this page shows, the latest last.
    this.revisions = [];
    window.addEventListener("beforeunload", (event) => {
      if (this.unanswered.length) event.preventDefault();
    });
  }

  push(deed, outbox) {
    this.place += 1;
    const sent = { ...deed, place: this.place };
    const { address, slug } = outbox;
    this.unanswered.push({ deed: sent, outbox, address, slug });
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
      while (this.unanswered.length) await this.sendSome();
    } finally {
      this.isSending = false;
    }
  }

  async sendSome() {
    const waiting = this.nextOnes();
    const [{ outbox, address }] = waiting;
    const lists = outbox.lists();
    const answer = await this.post(address, waiting.map(({ deed }) => deed), lists);
    this.most = MOST_AT_ONCE;
    if (answer.done) this.take(waiting, answer.done, lists === outbox.lists());
    else if (NOT_NOW.includes(answer.status)) {
      await this.rest(answer.seconds * 1000 || REPEAT_AFTER);
    } else if (waiting.length > 1) this.most = 1;
    else this.giveUp(waiting[0], answer.why);
  }

  // What goes in one request. A deed that builds on another one waits until that is done.
  nextOnes() {
    const waiting = this.unanswered.slice(0, this.most);
    const end = waiting.findIndex(
      ({ address, deed }, place) =>
        address !== waiting[0].address ||
        waiting.slice(0, place).some((before) => buildsOn(deed, before.deed)),
    );
    return end < 0 ? waiting : waiting.slice(0, end);
  }

  // What was meant of a question as a deed would have left it is not done if that was not.
  leaveOut(refused) {
    const isBuilt = ({ deed }) => buildsOn(deed, refused);
    for (const { deed } of this.unanswered.filter(isBuilt)) {
      Object.assign(deed, { isRefused: true, revision: refused.revision });
    }
    this.unanswered = this.unanswered.filter((each) => !isBuilt(each));
  }

  // The answer to some deeds: `done`, or why there is none yet.
  async post(address, deeds, lists) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ page: this.page, deeds, lists }),
        signal: AbortSignal.timeout(WAITS_FOR),
      });
      if (answer.ok) return { done: await answer.json() };
      const why = await answer.json().catch(() => null);
      const seconds = Number(answer.headers.get("Retry-After"));
      return { status: answer.status, why: why?.title, seconds };
    } catch (error) {
      console.info("A deed could not be sent now.", error);
      return { status: null };
    }
  }

  // What the page lists may be something else by now; then it is read for the change.
  take(waiting, { place, revision, said, lists }, isAskedFor) {
    this.unanswered = this.unanswered.filter(({ deed }) => deed.place > place);
    for (const { deed } of waiting) {
      // Where the answer could not say it, what shows next is taken for it.
      deed.revision = revision ?? 0;
      deed.isRefused = said?.not_done?.includes(deed.place) ?? false;
      if (deed.isRefused) this.leaveOut(deed);
    }
    this.tell();
    this.revisions = [...this.revisions, revision ?? 0].slice(-MOST_REVISIONS);
    if (lists && isAskedFor) announce("dialogue-lists", lists);
    for (const outbox of new Set(waiting.map((each) => each.outbox))) outbox.answered();
    announce("dialogue-said", said);
    if (revision) announce("dialogue-changed", { revision, slug: waiting[0].slug });
  }

  giveUp({ deed, outbox }, why) {
    this.unanswered.shift();
    this.leaveOut({ ...deed, revision: 0 });
    this.tell();
    outbox.deeds = outbox.deeds.filter((each) => each !== deed);
    outbox.answered();
    if (why) announce("dialogue-said", { text: why, undo: false });
    announce("dialogue-refused", null);
  }

  tell() {
    announce("dialogue-waiting", { count: this.unanswered.length });
  }

  rest(milliseconds) {
    return new Promise((done) => {
      this.hurry = done;
      setTimeout(done, milliseconds);
    });
  }
}

class Outbox {
  // `lists` says which lists the answer is to bring, as `desk_lists.address` does, or nothing.
  constructor(onAnswer = null, lists = () => null) {
    this.onAnswer = onAnswer;
    this.lists = lists;
    // What does not show yet in what is drawn.
    this.deeds = [];
    this.sender = window.dialogueSender ??= new Sender();
  }

  push(deed) {
    this.deeds.push(this.sender.push(deed, this));
  }

  // Whatever a list makes of it, the others' deeds go on.
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

  // Forget what shows in what is drawn, a revision.
  settle(revision) {
    this.deeds = this.deeds.filter((deed) => !(deed.revision <= revision));
  }
}

// Does a deed take for granted that one before it is done? It names the question in the version
// that the other one makes, or no question at all, as to take back what was done last.
function buildsOn({ seen }, before) {
  if (!seen || !before.seen) return false;
  const isOfBoth = ([number]) => before.seen.some(([each]) => each === number);
  return seen.length === 0 || seen.some(isOfBoth);
}

function announce(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

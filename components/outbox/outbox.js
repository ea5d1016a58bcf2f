// Sends what somebody does to the server, in order, again and again until it has answered. Tells by
// events what came of it ("dialogue-said") and from which revision on it shows ("dialogue-changed");
// if the answer brings what the page lists, that too ("dialogue-lists").

const WAITS_FOR = 4000;
const REPEAT_AFTER = 1000;
// The request under way, of any list of the page: what somebody did first is done first.
let underWay = null;

class Outbox {
  // `lists` says which lists the answer is to bring, as `desk_lists.address` does, or nothing.
  constructor(onAnswer = null, lists = () => null) {
    this.onAnswer = onAnswer;
    this.lists = lists;
    // Of this page alone: a deed that is sent twice has the same place on the same page.
    this.page = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.place = 0;
    this.deeds = [];
    this.isSending = false;
  }

  push(deed) {
    this.place += 1;
    this.deeds.push({ ...deed, place: this.place });
    this.send();
  }

  async send() {
    clearTimeout(this.repeating);
    const waiting = this.deeds.filter((deed) => deed.revision === undefined);
    if (this.isSending || waiting.length === 0) return;
    this.isSending = true;
    while (underWay) await underWay;
    const lists = this.lists();
    underWay = this.post(waiting, lists);
    const answer = await underWay;
    underWay = null;
    this.isSending = false;
    if (!answer) {
      this.repeating = setTimeout(() => this.send(), REPEAT_AFTER);
      return;
    }
    for (const deed of this.deeds) {
      if (deed.place <= answer.place) deed.revision ??= answer.revision;
    }
    // What the page lists may be something else by now; then it is read for the change below.
    if (answer.lists && lists === this.lists()) announce("dialogue-lists", answer.lists);
    this.onAnswer();
    announce("dialogue-said", answer.said);
    announce("dialogue-changed", { revision: answer.revision });
    this.send();
  }

  async post(deeds, lists) {
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ page: this.page, deeds, lists }),
        signal: AbortSignal.timeout(WAITS_FOR),
      });
      return answer.ok ? await answer.json() : null;
    } catch (error) {
      console.info("A deed could not be sent now.", error);
      return null;
    }
  }

  // Forget what shows in what is drawn, a revision.
  settle(revision) {
    this.deeds = this.deeds.filter((deed) => !(deed.revision <= revision));
  }

  stop() {
    clearTimeout(this.repeating);
  }
}

function announce(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

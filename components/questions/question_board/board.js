// A list of an event's questions: what the page and the server give it, and when it is drawn. What
// stands in it, what is under a hand, what is done and what is said are files of their own.

import { element } from "../../elements.js";
import { announce } from "../../events.js";
import { leavesWithin } from "../../live/live_signal/leaving.js";
import { Source } from "../../live/live_signal/source.js";
import { Arrangement } from "./arrangement.js";
import { changeOf } from "./beside.js";
import { button } from "./button.js";
import { Commands } from "./commands.js";
import { Cursor } from "./cursor.js";
import { Forms } from "./forms.js";
import { Hand } from "./hand.js";
import { listen, listening, press } from "./keyboard.js";
import { drawList } from "./list.js";
import { Notices } from "./notices.js";
import { Absence, Alerts } from "./presence.js";

/**
 * @import { Lists } from "../../desk/messages.js"
 * @import { Item } from "./beside.js"
 * @import { Menu } from "./menu.js"
 * @import { Data, Frame, Inbox, Kept, Listed, Row, Words } from "./messages.js"
 */

const TURN_AGAIN_AFTER = 1500;

// The lists of the page, and about how many of their questions is asked at once.
/** @type {Set<Board>} */
const shown = new Set();
const MOST_KEPT = 60;

export class Board {
  title = element("h2", "title");
  tabs = element("div", "tabs");
  strip = element("div", "strip");
  pill = button("arrivals", "", () => press("arrivals", this));
  list = element("ol", "list");
  end = element("li", "end");
  bulk = element("div", "bulk");
  empty = element("p", "empty");
  held = element("div");
  // By their numbers: what is drawn, and what was read last; those besides that somebody has
  // before them and that have left the list; and how often one's own commands have just changed one.
  /** @type {Map<number, Item>} */
  items = new Map();
  /** @type {Map<number, Row>} */
  rows = new Map();
  /** @type {Map<number, Row>} */
  latest = new Map();
  /** @type {Map<number, Kept>} */
  kept = new Map();
  keptRevision = -1;
  /** @type {Map<number, number>} */
  own = new Map();
  /** @type {string | null} */
  view = null;
  /** @type {number[]} the questions in the order in which they are drawn */
  order = [];
  /** @type {number | null} the question of which all is shown */
  opened = null;
  /** @type {Menu | null} the form that is open */
  menu = null;
  /** @type {Set<number>} */
  selected = new Set();
  /** @type {number | null} */
  dragging = null;
  /** @type {(Listed & Frame & Words) | undefined} */
  known;
  /** @type {Source<Lists> | null} */
  source = null;
  /** @type {AbortController | null} */
  ending = null;
  /** @type {(() => void) | null} */
  deafen = null;
  /** @type {Alerts | null} */
  alerts = null;
  /** @type {Absence | null} */
  absence = null;
  /** @type {number | undefined} by how much the server's clock is ahead of this page's */
  late;
  /** @type {string | undefined} what was asked for last */
  asked;
  /** @type {Wait | undefined} */
  turning;
  /** @type {Tell} */
  trigger;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.notices = new Notices(this);
    this.build();
    const source = () => this.source ?? listening.find((each) => each.source)?.source;
    this.commands = new Commands(this, () => source()?.whole ?? null);
    this.forms = new Forms(this);
    this.cursor = new Cursor(this);
    this.arrangement = new Arrangement(this);
    this.hand = new Hand(this);
    this.startView(null);
  }

  build() {
    this.pill.className = "pill";
    this.strip.append(this.pill);
    this.held.append(this.strip, this.list);
    const { title, tabs, held, empty, bulk } = this;
    this.root.append(title, tabs, held, empty, bulk, this.notices.line);
  }

  // What is listed, from its first update on.
  get data() {
    if (!this.known) throw new Error("a list is drawn before it is told of anything");
    return this.known;
  }

  /** @param {string | null} view */
  startView(view) {
    this.view = view;
    this.order = [];
    this.opened = null;
    this.menu = null;
    this.selected = new Set();
    this.list.scrollTop = 0;
    this.cursor.point(null);
    this.arrangement.begin();
    this.hand.begin();
  }

  /**
   * From the page, which may come late: what was read by then is newer.
   *
   * @param {Data} data
   * @param {Tell} trigger
   */
  update({ frame, words, listed }, trigger) {
    this.trigger = trigger;
    const { known } = this;
    const isLate = known && known.slug === frame.slug && known.revision > listed.revision;
    const isAsked = known?.source !== frame.source;
    if (known?.slug !== frame.slug) this.begin(frame);
    const newer = isLate ? merged(known, listed, isAsked) : null;
    this.known = { ...(newer ?? listed), ...frame, ...words };
    this.commands.sendTo(frame, words.language);
    this.follow();
    if (isLate && isAsked) this.source?.follow(known.revision);
    if (this.hasKeys()) this.deafen ??= listen(this);
    if (frame.line) this.notices.tellAgain(frame.line.notice);
    this.show();
    this.commands.outbox.send();
  }

  /**
   * With an event.
   *
   * @param {Frame} frame
   */
  begin(frame) {
    this.commands.forget();
    this.forms.begin(frame);
  }

  // All lists of the page follow what one of them reads.
  follow() {
    if (this.data.source) {
      this.source ??= new Source(
        (lists) => announce("dialogue-lists", lists),
        (revision) => revision > this.data.revision,
      );
      this.source.address = this.data.source;
      this.source.besides = () => this.besides();
    }
    if (this.ending) return;
    this.ending = new AbortController();
    const { signal } = this.ending;
    document.addEventListener("dialogue-lists", ({ detail }) => this.hear(detail), { signal });
    document.addEventListener("dialogue-notice", ({ detail }) => this.notices.tell(detail), {
      signal,
    });
    // Brought on stage from here: what was next in the queue comes to hand.
    document.addEventListener(
      "dialogue-fired",
      ({ detail: { number } }) => {
        if (this.cursor.number === number) this.cursor.moveOn([number]);
        this.draw();
      },
      { signal },
    );
    document.addEventListener(
      "dialogue-hushed",
      ({ detail }) => {
        if (this.data.line) this.notices.sayQuietly(detail);
      },
      { signal },
    );
    shown.add(this);
  }

  // What is asked for besides: how far somebody has seen, and what became of what they have kept.
  besides() {
    const { arrangement } = this;
    const kept = [...new Set([...shown].flatMap((each) => each.wanting()))];
    const newest = arrangement.isAtRest() ? "" : `&newest=${arrangement.newest}`;
    return newest + (kept.length ? `&kept=${kept.slice(0, MOST_KEPT).join(",")}` : "");
  }

  // The questions that are not in the list as they are drawn.
  wanting() {
    const open = this.menu ?? this.forms.left;
    const drawn = this.order.filter((number) => changeOf(this.rows.get(number), this));
    return open && !drawn.includes(open.number) ? [...drawn, open.number] : drawn;
  }

  /** @param {Lists} lists */
  hear(lists) {
    const { key } = this.data;
    // What is listed elsewhere on the page is not among them.
    if (key === "inbox" || key === "stage" || key === "queue") this.take(lists[key], lists.kept);
  }

  // Ask at once, and not again for the same, what became of them. What was told before the list
  // changed is of a question that may have changed with it.
  askForThem() {
    const { revision } = this.data;
    const isKnown = (/** @type {number} */ number) => {
      const kept = this.kept.get(number)?.row;
      const listed = this.latest.get(number);
      if (!listed) return kept !== undefined && this.keptRevision === revision;
      return kept?.version === listed.version;
    };
    const unknown = this.wanting().filter((number) => !isKnown(number));
    const asked = `${unknown} at ${revision}`;
    if (!unknown.length || asked === this.asked) return;
    this.asked = asked;
    listening.find((each) => each.source)?.source?.read();
  }

  /**
   * @param {Listed} listed
   * @param {Kept[]} kept
   */
  take(listed, kept) {
    if (listed.revision < this.data.revision) return;
    this.kept = new Map(kept.map((each) => [each.row.number, each]));
    this.keptRevision = listed.revision;
    const described = listed.inbox?.described;
    if (described !== this.data.inbox?.described) this.signal("described", described);
    this.known = { ...this.data, ...listed };
    this.show();
  }

  show() {
    const { data } = this;
    // The server tells its time by the minute: the latest that it was is the nearest.
    this.late = Math.max(this.late ?? -Infinity, data.now - performance.now() / 1000);
    this.latest = new Map(data.rows.map((row) => [row.number, row]));
    if (data.inbox && data.inbox.view !== this.view) this.startView(data.inbox.view);
    this.own = this.commands.settle();
    this.forms.openWhatWasLeft();
    this.arrangement.arrange();
    this.cursor.findWhatCameBack();
    this.draw();
    this.askForThem();
    if (data.inbox) this.attend(data.inbox, data);
  }

  draw() {
    drawList(this);
  }

  // An answer has come; what it changed may show already.
  goOn() {
    if (this.commands.hasNews()) this.show();
    else this.draw();
  }

  // A hand has gone.
  release() {
    if (this.ending && !this.hand.holds()) this.show();
  }

  hasKeys() {
    return Boolean(this.data.inbox || this.data.queue);
  }

  /**
   * Tell of what is new, and of what was missed.
   *
   * @param {Inbox} inbox
   * @param {{ slug: string, revision: number }} seen
   */
  attend(inbox, { slug, revision }) {
    this.alerts ??= new Alerts();
    this.absence ??= new Absence((seen) => this.signal("back", seen));
    this.alerts.hear(inbox.newest, this.arrangement.arrivals);
    this.absence.see({ slug, revision });
  }

  toggleAlerts() {
    this.alerts?.toggle();
    this.draw();
  }

  /** @param {Row} row */
  canDrag(row) {
    return this.data.queue !== null && row.actions.includes("move");
  }

  /**
   * In how many minutes a question of the queue is likely to be asked, or null.
   *
   * @param {Row} row
   */
  expected({ position, held }) {
    const { pace = null, began = null } = this.data.queue ?? {};
    if (!pace || !position || held) return null;
    const left = began === null ? 0 : Math.max(0, began + pace - this.now());
    const isAhead = (/** @type {Row} */ each) => (each.position ?? 0) < position && !each.held;
    const ahead = this.data.rows.filter(isAhead);
    return Math.max(1, Math.round((left + ahead.length * pace) / 60));
  }

  // By the server's clock: the browser's need not be right.
  now() {
    return performance.now() / 1000 + (this.late ?? 0);
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  signal(name, value) {
    if (!leavesWithin()) this.trigger("signal", [name, value]);
  }

  /**
   * Asked for until it is there: another signal of the same moment may take its place.
   *
   * @param {string} view
   */
  turnTo(view) {
    this.signal("view", view);
    clearTimeout(this.turning);
    this.turning = setTimeout(() => this.isAt(view) || this.turnTo(view), TURN_AGAIN_AFTER);
  }

  /** @param {string} view */
  isAt(view) {
    return this.data.inbox?.tabs.some(({ code, active }) => active && code === view);
  }

  stop() {
    clearTimeout(this.turning);
    this.notices.stop();
    this.hand.stop();
    shown.delete(this);
    this.source?.stop();
    this.source = null;
    this.ending?.abort();
    this.ending = null;
    this.deafen?.();
    this.deafen = null;
    this.absence?.stop();
    this.absence = null;
  }
}

/**
 * What is known of a list, with what was asked for anew from an older one; null where that is about
 * something else.
 *
 * @param {Listed} known
 * @param {Listed} older
 * @param {boolean} isAsked
 */
function merged(known, older, isAsked) {
  const { view, length } = known.inbox ?? {};
  const isSame = view === older.inbox?.view && length === older.inbox?.length;
  if (!isSame) return null;
  if (!known.inbox || !older.inbox || !isAsked) return known;
  return { ...known, inbox: { ...known.inbox, history: older.inbox.history } };
}

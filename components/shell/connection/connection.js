// Says in a line that stands over the page, and is in nobody's way, that there is no server, and how
// much of what somebody did waits to be sent ("dialogue-waiting"). All else goes on.

import { unlessOvertaken } from "../../live/live_signal/ending.js";

/** @import { Words } from "./messages.js" */

// What is over before anybody would have looked is not worth a word.
const LATE = 2000;
const STATE = "data-test-connection-state";
// The line has no room of its own on the page; the framework's word for it, in English in the head
// of the page, is not seen.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  .st-key-connection { position: absolute !important; }
  [data-testid="stConnectionStatus"] { display: none !important; }
`);

class Watch {
  app = document.querySelector(`[${STATE}]`);
  count = window.dialogueSender?.unanswered.length ?? 0;
  /** @type {number | null} */
  since = null;
  ending = new AbortController();
  /** @type {Wait | undefined} */
  looking;
  /** @type {Words} */
  words;

  /** @param {HTMLElement} line */
  constructor(line) {
    this.line = line;
    const { signal } = this.ending;
    document.addEventListener("dialogue-waiting", ({ detail }) => this.wait(detail.count), {
      signal,
    });
    window.addEventListener("online", () => this.look(), { signal });
    window.addEventListener("offline", () => this.look(), { signal });
    this.watching = new MutationObserver(() => this.look());
    if (this.app) this.watching.observe(this.app, { attributeFilter: [STATE] });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, SHEET];
  }

  /** @param {Words} words */
  update(words) {
    this.words = words;
    this.look();
  }

  /** @param {number} count */
  wait(count) {
    this.count = count;
    this.look();
  }

  isLost() {
    return this.app?.getAttribute(STATE) !== "CONNECTED" || !navigator.onLine;
  }

  look() {
    clearTimeout(this.looking);
    if (!this.isLost() && !this.count) this.since = null;
    else this.since ??= performance.now();
    const rest = this.since === null ? 0 : this.since + LATE - performance.now();
    if (rest > 0) this.looking = setTimeout(() => this.look(), rest);
    this.say(this.since === null || rest > 0 ? "" : this.sentence());
  }

  sentence() {
    const { lost, kept, unsaved } = this.words;
    const pattern = this.isLost() ? (this.count ? kept : lost) : unsaved;
    return pattern.replace("{count}", String(this.count));
  }

  /** @param {string} words */
  say(words) {
    if (this.line.textContent !== words) this.line.textContent = words;
    this.line.hidden = words === "";
  }

  stop() {
    clearTimeout(this.looking);
    this.ending.abort();
    this.watching.disconnect();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== SHEET);
    this.line.remove();
  }
}

/** @param {HTMLElement} parent */
function begin(parent) {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  parent.append(line);
  const watch = new Watch(line);
  watches.set(parent, watch);
  return watch;
}

/** @type {WeakMap<HTMLElement, Watch>} */
const watches = new WeakMap();

/** @param {Component<Words>} component */
export default function ({ data, parentElement }) {
  const watch = watches.get(parentElement) ?? begin(parentElement);
  watch.update(data);
  return unlessOvertaken(parentElement, () => {
    watch.stop();
    watches.delete(parentElement);
  });
}

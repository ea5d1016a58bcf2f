// Says in a line that stands over the page, and is in nobody's way, that there is no server, and how
// much of what somebody did waits to be sent ("dialogue-waiting"). All else goes on.

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
  constructor(line) {
    this.line = line;
    this.app = document.querySelector(`[${STATE}]`);
    this.count = window.dialogueSender?.unanswered.length ?? 0;
    this.since = null;
    this.ending = new AbortController();
    const { signal } = this.ending;
    const hear = ({ detail }) => this.wait(detail.count);
    document.addEventListener("dialogue-waiting", hear, { signal });
    window.addEventListener("online", () => this.look(), { signal });
    window.addEventListener("offline", () => this.look(), { signal });
    this.watching = new MutationObserver(() => this.look());
    this.watching.observe(this.app, { attributeFilter: [STATE] });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, SHEET];
  }

  update(words) {
    this.words = words;
    this.look();
  }

  wait(count) {
    this.count = count;
    this.look();
  }

  isLost() {
    return this.app.getAttribute(STATE) !== "CONNECTED" || !navigator.onLine;
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
    return pattern.replace("{count}", this.count);
  }

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

const watches = new WeakMap();

export default function ({ data, parentElement }) {
  if (!watches.has(parentElement)) {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    parentElement.append(line);
    watches.set(parentElement, new Watch(line));
  }
  watches.get(parentElement).update(data);
  return unlessOvertaken(parentElement, () => {
    watches.get(parentElement).stop();
    watches.delete(parentElement);
  });
}

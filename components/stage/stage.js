// Shows pictures over the whole window, and nothing of the framework above them.

const RESTS_AFTER = 3000;
// A connection that is back before anybody would have looked is not worth a dot.
const LOST_AFTER = 2000;

// While a stage stands nothing else of the page is seen: no menu, spinner, dialog or scroll bar.
const ALONE = new CSSStyleSheet();
ALONE.replaceSync(`
  html { overflow: hidden !important; }
  body * { visibility: hidden !important; }
`);
// A stream mixes the picture over the hall's: what is not drawn must stay see-through.
const CLEAR = new CSSStyleSheet();
CLEAR.replaceSync(`
  html { color-scheme: light only !important; }
  html, body { background: transparent !important; }
`);

function adopt(sheet, isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
  document.adoptedStyleSheets = isWanted ? [...others, sheet] : others;
}

class Stage {
  constructor(parent) {
    this.screen = new Screen();
    this.root = this.screen.root;
    this.dot = element("span", "dot");
    this.dot.hidden = true;
    this.losing = null;
    this.held = false;
    this.screen.main.append(this.dot);
    this.screen.main.setAttribute("aria-live", "polite");
    this.root.popover = "manual";
    this.root.onpointermove = () => this.wake();
    parent.append(this.root);
    this.hear = ({ detail }) => this.heed(detail.connected);
    document.addEventListener("dialogue-live", this.hear);
    adopt(ALONE, true);
    this.wake();
  }

  update(picture) {
    this.raise();
    if (this.screen.update(picture)) adopt(CLEAR, picture.overlay);
  }

  // The top layer is above whatever the framework draws, however high.
  raise() {
    if (this.root.matches(":popover-open")) return;
    this.root.showPopover();
  }

  heed(isConnected) {
    if (!isConnected) {
      this.losing ??= setTimeout(() => (this.dot.hidden = false), LOST_AFTER);
      return;
    }
    clearTimeout(this.losing);
    this.losing = null;
    this.dot.hidden = !this.held;
  }

  // The server is there, but cannot read what it should show.
  hold(held) {
    if (held === this.held) return;
    this.held = held;
    this.dot.hidden = !held && this.losing === null;
  }

  // The pointer is seen while somebody moves it.
  wake() {
    this.root.classList.remove("resting");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.root.classList.add("resting"), RESTS_AFTER);
  }

  stop() {
    document.removeEventListener("dialogue-live", this.hear);
    clearTimeout(this.losing);
    clearTimeout(this.resting);
    adopt(ALONE, false);
    adopt(CLEAR, false);
    this.screen.stop();
  }
}

const stages = new WeakMap();
// What this window showed last, whatever the framework has made anew since.
let last = null;

export default function ({ data: { held = false, ...picture }, parentElement }) {
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  const stage = stages.get(parentElement);
  if (!held) last = picture;
  stage.update(last ?? picture);
  stage.hold(held);
  return () => {
    stage.stop();
    stages.delete(parentElement);
  };
}

// Shows scenes over the whole window, and nothing of the framework above them.

import { element } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Source } from "../../live/live_signal/source.js";
import { Screen } from "./screen.js";

/** @import { SceneData, ScreenContent, StageData } from "./messages.js" */

const RESTS_AFTER = 3000;
// A connection that is back before anybody would have looked is not worth a dot.
const LOST_AFTER = 2000;

// While a stage stands nothing else of the page is seen: no menu, spinner, dialog or scroll bar.
const ALONE = new CSSStyleSheet();
ALONE.replaceSync(`
  html { overflow: hidden !important; }
  body * { visibility: hidden !important; }
`);
// A stream mixes the question over the hall's: what is not drawn must stay see-through.
const CLEAR = new CSSStyleSheet();
CLEAR.replaceSync(`
  html { color-scheme: light only !important; }
  html, body { background: transparent !important; }
`);

/**
 * @param {CSSStyleSheet} sheet
 * @param {boolean} isWanted
 */
function adopt(sheet, isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== sheet);
  document.adoptedStyleSheets = isWanted ? [...others, sheet] : others;
}

// What the framework gives to its components, and nothing outside of them has.
const FONT = "--st-font";
// So long the stage goes on without its place in the page: after a lost connection the framework
// clears the page before it draws it anew, and nobody in the hall may see that.
const GOES_ON_FOR = 10000;

class Stage {
  screen = new Screen();
  root = this.screen.root;
  dot = element("span", "dot");
  isLost = false;
  isHeld = false;
  font = "";
  /** @type {Source<ScreenContent>} */
  source = new Source((shown) => this.take(shown));
  /** @type {Wait | null} */
  losing = null;
  /** @type {Wait | undefined} */
  leaving;
  /** @type {Wait | undefined} */
  resting;
  /** @type {HTMLElement | null} where it stands, null while it has no place */
  place = null;
  /** @type {string | undefined} */
  address;
  /** @type {HTMLElement | null} where it stands meanwhile */
  refuge = null;
  /** @type {Node[]} */
  sheets = [];
  /** @type {ScreenContent | undefined} */
  shown;
  /** @type {() => void} */
  rerun;

  constructor() {
    this.dot.hidden = true;
    this.screen.main.append(this.dot);
    this.screen.main.setAttribute("aria-live", "polite");
    this.root.popover = "manual";
    this.root.onpointermove = () => this.wake();
    /** @param {DocumentEventMap["dialogue-live"]} event */
    this.hear = ({ detail }) => this.heed(detail.connected);
    document.addEventListener("dialogue-live", this.hear);
    // Told before anything is painted.
    this.watching = new MutationObserver(() => this.outlive());
    this.watching.observe(document.body, { childList: true, subtree: true });
    adopt(ALONE, true);
    this.wake();
  }

  /** @param {HTMLElement} place */
  stand(place) {
    clearTimeout(this.leaving);
    if (place === this.place) return;
    this.place = place;
    this.address = location.pathname;
    place.append(this.root);
    this.refuge?.remove();
    this.refuge = null;
  }

  /**
   * The place is gone from the page: another page was opened, or this one is drawn anew.
   *
   * @param {HTMLElement} place
   */
  leave(place) {
    if (place !== this.place) return;
    this.place = null;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.stop(), this.isElsewhere() ? 0 : GOES_ON_FOR);
  }

  isElsewhere() {
    return location.pathname !== this.address;
  }

  outlive() {
    if (this.root.isConnected || this.isElsewhere()) return;
    this.refuge = element("div");
    this.refuge.style.setProperty(FONT, this.font);
    this.refuge.attachShadow({ mode: "open" }).append(...this.sheets, this.root);
    document.body.append(this.refuge);
    this.raise();
  }

  /**
   * From the source. If a rehearsal has begun or is over, the page has another event to follow.
   *
   * @param {ScreenContent} shown
   */
  take(shown) {
    if (shown.slug !== this.shown?.slug) this.rerun();
    this.show(shown);
  }

  /**
   * What comes late, from the page or from the source, is not drawn over what is newer.
   *
   * @param {ScreenContent} shown
   */
  show(shown) {
    const before = this.shown;
    if (before && before.slug === shown.slug && before.revision > shown.revision) return;
    this.shown = last = shown;
    this.update(shown.scene_data);
  }

  /** @param {SceneData} data */
  update(data) {
    this.raise();
    this.font = getComputedStyle(this.root).getPropertyValue(FONT);
    // A scene that was being read may come while there is no place.
    const sheets = this.place?.querySelectorAll("style") ?? this.sheets;
    this.sheets = [...sheets].map((each) => each.cloneNode(true));
    if (this.screen.update(data)) adopt(CLEAR, data.overlay);
  }

  // The top layer is above whatever the framework draws, however high.
  raise() {
    if (this.root.matches(":popover-open")) return;
    this.root.showPopover();
  }

  /** @param {boolean} isConnected */
  heed(isConnected) {
    if (!isConnected) {
      this.losing ??= setTimeout(() => this.mark({ isLost: true }), LOST_AFTER);
      return;
    }
    clearTimeout(this.losing ?? undefined);
    this.losing = null;
    this.mark({ isLost: false });
  }

  // Held is a scene where the server is there, but cannot read what it should show.
  mark({ isLost = this.isLost, isHeld = this.isHeld }) {
    this.isLost = isLost;
    this.isHeld = isHeld;
    this.dot.hidden = !isLost && !isHeld;
  }

  // The pointer is seen while somebody moves it.
  wake() {
    this.root.classList.remove("resting");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.root.classList.add("resting"), RESTS_AFTER);
  }

  stop() {
    this.watching.disconnect();
    document.removeEventListener("dialogue-live", this.hear);
    clearTimeout(this.losing ?? undefined);
    clearTimeout(this.resting);
    adopt(ALONE, false);
    adopt(CLEAR, false);
    this.source.stop();
    this.screen.stop();
    this.refuge?.remove();
    stage = null;
  }
}

// A window has one stage, however often the framework makes its place anew.
/** @type {Stage | null} */
let stage = null;
/** @type {ScreenContent | null} */
let last = null;

/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  /** @type {StageData} */
  const drawn = JSON.parse(new TextDecoder().decode(data));
  const { source, is_held: isHeld, ...shown } = drawn;
  stage ??= new Stage();
  stage.stand(parentElement);
  stage.rerun = () => setTriggerValue("rerun", performance.now());
  stage.source.address = source;
  stage.show(isHeld ? (last ?? shown) : shown);
  stage.mark({ isHeld });
  return unlessOvertaken(parentElement, () => stage?.leave(parentElement));
}

// The bar at the head of a page. What belongs together is a menu; where there is room its links
// stand side by side instead. A link goes to its place within this window, without loading it anew.

import { element } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Source } from "../../live/live_signal/source.js";
import { Menus } from "./menus.js";

/** @import { Bar as Data, EventState, Menu, Target } from "./messages.js" */

// Where no page tells of changes, the state is asked for now and then.
const ASK_EVERY = 30_000;
const ASK_AFTER = 1000;

class Bar {
  root = element("div", "bar");
  state = element("span", "state");
  menus = new Menus();
  /** @type {Source<EventState> | null} */
  source = null;
  /** @type {string | undefined} */
  drawn;
  /** @type {Tell} */
  trigger;
  /** @type {Wait | undefined} */
  asking;
  /** @type {Wait | undefined} */
  waiting;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    parent.append(this.root);
  }

  /**
   * @param {Data} data
   * @param {Tell} trigger
   */
  update(data, trigger) {
    this.trigger = trigger;
    const { state, source, ...rest } = data;
    const drawn = JSON.stringify(rest);
    // What somebody has opened stays open while nothing of it has changed.
    if (drawn !== this.drawn) this.draw(data);
    this.drawn = drawn;
    this.tell(state);
    this.follow(source);
  }

  /** @param {string | null} address */
  follow(address) {
    if (!address) {
      this.unfollow();
      return;
    }
    if (!this.source) {
      this.source = new Source(
        (state) => this.tell(state),
        () => false,
      );
      document.addEventListener("dialogue-changed", this.hear);
      this.asking = setInterval(this.ask, ASK_EVERY);
    }
    this.source.address = address;
  }

  // Most changes are of a question; many at once are asked about once.
  hear = () => {
    this.waiting ??= setTimeout(this.ask, ASK_AFTER);
  };

  ask = () => {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.source?.read();
  };

  // A page about no event says nothing of the one before.
  unfollow() {
    document.removeEventListener("dialogue-changed", this.hear);
    clearInterval(this.asking);
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.source?.stop();
    this.source = null;
  }

  /** @param {EventState | null} state */
  tell(state) {
    this.state.textContent = state?.words ?? "";
    this.state.hidden = !state;
    this.root.classList.toggle("practice", Boolean(state?.practice));
  }

  /** @param {Data} data */
  draw({ event, places, account, language, words }) {
    this.menus.close();
    speakOurLanguage(words.skip);
    const nav = element("nav", "places");
    nav.setAttribute("aria-label", words.places ?? "");
    const all = { name: words.menu ?? "", targets: places.flatMap(({ targets }) => targets) };
    nav.append(...places.map((menu) => this.group(menu)), this.menu(all, "all"));
    const own = element("div", "own");
    own.append(this.link(language), ...this.account(account));
    this.root.replaceChildren(this.event(event), nav, own);
  }

  /** @param {Menu} event */
  event({ name, targets }) {
    const place = element("div", "event");
    const title = targets.length > 1 ? this.menu({ name, targets }, "events") : null;
    place.append(title ?? element("span", "name", name), this.state);
    place.title = name;
    return place;
  }

  /**
   * Of whom has none, the way to sign in, if it is offered.
   *
   * @param {Menu} account
   */
  account(account) {
    if (account.name) return [this.menu(account, "account")];
    return account.targets.map((target) => this.link(target));
  }

  /**
   * Side by side where there is room, else a menu.
   *
   * @param {Menu} menu
   */
  group(menu) {
    const isHere = menu.targets.some(({ here }) => here);
    const group = element("div", isHere ? "group current" : "group");
    const links = element("div", "links");
    links.append(...menu.targets.map((target) => this.link(target)));
    group.append(links, this.menu(menu, "folded"));
    return group;
  }

  /**
   * @param {Menu} menu
   * @param {string} kind
   */
  menu({ name, targets }, kind) {
    return this.menus.make(
      name,
      targets.map((target) => this.link(target)),
      kind,
    );
  }

  /** @param {Target} target */
  link(target) {
    const link = element("a", target.here ? "here" : "", target.name);
    link.href = target.path;
    if (target.here) link.setAttribute("aria-current", "page");
    if (target.asks === "window") {
      link.target = "_blank";
      link.rel = "noopener";
    }
    link.onclick = (click) => this.go(click, target);
    return link;
  }

  /**
   * Within this window the page asks the framework; all else is a link as any other.
   *
   * @param {MouseEvent} click
   * @param {Target} target
   */
  go(click, { asks, code, here }) {
    this.menus.close();
    const isPlain = !(click.ctrlKey || click.metaKey || click.shiftKey);
    if (!isPlain || (asks !== "place" && asks !== "language")) return;
    click.preventDefault();
    if (!here) this.trigger(asks, code);
  }

  stop() {
    this.menus.close();
    this.unfollow();
  }
}

/**
 * The framework's way to the content is in English.
 *
 * @param {string | undefined} words
 */
function speakOurLanguage(words) {
  const skip = document.querySelector('a[href="#stMain"]');
  if (skip && words) skip.textContent = words;
}

/** @type {WeakMap<HTMLElement, Bar>} */
const bars = new WeakMap();

/** @param {Component<Data>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const bar = bars.get(parentElement) ?? new Bar(parentElement);
  bars.set(parentElement, bar);
  bar.update(data, setTriggerValue);
  return unlessOvertaken(parentElement, () => bar.stop());
}

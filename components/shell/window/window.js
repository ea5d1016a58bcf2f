// The framework adds an entry to the history for each parameter of an address, and again before it
// opens another page, without what the page was narrowed to. One page is one entry here, as it was
// left. Escape closes what a button has opened also while the button has the focus.

const INSIDE = "[data-testid=stPopoverBody]";
const OPEN = "[data-testid=stPopoverButton][aria-expanded=true]";

/** @type {string | null} */
let kept = null;

// The server keeps it: no script may read or write that cookie.
/** @param {string | null} path */
async function keep(path) {
  if (!path || path === kept) return;
  kept = path;
  try {
    await fetch(path, { method: "POST" });
  } catch (error) {
    kept = null;
    console.info("The language could not be kept now.", error);
  }
}

function mindHistory() {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  /** @type {string | null} */
  let left = null;
  document.addEventListener(
    "click",
    (click) => {
      if (click.composedPath().some(leadsElsewhere)) left = location.href;
    },
    true,
  );
  history.pushState = (state, title, address) => {
    const { pathname } = new URL(address ?? "", location.href);
    if (pathname === location.pathname) {
      if (left === null) replace(state, title, address);
      return;
    }
    left = null;
    push(state, title, address);
  };
}

/** @param {EventTarget} each */
function leadsElsewhere(each) {
  const isLink = each instanceof HTMLAnchorElement && each.href && !each.target;
  return isLink && each.pathname !== location.pathname;
}

// With the focus inside of what is open, the framework closes it. At the window, since the desk's
// keys are heard at the document.
function mindEscape() {
  /** @param {KeyboardEvent} event */
  const hear = (event) => {
    /** @type {HTMLElement | null} */
    const button = event.key === "Escape" ? document.querySelector(OPEN) : null;
    if (!button || event.isComposing || document.activeElement?.closest(INSIDE)) return;
    event.stopImmediatePropagation();
    button.click();
    button.focus();
  };
  window.addEventListener("keydown", hear, true);
}

/** @import { Window as Data } from "./messages.js" */

/** @param {Component<Data>} component */
export default function ({ data }) {
  // Once a window, however often the framework begins the component anew.
  if (!window.isDialogueMinded) {
    window.isDialogueMinded = true;
    mindHistory();
    mindEscape();
  }
  keep(data.keep);
}

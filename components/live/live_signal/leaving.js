// Whether somebody has just followed a link to another page. What this page still asks of the
// framework then would be run after the other one is drawn, and clear it.

const LEAVES_WITHIN = 3000;

function watchLinks() {
  const watch = { until: 0 };
  const leave = () => {
    watch.until = performance.now() + LEAVES_WITHIN;
  };
  /** @param {EventTarget} each */
  const isLink = (each) =>
    each instanceof HTMLAnchorElement && each.href && each.pathname !== location.pathname;
  document.addEventListener("click", (event) => event.composedPath().some(isLink) && leave(), true);
  window.addEventListener("popstate", leave);
  return watch;
}

// For so many milliseconds more the page may be about to be left; 0 if it stays.
export function leavesWithin() {
  return Math.max(0, watch.until - performance.now());
}

window.dialogueLeaving ??= watchLinks();
const watch = window.dialogueLeaving;

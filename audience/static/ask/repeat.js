// Repeats while somebody looks at the page; slower while the server does not answer.

const EVERY = 10000;
const SLOWEST = 80000;

/** @param {() => Promise<void>} refresh */
export function repeat(refresh) {
  let delay = EVERY;
  /** @type {number | undefined} */
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(run, delay * (0.75 + Math.random() / 2));
  };
  const run = async () => {
    if (document.hidden) return;
    try {
      await refresh();
      delay = EVERY;
    } catch {
      delay = Math.min(SLOWEST, delay * 2);
    }
    later();
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(run, Math.random() * 1000);
  });
  later();
}

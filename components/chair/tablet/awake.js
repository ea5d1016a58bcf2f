// Keeps the tablet from going to sleep while somebody looks at it, where the browser can.

export class Awake {
  /** @type {WakeLockSentinel | undefined} */
  lock;
  onChange = () => this.ask();

  constructor() {
    document.addEventListener("visibilitychange", this.onChange);
    this.ask();
  }

  async ask() {
    if (document.hidden) return;
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // A battery that runs low refuses it; then the tablet's own setting decides.
    }
  }

  stop() {
    document.removeEventListener("visibilitychange", this.onChange);
    this.lock?.release();
  }
}

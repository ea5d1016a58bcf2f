// What tells a person of what came while they did not look: a sound and a count in the window's
// title for those who want them, and, on return, which revision they saw last.

const ALERTS = "dialogue-alerts";
const SEEN = "dialogue-seen-";
const QUIET = 3000;
const AWAY_AFTER = 60_000;
const COUNTED = /^\(\d+\) /;

/** @typedef {{ slug: string, revision: number }} Seen an event, at a revision */

export class Alerts {
  on = localStorage.getItem(ALERTS) === "on";
  /** @type {number | null} */
  newest = null;
  soundedAt = 0;
  /** @type {number | undefined} the newest question when somebody looked last */
  left;
  /** @type {AudioContext | undefined} */
  audio;

  toggle() {
    this.on = !this.on;
    localStorage.setItem(ALERTS, this.on ? "on" : "off");
    if (this.on) this.sound();
    else this.count(0);
  }

  /**
   * @param {number} newest the number of the newest question
   * @param {number} waiting how many gather above the list
   */
  hear(newest, waiting) {
    this.newest ??= newest;
    if (!document.hidden) this.left = newest;
    if (this.on) {
      if (newest > this.newest) this.sound();
      this.count(document.hidden ? newest - (this.left ?? newest) : waiting);
    }
    this.newest = newest;
  }

  /** @param {number} waiting */
  count(waiting) {
    const plain = document.title.replace(COUNTED, "");
    const title = waiting > 0 ? `(${waiting}) ${plain}` : plain;
    if (document.title !== title) document.title = title;
  }

  sound() {
    if (Date.now() - this.soundedAt < QUIET) return;
    this.soundedAt = Date.now();
    this.audio ??= new AudioContext();
    this.audio.resume();
    const tone = this.audio.createOscillator();
    const volume = this.audio.createGain();
    const now = this.audio.currentTime;
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + 0.12);
    volume.gain.setValueAtTime(0.12, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.4);
    tone.connect(volume).connect(this.audio.destination);
    tone.start(now);
    tone.stop(now + 0.4);
  }
}

export class Absence {
  /** @type {Seen | undefined} */
  seen;

  /**
   * @param {(revision: number) => void} onReturn is called with the last revision that was seen,
   *   when somebody looks again
   */
  constructor(onReturn) {
    this.onReturn = onReturn;
    this.onChange = () => {
      if (this.seen) this.see(this.seen);
    };
    document.addEventListener("visibilitychange", this.onChange);
    // In a quiet hall nothing comes for long while somebody looks all the same.
    this.looking = setInterval(this.onChange, AWAY_AFTER / 4);
  }

  /**
   * What somebody has before them.
   *
   * @param {Seen} seen
   */
  see(seen) {
    this.seen = seen;
    if (document.hidden) return;
    const key = SEEN + seen.slug;
    /** @type {{ revision: number, at: number } | null} */
    const last = JSON.parse(localStorage.getItem(key) ?? "null");
    const now = Date.now();
    localStorage.setItem(key, JSON.stringify({ revision: seen.revision, at: now }));
    if (last && now - last.at > AWAY_AFTER && seen.revision > last.revision) {
      this.onReturn(last.revision);
    }
  }

  stop() {
    document.removeEventListener("visibilitychange", this.onChange);
    clearInterval(this.looking);
  }
}

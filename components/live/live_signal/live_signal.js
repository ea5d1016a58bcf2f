// Listens to /live/{slug}; when it hears of a newer revision it tells whoever draws on this page by
// the event "dialogue-changed", and sets the trigger "revision" for the page to run again, now,
// later or not at all. By the event "dialogue-live" they are told whether there is a connection.

import { announce } from "../../events.js";
import { unlessOvertaken } from "./ending.js";
import { leavesWithin } from "./leaving.js";

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 8000;
const LOST_AFTER = 3000;
// The server's word that waiting will not help: no right to listen, no such event.
const FINAL_CODES = [4403, 4404];

/** @import { Follow } from "./messages.js" */

class Signal {
  heard = -1;
  shown = -1;
  asked = -1;
  askedAt = 0;
  newsAt = 0;
  pause = 0;
  wait = SHORTEST_WAIT;
  stopped = false;
  // By how much the server's clock is ahead of the time since this page began, in seconds.
  late = 0;
  /** @type {number | null} */
  after = null;
  /** @type {Wait | undefined} */
  timer;
  /** @type {Wait | undefined} */
  reconnecting;
  /** @type {string} */
  slug;
  /** @type {string} */
  path;
  /** @type {WebSocket} */
  socket;
  /** @type {Tell} */
  trigger;

  constructor() {
    // A socket does not notice for minutes that its network is gone; the browser does at once.
    this.lose = () => announce("dialogue-live", { connected: false });
    this.return = () => this.reconnect();
    // Signed out, perhaps from another device: the page says so when it runs again.
    this.run = () => {
      if (!leavesWithin()) this.trigger("revision", this.shown);
    };
    document.addEventListener("dialogue-refused", this.run);
    // Whoever is drawn after this was updated asks for the time.
    this.tell = () => this.tellTime();
    document.addEventListener("dialogue-now-wanted", this.tell);
    // Also from whoever did something: the socket tells a little later.
    /** @param {DocumentEventMap["dialogue-changed"]} event */
    this.learn = ({ detail }) => this.know(detail);
    document.addEventListener("dialogue-changed", this.learn);
    window.addEventListener("offline", this.lose);
    window.addEventListener("online", this.return);
  }

  /**
   * @param {Follow} data
   * @param {Tell} setTriggerValue
   */
  update({ path, slug, revision, pause, after, now }, setTriggerValue) {
    this.late = now - performance.now() / 1000;
    this.tell();
    this.trigger = setTriggerValue;
    this.shown = revision;
    this.pause = pause;
    this.after = after;
    this.slug = slug;
    if (path !== this.path) {
      this.path = path;
      this.heard = this.asked = revision;
      this.reconnect();
    } else if (this.socket.readyState === WebSocket.CLOSED) {
      // The page has just heard from its server: there is nothing to wait for.
      this.connect();
    }
    this.consider();
  }

  tellTime() {
    const now = this.late + performance.now() / 1000;
    announce("dialogue-now", { now });
  }

  reconnect() {
    this.socket?.close();
    this.connect();
  }

  connect() {
    clearTimeout(this.reconnecting);
    const url = new URL(this.path, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = SHORTEST_WAIT;
      announce("dialogue-live", { connected: true });
    };
    socket.onmessage = ({ data }) => {
      // Of another event, which counts its own changes.
      if (socket !== this.socket) return;
      this.hear(Number(data));
    };
    socket.onclose = ({ code }) => {
      if (this.stopped || socket !== this.socket) return;
      if (FINAL_CODES.includes(code)) {
        this.run();
        return;
      }
      announce("dialogue-live", { connected: false });
      // Jitter: three hundred pages must not come back in the same instant.
      this.reconnecting = setTimeout(() => this.connect(), this.wait * (0.5 + Math.random()));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    };
  }

  /** @param {number} revision */
  hear(revision) {
    const detail = { revision: Math.max(this.heard, revision), slug: this.slug };
    if (detail.revision > this.shown) announce("dialogue-changed", detail);
  }

  /** @param {Announced["dialogue-changed"]} change */
  know({ revision, slug }) {
    // Another event counts its own changes.
    if (slug !== this.slug) return;
    const known = Math.max(this.asked, this.shown);
    if (this.heard <= known && revision > known) this.newsAt = performance.now();
    this.heard = Math.max(this.heard, revision);
    this.consider();
  }

  // Ask for a rerun if one is due, now or when the pause is over.
  consider() {
    if (this.stopped || this.after === null || this.heard <= this.shown) return;
    // A rerun that was asked for and never came (the page was reconnecting) is asked for again.
    const due =
      this.heard > this.asked
        ? Math.max(this.askedAt + this.pause, this.newsAt + this.after)
        : this.askedAt + LOST_AFTER;
    const rest = Math.max(due - performance.now(), leavesWithin());
    clearTimeout(this.timer);
    if (rest > 0) {
      this.timer = setTimeout(() => this.consider(), rest);
      return;
    }
    this.asked = this.heard;
    this.askedAt = performance.now();
    this.trigger("revision", this.heard);
    this.timer = setTimeout(() => this.consider(), LOST_AFTER);
  }

  stop() {
    this.stopped = true;
    document.removeEventListener("dialogue-refused", this.run);
    document.removeEventListener("dialogue-now-wanted", this.tell);
    document.removeEventListener("dialogue-changed", this.learn);
    window.removeEventListener("offline", this.lose);
    window.removeEventListener("online", this.return);
    clearTimeout(this.timer);
    clearTimeout(this.reconnecting);
    this.socket?.close();
  }
}

/** @type {WeakMap<HTMLElement, Signal>} */
const signals = new WeakMap();

/** @param {Component<Follow>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const signal = signals.get(parentElement) ?? new Signal();
  signals.set(parentElement, signal);
  signal.update(data, setTriggerValue);
  return unlessOvertaken(parentElement, () => {
    signal.stop();
    signals.delete(parentElement);
  });
}

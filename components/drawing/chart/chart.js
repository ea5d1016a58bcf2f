// Draws a figure with Plotly, and lays the next one over it in place: nothing flickers, and a zoom
// stays. What is clicked is told as the trigger "choice": a district and a topic, null for neither.

import { unlessOvertaken } from "../../live/live_signal/ending.js";

/** @import { Figure } from "./messages.js" */

/**
 * What is used of Plotly.
 *
 * @typedef {object} Library
 * @property {(place: HTMLElement, data: unknown, layout: object, config: object) => Promise<void>} react
 * @property {(place: HTMLElement) => void} purge
 * @property {{ resize(place: HTMLElement): void }} Plots
 *
 * @typedef {{ points: [{ customdata?: [district: string | null, topic: string | null] }] }} Click
 * @typedef {HTMLDivElement & { on(name: "plotly_click", hear: (click: Click) => void): void }} Plotted
 */

/** @type {Promise<Library> | null} */
let library = null;

/** @param {string} path */
function load(path) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      library = null; // the next figure asks again
      reject(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return library;
}

class Chart {
  stopped = false;
  /** @type {Library | undefined} the library, once the figure is drawn and listens */
  drawnBy;
  /** @type {Figure} */
  data;
  /** @type {Tell} */
  choose;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.place = document.createElement("div");
    this.place.setAttribute("role", "img");
    parent.append(this.place);
    this.light = window.matchMedia("(prefers-color-scheme: dark)");
    // The page takes its new colours first.
    this.recolour = () => {
      setTimeout(() => this.draw(), 100);
    };
    this.light.addEventListener("change", this.recolour);
    this.size = new ResizeObserver(() => this.resize());
    this.size.observe(this.place);
  }

  /**
   * @param {Figure} data
   * @param {Tell} setTriggerValue
   */
  update(data, setTriggerValue) {
    this.data = data;
    this.choose = setTriggerValue;
    this.place.setAttribute("aria-label", data.alt);
    this.place.style.height = `${data.figure.layout.height}px`;
    this.draw();
  }

  async draw() {
    const Plotly = await load(this.data.script);
    if (this.stopped) return;
    const { figure, config } = this.data;
    const { color, fontFamily } = getComputedStyle(this.place);
    const font = { ...figure.layout.font, color, family: fontFamily };
    await Plotly.react(this.place, figure.data, { ...figure.layout, font }, config);
    if (this.drawnBy) return;
    this.drawnBy = Plotly;
    const drawn = /** @type {Plotted} */ (this.place);
    drawn.on("plotly_click", ({ points }) => {
      const chosen = points[0].customdata;
      if (chosen) this.choose("choice", chosen);
    });
  }

  resize() {
    if (this.place.clientWidth) this.drawnBy?.Plots.resize(this.place);
  }

  stop() {
    this.stopped = true;
    this.light.removeEventListener("change", this.recolour);
    this.size.disconnect();
    this.drawnBy?.purge(this.place);
  }
}

/** @type {WeakMap<HTMLElement, Chart>} */
const charts = new WeakMap();
const words = new TextDecoder();

/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const chart = charts.get(parentElement) ?? new Chart(parentElement);
  charts.set(parentElement, chart);
  chart.update(JSON.parse(words.decode(data)), setTriggerValue);
  return unlessOvertaken(parentElement, () => {
    chart.stop();
    charts.delete(parentElement);
  });
}

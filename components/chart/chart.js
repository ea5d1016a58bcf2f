// Draws a figure with Plotly, and lays the next one over it in place: nothing flickers, and a zoom
// stays. What is clicked is told as the trigger "choice": a district and a topic, null for neither.

let library = null;

function load(path) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null; // the next figure asks again
      reject(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return library;
}

class Chart {
  constructor(parent) {
    this.place = document.createElement("div");
    this.place.setAttribute("role", "img");
    parent.append(this.place);
    this.light = window.matchMedia("(prefers-color-scheme: dark)");
    // The page takes its new colours first.
    this.recolour = () => setTimeout(() => this.draw(), 100);
    this.light.addEventListener("change", this.recolour);
    this.size = new ResizeObserver(() => this.resize());
    this.size.observe(this.place);
  }

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
    if (this.listens) return;
    this.listens = true;
    this.place.on("plotly_click", ({ points }) => {
      const chosen = points[0].customdata;
      if (chosen) this.choose("choice", chosen);
    });
  }

  resize() {
    if (this.listens && this.place.clientWidth) window.Plotly.Plots.resize(this.place);
  }

  stop() {
    this.stopped = true;
    this.light.removeEventListener("change", this.recolour);
    this.size.disconnect();
    if (this.listens) window.Plotly.purge(this.place);
  }
}

const charts = new WeakMap();
const words = new TextDecoder();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!charts.has(parentElement)) charts.set(parentElement, new Chart(parentElement));
  charts.get(parentElement).update(JSON.parse(words.decode(data)), setTriggerValue);
  return () => {
    charts.get(parentElement).stop();
    charts.delete(parentElement);
  };
}

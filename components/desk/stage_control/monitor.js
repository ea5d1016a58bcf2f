// A small screen: the hall's scene, drawn as on a projector and then made small.

import { around, element } from "../../elements.js";
import { Screen } from "../../scenes/stage/screen.js";

/** @import { SceneData } from "../../scenes/stage/messages.js" */

const WIDTH = 1280;
const SMALL = new CSSStyleSheet();
SMALL.replaceSync(`${SHEET}
  .screen {
    /* Its layers fill it from the first moment, also before it is scaled. */
    position: relative;
    width: ${WIDTH}px;
    height: ${(WIDTH * 9) / 16}px;
    transform: scale(var(--scale));
    transform-origin: 0 0;
  }
`);

export class Monitor {
  mark = element("span", "lamp");
  caption = element("span", "caption");
  language = element("span", "language");
  head = around("figcaption", "", this.mark, this.caption, this.language);
  glass = element("div", "glass");
  empty = element("p", "empty");
  screen = new Screen();
  watching = new ResizeObserver(() => this.scale());

  /** @param {string} name */
  constructor(name) {
    // The words are said by the caption; what is small is not read out, nor reached.
    this.screen.root.inert = true;
    const tree = this.glass.attachShadow({ mode: "open" });
    tree.adoptedStyleSheets = [SMALL];
    tree.append(this.screen.root);
    this.root = around("figure", `monitor ${name}`, this.head, this.glass, this.empty);
    this.watching.observe(this.glass);
  }

  scale() {
    this.glass.style.setProperty("--scale", String(this.glass.clientWidth / WIDTH));
  }

  /**
   * What was drawn need not be true any more where the caption has the `unknown` words instead.
   *
   * @param {string} title
   * @param {{ name: string, scene_data: SceneData } | null} shown
   * @param {{ now: number, empty?: string, unknown?: string | null }} how
   */
  update(title, shown, { now, empty = "", unknown = null }) {
    this.caption.textContent = unknown ?? (shown ? `${title}: ${shown.name}` : title);
    this.caption.title = this.caption.textContent;
    this.root.classList.toggle("unknown", unknown !== null);
    this.glass.hidden = shown === null;
    this.empty.hidden = shown !== null;
    this.empty.textContent = empty;
    if (shown) this.screen.update({ ...shown.scene_data, now });
  }

  /**
   * Say in which language it is drawn, in the reader's: one of the screens may show another.
   *
   * @param {string} language
   * @param {string} reader
   * @param {string} why
   */
  tellLanguage(language, reader, why) {
    const names = new Intl.DisplayNames([reader], { type: "language" });
    // The name would leave no room for that of the scene.
    this.language.textContent = language.toUpperCase();
    this.language.title = `${names.of(language)}. ${why}`;
  }

  stop() {
    this.watching.disconnect();
    this.screen.stop();
  }
}

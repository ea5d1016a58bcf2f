// A small screen: the hall's picture, drawn as on a projector and then made small.

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

class Monitor {
  constructor(name) {
    this.mark = element("span", "lamp");
    this.caption = element("span", "caption");
    this.glass = element("div", "glass");
    this.empty = element("p", "empty");
    this.screen = new Screen();
    // The words are said by the caption; what is small is not read out, nor reached.
    this.screen.root.inert = true;
    const tree = this.glass.attachShadow({ mode: "open" });
    tree.adoptedStyleSheets = [SMALL];
    tree.append(this.screen.root);
    this.head = around("figcaption", "", this.mark, this.caption);
    this.root = around("figure", `monitor ${name}`, this.head, this.glass, this.empty);
    this.watching = new ResizeObserver(() => this.scale());
    this.watching.observe(this.glass);
  }

  scale() {
    this.glass.style.setProperty("--scale", this.glass.clientWidth / WIDTH);
  }

  // `shown` has a picture and its name; null is nothing. What was drawn need not be
  // true any more where the caption has the `unknown` words instead.
  update(title, shown, { now, empty = "", unknown = null }) {
    this.caption.textContent = unknown ?? (shown ? `${title}: ${shown.name}` : title);
    this.caption.title = this.caption.textContent;
    this.root.classList.toggle("unknown", unknown !== null);
    this.glass.hidden = shown === null;
    this.empty.hidden = shown !== null;
    this.empty.textContent = empty;
    if (shown) this.screen.update({ ...shown.picture, now });
  }

  stop() {
    this.watching.disconnect();
    this.screen.stop();
  }
}

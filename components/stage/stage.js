// Draws the projector's picture and fits the question's words into their room by itself.

const SMALLEST = 1 / 30; // of the window's height: what the last row can still read
const LARGEST = 1 / 9;

function element(kind, className) {
  const made = document.createElement(kind);
  made.className = className;
  return made;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

class Stage {
  constructor(parent) {
    this.root = element("main", "stage");
    this.top = element("header", "top");
    this.heading = element("p", "heading");
    this.theme = element("p", "theme");
    this.top.append(this.heading, this.theme);

    this.asked = element("section", "asked");
    this.asked.setAttribute("aria-live", "polite");
    this.marks = element("p", "marks");
    this.room = element("div", "room");
    this.text = element("p", "text");
    this.room.append(this.text);
    this.asked.append(this.marks, this.room);

    this.bottom = element("footer", "bottom");
    this.next = element("div", "next");
    this.nextHeading = element("h2", "");
    this.following = element("ol", "");
    this.next.append(this.nextHeading, this.following);
    this.ask = element("div", "ask");
    this.invitation = element("p", "invitation");
    this.address = element("p", "address");
    this.words = element("div", "words");
    this.words.append(this.invitation, this.address);
    this.qrCode = element("img", "qr");
    this.qrCode.alt = "";
    this.ask.append(this.words, this.qrCode);
    this.bottom.append(this.next, this.ask);

    this.root.append(this.top, this.asked, this.bottom);
    parent.append(this.root);
    this.watching = new ResizeObserver(() => this.fit());
    this.watching.observe(this.room);
    // The words themselves grow when their font arrives after them.
    this.watching.observe(this.text);
  }

  update(data) {
    setText(this.heading, data.heading);
    setText(this.theme, data.theme);
    this.drawAsked(data);
    setText(this.nextHeading, data.nextHeading);
    this.next.hidden = data.following.length === 0;
    this.following.replaceChildren(...data.following.map((each) => this.drawFollowing(each)));
    setText(this.invitation, data.invitation);
    setText(this.address, data.address);
    this.qrCode.alt = data.address;
    if (this.qrCode.src !== data.qrCode) this.qrCode.src = data.qrCode;
    this.fit();
  }

  drawAsked({ now, waiting }) {
    this.root.classList.toggle("idle", now === null);
    const marks = now ? [now.number, ...now.marks] : [];
    this.marks.hidden = marks.length === 0;
    this.marks.replaceChildren(
      ...marks.map((mark) => {
        const drawn = element("span", "mark");
        drawn.textContent = mark;
        return drawn;
      }),
    );
    const words = now ? now.text : waiting;
    if (this.text.textContent === words) return;
    this.text.textContent = words;
    this.text.classList.remove("enter");
    void this.text.offsetWidth; // begins the transition anew
    this.text.classList.add("enter");
  }

  drawFollowing({ number, text, marks }) {
    const drawn = element("li", "");
    const facts = element("span", "facts");
    facts.textContent = [number, ...marks.slice(0, 1)].join(" · ");
    const words = element("span", "words");
    words.textContent = text;
    drawn.append(facts, words);
    return drawn;
  }

  // The largest size at which the words stay inside their room.
  fit() {
    let low = window.innerHeight * SMALLEST;
    let high = window.innerHeight * LARGEST;
    for (let step = 0; step < 9; step += 1) {
      const size = (low + high) / 2;
      this.text.style.fontSize = `${size}px`;
      const fits =
        this.text.scrollHeight <= this.room.clientHeight &&
        this.text.scrollWidth <= this.room.clientWidth;
      if (fits) low = size;
      else high = size;
    }
    this.text.style.fontSize = `${Math.floor(low)}px`;
  }

  stop() {
    this.watching.disconnect();
    this.root.remove();
  }
}

const stages = new WeakMap();

export default function ({ data, parentElement }) {
  if (!stages.has(parentElement)) stages.set(parentElement, new Stage(parentElement));
  const stage = stages.get(parentElement);
  stage.update(data);
  return () => {
    stage.stop();
    stages.delete(parentElement);
  };
}

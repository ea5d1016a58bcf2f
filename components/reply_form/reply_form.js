// A form that saves what is typed by itself, one thing after the other, and never takes from a
// person what they typed. Words are set as text, never as markup.

const SAVE_AFTER = 1500;
const FIELDS = ["text", "document_number", "document_date"];
const SAVE = "save_reply";
const SUBMIT = "submit_reply";

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

class ReplyForm {
  constructor(form) {
    this.form = form;
    this.turn = 0;
    this.waiting = null;
    // After a refusal only a press of a button sends again.
    this.isHeld = false;
    this.build();
    this.leave = () => this.save();
    window.addEventListener("pagehide", this.leave);
  }

  build() {
    this.fields = {
      text: element("textarea", { name: "text", rows: 10 }),
      document_number: element("input", { name: "document_number", autocomplete: "off" }),
      document_date: element("input", { name: "document_date", type: "date" }),
    };
    this.labels = {};
    const row = element("div", { className: "row" });
    for (const name of FIELDS) {
      this.labels[name] = element("span");
      const label = element("label", {}, this.labels[name], this.fields[name]);
      (name === "text" ? this.form : row).append(label);
    }
    this.counter = element("p", { className: "counter" });
    this.saveButton = element("button", { type: "button" });
    this.submitButton = element("button", { type: "submit", className: "primary" });
    this.state = element("p", { className: "state", role: "status" });
    this.refusal = element("p", { className: "refusal", role: "alert" });
    const buttons = element("div", { className: "buttons" }, this.submitButton, this.saveButton, this.state);
    this.form.append(this.counter, row, this.refusal, buttons);
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.press(SUBMIT);
    });
    this.saveButton.addEventListener("click", () => this.press(SAVE));
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    const isAnswer = this.waiting && data.heard.turn === this.waiting.turn;
    if (isAnswer) {
      this.version = data.version;
      if (data.heard.refusal) {
        // What was pressed meanwhile was meant for what the person had seen before.
        this.isHeld = true;
        this.pressed = null;
      } else {
        this.base = this.waiting.typed;
      }
      this.waiting = null;
      clearTimeout(this.patience);
    }
    // What somebody else saved comes in only where nothing of one's own would be lost.
    if (!this.base || (!this.waiting && !this.isDirty())) this.load();
    this.draw();
    const next = this.pressed;
    this.pressed = null;
    if (next && !this.waiting) this.press(next);
    else if (isAnswer && this.isDirty()) this.saveLater();
  }

  load() {
    this.version = this.data.version;
    for (const name of FIELDS) {
      if (this.fields[name].value !== this.data[name]) this.fields[name].value = this.data[name];
    }
    this.base = this.typedNow();
  }

  draw() {
    const { labels, saved, heard } = this.data;
    for (const name of FIELDS) this.labels[name].textContent = labels[name];
    // Browsers show a day in the order of their own language, which may not be that of the page.
    const day = this.fields.document_date.valueAsDate;
    if (day) this.labels.document_date.textContent = `${labels.document_date}: ${this.written(day)}`;
    this.saveButton.textContent = labels.save;
    this.submitButton.textContent = labels.submit;
    this.refusal.textContent = this.isHeld ? heard.refusal : "";
    if (this.waiting) this.state.textContent = labels.saving;
    else this.state.textContent = this.isDirty() ? labels.unsaved : saved;
    const count = [...this.fields.text.value.trim()].length;
    this.counter.textContent = labels.counter
      .replace("{count}", count.toLocaleString(this.data.language))
      .replace("{most}", this.data.longest.toLocaleString(this.data.language));
    this.counter.classList.toggle("over", count > this.data.longest);
  }

  written(day) {
    const isVietnamese = this.data.language === "vi";
    const month = isVietnamese ? "2-digit" : "short";
    const how = { day: "2-digit", month, year: "numeric", timeZone: "UTC" };
    return day.toLocaleDateString(isVietnamese ? "vi" : "en-GB", how);
  }

  typedNow() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.fields[name].value]));
  }

  isDirty() {
    return FIELDS.some((name) => this.fields[name].value !== this.base[name]);
  }

  typed() {
    this.draw();
    this.saveLater();
  }

  saveLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  save() {
    clearTimeout(this.timer);
    if (this.isDirty() && !this.waiting && !this.isHeld) this.sendNow(SAVE);
  }

  press(action) {
    this.isHeld = false;
    // One after the other: what is on its way brings the version that this one needs.
    if (this.waiting) this.pressed = action;
    else this.sendNow(action);
  }

  sendNow(action) {
    clearTimeout(this.timer);
    this.turn = Date.now();
    this.waiting = { turn: this.turn, typed: this.typedNow() };
    this.send("sent", { action, turn: this.turn, version: this.version, ...this.waiting.typed });
    // An answer that never comes, as when the page was reconnecting, is not waited for.
    this.patience = setTimeout(() => {
      this.waiting = null;
      this.draw();
      this.saveLater();
    }, 10_000);
    this.draw();
  }

  stop() {
    this.save();
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    window.removeEventListener("pagehide", this.leave);
  }
}

const forms = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!forms.has(parentElement)) {
    forms.set(parentElement, new ReplyForm(parentElement.querySelector("form")));
  }
  forms.get(parentElement).update(data, setTriggerValue);
  return () => {
    forms.get(parentElement).stop();
    forms.delete(parentElement);
  };
}

// A form that saves what is typed by itself, one thing after the other, and never takes from a
// person what they typed. Words are set as text, never as markup.

import { around, element } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";

/** @import { Fields, Form, Typed } from "./messages.js" */

const SAVE_AFTER = 1500;
/** @type {(keyof Fields)[]} */
const FIELDS = ["text", "document_number", "document_date"];
const SAVE = "save_reply";
const SUBMIT = "submit_reply";

class ReplyForm {
  fields = {
    text: element("textarea"),
    document_number: element("input"),
    document_date: element("input"),
  };
  labels = {
    text: element("span"),
    document_number: element("span"),
    document_date: element("span"),
  };
  counter = element("p", "counter");
  saveButton = element("button");
  submitButton = element("button", "primary");
  state = element("p", "state");
  refusal = element("p", "refusal");
  turn = 0;
  /** @type {{ turn: number, typed: Fields } | null} what was sent and is not answered */
  waiting = null;
  // After a refusal only a press of a button sends again.
  isHeld = false;
  /** @type {Typed["action"] | null} what was pressed while something was on its way */
  pressed = null;
  /** @type {Fields | null} what is saved, as far as this form knows */
  base = null;
  /** @type {Wait | undefined} */
  timer;
  /** @type {Wait | undefined} */
  patience;
  /** @type {Form} */
  data;
  /** @type {number} */
  version;
  /** @type {Tell} */
  send;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.build();
    this.leave = () => this.save();
    window.addEventListener("pagehide", this.leave);
  }

  build() {
    this.fields.text.rows = 10;
    this.fields.document_number.autocomplete = "off";
    this.fields.document_date.type = "date";
    const row = element("div", "row");
    for (const name of FIELDS) {
      this.fields[name].name = name;
      const label = around("label", "", this.labels[name], this.fields[name]);
      (name === "text" ? this.form : row).append(label);
    }
    this.saveButton.type = "button";
    this.submitButton.type = "submit";
    this.state.role = "status";
    this.refusal.role = "alert";
    const buttons = around("div", "buttons", this.submitButton, this.saveButton, this.state);
    this.form.append(this.counter, row, this.refusal, buttons);
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.press(SUBMIT);
    });
    this.saveButton.addEventListener("click", () => this.press(SAVE));
  }

  /**
   * @param {Form} data
   * @param {Tell} send
   */
  update(data, send) {
    this.data = data;
    this.send = send;
    const isAnswer = this.waiting !== null && data.heard.turn === this.waiting.turn;
    if (this.waiting && isAnswer) {
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
    if (day) {
      this.labels.document_date.textContent = `${labels.document_date}: ${this.written(day)}`;
    }
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

  /** @param {Date} day */
  written(day) {
    const isVietnamese = this.data.language === "vi";
    /** @type {Intl.DateTimeFormatOptions} */
    const how = {
      day: "2-digit",
      month: isVietnamese ? "2-digit" : "short",
      year: "numeric",
      timeZone: "UTC",
    };
    return day.toLocaleDateString(isVietnamese ? "vi" : "en-GB", how);
  }

  /** @returns {Fields} */
  typedNow() {
    const { text, document_number, document_date } = this.fields;
    return {
      text: text.value,
      document_number: document_number.value,
      document_date: document_date.value,
    };
  }

  isDirty() {
    return FIELDS.some((name) => this.fields[name].value !== this.base?.[name]);
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

  /** @param {Typed["action"]} action */
  press(action) {
    this.isHeld = false;
    // One after the other: what is on its way brings the version that this one needs.
    if (this.waiting) this.pressed = action;
    else this.sendNow(action);
  }

  /** @param {Typed["action"]} action */
  sendNow(action) {
    clearTimeout(this.timer);
    this.turn = Date.now();
    const typed = this.typedNow();
    this.waiting = { turn: this.turn, typed };
    /** @type {Typed} */
    const sent = { action, turn: this.turn, version: this.version, ...typed };
    this.send("sent", sent);
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

/** @type {WeakMap<HTMLElement, ReplyForm>} */
const forms = new WeakMap();

/** @param {Component<Form>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const place = /** @type {HTMLFormElement} */ (parentElement.querySelector("form"));
  const form = forms.get(parentElement) ?? new ReplyForm(place);
  forms.set(parentElement, form);
  form.update(data, setTriggerValue);
  return unlessOvertaken(parentElement, () => {
    form.stop();
    forms.delete(parentElement);
  });
}

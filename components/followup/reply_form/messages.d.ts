// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What became of what a form sent last: its `turn`, and why it was refused, if it was.
 */
export interface Heard {
  turn: number;
  refusal: string;
}

/**
 * What is typed, by the fields' names; a day in ISO form.
 */
export interface Fields {
  text: string;
  document_number: string;
  document_date: string;
}

/**
 * What the browser sends.
 */
export interface Typed {
  text: string;
  document_number: string;
  document_date: string;
  action: "save_reply" | "submit_reply";
  version: number;
  turn: number;
}

/**
 * What is saved, and what the form says.
 */
export interface Form {
  text: string;
  document_number: string;
  document_date: string;
  version: number;
  heard: Heard;
  saved: string;
  labels: Labels;
  longest: number;
  language: string;
}

export type Labels = Record<"counter" | "document_date" | "document_number" | "save" | "saving" | "submit" | "text" | "unsaved", string>;

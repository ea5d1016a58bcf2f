// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * A question as the chair reads it, every word of it plain text.
 *
 * `marks` are short facts: district, topic, who asked. `answers` names the department that will
 * answer, `department` is the code of the one that would reply in writing.
 */
export interface ChairQuestion {
  number: number;
  version: number;
  text: string;
  marks: string[];
  answers: string | null;
  note: string | null;
  prepared: string | null;
  department: string | null;
}

/**
 * All that the chair sees at a revision of the event.
 *
 * `day` says how the day stands, empty without a rundown. `now` is the server's time in seconds
 * since 1970. `screens` says what the screens show besides the question, None where they show it.
 * `asking` tells that the chair asks the desk to move on, `asked` that the desk asks the chair.
 * `back` names what goes on when the rundown's last step is taken back. `departments` are (code,
 * name); `due` is the day a reply is due by the event's rule and `today` the first day it can be,
 * both in ISO form.
 */
export interface ChairView {
  revision: number;
  language: string;
  now: number;
  day: string;
  question_clock: import("../../scenes/stage/messages.js").Timer | null;
  part_clock: import("../../scenes/stage/messages.js").Timer | null;
  on_stage: ChairQuestion | null;
  coming: ChairQuestion[];
  screens: string | null;
  dark: boolean;
  asking: boolean;
  asked: boolean;
  rundown: import("../../scenes/rundown/messages.js").RundownPart[];
  back: string | null;
  departments: [string, string][];
  due: string;
  today: string;
  labels: Labels;
}

/**
 * A command as the browser sends it and `components.chair.commands` reads it.
 *
 * Questions are (number, version), the day is in ISO form. `command` is what a button asks of the
 * hall, where it is not about questions.
 */
export interface Sent {
  button: "next" | "answer" | "defer" | "put_back" | "undo" | "darken" | "lighten" | "ask" | "withdraw" | "heed" | "begin" | "go_back";
  on_stage: [number, number] | null;
  coming: [number, number] | null;
  department?: string | null;
  due?: string;
  revision?: number;
  command?: import("../../commands/messages.js").HallMessage;
}

/**
 * What the component is given: the view of an event, and where commands are sent.
 */
export interface Chair {
  revision: number;
  language: string;
  now: number;
  day: string;
  question_clock: import("../../scenes/stage/messages.js").Timer | null;
  part_clock: import("../../scenes/stage/messages.js").Timer | null;
  on_stage: ChairQuestion | null;
  coming: ChairQuestion[];
  screens: string | null;
  dark: boolean;
  asking: boolean;
  asked: boolean;
  rundown: import("../../scenes/rundown/messages.js").RundownPart[];
  back: string | null;
  departments: [string, string][];
  due: string;
  today: string;
  labels: Labels;
  slug: string;
  commands: string;
}

export type Labels = Record<"answer" | "answers" | "ask" | "asked" | "asking" | "begin" | "cancel" | "close" | "confirm" | "dark" | "darken" | "defer" | "department" | "due" | "elapsed" | "elsewhere" | "following" | "heed" | "kept" | "keys" | "left" | "lighten" | "lost" | "next" | "next_first" | "next_from" | "next_last" | "next_none" | "no_question" | "nobody" | "note" | "nothing" | "open_sheet" | "over" | "part_left" | "part_over" | "prepared" | "put_back" | "reload" | "rundown" | "running" | "screens" | "stood" | "take_back" | "undo" | "unsaved" | "waiting" | "withdraw" | "working", string>;

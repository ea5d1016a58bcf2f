// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * One question as the list draws it, every word of it plain text.
 *
 * `original` is what the asker wrote, where the desk changed it. `marks` are short facts such as
 * district and topic; `details` are where the text seems to tell who somebody is, from and to in
 * characters. `actions` are the buttons, in order. `at` is when it came in and a holder's
 * `until`, both in seconds since 1970. `why` says what speaks for taking
 * it next. `alike` are the questions that ask the same: (number,
 * percent, text, state), and `unnamed` counts those of the same words besides. `holders` have it
 * open: (account, name, until). `suggested` is what seems to fit it: (action, entry, words).
 * `note` is for the chair, `prepared` to answer with. `bursts` are votes that came together:
 * (code, words, what may be done with them).
 */
export interface Row {
  number: number;
  version: number;
  code: string;
  text: string;
  original: string | null;
  marks: string[];
  details: [number, number][];
  flagged: boolean;
  votes: number;
  at: number;
  topic: string | null;
  department: string | null;
  position: number | null;
  actions: ("submit" | "approve" | "reject" | "queue" | "unqueue" | "stage" | "put_back" | "answer" | "defer" | "reply" | "merge" | "restore" | "move" | "edit" | "set_topic" | "set_department" | "flag" | "unflag" | "split" | "split_off" | "pin" | "unpin" | "hold" | "unhold" | "note" | "prepare" | "set_due" | "set_votes_aside" | "count_votes" | "undo")[];
  why: string | null;
  alike: [number, number, string, string][];
  unnamed: number;
  holders: [number, string, number][];
  suggested: ["submit" | "approve" | "reject" | "queue" | "unqueue" | "stage" | "put_back" | "answer" | "defer" | "reply" | "merge" | "restore" | "move" | "edit" | "set_topic" | "set_department" | "flag" | "unflag" | "split" | "split_off" | "pin" | "unpin" | "hold" | "unhold" | "note" | "prepare" | "set_due" | "set_votes_aside" | "count_votes" | "undo", string, string] | null;
  pinned: boolean;
  held: boolean;
  note: string | null;
  prepared: string | null;
  bursts: ([number, string, "set_votes_aside" | "count_votes" | null])[];
}

/**
 * A view that the list offers, with how many questions it has.
 */
export interface Tab {
  code: string;
  name: string;
  count: number;
  active: boolean;
}

/**
 * What only the list has that people work in: views, arrivals and keys.
 *
 * `view` names what is listed: with another one the list starts anew. `described` is the revision
 * in which the event itself was changed last: with another one the page runs anew at once, by
 * the signal ("described", revision), since choices may be others. `newest` is the number of the
 * newest question of all, and `length` how many are listed for whoever is not reading, `most` at
 * most. `me` is
 * the person's own account. `history` tells of one question, by its number, what was done.
 */
export interface Inbox {
  view: string;
  tabs: Tab[];
  described: number;
  newest: number;
  length: number;
  most: number;
  me: number | null;
  history: [number, string[]] | null;
}

/**
 * That a list tells what came of the last command, its own or that of another list.
 */
export interface NoticeLine {
  notice: import("../../commands/messages.js").Notice | null;
}

/**
 * What only the queue has: how long a question takes, in seconds, and when this one began.
 *
 * Both are None where it is not known; `began` is in seconds since 1970.
 */
export interface Queue {
  pace: number | null;
  began: number | null;
}

/**
 * What a list shows at a revision of its event.
 *
 * `armed` is the number of the question that is ready for the screens, `title` a heading. `now` is
 * the server's time to the minute, in seconds since 1970.
 */
export interface Listed {
  revision: number;
  inbox: Inbox | null;
  queue: Queue | null;
  armed: number | null;
  title: string | null;
  now: number;
  rows: Row[];
}

/**
 * How a question stands now, whatever list it is in, and what was done to it last.
 */
export interface Kept {
  row: Row;
  words: string;
}

/**
 * What a person picks from, each (code, words): reasons, topics and departments.
 */
export interface Choices {
  reasons: [string, string][];
  topics: [string, string][];
  departments: [string, string][];
}

/**
 * What a list says, and what a person picks from.
 */
export interface Words {
  language: string;
  labels: Labels;
  choices: Choices;
}

/**
 * What stays the same about a list while its questions change: see `show`.
 */
export interface Frame {
  key: string;
  slug: string;
  commands: string;
  empty: string;
  source: string | null;
  line: NoticeLine | null;
  height: string | null;
}

/**
 * All that the component is given.
 */
export interface Data {
  frame: Frame;
  words: Words;
  listed: Listed;
}

/**
 * A command as the browser sends it and `commands.question_commands` reads it.
 *
 * `seen` are questions, each (number, version), `due` is a day in ISO form. What goes with which
 * action says `dialogue.operations`.
 */
export interface Sent {
  action: "submit" | "approve" | "reject" | "queue" | "unqueue" | "stage" | "put_back" | "answer" | "defer" | "reply" | "merge" | "restore" | "move" | "edit" | "set_topic" | "set_department" | "flag" | "unflag" | "split" | "split_off" | "pin" | "unpin" | "hold" | "unhold" | "note" | "prepare" | "set_due" | "set_votes_aside" | "count_votes" | "undo";
  seen: [number, number][];
  reason?: string | null;
  into?: number;
  position?: number;
  before?: number | null;
  text?: string;
  parts?: string[];
  entry?: string | null;
  due?: string;
  burst?: number;
}

export type Labels = Record<"accept" | "again" | "alerts_off" | "alerts_on" | "alike" | "alike_more" | "answer" | "approve" | "arm" | "armed" | "arrivals" | "ask_edit" | "ask_merge" | "ask_note" | "ask_prepare" | "ask_reject" | "ask_set_department" | "ask_set_topic" | "ask_split" | "batch" | "behind" | "cancel" | "changed" | "clear" | "close" | "code" | "copy" | "count_votes" | "defer" | "discard" | "down" | "edit" | "expected" | "field_gone" | "find_others" | "first" | "flag" | "flagged" | "go_on" | "grip" | "held" | "help" | "hint" | "history" | "hold" | "holders" | "just_came" | "just_moved" | "key_accept" | "key_alerts" | "key_approve" | "key_arm" | "key_arrivals" | "key_close" | "key_dark" | "key_down" | "key_fire" | "key_flag" | "key_go" | "key_help" | "key_hold" | "key_later" | "key_open" | "key_pin" | "key_queue" | "key_restore" | "key_scenes" | "key_search" | "key_select" | "key_sooner" | "key_undo" | "key_up" | "left" | "left_over" | "merge" | "more" | "none" | "not_any_more" | "note" | "original" | "parts" | "pin" | "pinned" | "prepare" | "put_back" | "queue" | "reject" | "reopen" | "restore" | "restored" | "save" | "select" | "selected" | "set_department" | "set_due" | "set_topic" | "set_votes_aside" | "split" | "stage" | "too_many" | "undo" | "unflag" | "unhold" | "unpin" | "unqueue" | "unsent" | "up" | "went_away", string>;

// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What an outbox is answered: up to which place commands are done, and what came of them.
 *
 * What they changed shows from `revision` on, None where that is not known. The lists of the page
 * are there where they were asked for.
 */
export interface Answer {
  place: number;
  notice: Notice | null;
  revision: number | null;
  lists?: unknown;
}

/**
 * What is made ready: a scene, the line of a message, or the question with a number.
 */
export interface ArmedMessage {
  scene: "welcome" | "question" | "next" | "participation" | "message" | "thanks";
  message?: string | null;
  number?: number | null;
}

/**
 * Make something ready, or nothing.
 */
export interface ArmMessage {
  name: "arm";
  armed: ArmedMessage | null;
}

/**
 * Show what was seen to be ready, over the question that was seen on stage.
 */
export interface FireMessage {
  name: "fire";
  armed: ArmedMessage | null;
  ending: number | null;
}

/**
 * Darken the screens, or light them.
 */
export interface DarkenMessage {
  name: "darken";
  dark: boolean;
}

/**
 * Show the question's clock on the projector, or hide it.
 */
export interface ShowTimerMessage {
  name: "show_timer";
  shown: boolean;
}

/**
 * Ask the other side to move on from a question.
 */
export interface AskMessage {
  name: "ask";
  number: number;
}

/**
 * Take that back.
 */
export interface WithdrawMessage {
  name: "withdraw";
}

/**
 * Take note of what the other side asks for.
 */
export interface HeedMessage {
  name: "heed";
}

/**
 * Go back from the part of the rundown that was seen running.
 */
export interface GoBackMessage {
  name: "go_back";
  running: string | null;
}

/**
 * Begin a part of the rundown after the one that was seen running, or be before the first.
 */
export interface BeginMessage {
  name: "begin";
  part: string | null;
  running: string | null;
}

export type HallMessage = ArmMessage | FireMessage | DarkenMessage | ShowTimerMessage | AskMessage | WithdrawMessage | HeedMessage | GoBackMessage | BeginMessage;

/**
 * What came of a command, in a line; `undo` offers to take it back.
 *
 * `at` is when, in seconds since 1970, by which a page that draws it again knows it. `refused` is
 * why something was not done. `again` is the command that came too late, to be done all the same.
 * `revision` is what `undo` takes back, where it is known. `advanced` tells that the chair went on
 * to the next question.
 * `undone` are the numbers of the questions that were taken back, `left` of those that stayed as
 * they were while others were changed. Of several commands, `not_done` are the places of those
 * that were refused, and `left_by` are the places and numbers of all that were `left`.
 */
export interface Notice {
  text: string;
  undo: boolean;
  at: number;
  refused?: boolean;
  again?: Record<string, unknown>;
  revision?: number;
  advanced?: boolean;
  undone?: number[];
  left?: number[];
  left_by?: [number, number][];
  not_done?: number[];
}

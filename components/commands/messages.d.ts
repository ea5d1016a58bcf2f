// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What an outbox is answered: up to which place commands are done, and what came of them.
 *
 * What they changed shows from `revision` on, None where that is not known. The lists of the page
 * are there where they were asked for.
 */
export interface Answer {
  place: number;
  said: Notice | null;
  revision: number | null;
  lists?: unknown;
}

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

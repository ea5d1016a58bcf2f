// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What came of a deed, in a line; `undo` offers to take it back.
 *
 * `at` is when, in seconds since 1970, by which a page that draws it again knows it. `refused` is
 * why something was not done. `again` is the deed that came too late, to be done all the same.
 * `revision` is what `undo` takes back, where it is known. `advanced` tells that the chair went on
 * to the next question.
 * `undone` are the numbers of the questions that were taken back. Of several deeds, `not_done`
 * are the places of those that were refused.
 */
export interface Said {
  text: string;
  undo: boolean;
  at: number;
  refused?: boolean;
  again?: Record<string, unknown>;
  revision?: number;
  advanced?: boolean;
  undone?: number[];
  not_done?: number[];
}

// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * Something to open or to choose, by its `code`; `path` is its address on this site.
 *
 * `asks` is what a click asks of this page: to go to a place or for a language. Without it the
 * address is followed, in this window or in one of its own. `here` is where somebody is.
 */
export interface Target {
  code: string;
  name: string;
  path: string;
  here: boolean;
  asks: "place" | "language" | "window" | null;
}

/**
 * Targets that belong together, under a name.
 */
export interface Menu {
  name: string;
  targets: Target[];
}

/**
 * How an event takes and shows questions, in words, and whether it is a rehearsal.
 */
export interface EventState {
  words: string;
  practice: boolean;
}

/**
 * What the bar shows; `language` is the other one.
 *
 * `state` is read anew from `source`; both are None without an event.
 */
export interface Bar {
  event: Menu;
  state: EventState | null;
  source: string | null;
  places: Menu[];
  account: Menu;
  language: Target;
  words: Record<string, string>;
}

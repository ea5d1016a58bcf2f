// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What the window is to keep: a path for the language, and the event that its page is about.
 *
 * `keep` is None where the language is kept already.
 */
export interface Window {
  keep: string | null;
  event: string | null;
}

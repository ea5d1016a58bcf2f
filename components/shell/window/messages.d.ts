// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * The path that keeps the language of this session, None where it is kept already.
 */
export interface Window {
  keep: string | null;
}

// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What the strip says.
 */
export interface Strip {
  words: string;
}

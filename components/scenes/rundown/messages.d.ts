// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * A part of the rundown in words: when it is planned, and when it began if it has.
 *
 * `about` names its topics. One part `runs` at most, and one `comes` next.
 */
export interface RundownPart {
  code: string;
  name: string;
  about: string;
  planned: string;
  began: string | null;
  runs: boolean;
  comes: boolean;
}

// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * A path of ours under a label, to be followed `now` or when it is clicked.
 */
export interface Link {
  label: string;
  path: string;
  now: boolean;
}

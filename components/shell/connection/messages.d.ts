// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What is said without a server, also with `{count}` commands kept, and while it is slow.
 */
export interface Words {
  lost: string;
  kept: string;
  unsaved: string;
}

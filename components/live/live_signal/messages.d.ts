// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What `follow` says: `pause` and `after` in milliseconds, `now` in seconds since 1970.
 */
export interface Follow {
  path: string;
  slug: string;
  revision: number;
  pause: number;
  after: number | null;
  now: number;
}

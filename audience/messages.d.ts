// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * A reply that was published; days and times in ISO form.
 */
export interface PublishedReply {
  text: string;
  department: string;
  document_number: string | null;
  document_date: string | null;
  published_at: string;
}

/**
 * What became of a question, as whoever has its code reads it.
 */
export interface FollowedQuestion {
  id: number;
  status: "received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged";
  text: string;
  votes: number;
  reason: string | null;
  merged_into: number | null;
  reply: PublishedReply | null;
}

/**
 * The same with its parts, and how many others are joined with it.
 */
export interface AskedQuestion {
  id: number;
  status: "received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged";
  text: string;
  votes: number;
  reason: string | null;
  merged_into: number | null;
  reply: PublishedReply | null;
  received_at: string;
  parts: FollowedQuestion[];
  joined: number;
}

/**
 * That a question is on disk, under its number and its code.
 */
export interface Accepted {
  id: number;
  code: string;
  status: "received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged";
  received_at: string;
}

/**
 * A question as everybody reads it.
 */
export interface PublicQuestion {
  id: number;
  text: string;
  district: string;
  topic: string | null;
  status: "received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged";
  votes: number;
  received_at: string;
}

/**
 * The public questions at a revision, the newest first.
 */
export interface PublicBoard {
  revision: number;
  questions: PublicQuestion[];
}

/**
 * How many support a question, and whether this phone does.
 */
export interface Vote {
  id: number;
  votes: number;
  voted: boolean;
}

/**
 * What the script says; `{…}` is filled in there.
 */
export interface Words {
  sending: string;
  resending: string;
  stopped: string;
  restored: string;
  again: string;
  check: string;
  too_short: string;
  too_long: string;
  district: string;
  consent: string;
  counter: string;
  number: string;
  new_one: string;
  new_many: string;
  votes_one: string;
  votes_many: string;
  support: string;
  supported: string;
  vote_failed: string;
  gone: string;
}

/**
 * What the script needs to know, every word of it in the page's language.
 *
 * `code` is that of a receipt. What is older than `oldest` is left out of the page, not new.
 */
export interface Page {
  base: string;
  slug: string;
  code: string | null;
  language: string;
  revision: number;
  oldest: number;
  votable: ("received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged")[];
  shortest_text: number;
  longest_text: number;
  districts: Record<string, string>;
  topics: Record<string, string>;
  reasons: Record<string, string>;
  labels: Record<"received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged", string>;
  outcomes: Record<"received" | "approved" | "queued" | "on_stage" | "answered" | "deferred" | "replied" | "rejected" | "merged", string>;
  words: Words;
}

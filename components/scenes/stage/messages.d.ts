// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * A question as the hall reads it: its number, its words, and marks such as the district.
 *
 * `who` names an asker who agreed to be named, `department` says who will answer.
 */
export interface SceneQuestion {
  number: string;
  text: string;
  marks: string[];
  who: string | null;
  department: string | null;
}

/**
 * Questions under a title; `empty` is said where there are none.
 */
export interface Listing {
  title: string;
  questions: SceneQuestion[];
  empty: string;
}

/**
 * How many questions a district asked, and its tile: column 0 is west, row 0 is north.
 */
export interface DistrictCount {
  name: string;
  count: number;
  column: number | null;
  row: number | null;
}

/**
 * How many questions are about a topic.
 */
export interface TopicCount {
  name: string;
  count: number;
}

/**
 * The time that is left until `ends_at`, or without it what has passed since `started_at`.
 *
 * Both are seconds since 1970 by the server's clock; `label` may be empty.
 */
export interface Timer {
  started_at: number;
  ends_at: number | null;
  label: string;
}

/**
 * What every scene has.
 *
 * `now` is the server's time in seconds since 1970: the screen's own clock need not be right.
 * `practice` are the words that say it is a rehearsal. `overlay` draws nothing but the question
 * on stage, over a transparent ground, for a stream.
 */
export interface Frame {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
}

/**
 * The theme and the way to ask, before it begins; `qr_code` is the URL of an image.
 */
export interface Welcome {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "welcome";
  invitation: string;
  address: string;
  qr_code: string;
}

/**
 * The question on stage, those that come next (2 at most), and the way to ask.
 *
 * `waiting` is said where no question is on stage. What stands around a long question makes
 * room for it.
 */
export interface OnStage {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "question";
  on_stage: SceneQuestion | null;
  waiting: string;
  next_heading: string;
  following: SceneQuestion[];
  invitation: string;
  address: string;
  qr_code: string;
}

/**
 * The questions that come next (5 at most).
 */
export interface Next {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "next";
  coming: Listing;
}

/**
 * Who takes part: districts on their tiles, or as bars where one has no place; topics; all.
 *
 * `total` are words such as "128 questions from 11 districts".
 */
export interface Participation {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "participation";
  title: string;
  total: string;
  districts: DistrictCount[];
  topics: TopicCount[];
}

/**
 * What the desk wants to tell the hall.
 */
export interface Message {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "message";
  text: string;
}

/**
 * The end, and where the replies can be read afterwards; or words without an address.
 */
export interface Thanks {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "thanks";
  title: string;
  text: string;
  address: string | null;
  qr_code: string | null;
}

/**
 * Nothing.
 */
export interface Black {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "black";
}

/**
 * The hall's second screen: the newest public questions and those with the most votes.
 */
export interface HallBoard {
  heading: string;
  theme: string;
  language: string;
  now: number;
  timer: Timer | null;
  practice: string | null;
  overlay: boolean;
  scene: "board";
  newest: Listing;
  most_voted: Listing;
}

export type SceneData = Welcome | OnStage | Next | Participation | Message | Thanks | Black | HallBoard;

/**
 * A scene, and which event's revision it shows: what comes late is not drawn over it.
 *
 * A scene of no event has an empty `slug`.
 */
export interface ScreenContent {
  scene_data: SceneData;
  slug: string;
  revision: number;
}

/**
 * What the component is given: where it reads the scene again, and whether it is held.
 */
export interface StageData {
  scene_data: SceneData;
  slug: string;
  revision: number;
  source: string | null;
  is_held: boolean;
}

// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What is armed, and its scene data; `name` says in words what it is.
 */
export interface Ready {
  scene: "welcome" | "question" | "next" | "participation" | "message" | "thanks";
  message: string | null;
  number: number | null;
  name: string;
  scene_data: import("../../scenes/stage/messages.js").SceneData;
}

/**
 * What the projector shows: a scene, unless it is `dark`, and the number of the question.
 *
 * Not `on_screens` is what it would show: of an event and its rehearsal, they show the other one.
 */
export interface OnAir {
  scene: "welcome" | "question" | "next" | "participation" | "message" | "thanks";
  dark: boolean;
  on_screens: boolean;
  number: number | null;
  name: string;
  scene_data: import("../../scenes/stage/messages.js").SceneData;
}

/**
 * How the hall stands at a revision of its event, every word of it plain text.
 *
 * `fires` says what the big button will do. `messages` were shown before, the last first.
 * `question_clock` and `part_clock` are the day's clocks, `shows_timer` whether the projector has
 * the first one. `day` says where the day stands against `plan`; both are empty without a rundown.
 * `back` names what goes on when the last step is taken back. `desk_asks` says that the desk wants
 * the chair to move on, or that the chair knows; `chair_asks` the other way.
 */
export interface Facts {
  revision: number;
  language: string;
  labels: Labels;
  scenes: (["welcome" | "question" | "next" | "participation" | "message" | "thanks", string, string])[];
  on_air: OnAir;
  ready: Ready | null;
  fires: string;
  messages: string[];
  longest_message: number;
  question_clock: import("../../scenes/stage/messages.js").Timer | null;
  part_clock: import("../../scenes/stage/messages.js").Timer | null;
  shows_timer: boolean;
  day: string;
  plan: import("../../scenes/rundown/messages.js").RundownPart[];
  back: string | null;
  desk_asks: string | null;
  chair_asks: string | null;
  moving_on: boolean;
}

/**
 * What the component is given: the facts of an event, and where commands are sent.
 */
export interface Control {
  slug: string;
  commands: string;
  facts: Facts;
}

export type Labels = Record<"arm" | "ask" | "began" | "begin" | "close" | "dark" | "disarm" | "fire" | "fold" | "heed" | "message" | "nothing" | "off_screens" | "on_air" | "part" | "plan" | "question" | "ready" | "reset" | "running" | "scenes" | "screens_language" | "timer" | "timer_long" | "unfold" | "unknown" | "withdraw", string>;

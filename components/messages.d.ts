// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * All lists of the desk by their keys, the stage control's facts, and what is kept.
 */
export interface Lists {
  inbox: import("./question_board/messages.js").Listed;
  stage: import("./question_board/messages.js").Listed;
  queue: import("./question_board/messages.js").Listed;
  control: import("./stage_control/messages.js").Facts;
  kept: import("./question_board/messages.js").Kept[];
}

/**
 * What an outbox is answered: up to which place deeds are done, and what came of them.
 *
 * What they changed shows from `revision` on, None where that is not known. The desk's lists are
 * there where they were asked for.
 */
export interface Answer {
  place: number;
  said: import("./outbox/messages.js").Said | null;
  revision: number | null;
  lists?: Lists;
}
